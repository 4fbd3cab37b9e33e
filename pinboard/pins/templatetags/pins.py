"""{% pin_card card %}: a pin in any grid or message, drawn once per process and remembered."""

from django import template
from django.utils.safestring import SafeString

from pinboard.pins.cards import PinCard, render_card

register = template.Library()


@register.simple_tag
def pin_card(card: PinCard) -> SafeString:
    return render_card(card)
