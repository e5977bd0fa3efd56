"""The facts of each official paper of a liability case or a commendation, ready to be frozen.

Shaped as `documents.papers.description` says; each is a draft that the clerk's road signs and
numbers. What was weighed and concluded is locked.
"""

from typing import Any

from django.utils import timezone

from accountability.models import (
    Commendation,
    CommendationDecision,
    LiabilityCase,
    LiabilityDecision,
)
from accountability.stages import IncentiveNature, Instance, Outcome, StatementKind
from documents import laws, titles
from documents.letterheads import Issuer, addressed, issuer_of, letterhead, opening
from documents.papers.blocks import article, clause, fact, heading, paragraph, paragraphs, sentence
from documents.papers.description import Block
from documents.stages import PaperKind
from organisation.days import today
from organisation.models import User
from organisation.templatetags.portal import vn_date
from proposals.models import Proposal
from proposals.stages import Track

Facts = dict[str, Any]


def in_post(case: LiabilityCase) -> str:
    """The person with their post: the agency in full, which pages name in short."""
    post, _, short = case.person_position.partition(", ")
    version = case.agency.at(today())
    if short and short == version.short_name:
        return addressed(case.person, titles.held(post, version.name))
    return addressed(case.person, case.person_position)


def opening_notice(case: LiabilityCase) -> Facts:
    """Thông báo: what is weighed, and that the person is heard before anything is concluded."""
    issuer = issuer_of(PaperKind.NOTICE, case.competent_unit)
    who = addressed(case.person)
    title = f"mở hồ sơ xem xét trách nhiệm trong thực hiện đề xuất số {case.proposal.code}"
    return letterhead(issuer, title=title, code=case.code) | {
        "body": [
            paragraph(
                f"{issuer.name} thông báo việc mở hồ sơ số {case.code} để xem xét trách nhiệm của "
                f"{in_post(case)}, trong thực hiện đề xuất số "
                f"{case.proposal.code}, như sau:"
            ),
            heading("Nội dung xem xét", *paragraphs(case.charges), key="charges"),
            heading(
                "Quyền của người liên quan",
                clause(f"{opening(who)} được nêu ý kiến, gửi tài liệu trước khi có kết luận."),
                clause(f"{opening(who)} được khiếu nại kết luận một lần theo quy định."),
                key="rights",
            ),
            paragraph(f"{issuer.name} thông báo để {who} được biết và thực hiện."),
        ],
        "recipients": [{"text": opening(who)}],
        "keeping": "VT, Hồ sơ",
        "locked": ["title", "#charges", "#rights"],
    }


def statement_minutes(case: LiabilityCase) -> Facts:
    """Biên bản ghi nhận ý kiến: how the person was heard; the hours are written in by hand."""
    issuer = issuer_of(PaperKind.MINUTES, case.competent_unit)
    who = opening(in_post(case))
    on = f"Ngày {vn_date(timezone.localdate(case.stated_at))}, " if case.stated_at else ""
    named = in_post(case)
    said = {
        StatementKind.GIVEN: f"{on}{named}, nêu ý kiến như sau:",
        StatementKind.DECLINED: f"{on}{named}, không nêu ý kiến, với lý do như sau:",
        StatementKind.LAPSED: f"{on}{named}, không nêu ý kiến trong thời hạn.",
    }[StatementKind(case.statement_kind)]
    title = f"Ghi nhận ý kiến của người liên quan trong hồ sơ số {case.code}"
    return letterhead(issuer, title=title, code=case.code) | {
        "minutes": {
            "started": "",
            "place": f"Trụ sở {issuer.name}",
            "attendants": [who],
            "chair": "",
            "secretary": "",
            "ended": "",
        },
        "body": [
            clause(f"Nội dung xem xét: {sentence(case.charges)}"),
            clause("\n".join(filter(None, (said, case.statement))), key="said"),
        ],
        "signature": {"lines": ["CHỦ TỌA"], "name": ""},
        "second_signature": {"lines": ["THƯ KÝ"], "name": ""},
        "keeping": "VT, Hồ sơ",
        "locked": ["title", "#said"],
    }


def conclusion(decision: LiabilityDecision) -> Facts:
    """Quyết định of a conclusion; `decision` may be one that is not written down yet."""
    case = decision.case
    is_first = decision.instance == Instance.FIRST
    issuer = issuer_of(PaperKind.DECISION, case.competent_unit if is_first else case.appeal_unit)
    what = "kết luận" if is_first else "giải quyết khiếu nại kết luận"
    title = f"{what} xem xét trách nhiệm trong thực hiện đề xuất số {case.proposal.code}"
    head = letterhead(issuer, title=title, code=case.code, signer=decision.decided_by)
    who = in_post(case)
    result = article(
        f"{Outcome(decision.outcome).label} đối với {who}, trong thực hiện đề xuất số "
        f"{case.proposal.code}.",
        key="result",
    )
    appeal = [
        article(
            f"{opening(addressed(case.person))} có quyền khiếu nại một lần đến "
            f"{case.appeal_unit_name} trong thời hạn quy định kể từ ngày nhận Quyết định này."
        )
    ]
    grounds = [
        *_laws(case.proposal, issuer),
        laws.cited(decision.legal_ground),
        f"Xét hồ sơ xem xét trách nhiệm số {case.code}",
    ]
    return head | {
        "grounds": grounds,
        "body": [
            result,
            article(f"Lý do: {sentence(decision.reason)}", key="reason"),
            *(appeal if is_first else []),
            _in_force(addressed(case.person)),
        ],
        "recipients": _others(issuer, case.competent_unit_name),
        "keeping": "VT, Hồ sơ",
        "locked": ["title", *_last_two(grounds), "#result", "#reason"],
    }


