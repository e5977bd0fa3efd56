"""Addresses of pilots: tabs and pages of a case, the list, and what is asked of my agency."""

from django.urls import path
from django.urls.resolvers import URLPattern

from pilots.views import (
    adjusting,
    deeds,
    evaluating,
    findings,
    follow,
    helping,
    incidents,
    measuring,
    proving,
    reports,
    staffing,
)

app_name = "pilots"
CASE = "de-xuat/<uuid:ref>/thi-diem/"
DOSSIER = "de-xuat/<uuid:ref>/minh-chung/"
EVALUATION = CASE + "danh-gia/<uuid:evaluation_ref>/"


def _deed(address: str, name: str, route: str = "") -> URLPattern:
    return path(CASE + address, deeds.deed, {"name": name}, name=route or name)


def _help(address: str, name: str) -> URLPattern:
    return path(f"ho-tro/<uuid:help_ref>/{address}", deeds.help_deed, {"name": name}, name=name)


urlpatterns: list[URLPattern] = [
    path("thi-diem/", follow.index, name="index"),
    path("ho-tro/", helping.inbox, name="help_inbox"),
    path("ho-tro/<uuid:help_ref>/", helping.answer, name="help_answer"),
    path("ho-tro/<uuid:help_ref>/chuyen/", helping.forward, name="forward_help"),
    _help("nhan/", "receive_help"),
    _help("giai-quyet/", "work_on_help"),
    _help("tra-loi/", "solve_help"),
    _help("khong-giai-quyet/", "decline_help"),
    path(CASE, follow.detail, name="detail"),
    path(CASE + "ke-hoach/", follow.plan, name="plan"),
    path(CASE + "bat-dau/", follow.start, name="start"),
    path(CASE + "nhom/", staffing.team, name="team"),
    path(CASE + "chi-tieu/<uuid:indicator_ref>/", measuring.indicator, name="indicator"),
    path(CASE + "so-lieu/<uuid:entry_ref>/sua/", measuring.correct, name="correct_value"),
    path(CASE + "so-lieu/<uuid:entry_ref>/tep/", measuring.entry_evidence, name="entry_evidence"),
    path(CASE + "moc/<uuid:milestone_ref>/", measuring.milestone, name="milestone"),
    path(
        CASE + "moc/<uuid:milestone_ref>/tep/",
        measuring.milestone_evidence,
        name="milestone_evidence",
    ),
    path(CASE + "bao-cao/", reports.index, name="reports"),
    path(CASE + "bao-cao/<int:number>/", reports.report, name="report"),
    _deed("bao-cao/<int:key>/chap-nhan/", "accept_report"),
    _deed("bao-cao/<int:key>/tra-lai/", "return_report"),
    path(CASE + "ho-tro/", helping.index, name="help"),
    path(CASE + "ho-tro/tao/", helping.create, name="ask_help"),
    path(CASE + "ho-tro/<uuid:help_ref>/", helping.request_page, name="help_request"),
    path(CASE + "su-co/", incidents.index, name="incidents"),
    path(CASE + "su-co/bao/", incidents.create, name="new_incident"),
    path(CASE + "su-co/<uuid:incident_ref>/", incidents.incident, name="incident"),
    path(CASE + "su-co/<uuid:incident_ref>/tep/", incidents.evidence, name="incident_evidence"),
    _deed("su-co/<uuid:key>/tiep-nhan/", "take_up"),
    _deed("su-co/<uuid:key>/xac-nhan/", "confirm_incident"),
    _deed("su-co/<uuid:key>/khac-phuc-tiep/", "reopen_incident"),
    path(DOSSIER + "them/", proving.add, name="add_proof"),
    path(DOSSIER + "<uuid:proof_ref>/tep/", proving.file, name="proof_file"),
    path(CASE + "phat-hien/", findings.index, name="findings"),
    path(CASE + "phat-hien/ghi/", findings.create, name="open_finding"),
    path(CASE + "phat-hien/<uuid:finding_ref>/", findings.finding, name="finding"),
    path(CASE + "phat-hien/<uuid:finding_ref>/tep/", findings.evidence, name="finding_evidence"),
    _deed("phat-hien/<uuid:key>/xac-nhan/", "accept_remedy"),
    _deed("phat-hien/<uuid:key>/khac-phuc-tiep/", "refuse_remedy"),
    path(CASE + "dieu-chinh/", adjusting.index, name="adjustments"),
    path(CASE + "dieu-chinh/de-nghi/", adjusting.create, name="ask_adjustment"),
    path(CASE + "dieu-chinh/so-sanh/", adjusting.compare, name="compare"),
    path(CASE + "dieu-chinh/<int:number>/", adjusting.adjustment, name="adjustment"),
    _deed("dieu-chinh/<int:key>/dong-y/", "approve_adjustment"),
    _deed("dieu-chinh/<int:key>/giu-ke-hoach/", "refuse_adjustment"),
    _deed("tam-dung/", "suspend"),
    _deed("tiep-tuc/", "resume"),
    _deed("dung/", "terminate"),
    _deed("ket-thuc/", "complete"),
    path(CASE + "danh-gia/", evaluating.final, name="evaluation"),
    path(CASE + "so-ket/", evaluating.interim, name="interim"),
    _deed("so-ket/lap/", "open_interim"),
    path(EVALUATION + "bao-cao/", evaluating.result_report, name="result_report"),
    path(EVALUATION + "y-kien-cap-uy/", evaluating.party_opinion, name="party_opinion"),
    path(EVALUATION + "y-kien/", evaluating.opinion, name="opinion"),
    path(EVALUATION + "ket-luan/", evaluating.conclude, name="conclude"),
    _deed("danh-gia/<uuid:key>/thong-bao/", "issue_notice"),
    path(
        CASE + "danh-gia/nguyen-nhan/<uuid:cause_ref>/tep/",
        evaluating.cause_evidence,
        name="cause_evidence",
    ),
]
