from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("thong-bao/", views.notice_list, name="list"),
    path("thong-bao/da-doc/", views.notice_read_all, name="read_all"),
    path("thong-bao/<uuid:ref>/da-doc/", views.notice_read, name="read"),
    path("tai-khoan/thong-bao/", views.choices, name="choices"),
    path("thu-thu-nghiem/", views.demo_mail, name="demo_mail"),
]
