from django.urls.resolvers import URLPattern

app_name = "accountability"
urlpatterns: list[URLPattern] = []
