"""Template tags every room may use."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


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


REMEMBERED = 2_000


class RememberNode(template.Node):
    """What is inside, drawn once per process for each combination of the values."""

    def __init__(self, inside: template.NodeList, values: list[FilterExpression]) -> None:
        self.inside = inside
        self.values = values
        self._drawn: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        values = [value.resolve(context) for value in self.values]
        # With their types: text that is safe as it is equals text that is not.
        key = (*values, *map(type, values))
        drawn = self._drawn.get(key)
        if drawn is None:
            if len(self._drawn) >= REMEMBERED:
                self._drawn.clear()
            drawn = self._drawn[key] = self.inside.render(context)
        return drawn


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
