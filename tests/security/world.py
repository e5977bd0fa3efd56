"""One province with a case of every kind in it, and who may see which: the ground of the sweeps.

What stands in `SEEN_BY` is written by hand from security/requirements.md §2, never computed.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.test import Client
from django.utils import timezone

from accountability.actions import awarding, hearing
from accountability.actions import deciding as ruling
from accountability.stages import CaseState, CommendationState
from deadlines.models import Clock
from documents.actions import issuing, signing, store_upload
from documents.models import OfficialDocument, StoredFile
from documents.stages import Drawing
from notifications.models import Notice
from organisation.days import today
from organisation.forms.rows import ROW_FORMS
from organisation.models import CalendarDay, Delegation, ImportDraft, OrgUnit, Session, User
from organisation.stages import DayKind, Role
from pilots.actions import (
    adjusting,
    evaluating,
    figures,
    findings,
    halting,
    helping,
    proving,
    reports,
)
from pilots.actions import incidents as mishaps
from pilots.actions.starting import prepare
from pilots.models import Evaluation, Pilot
from pilots.stages import Result
from proposals.actions import (
    attachments,
    consulting,
    deciding,
    drafts,
    intake,
    legal_help,
    sending,
    steps,
    votes,
)
from proposals.models import Proposal, StepMember
from proposals.stages import Ballot, DecisionKind, Seat, Stage, StepKind
from reporting.demo.directive import STREAM
from tests.factories.accountability import (
    REASON,
    Cast,
    make_case,
    make_commendation,
    make_evaluated,
)
from tests.factories.deadlines import make_rung
from tests.factories.documents import PDF, make_issued, make_paper, make_signed, make_upload
from tests.factories.documents import make_draft as make_paper_draft
from tests.factories.jobs import make_job
from tests.factories.organisation import Province, make_user
from tests.factories.pilots import Team, in_days, make_approved, make_started
from tests.factories.proposals import make_coauthor, make_draft, make_proposal, start_clock
from tests.proposals.flows import (
    LONG,
    check_legally,
    delegate,
    make_seeded_province,
    make_sent,
    pilot_facts,
)
from tests.security.reported import report
from tests.security.urged import urge

COLUMNS = list(ROW_FORMS["units"]().columns().values())
INNER = "Nội bộ Hồng Hạc"  # stands in every text that authors must never read
MORE_PEOPLE: tuple[tuple[str, str | None, str], ...] = (
    ("coauthor", Role.PROPOSER, "department"),
    ("liaison", Role.PARTY_LIAISON, "department"),
    ("monitor", Role.PROPOSER, "department"),
    ("member", Role.PROPOSER, "department"),
    ("delegate", Role.PROPOSER, "department"),
    ("officer", Role.COMMENDATION_OFFICER, "home_affairs"),
    ("observer", Role.OBSERVER, "unit"),
    ("communications", Role.COMMUNICATIONS_LEAD, "home_affairs"),
    ("propaganda", Role.PROPAGANDA_REVIEWER, "unit"),
    ("nobody", None, ""),
)

HOUSE = frozenset({"focal", "head", "deputy", "clerk", "liaison", "delegate"})
DECIDING = frozenset({"focal", "head", "deputy"})
DRAFTING = frozenset({"focal", "head", "deputy"})
HOME_AFFAIRS = frozenset({"home_affairs_officer", "home_affairs_lead"})
URGING = HOME_AFFAIRS | {"home_affairs_head", "home_affairs_clerk"}
PROVINCE = frozenset({"chairman", "vice_chairman", "provincial_officer"})
DISTRICT = frozenset({"district_head", "district_deputy", "district_focal", "district_clerk"})
ASKED = frozenset({"district_head", "district_focal"})
WATCH = frozenset({"inspector"})
PILOT = (
    HOUSE - {"delegate"} | HOME_AFFAIRS | PROVINCE | WATCH | {"official", "colleague", "monitor"}
)
REVIEW = HOUSE | WATCH | ASKED | {"official", "coauthor", "member"}

COMMENDED = (
    DECIDING | HOME_AFFAIRS | PROVINCE | WATCH | frozenset({"official", "coauthor", "officer"})
)

SEEN_BY: dict[str, frozenset[str]] = {
    "proposal/review": REVIEW,
    "proposal/draft": frozenset({"official"}),
    "proposal/sent": HOUSE - {"liaison"} | WATCH | {"official"},
    "proposal/returned": HOUSE - {"liaison"} | WATCH | {"official"},
    "proposal/refused": HOUSE | WATCH | HOME_AFFAIRS | {"official"},
    "proposal/withdrawn": HOUSE | WATCH | {"official"},
    "proposal/of the section": HOUSE | WATCH | {"section_official"},
    "proposal/of a sibling": WATCH
    | {"home_affairs_officer", "home_affairs_head", "home_affairs_clerk"},
    "proposal/of the parent": WATCH | PROVINCE | {"provincial_clerk"},
    "proposal/foreign": DISTRICT | WATCH | {"district_official"},
    "proposal/overridden": HOUSE | WATCH | {"official", "coauthor"},
    "pilot/planned": PILOT - {"colleague"},
    "pilot/running": PILOT,
    "pilot/adjusting": PILOT,
    "pilot/judged": PILOT,
    "pilot/evaluated": PILOT | {"coauthor"},
    "pilot/rewarded": PILOT | {"coauthor"},
    "help/asked": PILOT | ASKED,
    "liability/heard": DECIDING | WATCH | {"official", "home_affairs_lead"},
    "liability/decided": DECIDING | WATCH | HOME_AFFAIRS | PROVINCE | {"official"},
    "liability/unheard": DECIDING | WATCH | {"official", "home_affairs_lead"},
    "liability/waiting": DECIDING | WATCH | {"official", "home_affairs_lead"},
    "commendation/waiting": COMMENDED,
    "commendation/submitted": COMMENDED,
    "clock/of the review": REVIEW,
    "clock/of the case": DECIDING | WATCH | {"official", "home_affairs_lead"},
    "clock/of the question": frozenset({"focal", "official"}),
    "opinion/asked": ASKED,
    "paper/draft": DRAFTING,
    "paper/waiting": DRAFTING,
    "paper/signed": DRAFTING | {"clerk"},
    "paper/issued": DRAFTING | DISTRICT | {"clerk", "home_affairs_head", "home_affairs_clerk"},
    "urging/draft": HOME_AFFAIRS | {"home_affairs_head"},
    "urging/sent": URGING | DISTRICT,
    "urging/answered": URGING | DECIDING | {"clerk"},
    "periodic/draft": HOME_AFFAIRS | DECIDING | {"clerk"},
    "periodic/sent": HOME_AFFAIRS | DISTRICT,
    "periodic/summary": URGING,
    "question/asked": frozenset({"focal", "head", "delegate"}),
}


@dataclass
class World:
    """People by their part, objects by `kind/label`, and what the paths to them are made of."""

    province: Province
    people: dict[str, User]
    objects: dict[str, Any] = field(default_factory=dict)
    paths: dict[str, dict[str, Any]] = field(default_factory=dict)
    deactivated: User = field(init=False)

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


def build() -> World:
    """The world, in the running transaction; fourteen cases, thirty-odd people."""
    province = make_seeded_province()
    people = dict(province.people)
    for name, role, where in MORE_PEOPLE:
        unit = getattr(province, where) if where else None
        people[name] = make_user(role=role, unit=unit, username=name)
    world = World(province, people)
    world.deactivated = make_user(role=Role.AGENCY_HEAD, unit=province.department)
    delegate(province, world.delegate)
    _proposals(world)
    _pilots(world)
    _accountability(world)
    _papers(world)
    urge(province, partial(put, world))
    report(province, partial(put, world))
    _own_things(world)
    return world


def team_of(world: World) -> Team:
    names = ("monitor", "head", "deputy", "focal", "clerk", "liaison")
    return Team(
        agency=world.province.department,
        leader=world.official,
        member=world.colleague,
        **{name: world.people[name] for name in names},
    )


def cast_of(world: World) -> Cast:
    names = (
        *("chairman", "vice_chairman", "provincial_officer", "home_affairs_lead", "officer"),
        *("home_affairs_officer", "inspector", "admin", "coauthor", "colleague"),
    )
    return Cast(
        team=team_of(world),
        province=world.province.unit,
        stranger=world.district_head,
        **{name: world.people[name] for name in names},
    )


def put(world: World, label: str, row: Any, **path: Any) -> None:
    world.objects[label] = row
    world.paths[label] = path


def _proposals(world: World) -> None:
    house = world.province
    _under_review(world)
    _overridden(world)
    _asked_for_help(world)
    sent_one = make_sent(house)
    put(world, "proposal/sent", sent_one, ref=sent_one.ref)
    official = {"proposer": world.official, "agency": house.department}
    draft = make_draft(**official)
    file = attachments.attach(draft, make_upload(), by=world.official)
    put(world, "proposal/draft", draft, ref=draft.ref, file=file.ref)
    sent: tuple[tuple[str, str, str, OrgUnit], ...] = (
        ("returned", Stage.RETURNED, "official", house.department),
        ("refused", Stage.REFUSED, "official", house.department),
        ("withdrawn", Stage.WITHDRAWN, "official", house.department),
        ("of the section", Stage.UNDER_REVIEW, "section_official", house.department),
        ("of a sibling", Stage.UNDER_REVIEW, "home_affairs_officer", house.home_affairs),
        ("of the parent", Stage.UNDER_REVIEW, "provincial_officer", house.unit),
        ("foreign", Stage.UNDER_REVIEW, "district_official", house.district),
    )
    for label, stage, who, agency in sent:
        row = make_proposal(stage, proposer=world.people[who], agency=agency)
        put(world, f"proposal/{label}", row, ref=row.ref)
        if stage == Stage.UNDER_REVIEW:
            start_clock(row)


def _under_review(world: World) -> None:
    """A proposal with every review step open and an inner word in each text of theirs."""
    house, head = world.province, world.head
    row = make_draft(proposer=world.official, agency=house.department)
    make_coauthor(row, world.coauthor)
    file = attachments.attach(row, make_upload(), by=world.official)
    row = _sent(row)
    intake.receive(row.pk, by=world.focal)
    vote = votes.open_vote(row.pk, by=head)
    votes.cast(vote.pk, Ballot.AGAINST, by=head)
    council = steps.open_step(row.pk, StepKind.APPRAISAL_COUNCIL, by=head)
    StepMember.objects.create(step=council, person=world.member, seat=Seat.MEMBER)
    votes.give_appraisal(
        council.pk, by=world.member, conclusion="unfavourable", text=f"{INNER} thẩm định"
    )
    steps.request_party_opinion(row.pk, f"{INNER} hỏi cấp ủy", by=head)
    asked = consulting.ask(
        row.pk, house.district, f"{INNER} hỏi huyện", by=world.focal, due_on=in_days(10)
    )
    drafts.put_off(row.pk, {"opinion": f"{INNER} ghi chú"}, by=head)
    row = Proposal.objects.get(pk=row.pk)
    told = _stored(row.stream, world.district_focal)
    type(asked).objects.filter(pk=asked.pk).update(stored=told)
    put(
        world,
        "proposal/review",
        row,
        ref=row.ref,
        file=file.ref,
        stored=told.ref,
        paper_ref=_drawn(row.stream),
    )
    put(world, "opinion/asked", asked, ref=asked.ref)
    clock = Clock.objects.of_subject("proposal", row.ref).open().filter(holder_role="agency_head")
    put(world, "clock/of the review", clock[0], ref=clock[0].ref)


def _asked_for_help(world: World) -> None:
    """An author asks the agency about the law; those who answer see nothing of the draft."""
    draft = make_draft(proposer=world.official, agency=world.province.department)
    asked = legal_help.ask(draft.pk, "Vướng ở quy định nào?", by=world.official)
    put(world, "question/asked", asked, ref=asked.ref)
    clock = Clock.objects.of_subject("legal_question", asked.ref).get()
    put(world, "clock/of the question", clock, ref=clock.ref)


def _overridden(world: World) -> None:
    """The collective said no, the head decided all the same; a second person has to confirm."""
    house = world.province
    row = make_sent(house)
    make_coauthor(row, world.coauthor)
    intake.receive(row.pk, by=world.focal)
    check_legally(row, by=world.focal)
    step = votes.open_vote(row.pk, by=world.head)
    votes.cast(step.pk, Ballot.AGAINST, by=world.head)
    votes.cast(step.pk, Ballot.AGAINST, by=world.deputy)
    votes.close_vote(step.pk, by=world.head, without_silent=True)
    why = {"why_necessary": f"{INNER}. {LONG}", "why_feasible": LONG}
    facts = pilot_facts(house) | {"monitor": world.monitor} | why
    deciding.decide(row.pk, DecisionKind.PILOT, by=world.head, **facts)
    put(world, "proposal/overridden", Proposal.objects.get(pk=row.pk), ref=row.ref)


def _sent(draft: Proposal) -> Proposal:
    return sending.send(draft.pk, by=draft.proposer).proposal


def _pilots(world: World) -> None:
    team = team_of(world)
    _running(world, team)
    adjusting_one = make_started(team)
    change = adjusting.Change("Mưa lũ kéo dài.", ends_on=in_days(240))
    asked = adjusting.ask_adjustment(adjusting_one.pk, change, by=team.leader)
    row = Pilot.objects.get(pk=adjusting_one.pk)
    put(
        world,
        "pilot/adjusting",
        row,
        ref=row.proposal.ref,
        adjustment=asked.number,
        milestone_ref=row.milestones.get().ref,
    )
    _judged(world, team)
    planned = prepare(make_approved(team).pk, by=team.leader)
    put(world, "pilot/planned", planned, ref=planned.proposal.ref)


def _running(world: World, team: Team) -> None:
    pilot = make_started(team)
    indicator, milestone = pilot.indicators.get(), pilot.milestones.get()
    stored = _stored(pilot.stream, team.leader)
    entry = figures.enter_value(
        indicator.pk, figures.Value(Decimal(90), in_days(0), evidence=stored), by=team.member
    )
    figures.finish_milestone(milestone.pk, by=team.leader, done_on=in_days(0), evidence=stored)
    report = pilot.reports.get(number=1)
    reports.send_report(
        report.pk, reports.ReportText(done="Đã làm.", next_steps="Làm tiếp."), by=team.leader
    )
    told = mishaps.Told("Thất lạc hai bì hồ sơ.", timezone.now(), "minor", has_harm=False)
    incident = mishaps.report_incident(pilot.pk, told, by=team.member)
    measures = mishaps.Measures("Ghi nhầm.", "Tìm lại.", "Mưa lớn.", evidence=stored)
    mishaps.write_measures(incident.pk, measures, by=team.leader, is_fixed=True)
    finding = findings.open_finding(
        pilot.pk, by=team.monitor, what="Chưa có sổ.", details="Lập sổ.", due_on=in_days(7)
    )
    findings.remedy_finding(finding.pk, by=team.leader, remedy="Đã lập sổ.", evidence=stored)
    proof = proving.add_proof(
        pilot.pk, proving.Proof(9, "Ý kiến người dân", stored), by=team.member
    )
    asked = helping.Asked("equipment", "Máy quét", world.province.district, in_days(10))
    request = helping.ask_help(pilot.pk, asked, by=team.leader)
    put(
        world,
        "pilot/running",
        Pilot.objects.get(pk=pilot.pk),
        ref=pilot.proposal.ref,
        indicator_ref=indicator.ref,
        entry_ref=entry.ref,
        milestone_ref=milestone.ref,
        number=report.number,
        report=report.number,
        help_ref=request.ref,
        incident_ref=incident.ref,
        incident=incident.ref,
        finding_ref=finding.ref,
        finding=finding.ref,
        proof_ref=proof.ref,
    )
    put(world, "help/asked", request, help_ref=request.ref)


def _judged(world: World, team: Team) -> None:
    """A pilot whose evaluation is under way, with inner opinions."""
    pilot = make_started(team)
    halting.complete(pilot.pk, by=team.leader)
    row = Evaluation.objects.get(pilot=pilot)
    evaluating.report_result(row.pk, by=team.leader, report="Đã trả 1.026 hồ sơ.")
    evaluating.record_party_opinion(row.pk, by=team.liaison, opinion=f"{INNER} cấp ủy")
    evaluating.give_opinion(row.pk, by=team.deputy, opinion="completed", text=f"{INNER} cấp phó")
    judged, keys = Pilot.objects.get(pk=pilot.pk), {"evaluation_ref": row.ref}
    put(world, "pilot/judged", judged, ref=pilot.proposal.ref, evaluation=row.ref, **keys)


def _accountability(world: World) -> None:
    cast = cast_of(world)
    pilot = make_evaluated(cast)
    cause = pilot.evaluations.get().causes.get()
    type(cause).objects.filter(pk=cause.pk).update(evidence=_stored(pilot.stream, world.official))
    put(world, "pilot/evaluated", pilot, ref=pilot.proposal.ref, cause_ref=cause.ref)
    heard = make_case(CaseState.HEARING, cast=cast, pilot=pilot)
    hearing.give_statement(
        heard.pk,
        by=world.official,
        text="Đã báo cáo đầy đủ.",
        files=[_stored(heard.stream, world.official)],
    )
    put(
        world,
        "liability/heard",
        heard,
        ref=heard.ref,
        file_ref=heard.statement_files.get().stored.ref,
        cause_ref=heard.causes.order_by("pk")[0].ref,
    )
    clock = Clock.objects.of_subject("liability", heard.ref).open()[0]
    put(world, "clock/of the case", clock, ref=clock.ref)
    decided = make_case(CaseState.DECIDED, cast=cast, pilot=make_evaluated(cast))
    put(world, "liability/decided", decided, ref=decided.ref, paper_ref=_drawn(decided.stream))
    unheard = make_case(CaseState.HEARING, cast=cast, pilot=make_evaluated(cast))
    put(world, "liability/unheard", unheard, ref=unheard.ref)
    waiting = make_case(CaseState.HEARING, cast=cast, pilot=make_evaluated(cast))
    hearing.give_statement(waiting.pk, by=world.official, text="Đã báo cáo đầy đủ.")
    reason = f"{INNER} kết luận. {REASON}"
    ruling.decide(waiting.pk, outcome="mitigated", reason=reason, by=world.head)
    weighed = waiting.causes.order_by("pk")[0].ref
    put(world, "liability/waiting", waiting, ref=waiting.ref, cause_ref=weighed)
    rewarded = make_evaluated(cast, result=Result.COMPLETED)
    row = make_commendation(CommendationState.SUBMITTED, cast=cast, pilot=rewarded)
    awarding.decide(row.pk, f"{INNER} khen", by=world.head)
    put(world, "commendation/waiting", row, ref=row.ref)
    put(world, "pilot/rewarded", rewarded, ref=rewarded.proposal.ref)
    rewarded = make_evaluated(cast, result=Result.COMPLETED)
    row = make_commendation(CommendationState.SUBMITTED, cast=cast, pilot=rewarded)
    put(world, "commendation/submitted", row, ref=row.ref, paper_ref=_drawn(row.stream))


def _papers(world: World) -> None:
    """A paper of the house at each state, of a case that nobody sees."""
    house = world.province
    draft = make_paper_draft(house.department, world.focal)
    put(world, "paper/draft", draft, ref=draft.ref)
    waiting = make_paper_draft(house.department, world.focal)
    signing.send(waiting.pk, by=world.focal, signer=world.head)
    put(world, "paper/waiting", waiting, ref=waiting.ref)
    signed = make_signed(house)
    put(world, "paper/signed", signed, ref=signed.ref)
    issued = make_issued(house)
    file = make_upload("Bản ký.pdf", PDF + b"%\n")  # no other paper has this one
    scan = store_upload(file, stream=issued.own_stream, by=world.clerk)
    issuing.attach_scan(issued.pk, scan, by=world.clerk)
    copy = issued.sent_copies.get(unit=house.district)
    put(world, "paper/issued", issued, ref=issued.ref, copy=copy.ref, number=1)


def _own_things(world: World) -> None:
    """What belongs to one person and to nobody else."""
    notice = Notice.objects.filter(recipient=world.head).latest("pk")
    put(world, "own/notice", notice, ref=notice.ref)
    job = make_job(world.head)
    put(world, "own/job", job, ref=job.ref)
    imported = make_job(world.admin)
    imported.parts.create(key="take over", made=[str(world.official.ref)])
    put(world, "own/import", imported, ref=imported.ref)
    lent = Delegation.objects.get(to_person=world.delegate)
    put(world, "own/delegation", lent, ref=lent.ref)
    browser = Client()
    browser.force_login(world.head)
    session = Session.objects.get(user=world.head)
    put(world, "own/session", session, ref=session.ref)
    house, person = world.province.department, world.official
    post = person.appointments.get()
    sheet = ImportDraft.objects.create(
        kind="units", by=world.admin, file_name="a.csv", rows=[COLUMNS]
    )
    put(world, "unit/house", house, ref=house.ref)
    put(world, "person/official", person, ref=person.ref)
    put(world, "appointment/official", post, ref=post.ref)
    put(world, "import/units", sheet, ref=sheet.ref, kind="units", ending="csv")
    new_year = date(today().year + 1, 1, 1)  # years that are over are locked
    feast = {"kind": DayKind.HOLIDAY, "name": "Tết Dương lịch"}
    holiday, _ = CalendarDay.objects.get_or_create(day=new_year, defaults=feast)
    order = make_paper("official_letter", stream=STREAM)
    put(world, "directive/one", order, ref=order.ref)
    put(world, "day/one", holiday, day=new_year)
    put(world, "rung/one", rung := make_rung(), ref=rung.ref)
    put(world, "deadline/opinion", None, code="OPINION")


def _stored(stream: str, by: User) -> StoredFile:
    return store_upload(make_upload(), stream=stream, by=by)


def _drawn(stream: str) -> UUID:
    """The first paper of a stream, as the worker would have drawn it."""
    paper = OfficialDocument.objects.of_stream(stream).order_by("pk")[0]
    file = _stored(stream, paper.created_by)
    OfficialDocument.objects.filter(pk=paper.pk).update(
        file=file, file_sha256=file.sha256, drawing=Drawing.DRAWN, drawn_at=timezone.now()
    )
    return paper.ref
