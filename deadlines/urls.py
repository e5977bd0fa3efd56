from django.urls import path

from deadlines import calendar_views, rule_views, views

app_name = "deadlines"
urlpatterns = [
    path("lich-thoi-han.ics", calendar_views.feed, name="feed"),
    path("tai-khoan/lich-thoi-han/", calendar_views.calendar, name="calendar"),
    path("tai-khoan/lich-thoi-han/thu-hoi/", calendar_views.drop, name="drop_calendar"),
    path("quan-tri/thoi-han/", rule_views.rules, name="rules"),
    path("quan-tri/thoi-han/nhac-viec/them/", rule_views.new_rung, name="add_rung"),
    path("quan-tri/thoi-han/nhac-viec/<uuid:ref>/dung/", rule_views.stop_rung, name="end_rung"),
    path("quan-tri/thoi-han/<slug:code>/", rule_views.rule, name="rule"),
    path("viec-hom-nay/", views.digest, name="digest"),
    path("thoi-han/de-xuat/<uuid:ref>/", views.of_proposal, name="of_proposal"),
    path("thoi-han/van-ban/<uuid:ref>/", views.of_paper, name="of_paper"),
    path("thoi-han/<uuid:ref>/", views.clock_explain, name="explain"),
    path("thoi-han/<uuid:ref>/nhac-lai/", views.clock_snooze, name="snooze"),
]
