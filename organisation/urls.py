from django.urls import path

from organisation.views import account, delegations, sign_in

app_name = "organisation"
urlpatterns = [
    path("dang-nhap/", sign_in.sign_in, name="sign_in"),
    path("dang-xuat/", sign_in.sign_out, name="sign_out"),
    path("tai-khoan/", account.profile, name="profile"),
    path("tai-khoan/mat-khau/", account.password, name="password"),
    path("tai-khoan/phien/", account.sessions, name="sessions"),
    path("tai-khoan/phien/<uuid:ref>/ket-thuc/", account.end_session, name="end_session"),
    path("tai-khoan/uy-quyen/", delegations.delegations, name="delegations"),
    path("tai-khoan/uy-quyen/<uuid:ref>/thu-hoi/", delegations.revoke, name="revoke_delegation"),
]
