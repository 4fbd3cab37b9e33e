"""Addresses of the search."""

from django.urls import path

from search import history, views

app_name = "search"

urlpatterns = [
    path("", views.results, name="results"),
    path("boards/", views.boards, name="boards"),
    path("people/", views.people, name="people"),
    path("history/", history.history, name="history"),
    path("history/keep/", history.keep, name="history_keep"),
    path("history/clear/", history.clear, name="history_clear"),
    path("together/", views.together, name="together"),
    path("together/next/", views.together_next, name="together_next"),
    path("suggest/", views.suggest, name="suggest"),
    path("covers/", views.covers, name="covers"),
]
