from django.urls import path
from django.urls.resolvers import URLPattern

from proposals.views import (
    agency,
    answers,
    case,
    decide,
    files,
    intake,
    joining,
    legal_help,
    mine,
    opinions,
    plan,
    queue,
    receipts,
    sharing,
    similar,
    steps,
    supplement,
    votes,
    writing,
)

app_name = "proposals"

CASE = "de-xuat/<uuid:ref>/"
REVIEW = "xem-xet/<uuid:ref>/"

# The page of a proposal, its review and its decision.
review: list[URLPattern] = [
    path("co-quan/ho-so/", agency.agency_cases, name="agency"),
    path("tiep-nhan/", intake.intake, name="intake"),
    path("tiep-nhan/<uuid:ref>/", intake.receive, name="receive"),
    path("xem-xet/", queue.queue, name="queue"),
    path(REVIEW, decide.decide, name="decide"),
    path(f"{REVIEW}xac-nhan/", decide.confirm, name="confirm"),
    path(f"{REVIEW}de-sau/", decide.later, name="later"),
    path(f"{REVIEW}tra-lai/", intake.send_back, name="send_back"),
    path(f"{REVIEW}chuyen-quy-trinh/", answers.redirect_case, name="redirect"),
    path(f"{REVIEW}thu-hoi/", answers.revoke, name="revoke"),
    path(f"{REVIEW}nguoi-thu-hai/", answers.second, name="second"),
    path(f"{REVIEW}phan-hoi/", answers.answer_review, name="answer_review"),
    path(f"{REVIEW}mo-buoc/", steps.open_step, name="open_step"),
    path(f"{REVIEW}kiem-tra-phap-ly/", steps.legal_check, name="legal_check"),
    path(f"{REVIEW}xin-y-kien-cap-uy/", steps.party_question, name="party_question"),
    path(f"{REVIEW}y-kien-cap-uy/", steps.party_opinion, name="party_opinion"),
    path(f"{REVIEW}bieu-quyet/", votes.vote, name="vote"),
    path(f"{REVIEW}bieu-quyet/ket-thuc/", votes.close_vote, name="close_vote"),
    path(f"{REVIEW}hoi-dong/", votes.council, name="council"),
    path(f"{REVIEW}hoi-dong/ket-luan/", votes.conclude_council, name="conclude_council"),
    path(f"{REVIEW}xin-y-kien/", opinions.consult, name="consult"),
    path("y-kien/<uuid:ref>/", opinions.give_opinion, name="give_opinion"),
    path(CASE, case.detail, name="detail"),
    path(f"{CASE}noi-dung/", case.content, name="content"),
    path(f"{CASE}y-kien/", steps.opinions, name="opinions"),
    path(f"{CASE}van-ban/", case.papers, name="papers"),
    path(f"{CASE}van-ban/<uuid:paper_ref>/", case.paper, name="paper"),
    path(f"{CASE}tai-lieu/<uuid:file>/", case.stored, name="stored"),
    path(f"{CASE}dong-thoi-gian/", case.history, name="timeline"),
    path(f"{CASE}ke-hoach/", plan.plan, name="plan"),
    path(f"{CASE}so-sanh/", case.compare, name="compare"),
    path(f"{CASE}bo-sung/", supplement.supplement, name="supplement"),
    path(f"{CASE}phan-hoi/", answers.answer, name="answer"),
]

# Writing a proposal, sending it, and what its authors may do with it.
writing_pages: list[URLPattern] = [
    path("de-xuat/", mine.mine, name="list"),
    path("de-xuat/tao/", writing.start, name="create"),
    path("de-xuat/gan-giong/", similar.similar, name="similar"),
    path(f"{CASE}sua/<slug:part>/", writing.edit, name="edit"),
    path("phap-che/<uuid:ref>/", legal_help.legal_question, name="legal_question"),
    path("de-xuat/xin-tham-gia/", joining.ask_to_join, name="ask_to_join"),
    path(f"{CASE}xin-tham-gia/", joining.join_requests, name="join_requests"),
    path(f"{CASE}cung-de-xuat/", sharing.coauthors, name="coauthors"),
    path(f"{CASE}cung-de-xuat/bo/", sharing.remove, name="remove_coauthor"),
    path(f"{CASE}cung-de-xuat/xac-nhan/", sharing.confirm_share, name="confirm_share"),
    path(f"{CASE}kiem-tra/", receipts.check, name="check"),
    path(f"{CASE}kiem-tra/noi-nhan/", receipts.recipient, name="recipient"),
    path(f"{CASE}bien-nhan/", receipts.receipt, name="receipt"),
    path(f"{CASE}bien-nhan/tai/", receipts.receipt_file, name="receipt_file"),
    path(f"{CASE}tep/<uuid:file>/", files.download, name="file"),
    path(f"{CASE}tep/<uuid:file>/bo/", files.remove, name="remove_file"),
    path(f"{CASE}rut/", mine.withdraw, name="withdraw"),
    path(f"{CASE}xoa/", mine.discard, name="discard"),
    path(f"{CASE}viet-lai/", mine.copy, name="copy"),
]

urlpatterns: list[URLPattern] = [*writing_pages, *review]
