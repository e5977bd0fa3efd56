from django.urls import include, path

urlpatterns = [
    path("", include("organisation.urls")),
    path("", include("notifications.urls")),
    path("", include("documents.urls")),
    path("", include("deadlines.urls")),
    path("", include("pilots.urls")),
    path("", include("proposals.urls")),
    path("", include("accountability.urls")),
    path("", include("reporting.urls")),
]
