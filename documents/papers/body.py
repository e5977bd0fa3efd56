"""The text of a paper as it is printed: numbered, punctuated, one line of data per paragraph."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from documents.papers.description import Block
from documents.papers.grids import Grid, grid_of
from documents.papers.lines import taken
from documents.papers.words import point_letter, roman

END = "./."
LABEL_MM, LABEL_SIZE, MOST_LABEL_LINES = 50, 13, 3
BEGINS_ANEW = {  # what is counted from 1 again after a block of this type
    "part": ("heading", "clause", "point"),
    "chapter": ("section", "subsection"),
    "section": ("subsection",),
    "heading": ("clause", "point"),
    "article": ("clause", "point"),
    "clause": ("clause", "point"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: how it looks, the words in bold that it opens with, its other words.

    Styles: text, ground, decides, division, division-title, heading, article, clause, fact, table,
    end.
    """

    style: str
    text: str = ""
    lead: str = ""
    grid: Grid | None = None
    level: int = 0  # of a heading, from `documents.papers.levels`

    @property
    def label_lines(self) -> int | str:
        """How many lines the name of a fact takes beside it; above three it stands over it."""
        lines = taken([self.lead], LABEL_MM, LABEL_SIZE)
        return lines if lines <= MOST_LABEL_LINES else "many"

    @property
    def words(self) -> str:
        return " ".join(filter(None, (self.lead, self.text)))


@dataclass
class Counting:
    """How far the numbers of each type are; clauses within clauses are 1.1., 1.2., as in plans."""

    numbers: Counter[str] = field(default_factory=Counter)
    around: list[int] = field(default_factory=list)  # the clauses that this one is within
    dashes: int = 0  # how many that this one is within

    def next(self, block: Block) -> int:
        """The number of a block; one that was given goes first."""
        kind = block["type"]
        deep = f"{kind}{'.' * len(self.around)}" if kind == "clause" else kind
        for inner in BEGINS_ANEW.get(kind, ()):
            self._begin_anew(inner, beyond=deep)
        self.numbers[deep] = block.get("number") or self.numbers[deep] + 1
        return self.numbers[deep]

    def clause(self, block: Block) -> str:
        number = self.next(block)
        return "".join(f"{one}." for one in (*self.around, number))

    @contextmanager
    def within(self, block: Block) -> Iterator[None]:
        """Counts what stands in a clause below the clause's own number."""
        is_clause, is_dash = block["type"] == "clause", block["type"] == "dash"
        if is_clause:
            self.around.append(self.numbers[f"clause{'.' * len(self.around)}"])
        self.dashes += is_dash
        yield
        self.dashes -= is_dash
        if is_clause:
            self.around.pop()

    def _begin_anew(self, kind: str, *, beyond: str) -> None:
        for counted in self.numbers:
            if counted.startswith(kind) and len(counted) > len(beyond) * (kind in beyond):
                self.numbers[counted] = 0


def lines_of(blocks: list[Block], counting: Counting | None = None) -> list[Line]:
    """All paragraphs of a text, without the mark that ends it."""
    counted = Counting() if counting is None else counting
    return [line for block in blocks for line in _lines(block, counted)]


def ended(lines: list[Line]) -> list[Line]:
    """The text with "./." once, after its last words; on a line of its own after a table."""
    cleaned = [replace(line, text=_without_end(line.text)) for line in lines]
    if not cleaned:
        return []
    last = cleaned[-1]
    if last.grid or not last.text:
        return [*cleaned, Line("end", END)]
    return [*cleaned[:-1], replace(last, text=last.text.rstrip(" .;,:/") + END)]


def punctuated(lines: list[str], *, dash: str = "") -> list[str]:
    """A list as papers write it: ";" after each line, "." after the last."""
    told = [bare for line in lines if (bare := one_line(line).rstrip(" ;.,:"))]
    last = len(told) - 1
    return [f"{dash}{line}{'.' if at == last else ';'}" for at, line in enumerate(told)]


def one_line(text: str) -> str:
    return " ".join(text.split())


def last_article(blocks: list[Block]) -> int:
    """The number of the last article, 0 when there is none."""
    counting = Counting()
    lines_of(blocks, counting)
    return counting.numbers["article"]


