"""How far a drawing is, told by the child that draws, page by page."""

import logging

from documents import children

LAYING_OUT, WRITING = b"page ", b"write"


class PagesTold(logging.Handler):
    """Hands on what WeasyPrint says of its progress: the page it lays out, then the file."""

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message.startswith("Step 5 - Creating layout - Page"):
            children.tell(LAYING_OUT + message.rpartition(" ")[2].encode())
        elif message.startswith("Step 6"):
            children.tell(WRITING)


def tell_pages() -> None:
    """Let the children of this process tell how far they are, however logging was set up since."""
    logger = logging.getLogger("weasyprint.progress")
    if not any(isinstance(handler, PagesTold) for handler in logger.handlers):
        logger.addHandler(PagesTold())
    logger.disabled, logger.propagate = False, False
    logger.setLevel(logging.INFO)


def page_told(words: bytes) -> int:
    """The number of the page that is laid out; 0 when something else was said."""
    number = words.removeprefix(LAYING_OUT)
    return int(number) if words.startswith(LAYING_OUT) and number.isdigit() else 0
