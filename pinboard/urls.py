"""All addresses of the site, room by room."""

from __future__ import annotations

from django.urls import include, path

from messaging.views import guests
from pinboard import health
from pinboard.notifications import views as told
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
    path("wishes/", told.wishes, name="wishes"),
    path("subscribe/", told.subscribe, name="subscribe"),
    path("unsubscribe/", told.unsubscribe, name="unsubscribe"),
    path("no-letters/<str:token>/", told.no_letters, name="no_letters"),
]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("service-worker.js", told.service_worker, name="service_worker"),
    path("accounts/", include("allauth.urls")),
    path("media/", include("pinboard.images.urls")),
    path("notifications/", include((notification_addresses, "notifications"))),
    path("messages/", include("messaging.urls")),
    path("keepers/", include("messaging.keeper_urls")),
    path("join/<str:secret>/", guests.join, name="join"),
    path("search/", include("search.urls")),
    path("", include((people_addresses, "people"))),
    path("", include("pinboard.pins.urls")),
]

handler400 = "pinboard.web.errors.bad_request"
handler403 = "pinboard.web.errors.forbidden"
handler404 = "pinboard.web.errors.not_found"
handler500 = "pinboard.web.errors.server_error"
