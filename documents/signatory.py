"""Who may sign a paper on a day, and what stands above the name (NĐ 30/2020, Điều 13).

Everything comes from the appointments and delegations of that day. The block is computed here and
never typed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from documents import councils, titles
from documents.models import AdvisoryBody
from documents.stages import SigningAuthority, SigningKind
from organisation.models import Appointment, Delegation, OrgUnit, User
from organisation.stages import Acting, DelegationKind, DelegationSubject, Role, UnitKind
from organisation.templatetags.portal import vn_date
from organisation.text import fold

LED_TOGETHER = frozenset({UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.COMMUNE})
BY_ORDER = (DelegationKind.TL, DelegationKind.TUQ)
BY_FIELD = (SigningKind.KT, SigningKind.TM_KT)


class NotLawful(Exception):
    """This person may not sign this paper that day; `str()` is the reason, in Vietnamese."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a signature: whose paper, in whose right, when, and who is barred.

    body: the council that issues it. work_field: what it is about, which a deputy who signs in
    fields of their own must have been given; nothing where it was not said.
    """

    unit: OrgUnit
    day: date
    authority: str = SigningAuthority.HEAD
    barred: frozenset[int] = frozenset()
    body: AdvisoryBody | None = None
    work_field: str = ""

    @property
    def is_collective(self) -> bool:
        """Only an agency that is led together has papers in the name of all."""
        led_together = self.unit.at(self.day).kind in LED_TOGETHER
        return led_together and self.authority == SigningAuthority.COLLECTIVE


@dataclass(frozen=True)
class Signing:
    """One lawful way to sign: its kind, the lines above the signature, and what it rests on."""

    person: User
    kind: SigningKind
    lines: tuple[str, ...]
    basis: tuple[str, ...] = field(default=())
    other_post: str = ""  # of who signs for a council
    fields: str = ""  # in which a deputy signs for the head; nothing: in all

    @property
    def block(self) -> dict[str, Any]:
        """What stands on the paper."""
        told: dict[str, Any] = {"lines": list(self.lines), "name": self.person.full_name}
        return told | ({"other_post": self.other_post} if self.other_post else {})

    @property
    def words(self) -> str:
        return " / ".join(self.lines)


def signing_of(asked: Asked, person: User) -> Signing:
    """How this person signs the paper that day. Raises NotLawful with the reason."""
    if reason := _barred(asked, person):
        raise NotLawful(reason)
    found = next((one for one in _ways(asked) if one.person.pk == person.pk), None)
    if found is None:
        raise NotLawful(_why_not(asked, person))
    return found


def signers(asked: Asked) -> list[Signing]:
    """Everybody who may sign the paper that day, the head first, each in one way."""
    found: dict[int, Signing] = {}
    for way in _ways(asked):
        if not _barred(asked, way.person):
            found.setdefault(way.person.pk, way)
    return list(found.values())


def _barred(asked: Asked, person: User) -> str:
    if person.pk in asked.barred:
        return f"{person.full_name} có liên quan trong hồ sơ này nên không ký văn bản của hồ sơ."
    return "" if person.is_active else f"Tài khoản của {person.full_name} đã đóng."


def _ways(asked: Asked) -> Iterator[Signing]:
    if asked.body:
        for person, kind, lines, other, basis in councils.ways_of(asked.body, asked.day):
            told = tuple(line.upper() for line in lines)
            yield Signing(person, kind, told, tuple(basis), other)
        return
    posts = _posts(asked, [asked.unit.pk])
    yield from of_heads(asked, posts)
    yield from _deputies(asked, posts)
    if not asked.is_collective:
        yield from _by_order(asked, posts)


def of_heads(asked: Asked, posts: list[Appointment]) -> Iterator[Signing]:
    """How those of these posts that lead the agency sign its papers."""
    for post in posts:
        if post.position.role == Role.AGENCY_HEAD:
            title = titles.bare(post.position.title)
            if post.acting == Acting.IN_CHARGE:
                yield _for_head(asked, post, titles.deputy(title))
            elif post.acting == Acting.ACTING_HEAD:
                yield _signing(asked, post, SigningKind.Q, [f"Q. {title}"])
            else:
                kind = SigningKind.TM if asked.is_collective else SigningKind.OWN
                yield _signing(asked, post, kind, [title])


def _deputies(asked: Asked, posts: list[Appointment]) -> Iterator[Signing]:
    """A deputy signs for the head in the fields given to them, in charge, or by a delegation."""
    lent = {one.to_person_id: one for one in _lent(asked, posts, DelegationKind.KT)}
    for post in posts:
        if post.position.role == Role.DEPUTY_HEAD and _may_stand_in(asked, post, lent):
            title = titles.bare(post.position.title)
            yield _for_head(asked, post, title, lent.get(post.person_id))


def _by_order(asked: Asked, posts: list[Appointment]) -> Iterator[Signing]:
    """TL. and TUQ. of the head; a TL. may be signed by the deputy of its receiver, a TUQ. not."""
    for given in _lent(asked, posts, *BY_ORDER):
        title = titles.bare(given.from_appointment.position.title)
        above = f"{given.kind}. {title}"
        posts_of_receiver = [
            post for post in _posts_of(asked, given.to_person) if post.unit_id != asked.unit.pk
        ] or list(_posts_of(asked, given.to_person))
        for post in posts_of_receiver[:1]:
            own = titles.full(post.position.title, post.unit.at(asked.day).name)
            yield _signing(asked, post, SigningKind(given.kind), [above, own], given)
            if given.kind == DelegationKind.TL:
                yield from _deputies_of(asked, post, above, given)


def _deputies_of(
    asked: Asked, head: Appointment, above: str, given: Delegation
) -> Iterator[Signing]:
    posts = _posts(asked, [head.unit_id])
    lent = {one.to_person_id: one for one in _lent(asked, [head], DelegationKind.KT)}
    for post in posts:
        if post.position.role == Role.DEPUTY_HEAD and _may_stand_in(asked, post, lent):
            for_whom = f"KT. {titles.headed(titles.bare(post.position.title))}"
            lines = [above, for_whom, titles.bare(post.position.title)]
            yield _signing(asked, post, SigningKind.TL_KT, lines, given, lent.get(post.person_id))


def _for_head(
    asked: Asked, post: Appointment, title: str, given: Delegation | None = None
) -> Signing:
    kind = SigningKind.TM_KT if asked.is_collective else SigningKind.KT
    lines = [f"KT. {titles.headed(title)}", title]
    return _signing(asked, post, kind, lines, given)


def _signing(
    asked: Asked,
    post: Appointment,
    kind: SigningKind,
    lines: list[str],
    *given: Delegation | None,
) -> Signing:
    if asked.is_collective:
        lines = [f"TM. {titles.collective(asked.unit.at(asked.day).name)}", *lines]
    basis = [f"appointment:{post.ref}", *(f"delegation:{one.ref}" for one in given if one)]
    return Signing(
        post.person,
        kind,
        tuple(line.upper() for line in lines),
        tuple(basis),
        fields=post.field if kind in BY_FIELD and not any(given) and not _leads(post) else "",
    )


def _may_stand_in(asked: Asked, post: Appointment, lent: dict[int, Delegation]) -> bool:
    if _leads(post) or post.person_id in lent:
        return True
    return bool(post.field) and has_field(post.field, asked.work_field)


def _leads(post: Appointment) -> bool:
    return post.acting in (Acting.IN_CHARGE, Acting.ACTING_HEAD)


def has_field(fields: str, wanted: str) -> bool:
    """Whether a deputy's fields ("Đất đai; Môi trường") hold the one that a paper is about."""
    return fold(wanted) in fold(fields)


