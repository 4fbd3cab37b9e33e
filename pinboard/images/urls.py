from django.urls import path

from pinboard.images import views

app_name = "images"

urlpatterns = [
    path("<str:key>/<str:name>", views.media, name="media"),
]
