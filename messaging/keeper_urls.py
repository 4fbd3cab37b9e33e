"""Addresses of the keepers: what people reported."""

from django.urls import path

from messaging.views import keepers

app_name = "keepers"

urlpatterns = [
    path("reports/", keepers.listing, name="reports"),
    path("reports/<int:report_id>/", keepers.report, name="report"),
    path("reports/<int:report_id>/dismiss/", keepers.dismiss, name="dismiss"),
    path("reports/<int:report_id>/deactivate/", keepers.deactivate, name="deactivate"),
]
