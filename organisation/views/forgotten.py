"""Forgotten passwords: asking for a link, and what the link opens."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from organisation import resets
from organisation.access import public
from organisation.actions.resets import LinkIsOver, ask_for_link, replace_password
from organisation.actions.sign_in import TooSoon
from organisation.forms.account import FirstPasswordForm, ForgottenForm


@public
@require_http_methods(["GET", "POST"])
@never_cache
def forgotten(request: HttpRequest) -> HttpResponseBase:
    """Ask for a link; the answer is the same whether there is such an account or not (AU-06)."""
    form, status = ForgottenForm(request.POST or None), 200
    was_asked = False
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_link(form.cleaned_data["username"], address=request.META["REMOTE_ADDR"])
        except TooSoon as early:
            form.add_error(None, f"Thao tác quá nhanh. Thử lại sau {early.seconds} giây.")
            status = 429
        else:
            was_asked = True
    page = {"form": form, "was_asked": was_asked}
    return render(request, "organisation/forgotten.html", page, status=status)


@public
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@never_cache
def reset(request: HttpRequest) -> HttpResponseBase:
    """Choose a new password by the link of a letter; then sign in with it as always."""
    key = request.POST.get("ma", request.GET.get("ma", ""))
    user = resets.opened_by(key)
    if user is None:
        return _over(request)
    form = FirstPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            replace_password(user, form.cleaned_data["new_password"], key=key)
        except LinkIsOver:
            return _over(request)
        messages.success(request, "Đã đặt lại mật khẩu. Đăng nhập bằng mật khẩu mới.")
        return redirect("organisation:sign_in")
    page = {"form": form, "key": key, "owner": user}
    return render(request, "organisation/reset.html", page)


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "organisation/reset_over.html", status=410)
