from django.urls import path

from deadlines import views

app_name = "deadlines"
urlpatterns = [
    path("thoi-han/<uuid:ref>/", views.clock_explain, name="explain"),
    path("thoi-han/<uuid:ref>/nhac-lai/", views.clock_snooze, name="snooze"),
]
