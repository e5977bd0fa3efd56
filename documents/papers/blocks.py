"""Short words for the blocks of a text; `key` names a block that must not be edited away."""

from documents.papers.description import Block

Shared = tuple[str, int, str]  # of a column: its title, its width, how it is aligned


def paragraph(text: str, *, key: str = "") -> Block:
    return _keyed(Block(type="paragraph", text=text), key)


def paragraphs(text: str) -> list[Block]:
    """A paragraph for each line of what somebody typed; none for an empty one."""
    return [paragraph(line.strip()) for line in text.splitlines() if line.strip()]


def sentence(text: str) -> str:
    """What somebody typed as a sentence that ends, wherever it was left without its full stop."""
    bare = text.strip()
    return f"{bare}." if bare[-1:].isalnum() or bare.endswith((")", "%")) else bare


def article(text: str, *children: Block, key: str = "") -> Block:
    return _keyed(Block(type="article", text=text, children=list(children)), key)


def clause(text: str, *children: Block, title: str = "", key: str = "") -> Block:
    return _keyed(Block(type="clause", title=title, text=text, children=list(children)), key)


def heading(title: str, *children: Block, key: str = "") -> Block:
    return _keyed(Block(type="heading", title=title, children=list(children)), key)


def point(text: str) -> Block:
    return Block(type="point", text=text)


def dash(text: str) -> Block:
    return Block(type="dash", text=text)


def fact(title: str, text: str, *, key: str = "") -> Block:
    return _keyed(Block(type="fact", title=title, text=text), key)


def table(columns: list[Shared], rows: list[list[str]], *, key: str = "") -> Block:
    named = [{"title": title, "width": width, "align": align} for title, width, align in columns]
    return _keyed(Block(type="table", columns=named, rows=rows), key)  # type: ignore[typeddict-item]


def _keyed(block: Block, key: str) -> Block:
    if key:
        block["key"] = key
    return block
