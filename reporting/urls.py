from django.urls import path

from reporting import views
from reporting.periods.views import deeds as report_deeds
from reporting.periods.views import periods, reports
from reporting.urging.views import deeds, drafting, letters

app_name = "reporting"
urlpatterns = [
    path("", views.front_page, name="front_page"),
    path("viec-cua-toi/", views.home, name="home"),
    path("ho-so/", views.cases, name="cases"),
    path("tim/", views.search, name="search"),
    path("huong-dan/", views.guide, name="guide"),
    path("huong-dan/chi-dao/<uuid:ref>/", views.directive, name="directive"),
    path("huong-dan/chi-dao/<uuid:ref>/tep/", views.directive_file, name="directive_file"),
    path("quan-tri/tinh-trang/", views.status, name="status"),
    path("suc-khoe/", views.health_report, name="health"),
    path("bao-cao/", reports.index, name="reports"),
    path("bao-cao/ky/", periods.index, name="report_periods"),
    path("bao-cao/ky/yeu-cau/", periods.ask, name="report_ask"),
    path("bao-cao/ky/<uuid:ref>/", periods.detail, name="report_period"),
    path("bao-cao/che-do/", periods.regimes, name="report_regimes"),
    path("bao-cao/che-do/<uuid:ref>/", periods.change_regime, name="report_regime"),
    path("bao-cao/<uuid:ref>/", reports.detail, name="report"),
    path("bao-cao/<uuid:ref>/so-lieu/<slug:key>/", reports.figure, name="report_figure"),
    path("bao-cao/<uuid:ref>/viet/", report_deeds.write, name="report_write"),
    path("bao-cao/<uuid:ref>/trinh/", report_deeds.lay, name="report_lay"),
    path("bao-cao/<uuid:ref>/sua-lai/", report_deeds.hand_back, name="report_hand_back"),
    path("bao-cao/<uuid:ref>/gui/", report_deeds.send, name="report_send"),
    path("bao-cao/<uuid:ref>/tra-lai/", report_deeds.give_back, name="report_give_back"),
    path("bao-cao/<uuid:ref>/tong-hop/", report_deeds.collect, name="report_collect"),
    path("don-doc/", drafting.late_list, name="urging"),
    path("don-doc/co-quan/<uuid:agency_ref>/", drafting.late_items, name="urging_items"),
    path("don-doc/tao/", drafting.create, name="urging_create"),
    path("don-doc/dot/<uuid:batch_ref>/", drafting.batch, name="urging_batch"),
    path("don-doc/cong-van/", letters.index, name="urging_letters"),
    path("don-doc/<uuid:ref>/", letters.dispatch, name="urging_dispatch"),
    path("don-doc/<uuid:ref>/sua/", deeds.change, name="urging_change"),
    path("don-doc/<uuid:ref>/huy/", deeds.cancel, name="urging_cancel"),
    path("don-doc/<uuid:ref>/nhac/", deeds.remind, name="urging_remind"),
    path("don-doc/<uuid:ref>/ket-thuc/", deeds.close, name="urging_close"),
    path("don-doc/<uuid:ref>/tra-loi/", deeds.answer, name="urging_answer"),
    path("don-doc/<uuid:ref>/tep/<uuid:file_ref>/", letters.answer_file, name="urging_file"),
]
