"""One's own account: contact, password, sessions."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from organisation.access import SignedInRequest, signed_in
from organisation.actions import people
from organisation.actions.sign_in import NotAdmitted, TooSoon, confirm_password
from organisation.forms.account import ContactForm, DisplayForm, FirstPasswordForm, PasswordForm
from organisation.models import Session
from organisation.views.deeds import done


@signed_in
@require_http_methods(["GET", "POST"])
def profile(request: SignedInRequest) -> HttpResponseBase:
    """Who one is in the portal, and how one is reached."""
    user = request.user
    initial = {"email": user.email, "phone": user.phone}
    form = ContactForm(request.POST or None, version=user.version, initial=initial)

    def change() -> str:
        people.change_contact(user, seen=form.seen, **form.said())
        return resolve_url("organisation:profile")

    answer = done(request, form, change, said="Đã lưu thay đổi.")
    return answer or render(request, "organisation/profile.html", {"form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def display(request: SignedInRequest) -> HttpResponseBase:
    """Size of the text, density of tables, keys: as this person likes them."""
    user = request.user
    initial = {name: getattr(user, name) for name in DisplayForm.base_fields if name != "key"}
    form = DisplayForm(request.POST or None, initial=initial)

    def change() -> str:
        people.change_display(user, **form.said())
        return resolve_url("organisation:display")

    answer = done(request, form, change, said="Đã lưu thay đổi.")
    return answer or render(request, "organisation/display.html", {"form": form})


@signed_in
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def password(request: SignedInRequest) -> HttpResponseBase:
    """Choose a password of one's own; all other sessions of the person end."""
    user = request.user
    kind = FirstPasswordForm if user.must_change_password else PasswordForm
    form = kind(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid() and _knows_current(request, form):
        user = people.change_password(
            user, form.cleaned_data["new_password"], session=request.session.session_key or ""
        )
        update_session_auth_hash(request, user)
        messages.success(request, "Đã đổi mật khẩu. Các phiên khác đã kết thúc.")
        return redirect("organisation:profile")
    return render(request, "organisation/password.html", {"form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def sessions(request: SignedInRequest) -> HttpResponseBase:
    """Where one is signed in; by POST, end all sessions but this one."""
    key = request.session.session_key or ""
    if request.method == "POST":
        people.end_all_sessions(request.user, by=request.user, session=key)
        messages.success(request, "Đã kết thúc các phiên khác.")
        return redirect("organisation:sessions")
    rows = Session.objects.filter(user=request.user, expire_date__gt=timezone.now())
    page = {"sessions": rows.order_by("-seen_at", "pk"), "current": key}
    return render(request, "organisation/sessions.html", page)


@signed_in
@require_POST
def end_session(request: SignedInRequest, ref: UUID) -> HttpResponseBase:
    people.end_session(request.user, str(ref), by=request.user)
    messages.success(request, "Đã kết thúc phiên.")
    return redirect("organisation:sessions")


def _knows_current(request: SignedInRequest, form: FirstPasswordForm) -> bool:
    if not isinstance(form, PasswordForm):
        return True
    try:
        confirm_password(request.user, form.cleaned_data["current"])
    except TooSoon as early:
        form.add_error("current", f"Thao tác quá nhanh. Thử lại sau {early.seconds} giây.")
        return False
    except NotAdmitted:
        form.add_error("current", "Mật khẩu hiện tại chưa đúng.")
        return False
    return True