def _lines(block: Block, counting: Counting) -> Iterator[Line]:
    kind = block["type"]
    if kind == "quote":
        yield from _quoted(block)
        return
    yield from DRAWN.get(kind, _paragraphs)(block, counting)
    with counting.within(block):
        yield from lines_of(block.get("children", []), counting)


def _paragraphs(block: Block, counting: Counting, lead: str = "") -> Iterator[Line]:
    texts = [one_line(text) for text in block.get("text", "").split("\n") if text.strip()]
    for place, text in enumerate(texts or ([""] if lead else [])):
        yield Line("text", text, lead if place == 0 else "")


def _division(name: str, numeral: Callable[[int], str]) -> Callable[..., Iterator[Line]]:
    """A part, chapter or section: its number and its title, each on a line, in the middle."""

    def lines(block: Block, counting: Counting) -> Iterator[Line]:
        yield Line("division", lead=f"{name} {numeral(counting.next(block))}")
        if title := one_line(block.get("title", "")):
            yield Line("division-title", lead=title.upper())
        yield from _paragraphs(block, counting)

    return lines


def _heading(block: Block, counting: Counting) -> Iterator[Line]:
    title = one_line(block.get("title", "")).upper()
    yield Line("heading", lead=f"{roman(counting.next(block))}. {title}")
    yield from _paragraphs(block, counting)


def _article(block: Block, counting: Counting) -> Iterator[Line]:
    number = f"Điều {counting.next(block)}."
    if title := one_line(block.get("title", "")):
        yield Line("article", lead=f"{number} {title}")
        yield from _paragraphs(block, counting)
    else:
        yield from _paragraphs(block, counting, lead=number)


def _clause(block: Block, counting: Counting) -> Iterator[Line]:
    number = counting.clause(block)
    if title := one_line(block.get("title", "")):
        yield Line("clause", lead=f"{number} {title}")
        yield from _paragraphs(block, counting)
    else:
        yield from _marked(block, counting, number)


def _point(block: Block, counting: Counting) -> Iterator[Line]:
    yield from _marked(block, counting, f"{point_letter(counting.next(block))})")


def _dash(block: Block, counting: Counting) -> Iterator[Line]:
    yield from _marked(block, counting, "+" if counting.dashes else "-")


def _marked(block: Block, counting: Counting, mark: str) -> Iterator[Line]:
    lines = list(_paragraphs(block, counting)) or [Line("text")]
    yield replace(lines[0], text=f"{mark} {lines[0].text}".rstrip())
    yield from lines[1:]


def _quoted(block: Block) -> Iterator[Line]:
    lines = [*_paragraphs(block, Counting()), *lines_of(block.get("children", []))]
    if lines:
        lines[0] = _with(lines[0], opening="“")
        lines[-1] = _with(lines[-1], closing="”")
    yield from lines


def _with(line: Line, *, opening: str = "", closing: str = "") -> Line:
    """The line with a mark before its first word or after its last."""
    if opening:
        lead = opening + line.lead if line.lead else ""
        return replace(line, lead=lead, text=line.text if lead else opening + line.text)
    text = line.text + closing if line.text else ""
    return replace(line, text=text, lead=line.lead if text else line.lead + closing)


def _table(block: Block, counting: Counting) -> Iterator[Line]:
    if title := one_line(block.get("title", "")):
        yield Line("division", lead=title)
    yield Line("table", grid=grid_of(block))


def _fact(block: Block, counting: Counting) -> Iterator[Line]:
    yield Line("fact", block.get("text", "").strip() or "–", one_line(block.get("title", "")))


def _without_end(text: str) -> str:
    bare = text.rstrip()
    return bare[: -len(END)].rstrip() + "." if bare.endswith(END) else text


DRAWN: dict[str, Callable[[Block, Counting], Iterator[Line]]] = {
    "part": _division("Phần", roman),
    "chapter": _division("Chương", roman),
    "section": _division("Mục", str),
    "subsection": _division("Tiểu mục", str),
    "heading": _heading,
    "article": _article,
    "clause": _clause,
    "point": _point,
    "dash": _dash,
    "table": _table,
    "fact": _fact,
}