def submission(commendation: Commendation, by: User) -> Facts:
    """Tờ trình of the agency to whoever decides; inside one agency, a slip of its officer."""
    if _is_inside(commendation):
        return _slip(commendation, by)
    issuer = issuer_of(PaperKind.SUBMISSION, commendation.agency)
    to = commendation.deciding_unit_name
    title = f"đề nghị {_given(commendation)}"
    return letterhead(issuer, title=title, code=commendation.code) | {
        "addressees": [to],
        "body": [
            paragraph(
                f"{issuer.name} trình {to} xem xét, quyết định {_given(commendation)}, do có "
                f"thành tích trong thực hiện đề xuất số {commendation.proposal.code}, "
                f"“{commendation.proposal.title}”, như sau:"
            ),
            heading("Thành tích", *paragraphs(commendation.merit), key="merit"),
            heading("Ý kiến thẩm định", *paragraphs(commendation.review), key="review"),
            paragraph(f"{issuer.name} kính trình {to} xem xét, quyết định."),
        ],
        "locked": ["title", "#merit", "#review"],
    }


def _slip(commendation: Commendation, by: User) -> Facts:
    """Phiếu trình: no head submits to himself, so the officer lays the nomination before the head.

    It bears no number and goes to nobody outside.
    """
    issuer = issuer_of(PaperKind.REVIEW_SLIP, commendation.agency)
    case = commendation.proposal
    title = f"Đề nghị {_given(commendation)}"
    return letterhead(issuer, title=title, code=commendation.code) | {
        "addressees": [issuer.authority],
        "body": [
            fact("Hồ sơ khen thưởng", f"Số {commendation.code}"),
            fact("Nội dung trình", title),
            fact("Đề xuất đã thực hiện", f"Số {case.code}, “{case.title}”"),
            fact("Thành tích", commendation.merit, key="merit"),
            fact("Ý kiến thẩm định", commendation.review, key="review"),
        ],
        "signature": {"lines": ["NGƯỜI TRÌNH"], "name": by.full_name},
        "keeping": "VT, Hồ sơ",
        "locked": ["title", "#merit", "#review"],
    }


def _is_inside(row: Commendation) -> bool:
    """Whether the agency that nominates decides, too."""
    return row.deciding_unit in (None, row.agency)


def commendation_decision(decision: CommendationDecision) -> Facts:
    """Quyết định khen thưởng, or of another form of encouragement."""
    row = decision.commendation
    issuer = issuer_of(PaperKind.DECISION, row.deciding_unit or row.agency)
    given = _given(row)
    rests_on = "praise" if _is_praise(row) else _track(row.proposal)
    asked = "" if _is_inside(row) else f" của {row.agency.at(issuer.day).name}"
    grounds = [
        *laws.grounds(issuer.day, "authority", rests_on),
        *([] if _is_praise(row) else [laws.cited(row.incentive.legal_ground)]),
        f"Theo đề nghị{asked} tại hồ sơ số {row.code}",
    ]
    head = letterhead(issuer, title=given, code=row.code, signer=decision.decided_by)
    return head | {
        "grounds": grounds,
        "body": [
            article(
                f"{opening(given)}, đã có thành tích trong thực hiện đề xuất số "
                f"{row.proposal.code}, “{row.proposal.title}”.",
                key="result",
            ),
            _in_force(_who(row)),
        ],
        "recipients": _others(issuer, row.agency.at(issuer.day).name),
        "locked": ["title", f"grounds.{len(grounds) - 1}", "#result"],
    }


def _given(row: Commendation) -> str:
    """ "tặng Giấy khen cho ông Nguyễn Văn Mẫu"; other forms are deeds already."""
    label, who = row.incentive.label, _who(row, with_post=True)
    if _is_praise(row):
        return f"tặng {label} cho {who}"
    return f"{label[:1].lower()}{label[1:]} đối với {who}"


def _is_praise(row: Commendation) -> bool:
    return row.incentive.nature == IncentiveNature.REWARD


def _who(row: Commendation, *, with_post: bool = False) -> str:
    if row.person is None:
        return row.team_name
    post = row.person.powers.main if with_post else None
    return addressed(row.person, post.position if post else "")


def _in_force(who: str) -> Block:
    return article(
        "Quyết định này có hiệu lực kể từ ngày ký.\n"
        f"Thủ trưởng các đơn vị có liên quan và {who} chịu trách nhiệm thi hành Quyết định này."
    )


def _laws(proposal: Proposal, issuer: Issuer) -> list[str]:
    return laws.grounds(issuer.day, "authority", _track(proposal))


def _track(proposal: Proposal) -> str:
    return "decree" if proposal.track == Track.ND73 else "policy"


def _others(issuer: Issuer, *names: str) -> list[Facts]:
    above = [{"text": issuer.above, "note": "b/c"}] if issuer.above else []
    told = dict.fromkeys(name for name in names if name and name != issuer.name)
    return [*above, *({"text": name} for name in told)]


def _last_two(grounds: list[str]) -> list[str]:
    return [f"grounds.{place}" for place in range(len(grounds) - 2, len(grounds))]
