"""Template tags every room may use."""

from __future__ import annotations

from functools import lru_cache

from django import template
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
