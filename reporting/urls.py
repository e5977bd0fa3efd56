from django.urls import path

from reporting import views

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
]
