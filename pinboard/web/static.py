"""Static files under names that contain their content's hash, cacheable for ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

# django-htmx brings extensions that we do not serve, with comments that look like imports.
NOT_OURS = "django_htmx/ext/"


class HashedFiles(ManifestStaticFilesStorage):
    """Django's own, with imports between our ES modules rewritten to the hashed names."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        ours = {name: where for name, where in paths.items() if not name.startswith(NOT_OURS)}
        return super().post_process(ours, *args, **options)
