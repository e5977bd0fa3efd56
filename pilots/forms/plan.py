"""The set-up form: the plan itself, and lines of indicators, milestones and members."""

from typing import Any

from django import forms
from django.forms import formset_factory

from journal.once import OnceForm
from organisation.formfields import (
    ChoiceField,
    CleanTextField,
    MoneyField,
    VietnameseDateField,
    VietnameseDecimalField,
    VietnameseIntegerField,
    ends_before_start,
)
from organisation.models import User
from pilots.actions.planning import IndicatorLine, MemberLine, MilestoneLine, Plan
from pilots.forms.lines import FACTS, Line, Unasked
from pilots.models import Pilot
from pilots.stages import Direction, Frequency
from proposals.forms.decision import PersonField, staff_with_posts
from proposals.models import Proposal


class PlanForm(Unasked, OnceForm):
    use_required_attribute = False

    leader = PersonField(label="Trưởng nhóm", queryset=User.objects.none(), empty_label="Chọn")
    starts_on = VietnameseDateField(
        label="Từ ngày", required=False, needed=True, missing="Nhập ngày bắt đầu."
    )
    ends_on = VietnameseDateField(
        label="Đến ngày", required=False, needed=True, missing="Nhập ngày kết thúc."
    )
    scope = CleanTextField(
        label="Phạm vi",
        max_length=400,
        required=False,
        help_text="Nên bắt đầu ở phạm vi nhỏ. Thí điểm thường từ 3 đến 12 tháng.",
    )
    report_every_months = VietnameseIntegerField(
        label="Kỳ báo cáo (tháng)", min_value=1, max_value=12, initial=1
    )
    budget = MoneyField(label="Kinh phí (đồng)", help_text="Ghi 0 nếu không cần thêm.")
    stop_conditions = CleanTextField(
        label="Điều kiện dừng",
        lines=True,
        max_length=4000,
        required=False,
        needed=True,
        help_text=(
            "Điều gì có thể xảy ra, phát hiện bằng cách nào, khi nào thì dừng, trả lại như cũ "
            "thế nào."
        ),
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leader: Any = self.fields["leader"]
        leader.queryset = people_of(proposal)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if message := ends_before_start(said.get("starts_on"), said.get("ends_on")):
            self.add_error("ends_on", message)
        return said


class IndicatorForm(Line):
    names = ("name", "unit", "baseline", "target")
    more = ("source",)

    ref = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = CleanTextField(label="Chỉ tiêu", max_length=200, required=False, needed=True)
    unit = CleanTextField(label="Đơn vị tính", max_length=60, required=False, needed=True)
    direction = ChoiceField(label="Chiều", choices=Direction.choices, required=False, needed=True)
    baseline = VietnameseDecimalField(label="Số ban đầu", required=False, needed=True)
    target = VietnameseDecimalField(label="Mục tiêu", required=False, needed=True)
    source = CleanTextField(label="Nguồn số liệu", max_length=200, required=False)
    frequency = ChoiceField(
        label="Kỳ cập nhật",
        choices=Frequency.choices,
        required=False,
        needed=True,
        initial=Frequency.MONTHLY,
    )

    def line(self) -> IndicatorLine:
        said = self.cleaned_data
        return IndicatorLine(
            ref=said["ref"],
            name=said["name"],
            unit=said["unit"],
            direction=said["direction"] or Direction.UP,
            baseline=said["baseline"],
            target=said["target"],
            source=said["source"],
            frequency=said["frequency"] or Frequency.MONTHLY,
        )


class MilestoneForm(Line):
    names = ("name", "due_on")

    ref = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = CleanTextField(label="Mốc công việc", max_length=200, required=False, needed=True)
    due_on = VietnameseDateField(label="Thời hạn", required=False, needed=True)

    def line(self) -> MilestoneLine:
        said = self.cleaned_data
        return MilestoneLine(ref=said["ref"], name=said["name"], due_on=said["due_on"])


class MemberForm(Line):
    names = ("person", "duty")

    person = PersonField(
        label="Thành viên",
        queryset=User.objects.none(),
        required=False,
        needed=True,
        empty_label="Chọn",
    )
    duty = CleanTextField(label="Nhiệm vụ", max_length=160, required=False, needed=True)

    def __init__(self, *args: Any, people: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.queryset = User.objects.none() if people is None else people

    def line(self) -> MemberLine:
        said = self.cleaned_data
        return MemberLine(person=said["person"], duty=said["duty"])


IndicatorFormSet: Any = formset_factory(IndicatorForm, min_num=1, max_num=30, **FACTS)
MilestoneFormSet: Any = formset_factory(MilestoneForm, min_num=1, max_num=60, **FACTS)
MemberFormSet: Any = formset_factory(MemberForm, max_num=40, **FACTS)


class Forms:
    """A form and its tables as one: valid together, shown again together."""

    main: Any
    tables: tuple[Any, ...]

    @property
    def all(self) -> list[Any]:
        return [self.main, *(form for table in self.tables for form in table)]

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in (self.main, *self.tables)]  # each tells its errors
        return all(valid)

    def leave_unasked(self) -> None:
        for part in (self.main, *self.tables):
            part.leave_unasked()

    @property
    def errors(self) -> list[Any]:
        """What is wrong anywhere: the title of the page says that there is something to mend."""
        whole = [message for table in self.tables for message in table.non_form_errors()]
        return whole + [form.errors for form in self.all if form.errors]


class PlanForms(Forms):
    """The plan and its three tables."""

    def __init__(self, pilot: Pilot, data: Any = None) -> None:
        people = people_of(pilot.proposal)
        self.main = PlanForm(
            data, proposal=pilot.proposal, version=pilot.version, initial=_initial(pilot)
        )
        self.indicators = IndicatorFormSet(data, initial=_indicators(pilot), prefix="chi-tieu")
        self.milestones = MilestoneFormSet(data, initial=_milestones(pilot), prefix="moc")
        self.members = MemberFormSet(
            data,
            initial=_members(pilot),
            prefix="thanh-vien",
            form_kwargs={"people": people},
        )
        self.tables = (self.indicators, self.milestones, self.members)

    def plan(self) -> Plan:
        said = self.main.cleaned_data
        facts = {name: said[name] for name in said if name not in ("key", "version")}
        return Plan(
            **facts,
            indicators=self.indicators.lines(),
            milestones=self.milestones.lines(),
            members=self.members.lines(),
        )


class LeaderForm(Unasked, OnceForm):
    """The leader of a running pilot; left out for those who may not name another."""

    use_required_attribute = False

    leader = PersonField(label="Trưởng nhóm", queryset=User.objects.none(), empty_label="Chọn")

    def __init__(self, *args: Any, people: Any, names_leader: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leader: Any = self.fields["leader"]
        leader.queryset = people
        if not names_leader:
            del self.fields["leader"]


class TeamForms(Forms):
    """The leader and the table of members."""

    def __init__(self, pilot: Pilot, data: Any = None, *, names_leader: bool) -> None:
        self.pilot, self.names_leader = pilot, names_leader
        people = people_of(pilot.proposal)
        self.main = LeaderForm(
            data,
            people=people,
            names_leader=names_leader,
            version=pilot.version,
            initial={"leader": pilot.leader_id},
        )
        self.members = MemberFormSet(
            data, initial=_members(pilot), prefix="thanh-vien", form_kwargs={"people": people}
        )
        self.tables = (self.members,)

    @property
    def leader(self) -> User:
        return self.main.cleaned_data.get("leader") or self.pilot.leader

    def lines(self) -> list[MemberLine]:
        return self.members.lines()


def people_of(proposal: Proposal) -> Any:
    """Who may lead or take part: people with a post at the agency, or where it is decided."""
    return staff_with_posts([proposal.agency_id, proposal.deciding_unit_id])


def _initial(pilot: Pilot) -> dict[str, Any]:
    names = ("starts_on", "ends_on", "scope", "report_every_months", "budget", "stop_conditions")
    return {name: getattr(pilot, name) for name in names} | {"leader": pilot.leader_id}


def _indicators(pilot: Pilot) -> list[dict[str, Any]]:
    if pilot.pk:
        held = pilot.indicators.order_by("place", "pk")
        return [
            {
                "ref": row.ref,
                "name": row.name,
                "unit": row.unit,
                "direction": row.direction,
                "baseline": row.baseline,
                "target": row.target,
                "source": row.source,
                "frequency": row.frequency,
            }
            for row in held
        ]
    rows: Any = pilot.proposal.expected_results.exclude(baseline=None).exclude(target=None)
    return [
        {
            "name": row.name,
            "unit": row.unit,
            "direction": Direction.UP if row.target >= row.baseline else Direction.DOWN,
            "baseline": row.baseline,
            "target": row.target,
        }
        for row in rows.order_by("pk")
    ]


def _milestones(pilot: Pilot) -> list[dict[str, Any]]:
    if not pilot.pk:
        return []
    rows = pilot.milestones.order_by("due_on", "pk")
    return [{"ref": row.ref, "name": row.name, "due_on": row.due_on} for row in rows]


def _members(pilot: Pilot) -> list[dict[str, Any]]:
    if not pilot.pk:
        return []
    rows = pilot.members.filter(left_on=None).order_by("pk")
    return [{"person": row.person_id, "duty": row.duty} for row in rows]
