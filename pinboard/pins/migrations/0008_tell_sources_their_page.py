"""Give the sources that are there the digest of their page."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlsplit

from django.db import migrations

from pinboard.ingest.links import page_key

BATCH = 500


def tell(apps: Any, _: object) -> None:
    source = apps.get_model("pins", "Source")
    changed = []
    for one in source.objects.filter(page_digest="").only("url", "reading").iterator(BATCH):
        canonical = str(one.reading.get("canonical_url", ""))
        known = canonical if urlsplit(canonical).path.strip("/") else one.url
        one.page_digest = hashlib.sha256(page_key(known).encode()).hexdigest()
        changed.append(one)
    source.objects.bulk_update(changed, ["page_digest"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("pins", "0007_sources_know_their_page")]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop, elidable=True)]
