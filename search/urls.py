"""Addresses of the search."""

from django.urls import path

from search import views

app_name = "search"

urlpatterns = [
    path("", views.results, name="results"),
    path("boards/", views.boards, name="boards"),
    path("people/", views.people, name="people"),
    path("suggest/", views.suggest, name="suggest"),
    path("covers/", views.covers, name="covers"),
]
