"""The papers of a council: the decision that forms it, and the minutes of its sitting."""

from collections.abc import Iterable, Sequence
from datetime import date

from accountability.models import Council, LiabilityCase
from accountability.papers import Facts
from accountability.stages import Outcome
from documents import laws
from documents.letterheads import Issuer, addressed, issuer_of, letterhead, opening
from documents.papers.blocks import article, clause
from documents.stages import PaperKind
from organisation.models import Appointment, User
from organisation.templatetags.portal import vn_document_date
from proposals.stages import Seat, Track

FILE = "VT, Hồ sơ"


def decision(case: LiabilityCase, seats: Sequence[tuple[User, Seat]], meeting_on: date) -> Facts:
    """Quyết định thành lập Hội đồng xem xét trách nhiệm."""
    issuer = issuer_of(PaperKind.DECISION, case.competent_unit)
    named = _named(issuer, [user for user, _ in seats])
    title = f"thành lập Hội đồng xem xét trách nhiệm trong hồ sơ số {case.code}"
    return letterhead(issuer, title=title, code=case.code, signer=seats[0][0]) | {
        "grounds": _grounds(case, issuer),
        "body": [
            article(
                f"Thành lập Hội đồng xem xét trách nhiệm trong hồ sơ số {case.code}, gồm các ông, "
                "bà có tên sau đây:",
                *(clause(f"{named[user.pk]}: {seat.label}.") for user, seat in seats),
                key="members",
            ),
            article(
                "Hội đồng có nhiệm vụ xem xét nguyên nhân, điều kiện, ý kiến của người liên quan; "
                f"bỏ phiếu kín về kết luận để {issuer.authority} xem xét, quyết định. Hội đồng "
                f"họp {vn_document_date(meeting_on)} và tự giải thể sau khi hoàn thành nhiệm vụ."
            ),
            article(
                "Quyết định này có hiệu lực kể từ ngày ký.\n"
                "Các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này."
            ),
        ],
        "recipients": [{"text": "Như Điều 1"}],
        "keeping": FILE,
        "locked": ["title", "#members"],
    }


def minutes(case: LiabilityCase, council: Council) -> Facts:
    """Biên bản họp Hội đồng: who sat, how many voted how. The ballots stay secret."""
    issuer = issuer_of(PaperKind.MINUTES, case.competent_unit)
    seats = list(council.members.select_related("person").order_by("pk"))
    named = _named(issuer, [one.person for one in seats])
    at = {one.seat: one.person for one in seats}
    chair, secretary = at[Seat.CHAIR], at[Seat.SECRETARY]
    who = addressed(case.person, case.person_position)
    absent = f"; {council.absent:02d} người không biểu quyết" if council.absent else ""
    is_tie = council.in_favour == council.against
    tie = " (số phiếu ngang nhau, theo phía có phiếu của Chủ tịch Hội đồng)" if is_tie else ""
    return letterhead(
        issuer, title=f"Họp Hội đồng xem xét trách nhiệm trong hồ sơ số {case.code}",
        code=case.code, signer=chair,
    ) | {
        "minutes": {
            "started": "",
            "place": issuer.name,
            "attendants": [
                f"{named[one.person_id]}: {Seat(one.seat).label}" for one in seats if one.ballot
            ],
            "chair": named[chair.pk],
            "secretary": named[secretary.pk],
            "ended": "",
        },
        "body": [
            clause(f"Xem xét trách nhiệm của {who}: {case.charges}"),
            clause(
                "Hội đồng nghe trình bày nguyên nhân, đánh giá các điều kiện và ý kiến của người "
                "liên quan."
            ),
            clause(
                f"Kết quả bỏ phiếu kín về kết luận “{Outcome(council.outcome).label}”: "
                f"{council.in_favour:02d} phiếu tán thành, {council.against:02d} phiếu không tán "
                f"thành{absent}.",
                key="count",
            ),
            clause(f"Kết luận: Hội đồng {council.result_label.lower()}{tie}.", key="result"),
        ],
        "signature": {"lines": ["CHỦ TỌA"], "name": chair.full_name},
        "second_signature": {"lines": ["THƯ KÝ"], "name": secretary.full_name},
        "keeping": FILE,
        "locked": ["title", "#count", "#result"],
    }  # fmt: skip


def _grounds(case: LiabilityCase, issuer: Issuer) -> list[str]:
    track = "decree" if case.proposal.track == Track.ND73 else "policy"
    file = f"Xét hồ sơ xem xét trách nhiệm số {case.code}"
    return [*laws.grounds(issuer.day, "authority", track), file]


def _named(issuer: Issuer, persons: Iterable[User]) -> dict[int, str]:
    """Each person with the post held today, read at once."""
    found = list(persons)
    posts = Appointment.objects.valid_on(issuer.day).filter(person__in=found)
    rows = posts.select_related("position").order_by("is_main", "-position__rank")
    titles = {row.person_id: row.position.title for row in rows}
    return {one.pk: opening(addressed(one, titles.get(one.pk, ""))) for one in found}
