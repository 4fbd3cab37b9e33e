"""Static files under names that contain their content's hash, cacheable for ever.

What is stored for browsers is leaner than what we write: a style sheet that imports others
(css/main.css) carries their rules, and comments and indentation stay at home. The sources remain
readable files; the hash is still that of the source, whose imports carry hashes of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

# django-htmx brings extensions that we do not serve, with comments that look like imports.
NOT_OURS = "django_htmx/ext/"
OURS = ("css/", "js/")

STYLE_IMPORT = re.compile(r"""@import url\("([^":]+)"\);""")
STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SCRIPT_COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
INDENTATION = re.compile(r"^[ \t]+|[ \t]*\n(?=[ \t]*\n)", re.MULTILINE)


class HashedFiles(ManifestStaticFilesStorage):
    """Django's own, with imports between our ES modules rewritten to the hashed names."""

    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._addresses: dict[str, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:
        """Pages ask for dozens of addresses, and the manifest is read once: they are kept."""
        if name is None or force or settings.DEBUG:
            return super().url(name, force)  # type: ignore[arg-type]  # Storage.url takes None
        found = self._addresses.get(name)
        if found is None:
            found = self._addresses[name] = super().url(name, force)
        return found

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        ours = {name: where for name, where in paths.items() if not name.startswith(NOT_OURS)}
        yield from super().post_process(ours, *args, **options)
        # Imported sheets are read here before they are made lean, or after: both are right.
        for name in sorted(name for name in ours if name.startswith(OURS)):
            stored = Path(self.path(self.stored_name(name)))
            text = stored.read_text(encoding="utf-8")
            leaner = lean_style(text, stored.parent) if stored.suffix == ".css" else text
            leaner = lean_script(text) if stored.suffix == ".js" else leaner
            if leaner != text:
                stored.write_text(leaner, encoding="utf-8")


def lean_style(css: str, folder: Path) -> str:
    """A style sheet with the sheets it imports (addresses below its folder) in their places."""
    whole = STYLE_IMPORT.sub(lambda found: (folder / found[1]).read_text(encoding="utf-8"), css)
    return INDENTATION.sub("", STYLE_COMMENT.sub("", whole))


def lean_script(script: str) -> str:
    """A script without whole-line comments and indentation.

    One whose template strings span lines stays as it is: there, space may be meant.
    """
    if any(line.count("`") % 2 for line in script.splitlines()):
        return script
    return INDENTATION.sub("", SCRIPT_COMMENT.sub("", script))
