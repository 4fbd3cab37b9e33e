"""Addresses of the people. The profile itself is shown by the pins room, which knows boards."""

from django.urls import path

from pinboard.people import views

app_name = "people"

urlpatterns = [
    path("me/", views.settings_page, name="settings"),
    path("me/delete/", views.delete_page, name="delete"),
    path("welcome/", views.welcome, name="welcome"),
    path("@<str:username>/follow/", views.follow, name="follow"),
    path("@<str:username>/unfollow/", views.unfollow, name="unfollow"),
    path("@<str:username>/block/", views.block, name="block"),
    path("@<str:username>/unblock/", views.unblock, name="unblock"),
]
