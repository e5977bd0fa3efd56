"""How deep each heading stands, without a gap: readers that speak go from heading to heading."""

from dataclasses import replace

from documents.papers.body import Line

RANKS = {"decides": 1, "division": 1, "division-title": 1, "heading": 1, "article": 2, "clause": 3}


def levelled(lines: list[Line], above: int = 1) -> list[Line]:
    """The lines, each heading with its level; that of the title is `above`."""
    open_ranks: list[int] = []
    found = []
    for line in lines:
        rank = RANKS.get(line.style)
        if rank is None:
            found.append(line)
            continue
        while open_ranks and open_ranks[-1] >= rank:
            open_ranks.pop()
        open_ranks.append(rank)
        found.append(replace(line, level=above + len(open_ranks)))
    return found
