"""Accounts: the list, each with its posts; opened, closed, given a first password."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.access import SignedInRequest, roles
from organisation.actions import people as actions
from organisation.actions import posts
from organisation.forms import people as forms
from organisation.lists import pages_shown
from organisation.models import Appointment, OrgUnitVersion, Session, User
from organisation.stages import Role
from organisation.tables.people import PeopleFilter
from organisation.views.deeds import done

FACTS = ("full_name", "gender", "official_kind", "email", "phone")


@roles(Role.ADMIN)
@require_safe
def people(request: SignedInRequest) -> HttpResponseBase:
    """All accounts, found by name, agency and state, fifty at a time."""
    asked = PeopleFilter(request.GET)
    shown = asked.page(pages=pages_shown(request.GET))
    more = request.GET.copy()
    more["sau"] = str(shown.next)
    page = {
        "filter": asked,
        "people": shown.people,
        "more_url": f"{request.path}?{more.urlencode()}" if shown.next else "",
        "is_filtered": any(request.GET.get(name) for name in ("q", "co_quan", "tinh_trang")),
    }
    return render(request, "organisation/people.html", page)


@roles(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def person(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """One account: facts to set right, posts, sessions, and what may be done to it."""
    found = get_object_or_404(User, ref=ref)
    initial = {name: getattr(found, name) for name in FACTS}
    form = forms.AccountForm(request.POST or None, version=found.version, initial=initial)

    def save() -> str:
        actions.change_account(found, by=request.user, seen=form.seen, **form.said())
        return _page_of(found)

    answer = done(request, form, save, said="Đã lưu thay đổi.")
    return answer or render(request, "organisation/person.html", _person_page(found, form))


@roles(Role.ADMIN)
@require_http_methods(["GET", "POST"])
@never_cache
def create(request: SignedInRequest) -> HttpResponseBase:
    """Open an account; its first password is shown on the answer, and nowhere again."""
    form = forms.NewAccountForm(request.POST or None)
    opened: list[actions.Opened] = []

    def add() -> str:
        opened.append(actions.create_user(by=request.user, **form.said()))
        return _page_of(opened[0].user)

    answer = done(request, form, add, said="Đã tạo tài khoản.")
    if opened:
        return _shown_once(request, opened[0])
    return answer or render(request, "organisation/person_create.html", {"form": form})


@roles(Role.ADMIN)
@require_http_methods(["GET", "POST"])
@never_cache
def reset_password(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """Give a new first password; the administrator cannot choose it (AU-02)."""
    found = get_object_or_404(User, ref=ref)
    form = forms.AskedForm(request.POST or None, version=found.version)
    opened: list[actions.Opened] = []

    def reset() -> str:
        deed = actions.reset_password if found.is_active else actions.activate
        opened.append(deed(found, by=request.user, seen=form.seen))
        return _page_of(found)

    answer = done(request, form, reset, said="Đã cấp mật khẩu mới.")
    if opened:
        return _shown_once(request, opened[0])
    page = {
        "question": f"Cấp lại mật khẩu cho {found.full_name}?"
        if found.is_active
        else f"Mở lại tài khoản của {found.full_name}?",
        "consequence": "Mật khẩu cũ hết dùng được, các phiên đang mở kết thúc. "
        "Mật khẩu mới dùng một lần, trong 72 giờ.",
        "verb": "Cấp lại mật khẩu" if found.is_active else "Mở lại tài khoản",
    }
    return answer or _asked(request, form, found, page)


@roles(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def deactivate(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """Close an account after asking."""
    found = get_object_or_404(User, ref=ref)
    form = forms.AskedForm(request.POST or None, version=found.version)

    def close() -> str:
        actions.deactivate(found, by=request.user, seen=form.seen)
        return _page_of(found)

    answer = done(request, form, close, said="Đã đóng tài khoản.")
    page = {
        "question": f"Đóng tài khoản của {found.full_name}?",
        "consequence": "Người này không đăng nhập được nữa. Hồ sơ đã lập vẫn được giữ nguyên.",
        "verb": "Đóng tài khoản",
        "danger": True,
    }
    return answer or _asked(request, form, found, page)


@roles(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def appoint(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """Give a person a post."""
    found = get_object_or_404(User, ref=ref)
    form = forms.AppointmentForm(request.POST or None, version=found.version)

    def save() -> str:
        facts = form.said()
        who = facts.pop("position"), facts.pop("unit")
        posts.appoint(found, *who, by=request.user, seen=form.seen, **facts)
        return _page_of(found)

    answer = done(request, form, save, said="Đã ghi bổ nhiệm.")
    page = {"form": form, "person": found, "title": f"Thêm chức vụ cho {found.full_name}"}
    return answer or render(request, "organisation/person_form.html", page)


@roles(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def end_appointment(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """Let a post end on a day."""
    held = Appointment.objects.select_related("person", "position", "unit")
    found = get_object_or_404(held, ref=ref)
    form = forms.EndAppointmentForm(request.POST or None, version=found.person.version)

    def end() -> str:
        posts.end_appointment(found, by=request.user, seen=form.seen, **form.said())
        return _page_of(found.person)

    answer = done(request, form, end, said="Đã ghi thôi giữ chức vụ.")
    title = f"{found.person.full_name} thôi giữ chức vụ {found.position.title}"
    page = {"form": form, "person": found.person, "title": title}
    return answer or render(request, "organisation/person_form.html", page)


@roles(Role.ADMIN)
@require_POST
def end_sessions(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    """Sign a person out everywhere (AU-10)."""
    found = get_object_or_404(User, ref=ref)
    actions.end_all_sessions(found, by=request.user)
    messages.success(request, "Đã kết thúc các phiên.")
    return redirect("organisation:person", ref=ref)


def _person_page(found: User, form: forms.AccountForm) -> dict[str, Any]:
    names = Prefetch(
        "unit__versions",
        queryset=OrgUnitVersion.objects.order_by("-valid_from", "-pk"),
        to_attr="names",
    )
    held = found.appointments.select_related("position", "unit").prefetch_related(names)
    open_now = Session.objects.filter(user=found, expire_date__gt=timezone.now())
    return {
        "form": form,
        "person": found,
        "posts": held.order_by("-valid_from", "position__rank", "pk"),
        "sessions": open_now.count(),
    }


def _shown_once(request: SignedInRequest, opened: actions.Opened) -> HttpResponseBase:
    """The page with the first password; a form that comes a second time leads to the account."""
    return render(request, "organisation/first_password.html", {"opened": opened})


def _asked(
    request: SignedInRequest, form: forms.AskedForm, found: User, page: dict[str, Any]
) -> HttpResponseBase:
    page |= {"form": form, "back_url": _page_of(found)}
    return render(request, "confirm.html", page)


def _page_of(person: User) -> str:
    return resolve_url("organisation:person", ref=person.ref)
