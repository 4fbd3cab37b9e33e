"""Template tags every room may use."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.template.defaultfilters import stringfilter
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


# The first that stands in a User-Agent: browsers name their forebears as well.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@register.filter
def browser_name(user_agent: str) -> str:
    """A User-Agent in words: "Firefox on Windows", "A browser on Linux"."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "A browser")
    device = next((name for sign, name in DEVICES if sign in user_agent), "")
    return f"{browser} on {device}" if device else browser


@register.filter
def among(person: int | str, people: str) -> str:
    """For aria-pressed: "true" if this person is one of "3 7"; nobody ("") never is."""
    return "true" if str(person) in people.split() else "false"


@register.filter(is_safe=True)
@stringfilter
def sentence_case(text: str) -> str:
    """Words Of A Title as in a sentence; ABBREVIATIONS and namesLikeThis stay."""
    first, *others = text.split() or [""]
    words = [first, *(word.lower() if word.istitle() else word for word in others)]
    if "-" in first and first.istitle():
        words[0] = first.capitalize()
    return " ".join(words)


@lru_cache(maxsize=256)
def _render_icon(name: str, sprite: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', sprite, name
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one symbol of static/img/icons.svg, e.g. {% icon "heart" %}; hidden from readers.

    The words belong beside it: visible, or in a span with the class "visually-hidden".
    """
    return _render_icon(name, static("img/icons.svg"))


# Per block. A topbar has some 2,000 characters, a message at most some 30,000: together the
# blocks of our pages keep about 15 MB in a process that has shown everything to everybody.
REMEMBERED = 2_000
REMEMBERED_CHARACTERS = 3_000_000


class RememberNode(template.Node):
    """What is inside, drawn once per process for each combination of the values."""

    def __init__(self, inside: template.NodeList, values: list[FilterExpression]) -> None:
        self.inside = inside
        self.values = values
        self._drawn: dict[tuple[Any, ...], SafeString] = {}
        self._characters = 0

    def render(self, context: template.Context) -> SafeString:
        values = [value.resolve(context) for value in self.values]
        # With their types: text that is safe as it is equals text that is not.
        key = (*values, *map(type, values))
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = self.inside.render(context)
            self._keep(key, drawn)
        return drawn

    def _keep(self, key: tuple[Any, ...], drawn: SafeString) -> None:
        self._characters += len(drawn)
        if len(self._drawn) >= REMEMBERED or self._characters > REMEMBERED_CHARACTERS:
            self._drawn.clear()
            self._characters = len(drawn)
        self._drawn[key] = drawn


@register.tag
def remember(parser: Parser, token: Token) -> RememberNode:
    """{% remember viewer.username shell.unread_messages %}…{% endremember %}: for hot paths.

    Name every value that is shown inside, as text or numbers; without any, the same for
    everybody. Never inside: a CSRF token, a block, or what follows the database by itself.
    """
    _, *names = token.split_contents()
    values = [parser.compile_filter(name) for name in names]
    inside = parser.parse(("endremember",))
    parser.delete_first_token()
    return RememberNode(inside, values)
