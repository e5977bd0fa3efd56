"""The evidence dossier of a case: ten headings that its records fill by themselves (pages.md §11).

Nothing is kept here: each item leads to the record that proves it, with its day, who made it and,
where it is a text or a file, its SHA-256.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse

from deadlines.models import Clock
from organisation.days import today, working_days_between
from organisation.models import User
from organisation.templatetags.portal import vn_date, vn_number
from pilots.models import IndicatorEntry, Pilot
from pilots.stages import ProofHeading, ReportState
from proposals import rules
from proposals.stages import DecisionState

TEAM, HEAD = "nhóm thực hiện", "người đứng đầu"
ANSWERS = ("INTAKE", "COLLECTIVE_MEETING", "HIGHER_REVIEW", "ANSWER_REVIEW")
ARRIVED = (ReportState.SENT, ReportState.ACCEPTED)


class Proof(NamedTuple):
    """One record: what, when, by whom, where it is read, and the digest of its text or file.

    `replaced` is the title of the document that stands in the place of this one.
    """

    text: str
    at: datetime | date | None
    who: str = ""
    url: str = ""
    sha256: str = ""
    replaced: str = ""


@dataclass(frozen=True)
class Heading:
    """`lacking` says what is still to be added and by whom; empty where nothing is."""

    label: str
    proofs: list[Proof] = field(default_factory=list)
    lacking: str = ""
    none_needed: str = ""

    @property
    def takes_document(self) -> bool:
        """Whether what is lacking is filled by adding a document, not by a record of the case."""
        return self.label == ProofHeading.ASKED.label

    @property
    def is_met(self) -> bool:
        return not self.lacking


def dossier(pilot: Pilot, user: User) -> list[Heading]:
    """The ten headings as this viewer may see them: what is inner stays inner (AZ-06)."""
    inner = rules.sees_inner(pilot.proposal, user)
    added = _added(pilot)
    found = [
        _said(pilot),
        _heard(pilot, inner=inner),
        _allowed(pilot),
        _planned(pilot),
        _reported(pilot),
        _measured(pilot),
        _incidents(pilot),
        _helped(pilot),
        _asked(pilot, inner=inner, is_added=ProofHeading.ASKED in added),
        _evaluated(pilot),
    ]
    for number, heading in enumerate(found, 1):
        heading.proofs.extend(added.get(number, []))
    return found


def _added(pilot: Pilot) -> dict[int, list[Proof]]:
    """What people added by hand, by heading."""
    rows = pilot.added_proofs.select_related("added_by", "file", "replaced_by")
    found: dict[int, list[Proof]] = defaultdict(list)
    for row in rows.order_by("pk"):
        replaced = row.replaced_by.title if hasattr(row, "replaced_by") else ""
        dated = f", ngày {vn_date(row.dated_on)}" if row.dated_on else ""
        url = _page(pilot, "proof_file", row.ref)
        who = row.added_by.full_name
        found[row.heading].append(
            Proof(f"{row.title}{dated}", row.added_at, who, url, row.file.sha256, replaced)
        )
    return found


def _said(pilot: Pilot) -> Heading:
    versions = pilot.proposal.versions.select_related("content", "created_by").order_by("number")
    url = reverse("proposals:content", args=[pilot.proposal.ref])
    proofs = [
        Proof(
            f"Đề xuất đã gửi, bản {row.number}, có cam kết và khai xung đột lợi ích",
            row.created_at, row.created_by.full_name, url, row.content.sha256,
        )
        for row in versions
    ]  # fmt: skip
    return Heading(ProofHeading.SAID.label, proofs)


def _heard(pilot: Pilot, *, inner: bool) -> Heading:
    proposal = pilot.proposal
    proofs = [Proof(f"{proposal.deciding_unit_name} xem xét, quyết định", proposal.received_on)]
    proofs += _silences(pilot)
    if inner:
        url = reverse("proposals:opinions", args=[proposal.ref])
        steps = proposal.steps.filter(cancelled_at=None).exclude(concluded_at=None)
        proofs += [
            Proof(
                f"{step.get_kind_display()}: {step.get_conclusion_display().lower()}",
                step.concluded_at,
                step.concluded_by.full_name if step.concluded_by else "",
                url,
                step.content.sha256 if step.content else "",
            )
            for step in steps.select_related("content", "concluded_by").order_by("pk")
        ]
    return Heading(ProofHeading.HEARD.label, proofs)


def _silences(pilot: Pilot) -> list[Proof]:
    """Where an answer came late or not at all: that counts for those who had reported."""
    clocks = Clock.objects.of_subject("proposal", pilot.proposal.ref).filter(
        rule__code__in=ANSWERS, paused_on=None, due_on__isnull=False
    )
    late = [
        (clock, clock.due_on, clock.stopped_on or today())
        for clock in clocks.select_related("rule").order_by("pk")
        if clock.due_on and clock.rule.may_urge and clock.due_on < (clock.stopped_on or today())
    ]
    return [
        Proof(
            f"{clock.rule.label}: hạn {vn_date(due)}, quá {working_days_between(due, ended)} ngày "
            "làm việc",
            clock.stopped_at,
            pilot.proposal.deciding_unit_name,
            reverse("deadlines:explain", args=[clock.ref]),
        )
        for clock, due, ended in late
    ]


def _allowed(pilot: Pilot) -> Heading:
    found = pilot.proposal.decisions.filter(state=DecisionState.IN_FORCE)
    url = reverse("proposals:papers", args=[pilot.proposal.ref])
    proofs = [
        Proof(
            row.get_kind_display(), row.decided_at,
            f"{row.decided_by.full_name}, {row.decided_by_position}", url, row.content.sha256,
        )
        for row in found.select_related("decided_by", "content").order_by("pk")
    ]  # fmt: skip
    return Heading(ProofHeading.ALLOWED.label, proofs)


def _planned(pilot: Pilot) -> Heading:
    rows = pilot.plan_versions.select_related("content", "created_by").order_by("number")
    url = reverse("pilots:adjustments", args=[pilot.proposal.ref])
    proofs = [
        Proof(f"Kế hoạch, bản {row.number}, có điều kiện dừng", row.created_at,
              row.created_by.full_name, url, row.content.sha256)
        for row in rows
    ]  # fmt: skip
    lacking = "" if proofs else f"Lập kế hoạch và bắt đầu ({TEAM})."
    return Heading(ProofHeading.PLANNED.label, proofs, lacking)


def _reported(pilot: Pilot) -> Heading:
    rows = list(pilot.reports.select_related("sent_by").order_by("number"))
    late = [row.number for row in rows if row.state not in ARRIVED and row.due_on < today()]
    proofs = [
        Proof(f"Báo cáo tiến độ kỳ {row.number}, hạn gửi {vn_date(row.due_on)}", row.sent_at,
              row.sent_by.full_name if row.sent_by else "", _page(pilot, "report", row.number))
        for row in rows
        if row.sent_at
    ]  # fmt: skip
    is_open = pilot.ended_on is None
    words = ", ".join(str(number) for number in late)
    lacking = f"Gửi báo cáo tiến độ kỳ {words} ({TEAM})." if late and is_open else ""
    return Heading(ProofHeading.REPORTED.label, proofs, lacking, "Chưa đến kỳ báo cáo.")


def _measured(pilot: Pilot) -> Heading:
    entries = IndicatorEntry.objects.filter(indicator__pilot=pilot, is_current=True)
    rows = entries.select_related("indicator", "entered_by", "evidence", "content")
    proofs = [_value(pilot, row) for row in rows.order_by("as_of", "pk")]
    bare = pilot.indicators.in_plan().filter(current=None)
    names = "; ".join(bare.order_by("place", "pk").values_list("name", flat=True))
    lacking = f"Cập nhật chỉ tiêu: {names} ({TEAM})." if names else ""
    return Heading(ProofHeading.MEASURED.label, proofs, lacking)


def _value(pilot: Pilot, row: IndicatorEntry) -> Proof:
    text = f"{row.indicator.name}: {vn_number(row.value)}, số liệu đến {vn_date(row.as_of)}"
    who = row.entered_by.full_name
    if row.evidence is None:
        url = _page(pilot, "indicator", row.indicator.ref)
        return Proof(text, row.entered_at, who, url, row.content.sha256)
    return Proof(
        f"{text}, có tệp", row.entered_at, who, _page(pilot, "entry_evidence", row.ref),
        row.evidence.sha256,
    )  # fmt: skip


def _incidents(pilot: Pilot) -> Heading:
    rows = list(pilot.incidents.select_related("reported_by", "evidence").order_by("pk"))
    proofs = [
        Proof(f"Sự cố {row.code}: {row.get_state_display().lower()}", row.reported_at,
              row.reported_by.full_name, _page(pilot, "incident", row.ref),
              row.evidence.sha256 if row.evidence else "")
        for row in rows
    ]  # fmt: skip
    bare = [row.code for row in rows if not row.measures]
    lacking = f"Ghi biện pháp khắc phục {', '.join(bare)} ({TEAM})." if bare else ""
    return Heading(ProofHeading.INCIDENTS.label, proofs, lacking, "Chưa có sự cố nào được báo.")


def _helped(pilot: Pilot) -> Heading:
    rows = list(pilot.help_requests.select_related("requested_by").order_by("pk"))
    proofs = [
        Proof(f"{row.code} gửi {row.unit_name}: {row.get_state_display().lower()}",
              row.requested_at, row.requested_by.full_name, _page(pilot, "help_request", row.ref))
        for row in rows
    ]  # fmt: skip
    return Heading(ProofHeading.HELPED.label, proofs, none_needed="Chưa gửi yêu cầu hỗ trợ nào.")


def _asked(pilot: Pilot, *, inner: bool, is_added: bool) -> Heading:
    """That people were asked is no secret; what an agency answered may be."""
    found = pilot.proposal.opinion_requests.exclude(answered_at=None)
    rows = found.select_related("answered_by", "content").order_by("pk") if inner else []
    url = reverse("proposals:opinions", args=[pilot.proposal.ref])
    proofs = [
        Proof(f"{row.unit_name}: {row.get_conclusion_display().lower()}", row.answered_at,
              row.answered_by.full_name if row.answered_by else "", url,
              row.content.sha256 if row.content else "")
        for row in rows
    ]  # fmt: skip
    lacking = "" if is_added or found.exists() else f"Thêm ý kiến người dân, cơ quan ({TEAM})."
    return Heading(ProofHeading.ASKED.label, proofs, lacking, "Ý kiến đã ghi trong hồ sơ.")


def _evaluated(pilot: Pilot) -> Heading:
    rows = pilot.evaluations.exclude(concluded_at=None).select_related("concluded_by", "content")
    names = {"final": "evaluation", "interim": "interim"}
    proofs = [
        Proof(f"{row.get_kind_display()}: {row.get_result_display().lower()}", row.concluded_at,
              row.concluded_by.full_name if row.concluded_by else "",
              _page(pilot, names[row.kind]), row.content.sha256 if row.content else "")
        for row in rows.order_by("pk")
    ]  # fmt: skip
    lacking = "" if any(row.is_final for row in rows) else f"Đánh giá khi kết thúc ({HEAD})."
    return Heading(ProofHeading.EVALUATED.label, proofs, lacking)


def _page(pilot: Pilot, name: str, *args: object) -> str:
    return reverse(f"pilots:{name}", args=[pilot.proposal.ref, *args])
