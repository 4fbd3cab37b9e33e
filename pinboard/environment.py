"""Reading settings from the environment: words, switches, numbers, lists, and the secret."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def word(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def switch(name: str, *, default: bool) -> bool:
    """Raises ValueError for anything that is neither yes nor no, so that a typo is seen."""
    value = os.environ.get(name)
    if value is None:
        return default
    lowered = value.strip().lower()
    if lowered in TRUE:
        return True
    if lowered in FALSE:
        return False
    raise ValueError(f"{name} must be on or off, not {value!r}")


def number(name: str, default: int) -> int:
    return int(os.environ.get(name) or default)


def items(name: str) -> list[str]:
    """A comma-separated list without empty items."""
    return [item for raw in os.environ.get(name, "").split(",") if (item := raw.strip())]


def secret_key(data_dir: Path) -> str:
    """The signing key: PINBOARD_SECRET_KEY, else one made once and kept in the data folder.

    Two processes that start at the same moment agree: the file gets its name when it is whole,
    and the loser reads the winner's. Raises ValueError for an empty file.
    """
    if given := word("PINBOARD_SECRET_KEY"):
        return given
    path = data_dir / "secret.txt"
    if not path.exists():
        _make_secret(path)
    kept = path.read_text().strip()
    if not kept:
        raise ValueError(f"{path} is empty: delete it for a new key; all sessions end with it")
    return kept


def _make_secret(path: Path) -> None:
    """Write a new key under this name, unless another process was first."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix="secret-")  # mode 0600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        os.unlink(draft)