def _posts(asked: Asked, units: Iterable[int]) -> list[Appointment]:
    """The leading posts at these units that day, the highest first."""
    held = Appointment.objects.valid_on(asked.day).filter(
        unit__in=units,
        position__role__in=[Role.AGENCY_HEAD, Role.DEPUTY_HEAD],
        person__is_active=True,
    )
    return list(held.select_related("person", "position", "unit").order_by("position__rank", "pk"))


def _posts_of(asked: Asked, person: User) -> list[Appointment]:
    held = Appointment.objects.valid_on(asked.day).filter(
        person=person, position__is_managerial=True
    )
    return list(held.select_related("person", "position", "unit").order_by("position__rank", "pk"))


def _lent(asked: Asked, posts: list[Appointment], *kinds: str) -> list[Delegation]:
    """What the heads among these posts have lent for signing, valid that day."""
    heads = [post.pk for post in posts if post.position.role == Role.AGENCY_HEAD]
    given = Delegation.objects.filter(
        Q(revoked_at=None) | Q(revoked_at__date__gt=asked.day),
        from_appointment__in=heads,
        kind__in=kinds,
        subject=DelegationSubject.SIGN,
        valid_from__lte=asked.day,
        valid_to__gte=asked.day,
        to_person__is_active=True,
    )
    return list(given.select_related("to_person", "from_appointment__position").order_by("pk"))


