"""The facts of the papers that a decision issues, as `documents.papers.description` says.

Each is a draft that the clerk's road signs and numbers; the same facts are shown before the head
confirms, so what is confirmed is what is drawn. What the decision rests on is locked.
"""

from datetime import date
from typing import Any

from deadlines.lengths import within_on_paper
from documents import laws, titles
from documents.letterheads import Issuer, apposed, issuer_of, letterhead, opening
from documents.papers.blocks import article, clause, paragraph, paragraphs, sentence
from documents.papers.description import Block
from documents.stages import PaperKind
from organisation.days import today
from organisation.models import OrgUnit, User
from organisation.templatetags.portal import vn_document_date
from proposals import plan_papers
from proposals.said import Facts, Said
from proposals.stages import DecisionKind, Track

MAY_ANSWER = "{who} có thể phản hồi một lần{within} kể từ ngày nhận kết quả."
KINDS = {
    DecisionKind.IMPLEMENT: PaperKind.DECISION,
    DecisionKind.PILOT: PaperKind.DECISION,
    DecisionKind.ESCALATE: PaperKind.SUBMISSION,
    DecisionKind.REFUSE: PaperKind.NOTICE,
    DecisionKind.RETURN: PaperKind.OFFICIAL_LETTER,
    DecisionKind.REDIRECT: PaperKind.OFFICIAL_LETTER,
}
SUBJECTS = {
    DecisionKind.IMPLEMENT: "cho thực hiện",
    DecisionKind.PILOT: "phê duyệt Kế hoạch thí điểm",
    DecisionKind.ESCALATE: "xem xét, quyết định",
    DecisionKind.RETURN: "bổ sung hồ sơ",
    DecisionKind.REFUSE: "Kết quả xem xét",
    DecisionKind.REDIRECT: "chuyển quy trình xây dựng văn bản quy phạm pháp luật đối với",
}


def facts_of(what: Said, unit: OrgUnit, signer: User | None = None) -> Facts:
    """The facts of the paper of a decision."""
    kind = DecisionKind(what.kind)
    issuer = issuer_of(KINDS[kind], unit)
    subject = f"{SUBJECTS[kind]} đề xuất “{what.proposal_title}”"
    head = letterhead(issuer, title=subject, code=what.code, signer=signer)
    return head | TEXTS[kind](what, issuer)


def grounds(what: Said, day: date, asked: str = "") -> list[str]:
    """The laws of that day, then the case."""
    by_track = "decree" if what.track == Track.ND73 else "policy"
    return [
        *laws.grounds(day, "authority", by_track),
        asked or f"Theo đề nghị của {what.author}, tại {what.number}",
    ]


def grounded(what: Said, issuer: Issuer, *, asked: str = "", **facts: Any) -> Facts:
    """The grounds of a decision, the case among them locked; `asked` where nobody asked for it."""
    found = grounds(what, issuer.day, asked)
    locked = ["title", f"grounds.{len(found) - 1}", *facts.pop("locked", ())]
    return {"grounds": found, "locked": locked} | facts


def sent_to(what: Said, issuer: Issuer, *others: str) -> list[Facts]:
    """Who else receives a paper: who is named, and the agency where the proposer works."""
    agency = what.agency if what.agency != issuer.name else ""
    return [{"text": name} for name in dict.fromkeys([*others, agency]) if name]


def reported_to(issuer: Issuer) -> list[Facts]:
    """The agency above, to which a decision is reported."""
    return [{"text": issuer.above, "note": "b/c"}] if issuer.above else []


def _decision(what: Said, issuer: Issuer, first: Block, *, key: str) -> Facts:
    closing = article(
        "Quyết định này có hiệu lực kể từ ngày ký.\n"
        f"Thủ trưởng các đơn vị có liên quan và {_bound(what)} chịu trách nhiệm thi hành "
        "Quyết định này."
    )
    tasks = article("Tổ chức thực hiện:", *_tasks(what), key="tasks")
    override = _override(what, issuer)
    guidance = [article(sentence(what.guidance))] if what.guidance else []
    locked = [f"#{key}", "#tasks", *(["#override"] if override else [])]
    return grounded(
        what,
        issuer,
        body=[first, tasks, *override, *guidance, closing],
        recipients=[*reported_to(issuer), *sent_to(what, issuer)],
        locked=locked,
    )


