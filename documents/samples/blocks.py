"""Short words for the blocks of a text."""

from documents.papers.description import Block


def paragraph(text: str) -> Block:
    return Block(type="paragraph", text=text)


def article(text: str, *children: Block, title: str = "") -> Block:
    return Block(type="article", title=title, text=text, children=list(children))


def heading(title: str, *children: Block) -> Block:
    return Block(type="heading", title=title, children=list(children))


def clause(text: str, *children: Block, title: str = "") -> Block:
    return Block(type="clause", title=title, text=text, children=list(children))


def points(*texts: str) -> list[Block]:
    return [Block(type="point", text=text) for text in texts]


def dashes(*texts: str) -> list[Block]:
    return [Block(type="dash", text=text) for text in texts]


def fact(title: str, text: str) -> Block:
    return Block(type="fact", title=title, text=text)


def table(columns: list[tuple[str, int, str]], rows: list[list[str]]) -> Block:
    """Columns are (title, width, align)."""
    named = [{"title": title, "width": width, "align": align} for title, width, align in columns]
    return Block(type="table", columns=named, rows=rows)  # type: ignore[typeddict-item]
