from django.urls.resolvers import URLPattern

app_name = "deadlines"
urlpatterns: list[URLPattern] = []
