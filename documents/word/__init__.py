"""Papers as Word files, for those who go on editing them there."""

from documents.word.paper import render_docx

__all__ = ["render_docx"]
