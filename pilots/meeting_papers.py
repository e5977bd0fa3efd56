"""The papers around an evaluation: the letter to the party committee, the minutes."""

from collections import Counter

from documents.letterheads import addressed, issuer_of, letterhead, opening, party_of
from documents.papers.blocks import clause, paragraph
from documents.stages import PaperKind
from organisation.models import Appointment
from pilots.models import Evaluation
from pilots.papers import Facts
from pilots.stages import EvaluatorSeat, Opinion, Recommendation, Result


def party_letter(evaluation: Evaluation) -> Facts:
    """Công văn xin ý kiến cấp ủy cùng cấp, before the evaluation (Nghị định 73/2023, Điều 4)."""
    pilot = evaluation.pilot
    proposal = pilot.proposal
    issuer = issuer_of(PaperKind.OFFICIAL_LETTER, pilot.deciding_unit)
    party = party_of(issuer)
    title = f"xin ý kiến cấp ủy về kết quả thực hiện đề xuất “{proposal.title}”"
    return letterhead(issuer, title=title, code=proposal.code) | {
        "addressees": [party],
        "body": [
            paragraph(
                f"{issuer.name} đã nhận báo cáo kết quả thực hiện đề xuất số {proposal.code}, "
                f"“{proposal.title}”, của {pilot.agency_name}. Thực hiện quy định về việc báo cáo, "
                f"xin ý kiến cấp ủy cùng cấp trước khi đánh giá kết quả, {issuer.authority} đề "
                f"nghị {party} cho ý kiến về kết quả thực hiện đề xuất nêu trên.",
                key="asked",
            ),
            paragraph(
                f"Đề nghị {party} cho ý kiến bằng văn bản để tập thể lãnh đạo họp đánh giá trong "
                "thời hạn quy định. Báo cáo kết quả gửi kèm theo Công văn này."
            ),
        ],
        "locked": ["title", "#asked"],
    }


def evaluation_minutes(evaluation: Evaluation) -> Facts:
    """Biên bản họp đánh giá: who sat, how many thought what, what was concluded.

    Nobody's own opinion is told; the hours and the secretary are written in by hand.
    """
    pilot = evaluation.pilot
    proposal = pilot.proposal
    issuer = issuer_of(PaperKind.MINUTES, pilot.deciding_unit)
    seats = list(evaluation.evaluators.select_related("person").order_by("seat", "pk"))
    heads = [evaluation.concluded_by] if evaluation.concluded_by else []
    persons = [one.person for one in seats] or heads
    rows = Appointment.objects.valid_on(issuer.day).filter(person__in=persons)
    rows = rows.select_related("position").order_by("is_main", "-position__rank")
    posts = {row.person_id: row.position.title for row in rows}
    named = {one.pk: opening(addressed(one, posts.get(one.pk, ""))) for one in persons}
    chair = next((one.person for one in seats if one.seat == EvaluatorSeat.CHAIR), persons[0])
    counts = Counter(one.opinion for one in seats if one.opinion)
    told = [f"{counts[one]:02d} ý kiến “{one.label.lower()}”" for one in Opinion if counts[one]]
    opinions = "; ".join(told) or "các thành viên thống nhất với kết luận"
    title = f"Họp đánh giá kết quả thực hiện đề xuất “{proposal.title}”"
    return letterhead(issuer, title=title, code=proposal.code) | {
        "minutes": {
            "started": "",
            "place": f"Trụ sở {issuer.name}",
            "attendants": list(named.values()),
            "chair": named.get(chair.pk, "") if chair else "",
            "secretary": "",
            "ended": "",
        },
        "body": [
            clause(f"Xem xét báo cáo kết quả thực hiện đề xuất số {proposal.code}."),
            clause(f"Ý kiến của các thành viên: {opinions}."),
            clause(
                f"Kết luận: {Result(evaluation.result).label}. Kiến nghị: "
                f"{Recommendation(evaluation.recommendation).label.lower()}.",
                key="result",
            ),
        ],
        "signature": {"lines": ["CHỦ TỌA"], "name": chair.full_name if chair else ""},
        "second_signature": {"lines": ["THƯ KÝ"], "name": ""},
        "keeping": "VT, Hồ sơ",
        "locked": ["title", "#result"],
    }
