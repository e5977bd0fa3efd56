"""Posts and agencies as they stand above a signature (NĐ 30/2020, Phụ lục I, II.7)."""

import re

# A post's title goes on with the name of its agency from one of these words on.
AGENCY = re.compile(r" (?=(?:UBND|Ủy ban|Sở|Hội|tỉnh|huyện|thành phố|thị xã|xã|phường)\b)")
# The name of a People's Committee goes on with its place from one of these words on.
KINDS = "tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu"
PLACE = re.compile(rf" (?=(?:{KINDS})\b)")
KIND = re.compile(rf"^(?:{KINDS}) ")
DEPUTY = "Phó "


def bare(title: str) -> str:
    """A title without its agency: "Giám đốc Sở" is "Giám đốc", inside that agency."""
    return AGENCY.split(title, maxsplit=1)[0]


def full(title: str, agency: str) -> str:
    """A title with its agency, where it names one: "Giám đốc Sở" is "Giám đốc Sở Nội vụ".

    "Chánh Văn phòng" and "Trưởng phòng" name none and stay.
    """
    return title if bare(title) == title else of_agency(title, agency)


def held(title: str, agency: str) -> str:
    """A post and its agency, named once: "Giám đốc Sở Nội vụ", "Chuyên viên, Sở Nội vụ"."""
    if not title or not agency:
        return title or agency
    return f"{title}, {agency}" if bare(title) == title else of_agency(title, agency)


def of_agency(title: str, agency: str) -> str:
    """A title always with its agency: "Chánh Văn phòng Ủy ban nhân dân tỉnh Ninh Thuận"."""
    short = bare(title)
    words, name = short.split(), agency.split()
    for count in range(len(words), 0, -1):
        if [one.casefold() for one in words[-count:]] == [one.casefold() for one in name[:count]]:
            return " ".join([*words[:-count], *name])
    return f"{short} {agency}"


def headed(title: str) -> str:
    """Whom a deputy signs for: "Phó Giám đốc Sở" signs for the "Giám đốc Sở"."""
    rest = title.removeprefix(DEPUTY)
    return rest[:1].upper() + rest[1:]


def deputy(title: str) -> str:
    """The deputy of a title, which need not be one yet: "Giám đốc" has a "Phó Giám đốc"."""
    return title if title.startswith(DEPUTY) else DEPUTY + title


def place(agency: str) -> str:
    """Where a People's Committee is: "tỉnh Ninh Thuận"."""
    return PLACE.split(agency, maxsplit=1)[-1]


def proper(place: str) -> str:
    """The name of a place without what it is: "Ninh Thuận" of "tỉnh Ninh Thuận"."""
    return KIND.sub("", place)


def collective(agency: str) -> str:
    """The body in whose name a paper is signed: "Ủy ban nhân dân" of that of a province."""
    return PLACE.split(agency, maxsplit=1)[0]
