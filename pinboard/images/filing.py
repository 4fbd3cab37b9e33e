"""Files of pictures in Django's default storage: a folder, or S3. Nothing here assumes a path."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

logger = logging.getLogger(__name__)


def write(name: str, content: bytes) -> None:
    """Put a file under exactly this name. Names are random, so nothing is there already."""
    stored = default_storage.save(name, ContentFile(content))
    if stored != name:
        default_storage.delete(stored)
        raise FileExistsError(name)


def read(name: str) -> bytes:
    """All of a file. Raises FileNotFoundError."""
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content


def remove(names: Iterable[str]) -> None:
    """Delete files as well as we can; what is left behind is the sweep's."""
    for name in names:
        try:
            default_storage.delete(name)
        except Exception:  # a storage may raise anything of its own library's
            logger.warning("could not delete %s", name, exc_info=True)
