from django.urls import path

from documents.views import check, deeds, desk, editing, issued, paper, register, settling

PAPER = "van-ban/<uuid:ref>/"

app_name = "documents"
urlpatterns = [
    path("kiem-tra-van-ban/", check.check, name="check"),
    path("van-ban/", desk.desk, name="desk"),
    path("van-ban/danh-sach/", desk.papers, name="papers"),
    path("van-ban/moi/", editing.write, name="write"),
    path("van-ban/so/", register.register, name="register"),
    path("van-ban/so/excel/", register.sheet, name="register_sheet"),
    path("van-ban/so/khoa/", register.close, name="close_register"),
    path("van-ban/day-so/", settling.series, name="series"),
    path("van-ban/chu-viet-tat/", settling.abbreviations, name="abbreviations"),
    path("van-ban/hoi-dong/", settling.councils, name="councils"),
    path("van-ban/so/ngoai-cong/", settling.outside, name="outside"),
    path("van-ban/chu-ky/", settling.signature, name="signature"),
    path("van-ban/con-dau/", settling.seal, name="seal"),
    path(PAPER, paper.detail, name="paper"),
    path(f"{PAPER}xem/", paper.preview, name="preview"),
    path(f"{PAPER}trang/<int:number>/", paper.page, name="page"),
    path(f"{PAPER}tep/", paper.file, name="file"),
    path(f"{PAPER}tep-word/", paper.word, name="word"),
    path(f"{PAPER}ban-da-ky/", deeds.scan, name="scan"),
    path(f"{PAPER}ban-da-ky/tep/", paper.scan_file, name="scan_file"),
    path(f"{PAPER}sua/", editing.edit, name="edit"),
    path(f"{PAPER}trinh-ky/", editing.send, name="send"),
    path(f"{PAPER}ky/", deeds.sign, name="sign"),
    path(f"{PAPER}tra-lai/", deeds.send_back, name="send_back"),
    path(f"{PAPER}phat-hanh/", deeds.issue, name="issue"),
    path(f"{PAPER}thu-hoi/", deeds.recall, name="recall"),
    path(f"{PAPER}thay-the/", deeds.replace, name="replace"),
    path(f"{PAPER}dinh-chinh/", deeds.correct, name="correct"),
    path(f"{PAPER}sao-y/", deeds.copy, name="copy"),
    path(f"{PAPER}trich-sao/", deeds.extract, name="extract"),
    path(f"{PAPER}sao-luc/", deeds.copy_again, name="copy_again"),
    path(f"{PAPER}da-nhan/<uuid:copy>/", deeds.receive, name="receive"),
    path(f"{PAPER}phu-luc/<int:number>/", issued.annex, name="annex"),
    path(f"{PAPER}dau-thoi-gian/", issued.time_stamp, name="time_stamp"),
    path(f"{PAPER}ve-lai/", deeds.draw_again, name="draw_again"),
]
