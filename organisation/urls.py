from django.urls.resolvers import URLPattern

app_name = "organisation"
urlpatterns: list[URLPattern] = []
