from django.urls import include, path

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.page_not_found"
handler500 = "config.errors.server_error"

urlpatterns = [
    path("", include("organisation.urls")),
    path("", include("jobs.urls")),
    path("", include("notifications.urls")),
    path("", include("documents.urls")),
    path("", include("deadlines.urls")),
    path("", include("pilots.urls")),
    path("", include("proposals.urls")),
    path("", include("accountability.urls")),
    path("", include("reporting.urls")),
]