def _pilot(what: Said, issuer: Issuer) -> Facts:
    scope = f" Phạm vi: {what.scope.rstrip('.')}." if what.scope else ""
    first = article(
        "Phê duyệt kèm theo Quyết định này Kế hoạch thực hiện thí điểm đề xuất "
        f"“{what.proposal_title}”, {what.period}.{scope}",
        key="allowed",
    )
    facts = _decision(what, issuer, first, key="allowed")
    plan = plan_papers.plan_of(
        what.plan, what.proposal_title, _tasks(what), period=what.period, scope=what.scope
    )
    return facts | {"attached": plan, "locked": [*facts["locked"], "attached.body"]}


def _implement(what: Said, issuer: Issuer) -> Facts:
    period = f", {what.period}" if what.period else ""
    scope = f" Phạm vi: {what.scope.rstrip('.')}." if what.scope else ""
    text = f"Cho thực hiện đề xuất “{what.proposal_title}” của {what.author}{period}.{scope}"
    return _decision(what, issuer, article(text, key="allowed"), key="allowed")


def _tasks(what: Said) -> list[Block]:
    every = f"định kỳ {what.report_every_months:02d} tháng một lần báo cáo tiến độ, "
    often = every if what.kind == DecisionKind.PILOT else ""
    told = [
        f"{apposed(opening(what.doer))} tổ chức thực hiện; {often}báo cáo kết quả về {what.unit} "
        "sau khi hoàn thành theo quy định."
    ]
    if what.monitor:
        told.append(f"{apposed(opening(what.monitor))} theo dõi, kiểm tra, đôn đốc việc thực hiện.")
    return [clause(text) for text in told]


def _bound(what: Said) -> str:
    """Those who carry a decision out, by name alone."""
    return ", ".join(
        dict.fromkeys(name.partition(",")[0] for name in (what.doer, what.monitor) if name)
    )


def _override(what: Said, issuer: Issuer) -> list[Block]:
    """The head answers for deciding against the vote (Nghị định 73/2023/NĐ-CP, Điều 8.1)."""
    if not what.why_necessary:
        return []
    return [
        article(
            f"Tập thể lãnh đạo không thông qua đề xuất; {issuer.authority} xét thấy đề xuất cần "
            f"thiết, khả thi và quyết định {what.allowed}:",
            clause(f"Sự cần thiết: {sentence(what.why_necessary)}"),
            clause(f"Tính khả thi: {sentence(what.why_feasible)}"),
            clause(
                f"{issuer.authority} chịu trách nhiệm trước cấp trên và trước pháp luật về "
                "Quyết định này."
            ),
            key="override",
        )
    ]


def _may_answer(what: Said) -> str:
    """How long the proposer may answer, by the rule of today."""
    within = within_on_paper("REFUSAL_ANSWER", today())
    return MAY_ANSWER.format(who=opening(what.proposer), within=f" {within}" if within else "")


def _refuse(what: Said, issuer: Issuer) -> Facts:
    reason = clause(f"Lý do: {_lowered(what.ground)}. {sentence(what.reason)}", key="reason")
    hint = [clause(f"Gợi ý để hoàn thiện: {sentence(what.hint)}")] if what.hint else []
    return {
        "body": [
            paragraph(
                f"{issuer.name} đã xem xét {what.case}, về “{what.proposal_title}”. "
                f"{issuer.authority} thông báo kết quả như sau:"
            ),
            clause("Không chấp thuận đề xuất nêu trên.", key="result"),
            reason,
            *hint,
            clause(_may_answer(what)),
            paragraph(f"{issuer.name} thông báo để {what.proposer} được biết."),
        ],
        "recipients": sent_to(what, issuer, opening(what.proposer)),
        "locked": ["title", "#result", "#reason"],
    }


