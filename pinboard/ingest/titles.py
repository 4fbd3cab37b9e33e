"""Titles and names without what sites add to them."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from pinboard.ingest import values
from pinboard.ingest.links import site_of

#: What a system adds to the name of every recipe, or a newspaper to its old articles.
_ADDED = re.compile(
    r"^(?:recipe|rezept|recept|receta|recette|ricetta|receita|opskrift|oppskrift)\s*(?::|\s[-–—|]\s)\s*"
    r"|\s+[-–—|]\s+(?:recipe|rezept|recept|receta|recette|ricetta|receita|opskrift|oppskrift)$"
    r"|\s*\(published \d{4}\)$",
    re.IGNORECASE,
)
_SEPARATORS = r"(?:\s*(?:[|│｜–—·•»«:：]|::|\s-)\s*|\s+-\s+)"
#: "By Ana Moss", "Ana Moss Twitter", "Ana Moss, Staff Writer".
_AROUND_NAME = re.compile(
    r"^(?:(?:written |posted |story )?by|von|par|por|著者|文)\s*[:：●]?\s+(?=\S)"
    r"|[\s,|]+(?:twitter|facebook|instagram|linkedin|follow|staff writer|staff reporter"
    r"|bio|email)\s*$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"^[/@#]|https?:|\S@\S")


def shortened(title: str, site_name: str, host: str, headline: str) -> str:
    """A page's title without its site's name, its section, and the kind of page it is."""
    found = _without_site(_ADDED.sub("", title) or title, site_name)
    found = _without_host(_only_headline(found, headline, site_name), host)
    return _ADDED.sub("", found).strip() or found


def name_alone(author: str) -> str:
    """An author's name alone, or "" where there is only an address."""
    parts = [part.strip() for part in author.split("|") if not _NO_NAME.search(part.strip())]
    return _AROUND_NAME.sub("", _AROUND_NAME.sub("", " | ".join(parts))).strip()


def _only_headline(title: str, headline: str, site_name: str) -> str:
    """ "Lamp | Lights | Fable & Co | Home" is "Lamp" where that is the page's heading."""
    is_short = 2 * len(headline) < len(title) and len(headline.split()) < 3
    if is_short or 3 * len(headline) < len(title) or headline.lower() == site_name.lower():
        return title
    name = re.sub(r"['’‘]", "['’‘]", re.sub(r'["“”]', '["“”]', re.escape(headline)))
    before = rf"|.*{_SEPARATORS}{name}" if 2 * len(headline) >= len(title) else ""
    is_framed = re.fullmatch(rf"{name}{_SEPARATORS}.*{before}", title, re.IGNORECASE)
    return headline if is_framed else title


def _without_site(title: str, site_name: str) -> str:
    """ "Lamp | Fable" on the site Fable is "Lamp"."""
    name = re.escape(site_name)
    shorter = re.sub(rf"{_SEPARATORS}{name}$|^{name}{_SEPARATORS}", "", title, flags=re.IGNORECASE)
    return shorter.strip() or title


def _without_host(title: str, host: str) -> str:
    """ "Barley soup | Old Blog" on oldblog.example is "Barley soup"."""
    first, *others = re.split(f"({_SEPARATORS})", title)
    if not others:
        return title
    names = (host, host.split(".")[0])
    if re.sub(r"[^\w.]", "", others[-1].lower()).removeprefix("www.") in names:
        return "".join([first, *others[:-2]])
    if re.sub(r"[^\w.]", "", first.lower()).removeprefix("www.") in names:
        return "".join(others[1:])
    return title


def from_address(url: str) -> str:
    """A title for a page that has none: the last part of its address in words, or the site."""
    last = unquote(urlsplit(url).path).rstrip("/").rsplit("/", 1)[-1]
    words = re.sub(r"\.\w{2,5}$", "", last).replace("-", " ").replace("_", " ")
    title = values.text(words, limit=values.TITLE_LENGTH)
    return title[:1].upper() + title[1:] if re.search(r"[^\W\d]{3}", title) else site_of(url)
