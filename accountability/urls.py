from django.urls import path

from accountability.views import (
    commendations,
    concluding,
    council,
    evidence,
    liability,
    results,
    weighing,
)

app_name = "accountability"

PROPOSAL = "de-xuat/<uuid:ref>/"
CASE = "trach-nhiem/<uuid:ref>/"
COMMENDATION = "khen-thuong/<uuid:ref>/"

urlpatterns = [
    path(f"{PROPOSAL}ket-qua/", results.conclude, name="conclude"),
    path(f"{PROPOSAL}minh-chung/", evidence.evidence, name="evidence"),
    path(f"{PROPOSAL}xem-xet-trach-nhiem/", liability.open_case, name="liability_open"),
    path(f"{PROPOSAL}khen-thuong/", commendations.nominate, name="nominate"),
    path("trach-nhiem/", liability.index, name="liability_list"),
    path(CASE, liability.detail, name="liability"),
    path(f"{CASE}viec/<slug:name>/", liability.deed, name="liability_deed"),
    path(f"{CASE}nguyen-nhan/", weighing.cause, name="cause"),
    path(f"{CASE}nguyen-nhan/<uuid:cause_ref>/bo/", weighing.drop_cause, name="drop_cause"),
    path(f"{CASE}dieu-kien/<slug:name>/", weighing.assess, name="assess"),
    path(f"{CASE}y-kien/", weighing.statement, name="statement"),
    path(f"{CASE}hoi-dong/", council.council, name="council"),
    path(f"{CASE}hoi-dong/trinh/", council.call_council, name="council_call"),
    path(f"{CASE}hoi-dong/ket-thuc/", council.close_council, name="council_close"),
    path(f"{CASE}ket-luan/", concluding.decide, name="decide"),
    path(f"{CASE}xac-nhan/", concluding.confirm, name="confirm"),
    path(f"{CASE}khieu-nai/", weighing.appeal, name="appeal"),
    path(f"{CASE}tep/<uuid:file_ref>/", liability.stored_file, name="liability_file"),
    path(f"{CASE}van-ban/<uuid:paper_ref>/", liability.paper, name="liability_paper"),
    path("khen-thuong/", commendations.index, name="commendations"),
    path(COMMENDATION, commendations.detail, name="commendation"),
    path(f"{COMMENDATION}tham-dinh/", commendations.review, name="commendation_review"),
    path(f"{COMMENDATION}trinh/", commendations.submit, name="commendation_submit"),
    path(f"{COMMENDATION}quyet-dinh/", commendations.decide, name="commendation_decide"),
    path(f"{COMMENDATION}xac-nhan/", commendations.confirm, name="commendation_confirm"),
    path(f"{COMMENDATION}trao/", commendations.award, name="commendation_award"),
    path(
        f"{COMMENDATION}van-ban/<uuid:paper_ref>/", commendations.paper, name="commendation_paper"
    ),
]