def _escalate(what: Said, issuer: Issuer) -> Facts:
    opinion = (
        [clause(f"Ý kiến của {issuer.name}: {sentence(what.guidance)}")] if what.guidance else []
    )
    return {
        "addressees": [issuer.above] if issuer.above else [],
        "body": [
            paragraph(
                f"{issuer.name} nhận được {what.case}, về “{what.proposal_title}”. Qua xem xét, "
                f"{issuer.name} báo cáo và đề nghị như sau:"
            ),
            clause(f"Lý do trình: {sentence(what.reason)}", key="reason"),
            *opinion,
            clause(
                f"Đề nghị {issuer.above or 'cấp có thẩm quyền'} xem xét, quyết định đề xuất nêu "
                "trên. Hồ sơ đề xuất gửi kèm theo Tờ trình này.",
                key="asked",
            ),
            paragraph(f"{issuer.name} kính trình {issuer.above or 'cấp có thẩm quyền'} xem xét."),
        ],
        "recipients": [{"text": opening(what.proposer)}],
        "locked": ["title", "#reason", "#asked"],
    }


def _return(what: Said, issuer: Issuer) -> Facts:
    due = f"trước {vn_document_date(what.due_on)} " if what.due_on else ""
    reason = paragraphs(f"Lý do trả lại: {sentence(what.reason)}") if what.reason else []
    return {
        "addressees": [_to(what, issuer)],
        "body": [
            paragraph(
                f"{issuer.name} nhận được {what.number} về “{what.proposal_title}”. Để có "
                f"đủ cơ sở xem xét, quyết định, đề nghị {what.proposer} bổ sung các nội dung sau:"
            ),
            *(
                clause(sentence(text), key=f"item-{place}")
                for place, text in enumerate(what.items, 1)
            ),
            *reason,
            paragraph(
                f"Đề nghị {what.proposer} gửi bản bổ sung trên hệ thống {due}để {issuer.name} "
                "tiếp tục xem xét theo quy định."
            ),
        ],
        "recipients": sent_to(what, issuer),
        "locked": ["title", *(f"#item-{place}" for place, _ in enumerate(what.items, 1))],
    }


def _redirect(what: Said, issuer: Issuer) -> Facts:
    return {
        "addressees": [_to(what, issuer)],
        "body": [
            paragraph(
                f"{issuer.name} nhận được {what.number} về “{what.proposal_title}”. "
                f"Sau khi xem xét, {issuer.name} có ý kiến như sau:"
            ),
            clause(
                "Nội dung đề xuất thuộc quy trình xây dựng, ban hành văn bản quy phạm pháp luật.",
                key="result",
            ),
            clause(f"Lý do: {sentence(what.reason)}", key="reason"),
            clause(
                "Đề xuất được chuyển để nghiên cứu, đề nghị xây dựng văn bản theo quy định của "
                "Luật Ban hành văn bản quy phạm pháp luật."
            ),
            paragraph(f"{issuer.name} thông báo để {what.proposer} được biết và phối hợp."),
        ],
        "recipients": sent_to(what, issuer),
        "locked": ["title", "#result", "#reason"],
    }


def _to(what: Said, issuer: Issuer) -> str:
    """The proposer as an addressee: the agency is named where it is another."""
    post = what.proposer_position
    post = titles.held(post, what.agency) if what.agency != issuer.name else post
    return opening(", ".join(filter(None, (what.proposer, post))))


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


TEXTS = {
    DecisionKind.PILOT: _pilot,
    DecisionKind.IMPLEMENT: _implement,
    DecisionKind.REFUSE: _refuse,
    DecisionKind.ESCALATE: _escalate,
    DecisionKind.RETURN: _return,
    DecisionKind.REDIRECT: _redirect,
}
