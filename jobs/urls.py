from django.urls import path

from jobs import views

app_name = "jobs"
urlpatterns = [
    path("cong-viec/<uuid:ref>/", views.detail, name="detail"),
    path("cong-viec/<uuid:ref>/dung/", views.stop, name="stop"),
    path("cong-viec/<uuid:ref>/chay-lai/", views.again, name="again"),
    path("cong-viec/<uuid:ref>/chay-nen/", views.background, name="background"),
    path("cong-viec/<uuid:ref>/mat-khau/", views.first_passwords, name="first_passwords"),
]
