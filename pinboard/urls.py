"""All addresses of the site, room by room."""

from __future__ import annotations

from django.urls import include, path

from pinboard import health
from pinboard.people import urls as people
from pinboard.pins.views import news, profile

# A person's page shows boards, of which people know nothing: the roof brings the two together.
people_addresses = [
    *people.urlpatterns,
    path("@<str:username>/", profile.profile, name="profile"),
]
notification_addresses = [
    path("", news.notifications, name="list"),
    path("seen/", news.seen, name="seen"),
]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("media/", include("pinboard.images.urls")),
    path("notifications/", include((notification_addresses, "notifications"))),
    path("messages/", include("messaging.urls")),
    path("search/", include("search.urls")),
    path("", include((people_addresses, "people"))),
    path("", include("pinboard.pins.urls")),
]

handler400 = "pinboard.web.errors.bad_request"
handler403 = "pinboard.web.errors.forbidden"
handler404 = "pinboard.web.errors.not_found"
