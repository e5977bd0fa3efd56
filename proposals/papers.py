"""What a frozen version of a proposal says, and the facts of the papers about it."""

from collections.abc import Iterable
from typing import Any

from deadlines.models import Clock
from documents.letterheads import slip_head
from journal.models import Entry
from organisation.days import today
from organisation.templatetags.portal import vn_date, vn_datetime
from proposals import parts
from proposals.models import PlanVersion, Proposal
from proposals.routing import Route
from proposals.stages import Part

Facts = dict[str, Any]


def answers(proposal: Proposal) -> Facts:
    """Every answer of the draft by the name of its question, as the rows hold them."""
    plan = proposal.plan
    found = {name: getattr(proposal, name) for name in parts.ON_PROPOSAL}
    for part in Part:
        for name in parts.names(part):
            if name not in parts.ON_PROPOSAL and name not in (parts.INDICATORS, "partner_units"):
                found[name] = getattr(plan, name)
    units = plan.partner_units.all()
    found["partner_units"] = sorted(units, key=lambda unit: (unit.order_number, unit.pk))
    rows = sorted(proposal.expected_results.all(), key=lambda row: row.pk)
    found[parts.INDICATORS] = [
        {name: getattr(row, name) for name in parts.INDICATOR} for row in rows
    ]
    return found


def missing(proposal: Proposal) -> list[parts.Missing]:
    """What the proposal still needs before it can be sent, in the order of the form."""
    said = answers(proposal)
    return [gap for part in Part for gap in parts.missing(part, said)]


def version_facts(proposal: Proposal, number: int) -> Facts:
    """All that the proposal says, in plain values: the content that a decision rests on."""
    said = answers(proposal)
    facts = {name: value for name, value in said.items() if not isinstance(value, list)}
    facts["field"] = str(said["field"] or "")
    facts["partner_units"] = [_unit(unit) for unit in said["partner_units"]]
    facts[parts.INDICATORS] = [row for row in said[parts.INDICATORS] if parts.is_whole(row)]
    facts |= {"number": number, "commitment": parts.COMMITMENT if said["is_committed"] else ""}
    if reason := proposal.plan.superior_reason:
        facts["superior_reason"] = reason
    return facts | _people(proposal) | {"files": _files(proposal)}


def receipt_facts(
    proposal: Proposal, version: PlanVersion, entry: Entry, clock: Clock, route: Route
) -> Facts:
    """What the proposer's receipt says, in words: what was sent, when, to whom, and its proof."""
    said = version.content.facts
    received_at = vn_datetime(proposal.submitted_at)
    return slip_head(route.deciding, proposal.received_on or today()) | {
        "code": proposal.code,
        "title": proposal.title,
        "proposer": proposal.proposer.full_name,
        "proposer_post": proposal.proposer_position,
        "proposer_agency": proposal.agency_name,
        "co_proposers": [f"{c['name']} ({c['share_percent']}%)" for c in said["coauthors"]],
        "agency": f"{proposal.deciding_unit_name} ({route.recipient})",
        "received_at": received_at,
        "track": f"{proposal.get_track_display()}. {proposal.track_reason}",
        "next_step": "Cơ quan tiếp nhận, sau đó người đứng đầu xem xét, quyết định.",
        "deadline": f"Tiếp nhận trước ngày {vn_date(clock.due_on)}",
        "deadline_ground": clock.rule.legal_ground,
        "files": [file["name"] for file in said["files"]],
        "version": version.number,
        "content_sha256": version.content.sha256,
        "entry_hash": entry.entry_hash,
        "check_text": f"{proposal.code}\n{received_at}\n{entry.entry_hash}",
    }


def live_files(proposal: Proposal) -> Iterable[Any]:
    """The attachments that were not removed."""
    rows = proposal.attachments.filter(removed_at=None)
    return rows.select_related("stored", "added_by").order_by("pk")


def _people(proposal: Proposal) -> Facts:
    coauthors = proposal.coauthors.filter(declined_at=None).select_related("person").order_by("pk")
    shared: list[Facts] = [
        {
            "name": row.person.full_name,
            "ref": row.person.ref,
            "position": row.person.powers.main.position if row.person.powers.main else "",
            "share_percent": row.share_percent,
            "confirmed_at": row.confirmed_at,
        }
        for row in (coauthors if proposal.coauthor_ids else ())
    ]
    return {
        "proposer": {
            "name": proposal.proposer.full_name,
            "ref": proposal.proposer.ref,
            "position": proposal.proposer_position,
            "share_percent": 100 - sum(row["share_percent"] for row in shared),
        },
        "agency": {"name": proposal.agency_name, "ref": proposal.agency.ref},
        "coauthors": shared,
    }


def _files(proposal: Proposal) -> list[Facts]:
    return [
        {"ref": row.ref, "name": row.stored.name, "sha256": row.stored.sha256}
        | {"size": row.stored.size}
        for row in live_files(proposal)
    ]


def _unit(unit: Any) -> Facts:
    return {"ref": unit.ref, "name": unit.at(today()).name}
