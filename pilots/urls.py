from django.urls.resolvers import URLPattern

app_name = "pilots"
urlpatterns: list[URLPattern] = []
