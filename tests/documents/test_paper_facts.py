"""The description of a paper: what is missing, what is refused, what cannot be edited away."""

import pytest

from documents.papers import check, edited_away, missing
from documents.papers.description import Annex, Attached, Block, Paper
from documents.papers.shape import Misshapen
from documents.samples import order, samples
from documents.samples.blocks import article, clause, heading, paragraph, points
from documents.samples.texts import DECISION, LETTER, MINUTES, PLAN
from documents.stages import PaperKind


def labels(facts: Paper) -> list[str]:
    return [gap.label for gap in missing(facts)]


def without(facts: Paper, *names: str) -> Paper:
    return Paper(**{key: value for key, value in facts.items() if key not in names})  # type: ignore[typeddict-item]


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        (LETTER, []),
        (DECISION, []),
        (MINUTES, []),
        (order(), []),
        (without(LETTER, "title"), ["Trích yếu nội dung"]),
        (LETTER | Paper(title="  "), ["Trích yếu nội dung"]),
        (LETTER | Paper(addressees=["", " "]), ["Nơi gửi (Kính gửi)"]),
        (without(PLAN, "addressees"), []),
        (LETTER | Paper(body=[]), ["Nội dung"]),
        (LETTER | Paper(keeping=""), ["Nơi lưu văn bản"]),
        (LETTER | Paper(place="", notation=""), ["Địa danh", "Ký hiệu văn bản"]),
        (DECISION | Paper(authority="", grounds=[]), ["Thẩm quyền ban hành", "Căn cứ ban hành"]),
        (DECISION | Paper(body=[paragraph("x")]), ["Điều của quyết định"]),
        (DECISION | Paper(body=[article("")]), ["Nội dung của Điều"]),
        (DECISION | Paper(body=[article("", *points("", "x"))]), ["Nội dung của điểm"]),
        (PLAN | Paper(body=[heading("", clause("x"))]), []),
        (
            LETTER | Paper(signature={"lines": [], "name": ""}),
            ["Quyền hạn, chức vụ của người ký", "Họ và tên người ký"],
        ),
        (MINUTES | Paper(minutes={"started": "8 giờ"}), ["Địa điểm", "Thành phần tham dự"]),
        (without(MINUTES, "second_signature"), ["Họ và tên thư ký"]),
        (LETTER | Paper(annexes=[Annex(title="")]), ["Tên phụ lục", "Nội dung phụ lục"]),
        (DECISION | Paper(attached=Attached(title="x")), ["Tên loại văn bản kèm theo"]),
        (Paper(kind=PaperKind.RECEIPT_SLIP), ["Trích yếu nội dung", "Tên cơ quan ban hành"]),
    ],
)
def test_what_is_missing_is_told_by_its_vietnamese_name(facts, wanted):
    assert labels(facts)[: len(wanted)] == wanted
    assert bool(labels(facts)) == bool(wanted)


def test_a_gap_says_where_it_is():
    facts = DECISION | Paper(body=[article("Một", *points("x", ""))])

    assert [gap.path for gap in missing(facts)] == ["body.0.children.1"]


@pytest.mark.parametrize(
    "facts",
    [
        {"colour": "red"},
        {"title": 5},
        {"number": True},
        {"number": "05"},
        {"urgency": "RẤT KHẨN"},
        {"addressees": "Sở Nội vụ"},
        {"body": [{"text": "không có loại"}]},
        {"body": [{"type": "image", "text": "x"}]},
        {"body": [{"type": "paragraph", "html": "<b>"}]},
        {"annexes": [{"orientation": "sideways"}]},
        {"signature": {"lines": "CHỦ TỊCH"}},
        {"minutes": ["x"]},
        [],
    ],
)
def test_facts_of_another_shape_are_refused(facts):
    with pytest.raises(Misshapen):
        check(facts)


def test_blocks_are_not_nested_for_ever():
    block = Block(type="clause", text="x")
    for _ in range(12):
        block = Block(type="clause", children=[block])

    with pytest.raises(Misshapen, match="too deep"):
        check({"body": [block]})


def test_every_sample_is_shaped_and_whole():
    for one in samples():
        assert check(dict(one.facts)) == one.facts
        assert (one.name, missing(one.facts)) == (one.name, [])


LOCKED = DECISION | Paper(
    locked=["title", "grounds.1", "#result.text", "body.1", "attached.title"],
    grounds=["Một", "Hai"],
    body=[Block(type="article", key="result", text="Cho phép"), article("Hiệu lực")],
    attached=Attached(title="Kế hoạch"),
)


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        (Paper(), []),
        (Paper(keeping="VT, KT", recipients=[]), []),
        (Paper(title="khác"), ["title"]),
        (Paper(grounds=["Hai", "Ba"]), []),
        (Paper(grounds=["Ba"]), ["grounds.1"]),
        (Paper(attached=Attached(title="Khác")), ["attached.title"]),
        (Paper(body=[]), ["#result.text", "body.1"]),
        (
            Paper(
                body=[
                    article("Mới"),
                    article("Hiệu lực"),
                    Block(type="chapter", children=[LOCKED["body"][0]]),
                ]
            ),
            [],
        ),
        (
            Paper(body=[Block(type="article", key="result", text="Không"), article("Hiệu lực")]),
            ["#result.text"],
        ),
    ],
)
def test_locked_facts_are_missed_when_they_are_edited_away(change, lost):
    assert edited_away(LOCKED, LOCKED | change) == lost
