"""All addresses of the site and /bench/hello/, the least a page can be.

The yardstick passes through the same server, handler and middleware as every page; it asks the
database nothing and draws no template.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from pinboard import urls as site


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


urlpatterns = [*site.urlpatterns, path("bench/hello/", hello)]

handler400 = site.handler400
handler403 = site.handler403
handler404 = site.handler404
handler500 = site.handler500