def _why_not(asked: Asked, person: User) -> str:
    """The most telling reason why there is no lawful way."""
    reasons = (_of_council, _of_order, _of_redelegation, _of_delegation, _of_post)
    found = (reason(asked, person) for reason in reasons)
    agency = asked.unit.at(asked.day).name
    return next((one for one in found if one), "") or (
        f"{person.full_name} không có bổ nhiệm hoặc ủy quyền ký văn bản của {agency} "
        f"vào ngày {vn_date(asked.day)}."
    )


def _of_council(asked: Asked, person: User) -> str:
    if asked.body is None:
        return ""
    return f"{person.full_name} không giữ chức danh được ký văn bản của {asked.body.name}."


def _of_order(asked: Asked, person: User) -> str:
    if not asked.is_collective:
        return ""
    posts = _posts(asked, [asked.unit.pk])
    if any(way.person.pk == person.pk for way in _by_order(asked, posts)):
        return "Văn bản thay mặt tập thể do người đứng đầu hoặc cấp phó ký, không ký TL. hoặc TUQ."
    return ""


def _of_redelegation(asked: Asked, person: User) -> str:
    """Somebody to whom the receiver of a TUQ. gave it on."""
    posts = _posts(asked, [asked.unit.pk])
    for given in _lent(asked, posts, DelegationKind.TUQ):
        passed = Delegation.objects.filter(
            to_person=person,
            from_appointment__person=given.to_person_id,
            subject=DelegationSubject.SIGN,
        )
        if passed.exists():
            return (
                f"{given.to_person.full_name} ký thừa ủy quyền (TUQ.) nên không ủy quyền lại "
                f"cho {person.full_name}."
            )
    return ""


def _of_delegation(asked: Asked, person: User) -> str:
    """A delegation that is for something else, or not for that day."""
    given = (
        Delegation.objects.filter(to_person=person, from_appointment__unit=asked.unit)
        .select_related("from_appointment__person")
        .order_by("-valid_to", "-pk")
        .first()
    )
    if given is None:
        return ""
    name = f"Ủy quyền {given.kind}. cho {person.full_name}"
    if given.revoked_at and given.revoked_at.date() <= asked.day:
        return f"{name} đã được thu hồi ngày {vn_date(given.revoked_at)}."
    if given.valid_to < asked.day:
        return f"{name} đã hết hạn ngày {vn_date(given.valid_to)}."
    if given.valid_from > asked.day:
        return f"{name} có hiệu lực từ ngày {vn_date(given.valid_from)}."
    if given.subject != DelegationSubject.SIGN:
        subject = given.get_subject_display().lower()
        return f"{name} có nội dung {subject}, không gồm ký văn bản."
    return _of_giver(asked, given)


def _of_giver(asked: Asked, given: Delegation) -> str:
    holds = Appointment.objects.valid_on(asked.day).filter(pk=given.from_appointment_id)
    giver = given.from_appointment.person
    if holds.exists() and giver.is_active:
        return ""
    return f"{giver.full_name}, người ủy quyền, không còn giữ chức vụ vào ngày ký."


def _of_post(asked: Asked, person: User) -> str:
    """A post at the agency that is over, has not begun, or does not sign by itself."""
    post = (
        Appointment.objects.filter(
            person=person,
            unit=asked.unit,
            position__role__in=[Role.AGENCY_HEAD, Role.DEPUTY_HEAD],
        )
        .select_related("position")
        .order_by("-valid_from", "-pk")
        .first()
    )
    if post is None:
        return ""
    name = f"{post.position.title} {person.full_name}"
    if post.valid_to and post.valid_to <= asked.day:
        return f"{name} đã hết nhiệm kỳ từ ngày {vn_date(post.valid_to)}."
    if post.valid_from > asked.day:
        return f"{name} giữ chức vụ từ ngày {vn_date(post.valid_from)}."
    if asked.work_field and post.field:
        return (
            f"{name} được phân công phụ trách {post.field}; văn bản thuộc lĩnh vực "
            f"{asked.work_field}."
        )
    return f"{name} chưa được giao ký thay (KT.) vào ngày {vn_date(asked.day)}."
