"""Static files under names that contain their content's hash, cacheable for ever."""

from __future__ import annotations

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class HashedFiles(ManifestStaticFilesStorage):
    """Django's own, with imports between our ES modules rewritten to the hashed names."""

    support_js_module_import_aggregation = True
