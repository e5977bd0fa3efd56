"""The summary of Sở Nội vụ: the figures of the reports that were received, added up by a worker."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from documents.actions.papers import frozen
from jobs.actions import start
from jobs.kinds import Course, Outcome, Part, Phase, Plan, long_job
from jobs.models import LongJob
from journal.actions import keep
from journal.deeds import deed
from organisation.models import User
from reporting.periods import rules
from reporting.periods.actions.base import ReportRefused, locked, locked_row, raise_conflict, write
from reporting.periods.models import LONG, PeriodicReport, ReportPart
from reporting.periods.numbers import added
from reporting.periods.stages import ReportState

KIND = "report_collection"
MADE_OF = (ReportState.COLLECTING, ReportState.DRAFT)
NONE_RECEIVED = "Chưa có cơ quan nào gửi báo cáo."


@deed()
def collect(report_id: int, *, key: str, by: User, version: int | None = None) -> LongJob:
    """Begin the collection as long work; asked again with this key it is the same.

    Raises PermissionDenied, Conflict where the summary was sent, ReportRefused.
    """
    report = locked(report_id, version=version)
    if not (report.is_summary and rules.is_officer(by)):
        raise PermissionDenied
    if report.state not in MADE_OF:
        raise_conflict(report)
    if not received(report).exists():
        raise ReportRefused(NONE_RECEIVED)
    return start(
        KIND,
        key=f"{KIND}-{key}",
        owner=by,
        title=f"Tổng hợp báo cáo: {report.period.label}",
        back_url=report.period.get_absolute_url(),
        report=str(report.ref),
    )


@long_job(KIND)
def plan(job: LongJob) -> Plan:
    """One part for each report that was received, then the summary."""
    report = PeriodicReport.objects.select_related("period").get(ref=job.params["report"])
    rows = list(received(report).order_by("agency__order_number", "pk"))
    parts = [Part(str(one.ref), keep=_keeping(one.pk), name=one.agency_name) for one in rows]
    figures = Phase("Tổng hợp số liệu", "Đang tổng hợp {done}/{all} cơ quan", parts, weight=4)
    made = Part("summary", work=_found, keep=partial(_kept, report.pk, job.owner))
    summary = Phase("Lập dự thảo", "Đang lập dự thảo", [made], is_needed=True)
    return Plan([figures, summary], outcome=partial(_outcome, report.pk))


def received(report: PeriodicReport) -> Any:
    """The reports of the same period that were received."""
    rows = PeriodicReport.objects.of_agencies().received()
    return rows.filter(period=report.period_id)


def _keeping(report_id: int) -> Callable[[Any], Any]:
    def keep_figures(found: Any) -> dict[str, Any]:
        one = PeriodicReport.objects.select_related("figures", "agency").get(pk=report_id)
        return {
            "report": str(one.ref),
            "agency": str(one.agency.ref),
            "name": one.agency_name,
            "numbers": one.facts["numbers"],
            "meetings": one.meetings,
            "attendees": one.attendees,
            "figures_sha256": one.figures_sha256,
        }

    return keep_figures


def _found(course: Course) -> list[dict[str, Any]]:
    return [made for made in course.made.values() if made]


@deed()
def _kept(report_id: int, by: User, agencies: list[dict[str, Any]]) -> None:
    """Freeze the sum as the figures of the summary, a draft from now on."""
    report = locked_row(report_id)
    if report.state not in MADE_OF:
        return
    sent = [one["report"] for one in agencies]
    owed = PeriodicReport.objects.of_agencies().filter(period=report.period_id)
    silent = owed.exclude(ref__in=sent).order_by("agency__order_number", "pk")
    facts, digest = frozen(
        {
            "period": report.period.label,
            "cutoff_on": str(report.period.cutoff_on),
            "numbers": added(one["numbers"] for one in agencies),
            "meetings": _sum(agencies, "meetings"),
            "attendees": _sum(agencies, "attendees"),
            "agencies": agencies,
            "silent": list(silent.values_list("agency_name", flat=True)),
        }
    )
    before = report.state
    content = keep("report_figures", report.stream, facts)
    report.freeze(figures=content, sha256=digest)
    _drafted(report, agencies)
    write(
        report,
        "collect",
        by=by,
        before=before,
        content=content,
        agencies=len(agencies),
        figures_digest=digest,
    )


def _drafted(report: PeriodicReport, agencies: list[dict[str, Any]]) -> None:
    """What the agencies wrote, below each heading where the summary says nothing yet."""
    sources = [one["report"] for one in agencies]
    rows = ReportPart.objects.filter(report__ref__in=sources).filter(~Q(text=""))
    rows = rows.select_related("report").order_by("report__agency__order_number", "pk")
    told: dict[int, list[str]] = {}
    for row in rows:
        told.setdefault(row.place, []).append(f"{row.report.agency_name}: {row.text}")
    for part in report.parts.filter(text=""):
        part.text = _within("\n".join(told.get(part.place, [])))
        part.save(update_fields=["text"])


def _within(text: str) -> str:
    return text if len(text) <= LONG else text[: LONG - 1] + "…"


def _sum(agencies: list[dict[str, Any]], name: str) -> int | None:
    found = [one[name] for one in agencies if one[name] is not None]
    return sum(found) if found else None


def _outcome(report_id: int) -> Outcome:
    report = PeriodicReport.objects.select_related("figures").get(pk=report_id)
    silent = report.facts.get("silent", [])
    warnings = [f"{len(silent)} cơ quan chưa gửi báo cáo."] if silent else []
    return Outcome(report.get_absolute_url(), "Mở dự thảo", warnings)
