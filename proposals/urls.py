from django.urls.resolvers import URLPattern

app_name = "proposals"
urlpatterns: list[URLPattern] = []
