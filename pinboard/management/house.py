"""Rules of the house that no bought tool knows, checked by reading files.

Every function answers findings: one line each, "path:line: sentence". No Django here, so that
the rules can be tested with tables and work while the site is broken.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40
PRODUCT = ("pinboard", "messaging", "search")

# What the content policy (default-src 'self') would refuse in a browser, found before one runs.
REFUSED_IN_TEMPLATES = (
    (re.compile(r"\sstyle\s*=\s*[\"'{]", re.I), "an inline style; use a class"),
    (re.compile(r"<style\b", re.I), "an inline style sheet; use a file in static/css"),
    (
        re.compile(r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*type=\"application/json\")", re.I),
        "an inline script; use a file in static/js",
    ),
    (re.compile(r"<[a-z][^>]*\son[a-z]+\s*=\s*[\"']", re.I), "an inline event handler"),
    (re.compile(r"[\"']\s*javascript:", re.I), "a javascript: address"),
    (
        re.compile(
            r"<(?:script|img|link|iframe|source|video)\b[^>]*\b(?:src|href)=\"(?:https?:)?//"
        ),
        "something fetched from a third party",
    ),
)
NEEDS = re.compile(r"^\{# Needs: .+", re.S)
IMPORT = re.compile(
    r"""(?:^|(?<=[;\s}]))(?:import|export)\s*(?:[\w*${}\s,]+\s*from\s*)?["']([^"']+)["'](;?)""",
    re.M,
)
DYNAMIC_IMPORT = re.compile(r"""\bimport\(\s*["']([^"']+)["']\s*\)""")
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.S)
# The marks of ruff, mypy and coverage with nothing behind them.
SILENCED = re.compile(
    r"#\s*(?:ruff:\s*)?(?:noqa|type: ignore|pragma: no cover)\b(?:: [A-Z0-9, ]+|\[[a-z, -]+\])?\s*$"
)
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def template_findings(name: str, text: str) -> Iterator[str]:
    """name: the path below templates/. Mail is exempt: it has no policy and no style sheets."""
    if "/email/" in name:
        return
    for pattern, sentence in REFUSED_IN_TEMPLATES:
        for match in pattern.finditer(text):
            yield f"templates/{name}:{line_of(text, match.start())}: {sentence}"
    if PurePosixPath(name).name.startswith("_") and not NEEDS.match(text):
        yield f"templates/{name}:1: a part begins with {{# Needs: … #}}"


def templates(root: Path) -> Iterator[str]:
    folder = root / "templates"
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        yield from template_findings(name, path.read_text(encoding="utf-8"))


def function_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring and decorators."""
    first = function.body[0]
    has_docstring = (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    )
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if has_docstring else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


def module_findings(name: str, text: str) -> Iterator[str]:
    lines = text.count("\n")
    if lines > MAX_FILE_LINES:
        yield f"{name}:1: {lines} lines; a file has at most {MAX_FILE_LINES}"
    tree = ast.parse(text)
    if name.endswith("__init__.py") and text.strip() and not ast.get_docstring(tree):
        yield f"{name}:1: a package opens with a paragraph"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = function_lines(node)
            if length > MAX_FUNCTION_LINES:
                yield (
                    f"{name}:{node.lineno}: {node.name} has {length} lines; "
                    f"a function has at most {MAX_FUNCTION_LINES}"
                )


def modules(root: Path) -> Iterator[str]:
    """Size and opening paragraphs of the product's Python; migrations are as they are."""
    for package in PRODUCT:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts:
                name = path.relative_to(root).as_posix()
                yield from module_findings(name, path.read_text(encoding="utf-8"))


def silence_findings(name: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        if SILENCED.search(line):
            yield f"{name}:{number}: a rule is silenced without a reason in the line"


def silences(root: Path) -> Iterator[str]:
    """Rules silenced in Python, tests included."""
    for package in (*PRODUCT, "tests"):
        for path in sorted((root / package).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            yield from silence_findings(name, path.read_text(encoding="utf-8"))


def stairs_findings(layers: Iterable[str], children: Iterable[str]) -> Iterator[str]:
    """Every module directly in pinboard/ must stand on a stair.

    layers: the layers of the import contract, as pyproject.toml writes them.
    children: the modules there are, such as "pinboard.pins".
    """
    standing = {name for layer in layers for name in re.findall(r"[\w.]+", layer)}
    for child in sorted(children):
        if child not in standing:
            yield f"{child.replace('.', '/')}:1: stands on no stair in pyproject.toml"


def children_of(package: Path) -> list[str]:
    """The modules and packages directly in a package, by their dotted names."""
    names = [path.stem for path in package.glob("*.py") if path.stem != "__init__"]
    names += [path.parent.name for path in package.glob("*/__init__.py")]
    return [f"{package.name}.{name}" for name in names]


def script_findings(name: str, text: str) -> Iterator[str]:
    """Imports that Django's hashing would miss: not relative, or without a semicolon."""
    bare = COMMENT.sub(lambda comment: " " * len(comment.group()), text)
    for match in IMPORT.finditer(bare):
        where = f"static/{name}:{line_of(text, match.start(1))}"
        if not match.group(1).startswith(("./", "../")):
            yield f"{where}: imports are relative, not {match.group(1)!r}"
        if not match.group(2):
            yield f"{where}: the import of {match.group(1)!r} lacks its semicolon"
    for match in re.finditer(r"(?:^|\n)\s*(?://|\*)\s*import\b[^\n]*from", text):
        yield f"static/{name}:{line_of(text, match.end())}: a commented-out import breaks hashing"


def scripts(root: Path) -> Iterator[str]:
    folder = root / "static"
    for path in sorted(folder.rglob("*.js")):
        name = path.relative_to(folder).as_posix()
        yield from script_findings(name, path.read_text(encoding="utf-8"))


def collected_findings(folder: Path) -> Iterator[str]:
    """After collectstatic: every import in a hashed module leads to a hashed file that exists.

    folder: STATIC_ROOT. Django leaves an import that it does not recognise as it was, which in
    a browser means an address without a hash and a second copy of the module.
    """
    for path in sorted(folder.rglob("*.js")):
        if not HASHED.search(path.name):
            continue
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
        found = [match.group(1) for match in IMPORT.finditer(text)]
        found += [match.group(1) for match in DYNAMIC_IMPORT.finditer(text)]
        for address in found:
            name = path.relative_to(folder).as_posix()
            if not address.startswith(("./", "../")):
                continue
            target = (path.parent / address).resolve()
            if not target.is_file():
                yield f"static/{name}:1: imports {address}, which does not exist"
            elif not HASHED.search(target.name):
                yield f"static/{name}:1: the import of {address} was not given its hash"
