from django.urls import path, register_converter

from organisation.converters import DayConverter
from organisation.views import (
    account,
    calendar,
    delegations,
    forgotten,
    imports,
    people,
    sign_in,
    units,
)

register_converter(DayConverter, "day")

app_name = "organisation"
urlpatterns = [
    path("dang-nhap/", sign_in.sign_in, name="sign_in"),
    path("dang-xuat/", sign_in.sign_out, name="sign_out"),
    path("quen-mat-khau/", forgotten.forgotten, name="forgotten"),
    path("quen-mat-khau/dat-lai/", forgotten.reset, name="reset"),
    path("tai-khoan/", account.profile, name="profile"),
    path("tai-khoan/hien-thi/", account.display, name="display"),
    path("tai-khoan/mat-khau/", account.password, name="password"),
    path("tai-khoan/phien/", account.sessions, name="sessions"),
    path("tai-khoan/phien/<uuid:ref>/ket-thuc/", account.end_session, name="end_session"),
    path("tai-khoan/uy-quyen/", delegations.delegations, name="delegations"),
    path("tai-khoan/uy-quyen/<uuid:ref>/thu-hoi/", delegations.revoke, name="revoke_delegation"),
    path("quan-tri/lich/", calendar.calendar, name="calendar"),
    path("quan-tri/lich/them/", calendar.add_day, name="add_day"),
    path("quan-tri/lich/<day:day>/", calendar.edit_day, name="edit_day"),
    path("quan-tri/lich/<day:day>/xoa/", calendar.delete_day, name="delete_day"),
    path("quan-tri/co-quan/", units.units, name="units"),
    path("quan-tri/co-quan/them/", units.create, name="create_unit"),
    path("quan-tri/co-quan/<uuid:ref>/", units.unit, name="unit"),
    path("quan-tri/co-quan/<uuid:ref>/thay-doi/", units.change, name="change_unit"),
    path("quan-tri/co-quan/<uuid:ref>/sua/", units.correct, name="correct_unit"),
    path("quan-tri/co-quan/<uuid:ref>/thu-tu/", units.order, name="order_unit"),
    path("quan-tri/co-quan/<uuid:ref>/cham-dut/", units.close, name="close_unit"),
    path("quan-tri/co-quan/<uuid:ref>/ke-thua/", units.succeed, name="succeed_unit"),
    path("quan-tri/co-quan/<uuid:ref>/ma/", units.code, name="give_code"),
    path("quan-tri/tai-khoan/", people.people, name="people"),
    path("quan-tri/tai-khoan/them/", people.create, name="create_person"),
    path("quan-tri/tai-khoan/<uuid:ref>/", people.person, name="person"),
    path("quan-tri/tai-khoan/<uuid:ref>/mat-khau/", people.reset_password, name="reset_password"),
    path("quan-tri/tai-khoan/<uuid:ref>/dong/", people.deactivate, name="deactivate"),
    path("quan-tri/tai-khoan/<uuid:ref>/phien/", people.end_sessions, name="end_sessions"),
    path("quan-tri/tai-khoan/<uuid:ref>/chuc-vu/", people.appoint, name="appoint"),
    path("quan-tri/nhap/<slug:kind>/", imports.upload, name="import"),
    path("quan-tri/nhap/<slug:kind>/mau.<slug:ending>", imports.template, name="import_template"),
    path("quan-tri/nhap/xem/<uuid:ref>/", imports.preview, name="import_preview"),
    path("quan-tri/chuc-vu/<uuid:ref>/thoi-giu/", people.end_appointment, name="end_appointment"),
]
