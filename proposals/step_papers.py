"""The facts of the papers of the review steps: the slip, the letter, minutes, council, report."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from documents.actions.settling import Council
from documents.letterheads import Issuer, addressed, issuer_of, letterhead, opening, party_of
from documents.models import AdvisoryBody
from documents.notations import type_abbrev
from documents.papers.blocks import Shared, article, clause, fact, paragraph, sentence, table
from documents.papers.description import Annex
from documents.signatory import Asked, NotLawful, signing_of
from documents.stages import PaperKind
from organisation.models import Appointment, User
from organisation.templatetags.portal import vn_date, vn_document_date
from proposals.conditions import ANSWERS, CHECKED, CONDITIONS
from proposals.decision_papers import grounded, sent_to
from proposals.models import Proposal, ReviewStep, StepMember
from proposals.said import Facts, Said, about
from proposals.stages import Seat, StepConclusion
from proposals.voting import Tally

OPINIONS = {
    StepConclusion.FAVOURABLE: "đồng ý với đề xuất",
    StepConclusion.WITH_CHANGES: "đồng ý với đề xuất sau khi điều chỉnh",
    StepConclusion.UNFAVOURABLE: "không đồng ý với đề xuất",
}
FILE = "VT, Hồ sơ"
BALLOTS: list[Shared] = [
    ("TT", 1, "center"),
    ("Ý kiến", 6, "left"),
    ("Số phiếu", 2, "center"),
]
Named = Mapping[int, str]


def review_slip(proposal: Proposal, rows: list[tuple[str, str]], by: User | None = None) -> Facts:
    """Phiếu trình: the case in short, laid before the head."""
    what, issuer = _said(proposal), issuer_of(PaperKind.REVIEW_SLIP, proposal.deciding_unit)
    deadline = f"Xem xét trước ngày {vn_date(proposal.due_on)}" if proposal.due_on else ""
    head = letterhead(issuer, title="Xem xét đề xuất đổi mới, sáng tạo", code=what.code)
    return head | {
        "addressees": [issuer.authority],
        "body": [
            fact("Mã đề xuất", what.code),
            fact("Tên đề xuất", what.proposal_title),
            fact("Người đề xuất", opening(what.author)),
            *(fact(label, text or "–") for label, text in rows),
            *([fact("Thời hạn", deadline)] if deadline else []),
        ],
        "keeping": FILE,
        "signature": {"lines": ["NGƯỜI TRÌNH"], "name": by.full_name} if by else {},
    }


def legal_check_slip(
    proposal: Proposal, *, conclusion: str, facts: Mapping[str, Any], by: User
) -> Facts:
    """Phiếu kiểm tra pháp lý, phạm vi, thẩm quyền: what was checked and what came of it."""
    what, issuer = _said(proposal), issuer_of(PaperKind.LEGAL_CHECK_SLIP, proposal.deciding_unit)
    answers, conditions = dict(ANSWERS), facts.get("conditions", {})
    return letterhead(issuer, title=_of("đề xuất", what), code=what.code) | {
        "title": f"Đề xuất “{what.proposal_title}”",
        "body": [
            fact("Mã đề xuất", what.code),
            fact("Người đề xuất", opening(what.author)),
            fact("Thủ tục áp dụng", proposal.get_track_display()),
            *(
                fact(f"Điều kiện {letter})", f"{text} {answers[conditions[letter]]}.")
                for letter, text in CONDITIONS
                if letter in conditions
            ),
            fact("Kết quả kiểm tra", dict(CHECKED)[conclusion], key="result"),
            fact("Nhận xét", str(facts.get("quote", ""))),
        ],
        "signature": {"lines": ["NGƯỜI KIỂM TRA"], "name": by.full_name},
        "keeping": FILE,
        "locked": ["#result"],
    }


def party_letter(proposal: Proposal, question: str) -> Facts:
    """Công văn xin ý kiến cấp ủy cùng cấp, before the decision."""
    what, issuer = _said(proposal), issuer_of(PaperKind.OFFICIAL_LETTER, proposal.deciding_unit)
    party = party_of(issuer)
    return letterhead(issuer, title=_of("xin ý kiến cấp ủy về", what), code=what.code) | {
        "addressees": [party],
        "body": [
            paragraph(
                f"{issuer.name} đang xem xét {what.case}, về “{what.proposal_title}”. Thực hiện "
                "quy định về việc báo cáo, xin ý kiến cấp ủy cùng cấp trước khi quyết định, "
                f"{issuer.authority} đề nghị {party} cho ý kiến về nội dung sau:"
            ),
            paragraph(sentence(question), key="question"),
            paragraph(
                f"Đề nghị {party} cho ý kiến bằng văn bản để {issuer.authority} xem xét, quyết "
                "định. Hồ sơ đề xuất gửi kèm theo Công văn này."
            ),
        ],
        "locked": ["title", "#question"],
    }


def vote_minutes(step: ReviewStep, proposal: Proposal, counted: Tally) -> Facts:
    """Biên bản họp: who came, how many voted how. The ballots stay secret."""
    what, issuer = _said(proposal), issuer_of(PaperKind.MINUTES, proposal.deciding_unit)
    members = _members(step)
    named = _named(issuer, [one.person for one in members])
    chair = next((one.person for one in members if one.seat == Seat.HEAD), None)
    result = "thông qua" if counted.passed else "không thông qua"
    tie = " (số phiếu ngang nhau, theo phía có phiếu của người đứng đầu)" if counted.is_tie else ""
    absent = f"; {counted.absent:02d} người không biểu quyết" if counted.absent else ""
    alone = " Tập thể chỉ có một người biểu quyết." if counted.is_alone else ""
    body = [
        clause(f"Xem xét {what.case}, về “{what.proposal_title}”."),
        clause("Các thành viên dự họp thảo luận, cho ý kiến về đề xuất."),
        clause(
            f"Kết quả biểu quyết: {counted.voted:02d} người tham gia biểu quyết; "
            f"{counted.in_favour:02d} phiếu tán thành, {counted.against:02d} phiếu không tán "
            f"thành{absent} (chi tiết tại Phụ lục kèm theo).",
            key="count",
        ),
        clause(f"Kết luận: tập thể lãnh đạo {result} đề xuất{tie}.{alone}", key="result"),
    ]
    there = [named[one.person_id] for one in members if one.ballot]
    return _minutes(
        issuer,
        what,
        title=_of("Họp tập thể lãnh đạo xem xét", what),
        attendants=there,
        chair=named[chair.pk] if chair else "",
        signer=chair,
        body=body,
        annexes=[_ballots(what, counted)],
        locked=["#count", "#result", "annexes"],
    )


def _ballots(what: Said, counted: Tally) -> Annex:
    """Phiếu biểu quyết, counted: it is no kind of the decree, so it goes with the minutes."""
    rows = [
        ["1", "Tán thành", f"{counted.in_favour:02d}"],
        ["2", "Không tán thành", f"{counted.against:02d}"],
        ["3", "Không biểu quyết", f"{counted.absent:02d}"],
        ["", "Tổng số thành viên", f"{counted.voted + counted.absent:02d}"],
    ]
    return Annex(
        title="Kết quả phiếu biểu quyết của tập thể lãnh đạo",
        orientation="portrait",
        body=[
            paragraph(f"Nội dung biểu quyết: cho thực hiện đề xuất “{what.proposal_title}”."),
            paragraph(
                "Mỗi thành viên có một phiếu, chọn một trong hai phương án “Tán thành” hoặc “Không "
                "tán thành”. Phiếu được gửi trên hệ thống, không công khai ý kiến của từng người."
            ),
            table(BALLOTS, rows),
        ],
    )


def council_decision(
    proposal: Proposal, seats: Sequence[tuple[User, str]], meeting_on: date | None
) -> Facts:
    """Quyết định thành lập Hội đồng thẩm định."""
    what, issuer = _said(proposal), issuer_of(PaperKind.DECISION, proposal.deciding_unit)
    named = _named(issuer, [user for user, _ in seats])
    day = f" Hội đồng họp {vn_document_date(meeting_on)}." if meeting_on else ""
    members = [clause(f"{named[user.pk]}: {Seat(seat).label}.") for user, seat in seats]
    title = _of("thành lập Hội đồng thẩm định", what)
    return letterhead(issuer, title=title, code=what.code) | grounded(
        what,
        issuer,
        asked=f"Xét {what.case}",
        body=[
            article(
                f"Thành lập Hội đồng thẩm định đề xuất “{what.proposal_title}”, gồm các ông, bà "
                "có tên sau đây:",
                *members,
                key="members",
            ),
            article(
                "Hội đồng có nhiệm vụ thẩm định sự cần thiết, căn cứ, tính khả thi, tác động của "
                f"đề xuất; báo cáo kết quả thẩm định để {issuer.authority} xem xét, quyết định."
                f"{day} Hội đồng tự giải thể sau khi hoàn thành nhiệm vụ."
            ),
            article(
                "Quyết định này có hiệu lực kể từ ngày ký.\n"
                "Thủ trưởng các đơn vị có liên quan và các ông, bà có tên tại Điều 1 chịu trách "
                "nhiệm thi hành Quyết định này."
            ),
        ],
        recipients=sent_to(what, issuer),
        locked=["#members"],
    )


def council_minutes(step: ReviewStep, proposal: Proposal, conclusion: str, text: str) -> Facts:
    """Biên bản họp Hội đồng thẩm định."""
    what, issuer = _said(proposal), issuer_of(PaperKind.MINUTES, proposal.deciding_unit)
    members = _members(step)
    named = _named(issuer, [one.person for one in members])
    at = {one.seat: one.person for one in members}
    chair, secretary = at.get(Seat.CHAIR), at.get(Seat.SECRETARY)
    body = [
        clause(f"Thẩm định {what.case}, về “{what.proposal_title}”."),
        clause(f"Ý kiến của các thành viên: {_heard(members)}."),
        clause(
            f"Kết luận: Hội đồng {OPINIONS[StepConclusion(conclusion)]}.\n{sentence(text)}",
            key="result",
        ),
    ]
    return _minutes(
        issuer,
        what,
        title=_of("Họp Hội đồng thẩm định", what),
        attendants=[
            f"{named[one.person_id]}: {Seat(one.seat).label}" for one in members if one.cast_at
        ],
        chair=named[chair.pk] if chair else "",
        secretary=named[secretary.pk] if secretary else "",
        second=secretary,
        signer=chair,
        body=body,
        locked=["#result"],
    )


def council_said(proposal: Proposal, chair: User) -> Council:
    """The council of a case as a body: numbers of its own (NĐ 30/2020, Phụ lục I, II.3), with the
    case in its notation, so that no two councils of an agency give the same number."""
    serial = proposal.code.rpartition("-")[2] if proposal.code else ""
    return Council(
        name=f"Hội đồng thẩm định đề xuất {proposal.code}",
        abbrev=f"HĐTĐ{serial}",
        uses_seal=True,
        basis_document=f"Quyết định thành lập Hội đồng thẩm định đề xuất số {proposal.code}",
        chair=chair,
        chair_title="Chủ tịch",
    )


def council_report(
    step: ReviewStep,
    proposal: Proposal,
    conclusion: str,
    text: str,
    council: AdvisoryBody | None = None,
) -> Facts:
    """Báo cáo kết quả thẩm định of the council to whoever decides, signed by its chair."""
    what, issuer = _said(proposal), issuer_of(PaperKind.REPORT, proposal.deciding_unit)
    members = _members(step)
    title = _of("Kết quả thẩm định", what)
    chair = next((one.person for one in members if one.seat == Seat.CHAIR), None)
    head = letterhead(issuer, title=title, code=what.code, signer=chair)
    if council and chair:
        head |= _of_council(issuer, council, chair)
    return head | {
        "body": [
            paragraph(
                f"Hội đồng thẩm định báo cáo kết quả thẩm định {what.case}, về "
                f"“{what.proposal_title}” như sau:"
            ),
            clause(f"Hội đồng gồm {len(members):02d} thành viên; {_heard(members)}."),
            clause(
                f"Kết luận: Hội đồng {OPINIONS[StepConclusion(conclusion)]}.\n{sentence(text)}",
                key="result",
            ),
            paragraph(
                f"Hội đồng thẩm định báo cáo để {issuer.authority} có cơ sở xem xét, quyết định."
            ),
        ],
        "recipients": [{"text": issuer.authority}, {"text": "Các thành viên Hội đồng"}],
        "locked": ["title", "#result"],
    }


def _of_council(issuer: Issuer, council: AdvisoryBody, chair: User) -> Facts:
    try:
        block = signing_of(Asked(issuer.unit, issuer.day, body=council), chair).block
    except NotLawful:  # the chair's account is closed: nobody may sign yet
        block = {}
    return {
        "parent_lines": [issuer.name],
        "agency_lines": [council.name],
        "notation": f"{type_abbrev(issuer.kind, issuer.day)}-{council.abbrev}",
        "signature": block,
    }


def override_report(proposal: Proposal, what: Said) -> Facts:
    """Báo cáo to the agency above: the head decided against the vote, and why."""
    issuer = issuer_of(PaperKind.REPORT, proposal.deciding_unit)
    title = _of("Việc quyết định khác kết quả biểu quyết đối với", what)
    return letterhead(issuer, title=title, code=what.code) | {
        "addressees": [issuer.above] if issuer.above else [],
        "body": [
            paragraph(
                f"Thực hiện quy định về trách nhiệm của người đứng đầu, {issuer.authority} báo cáo "
                f"{issuer.above} về việc quyết định đối với {what.case}, như sau:"
            ),
            clause(f"Tập thể lãnh đạo {issuer.name} biểu quyết không thông qua đề xuất."),
            clause(
                f"{issuer.authority} quyết định {what.allowed} đề xuất “{what.proposal_title}”.",
                key="decided",
            ),
            clause(f"Sự cần thiết: {sentence(what.why_necessary)}", key="necessary"),
            clause(f"Tính khả thi: {sentence(what.why_feasible)}", key="feasible"),
            clause(
                f"{issuer.authority} chịu trách nhiệm trước {issuer.above} và trước pháp luật về "
                "quyết định nêu trên."
            ),
            paragraph(f"{issuer.name} kính báo cáo {issuer.above}."),
        ],
        "locked": ["title", "#decided", "#necessary", "#feasible"],
    }


def _said(proposal: Proposal) -> Said:
    return Said(kind="", **about(proposal))


def _of(words: str, what: Said) -> str:
    lead = words if words.endswith("đề xuất") else f"{words} đề xuất"
    return f"{lead} “{what.proposal_title}”"


def _minutes(
    issuer: Issuer,
    what: Said,
    *,
    title: str,
    attendants: Iterable[str],
    chair: str,
    signer: User | None,
    secretary: str = "",
    second: User | None = None,
    **facts: Any,
) -> Facts:
    """Minutes: the hours, the place and whoever is not known stay open for the secretary."""
    facts["locked"] = ["title", *facts["locked"]]
    return (
        letterhead(issuer, title=title, code=what.code, signer=signer)
        | facts
        | {
            "minutes": {
                "started": "",
                "place": f"Trụ sở {issuer.name}",
                "attendants": list(attendants),
                "chair": chair,
                "secretary": secretary,
                "ended": "",
            },
            "signature": {"lines": ["CHỦ TỌA"], "name": signer.full_name if signer else ""},
            "second_signature": {"lines": ["THƯ KÝ"], "name": second.full_name if second else ""},
            "keeping": FILE,
        }
    )


def _members(step: ReviewStep) -> list[StepMember]:
    return list(step.members.select_related("person", "content").order_by("pk"))


def _named(issuer: Issuer, persons: Iterable[User]) -> Named:
    """Each person with the post held at the agency today, read at once."""
    found = list(persons)
    posts = Appointment.objects.valid_on(issuer.day).filter(person__in=found)
    rows = posts.select_related("position").order_by("is_main", "-position__rank")
    titles = {row.person_id: row.position.title for row in rows}
    return {one.pk: opening(addressed(one, titles.get(one.pk, ""))) for one in found}


def _heard(members: Sequence[StepMember]) -> str:
    """How many members said what, in words; nobody by name."""
    said = [one.content.facts.get("conclusion", "") for one in members if one.content]
    told = [
        f"{said.count(one):02d} ý kiến {OPINIONS[one]}" for one in StepConclusion if one in said
    ]
    return "; ".join(told) or "chưa có ý kiến bằng văn bản"
