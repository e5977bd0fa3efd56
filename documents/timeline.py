"""The words of this app's entries in the journal, for the timeline of a case."""

from journal.timeline import Label

LABELS = {"paper.draw": Label("lập tệp PDF của văn bản", "file-earmark-pdf")}
