"""The shopping list of one recipe."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from pinboard.people.models import Person
from pinboard.pins import shopping
from pinboard.pins.models import Pin
from pinboard.web.access import guests_too, signed_in
from pinboard.web.answers import done, render_page
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest


@require_safe
@guests_too
def shopping_list(request: HttpRequest, pin_id: int) -> HttpResponse:
    """?servings=6 for so many, ?as=text to be copied."""
    pin, recipe = _recipe(request, pin_id)
    ticked = shopping.ticked_by(request.user, pin.pk) if isinstance(request.user, Person) else {}
    lines = shopping.list_of([recipe], ticked=ticked)
    if request.GET.get("as") == "text":
        text = shopping.as_text([recipe], lines)
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
    query = f"servings={recipe.servings}"
    context = {
        "pin": pin,
        "recipe": recipe,
        "lines": lines,
        "tick_url": f"{recipe.url}shopping/tick/?{query}" if request.user.is_authenticated else "",
        "text_url": f"{recipe.url}shopping/?{query}&as=text",
        "next": f"{recipe.url}shopping/?{query}",
    }
    return render_page(request, "pins/shopping.html", context)


@require_POST
@signed_in
@guests_too
@limited("tick", limit=120, seconds=60)
def tick(request: SignedInRequest, pin_id: int) -> HttpResponse:
    """{tick} or {untick}: the key of a line of the list that ?servings= asks for."""
    pin, recipe = _recipe(request, pin_id)
    is_on = "tick" in request.POST
    key = request.POST.get("tick" if is_on else "untick", "")
    if key not in {line.key for line in shopping.list_of([recipe], ticked={})}:
        raise Http404
    shopping.tick(actor=request.user, pin=pin, key=key, is_on=is_on)
    return done(request, f"{recipe.url}shopping/?servings={recipe.servings}", ticked=is_on)


def _recipe(request: HttpRequest, pin_id: int) -> tuple[Pin, shopping.Recipe]:
    """Raises Http404 for what the viewer may not see, and for what nobody can cook."""
    visible = Pin.objects.visible_to(request.user).select_related("source")
    pin = get_object_or_404(visible, pk=pin_id)
    recipe = shopping.recipe_of(pin, asked=request.GET.get("servings", ""))
    if recipe is None:
        raise Http404
    return pin, recipe
