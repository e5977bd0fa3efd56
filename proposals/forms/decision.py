"""The decision panel: five options in one form, each with what it asks for (pages.md §8)."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property, partial
from typing import Any, cast

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery
from django.forms.boundfield import BoundField

from journal.once import OnceForm
from organisation.days import add_working_days, today
from organisation.fields import WordedForm
from organisation.formfields import (
    ChoiceField,
    CleanTextField,
    ModelChoiceField,
    TickField,
    VietnameseDateField,
    VietnameseIntegerField,
    ends_before_start,
)
from organisation.models import Appointment, User
from organisation.prepared import prepared
from organisation.text import words
from proposals import parts, people
from proposals.actions.deciding import FEWEST_WORDS, SHORT_OVERRIDE, SHORT_REASON
from proposals.actions.supplement import DAYS, NEEDS_REASON, NO_ITEMS, RETURNS_WITHOUT_REASON, Item
from proposals.models import Proposal
from proposals.stages import DecisionKind, Part, RefusalGround

K = DecisionKind
OPTIONS = (
    (K.IMPLEMENT, "Áp dụng ngay, trong thẩm quyền cơ quan"),
    (K.PILOT, "Có thời hạn, chỉ tiêu và người theo dõi"),
    (K.ESCALATE, "Vượt thẩm quyền cơ quan, trình cấp trên"),
    (K.RETURN, "Nêu rõ nội dung cần bổ sung, thời hạn"),
    (K.REFUSE, "Nêu lý do; người đề xuất được phản hồi"),
)
NEEDED = {
    K.IMPLEMENT: ("do_by",),
    K.PILOT: ("pilot_from", "pilot_to", "monitor"),
    K.ESCALATE: ("beyond",),
    K.RETURN: ("due_on",),
    K.REFUSE: ("ground", "reason"),
}
FIELDS = {
    K.IMPLEMENT: ("do_by", "do_from", "do_to"),
    K.PILOT: ("pilot_from", "pilot_to", "monitor", "scope", "report_every"),
    K.ESCALATE: ("beyond",),
    K.RETURN: ("due_on", "again"),
    K.REFUSE: ("ground", "reason", "hint"),
}
OVERRIDE = ("why_necessary", "why_feasible")
PARTS = tuple(enumerate(Part, start=1))


def part_choices(part: Part) -> list[tuple[str, str]]:
    """The questions of a part, by which a request may name the field it means."""
    questions = [q for q in parts.QUESTIONS[part] if q.label != parts.BRIEF]
    return [("", "Cả phần"), *((q.name, q.label) for q in questions)]


def with_post(name: str, post: str | None) -> str:
    return f"{name}, {post}" if post else name


class PersonField(ModelChoiceField):
    """A person with the post beside the name: "Lê Văn Minh Họa, Phó Giám đốc"."""

    def label_from_instance(self, obj: User) -> str:
        return with_post(obj.full_name, getattr(obj, "post_title", ""))


class ItemsMixin(WordedForm):
    """What has to be supplemented: for each part a tick, the field that is meant, and the text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, part in PARTS:
            self.fields[f"part_{number}"] = TickField(label=part.label, required=False)
            self.fields[f"field_{number}"] = ChoiceField(
                label="Mục", choices=part_choices(part), required=False, needed=True
            )
            self.fields[f"need_{number}"] = CleanTextField(
                label=f"Nội dung cần bổ sung, phần {part.label}",
                lines=True,
                max_length=1000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def item_rows(self) -> Iterator[tuple[BoundField, BoundField, BoundField]]:
        for number, _ in PARTS:
            yield self[f"part_{number}"], self[f"field_{number}"], self[f"need_{number}"]

    def items(self) -> tuple[Item, ...]:
        """The parts that were ticked, with what is asked of each."""
        said = self.cleaned_data
        return tuple(
            Item(part.value, said.get(f"need_{n}", ""), said.get(f"field_{n}", ""))
            for n, part in PARTS
            if said.get(f"part_{n}")
        )

    def check_items(self) -> None:
        if not self.items():
            self.add_error(None, NO_ITEMS)
        for number, part in PARTS:
            said = self.cleaned_data
            if said.get(f"part_{number}") and not said.get(f"need_{number}"):
                self.add_error(f"need_{number}", f"Nhập nội dung cần bổ sung, phần {part.label}.")


class DecisionForm(ItemsMixin, OnceForm):
    """The head's decision. `facts()` is what `deciding.decide` takes."""

    use_required_attribute = False

    kind = ChoiceField(
        label="Quyết định",
        choices=[(kind.value, kind.label) for kind, _ in OPTIONS],
        widget=forms.RadioSelect,
        missing="Chọn một quyết định.",
    )
    do_by = PersonField(
        label="Người thực hiện", queryset=User.objects.none(), required=False, needed=True
    )
    do_from = VietnameseDateField(label="Từ ngày", required=False)
    do_to = VietnameseDateField(label="Đến ngày", required=False)
    pilot_from = VietnameseDateField(label="Từ ngày", required=False, needed=True)
    pilot_to = VietnameseDateField(label="Đến ngày", required=False, needed=True)
    monitor = PersonField(
        label="Người theo dõi", queryset=User.objects.none(), required=False, needed=True
    )
    scope = CleanTextField(label="Phạm vi", max_length=400, required=False)
    report_every = VietnameseIntegerField(
        label="Kỳ báo cáo (tháng)",
        min_value=1,
        max_value=12,
        initial=1,
        required=False,
        needed=True,
    )
    beyond = CleanTextField(
        label="Lý do vượt thẩm quyền", lines=True, max_length=2000, required=False, needed=True
    )
    due_on = VietnameseDateField(
        label="Thời hạn bổ sung", from_today=True, required=False, needed=True
    )
    again = CleanTextField(
        label="Lý do trả lại lần nữa", lines=True, max_length=1000, required=False, needed=True
    )
    ground = ChoiceField(
        label="Loại lý do",
        choices=[("", "Chọn"), *RefusalGround.choices],
        required=False,
        needed=True,
    )
    reason = CleanTextField(
        label="Lý do",
        lines=True,
        max_length=4000,
        required=False,
        needed=True,
        help_text="Ít nhất 30 chữ. Lý do được gửi cho người đề xuất.",
    )
    hint = CleanTextField(label="Gợi ý hướng khác", lines=True, max_length=2000, required=False)
    why_necessary = CleanTextField(
        label="Sự cần thiết", lines=True, max_length=2000, required=False, needed=True
    )
    why_feasible = CleanTextField(
        label="Tính khả thi", lines=True, max_length=2000, required=False, needed=True
    )
    guidance = CleanTextField(label="Ý kiến chỉ đạo", lines=True, max_length=2000, required=False)

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        self.chosen = staff_with_posts([proposal.agency_id, proposal.deciding_unit_id])
        offer(self, "do_by", self.chosen)
        offer(self, "monitor", self.chosen.exclude(pk=proposal.proposer_id))
        for name in ("do_by", "monitor"):  # both are read from the same rows
            cast(PersonField, self.fields[name]).choices = partial(self._offered, name)
        self.fields["due_on"].initial = partial(add_working_days, today(), DAYS)
        for name in ("beyond", "again", "reason", "hint", *OVERRIDE, "guidance"):
            self.fields[name].widget.attrs["rows"] = 2

    @property
    def options(self) -> list[dict[str, Any]]:
        """The options that are open with what each asks for, for the template."""
        return [
            {
                "kind": kind.value,
                "label": kind.label,
                "more": more,
                "checked": self["kind"].value() == kind.value,
                "to": self.superior if kind == K.ESCALATE else "",
                "fields": [self[name] for name in self._fields_of(kind)],
            }
            for kind, more in OPTIONS
            if kind not in self._closed
        ]

    @cached_property
    def _closed(self) -> set[DecisionKind]:
        """What is not offered: to refuse what the collective passed, to go up where nobody is."""
        closed = {K.REFUSE} if self.proposal.vote_passed else set()
        if not self.superior:
            closed.add(K.ESCALATE)
        return closed

    @cached_property
    def superior(self) -> str:
        """Whom the case goes to when it goes up; empty at the top of the province."""
        above = people.superior_of(self.proposal.deciding_unit, today())
        return above.at(today()).name if above else ""

    @property
    def is_override(self) -> bool:
        return self.proposal.vote_passed is False

    @property
    def needs_again(self) -> bool:
        return self.proposal.times_returned >= RETURNS_WITHOUT_REASON

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        kind = said.get("kind")
        if not kind:
            return said
        for name in NEEDED[K(kind)]:
            if name not in self.errors and not said.get(name):
                self.add_error(name, str(self.fields[name].error_messages["required"]))
        CHECKS[K(kind)](self)
        return said

    def facts(self) -> dict[str, Any]:
        """What the chosen option says, and nothing of the others."""
        said, kind = self.cleaned_data, K(self.cleaned_data["kind"])
        facts = {"guidance": said["guidance"]} | FACTS[kind](self)
        if self.is_override and kind in (K.IMPLEMENT, K.PILOT):
            facts |= {name: said[name] for name in OVERRIDE}
        return facts

    def check_period(self, start: str, end: str) -> None:
        said = self.cleaned_data
        if message := ends_before_start(said.get(start), said.get(end)):
            self.add_error(end, message)
        if self.is_override and words(f"{said['why_necessary']} {said['why_feasible']}") < (
            FEWEST_WORDS
        ):
            self.add_error("why_necessary", SHORT_OVERRIDE.format(n=FEWEST_WORDS))

    def check_return(self) -> None:
        self.check_items()
        if self.needs_again and not self.cleaned_data.get("again"):
            self.add_error("again", NEEDS_REASON)

    def check_reason(self) -> None:
        said = self.cleaned_data.get("reason", "")
        if said and words(said) < FEWEST_WORDS:
            self.add_error("reason", SHORT_REASON.format(n=FEWEST_WORDS))

    @cached_property
    def _staff(self) -> list[tuple[int, str, str]]:
        return _named(self.proposal.agency_id, self.proposal.deciding_unit_id, today())

    def _offered(self, name: str) -> list[tuple[str | int, str]]:
        barred = {self.proposal.proposer_id} if name == "monitor" else set()
        shown = [one for one in self._staff if one[0] not in barred]
        return [("", "Chọn"), *((pk, with_post(name, post)) for pk, name, post in shown)]

    def _fields_of(self, kind: DecisionKind) -> tuple[str, ...]:
        names = FIELDS[kind]
        if kind == K.RETURN and not self.needs_again:
            names = ("due_on",)
        is_approval = kind in (K.IMPLEMENT, K.PILOT)
        return names + OVERRIDE if self.is_override and is_approval else names


CHECKS = {
    K.IMPLEMENT: lambda form: form.check_period("do_from", "do_to"),
    K.PILOT: lambda form: form.check_period("pilot_from", "pilot_to"),
    K.ESCALATE: lambda form: None,
    K.RETURN: DecisionForm.check_return,
    K.REFUSE: DecisionForm.check_reason,
}


def _implement(form: DecisionForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {
        "implementer": said["do_by"],
        "starts_on": said["do_from"],
        "ends_on": said["do_to"],
    }


def _pilot(form: DecisionForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {
        "starts_on": said["pilot_from"],
        "ends_on": said["pilot_to"],
        "monitor": said["monitor"],
        "scope": said["scope"],
        "report_every_months": said["report_every"] or 1,
    }


def _return(form: DecisionForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {"items": form.items(), "due_on": said["due_on"], "reason": said["again"]}


def _refuse(form: DecisionForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {"ground": said["ground"], "reason": said["reason"], "hint": said["hint"]}


FACTS = {
    K.IMPLEMENT: _implement,
    K.PILOT: _pilot,
    K.ESCALATE: lambda form: {"reason": form.cleaned_data["beyond"]},
    K.RETURN: _return,
    K.REFUSE: _refuse,
}


def offer(form: forms.Form, name: str, rows: QuerySet, empty_label: str = "Chọn") -> None:
    """Let a field choose among these rows."""
    field = cast(forms.ModelChoiceField, form.fields[name])
    field.queryset, field.empty_label = rows, empty_label


def staff_with_posts(units: list[int], on: date | None = None) -> QuerySet[User]:
    """People with a post at one of the units on a day, else today, each with `post_title`."""
    day = on or today()
    posts = Appointment.objects.valid_on(day).filter(person=OuterRef("pk"))
    title = posts.order_by("-is_main", "position__rank").values("position__title")[:1]
    return people.staff_of(units, day).annotate(post_title=Subquery(title))


@prepared
def _named(agency: int, deciding: int, on: date) -> QuerySet:
    """The same, as key, name and title, for the two units of a case."""
    rows: Any = staff_with_posts([agency, deciding], on)
    return rows.values_list("pk", "full_name", "post_title")
