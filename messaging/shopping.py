"""The shopping list of a conversation: one for everybody, of recipes on its shelf.

Friends who plan a dinner expect what hangs on a fridge: who ticks something off has it, and the
others see so at once. Which recipes, and for how many, is chosen for all as well. Somebody who
joined later shops for the recipes that they see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from messaging.models import Conversation, Decision, ShoppingHave, ShoppingRecipe
from messaging.numbers import with_lock
from messaging.requesting import refuse_unanswered
from messaging.shelf import shares_of
from messaging.shelf_filters import ShelfFilter
from messaging.telling import tell_shopping
from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.pins.shopping import Recipe, ShoppingLine, list_of, recipe_of

# The last shared; a list of more is nobody's dinner.
MOST_RECIPES = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """A recipe of the shelf. is_chosen: the list is for it, too."""

    recipe: Recipe
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShoppingList:
    """is_own_choice: somebody chose the recipes; otherwise they are the decided ones, or all."""

    choices: Sequence[Choice]
    is_own_choice: bool

    @property
    def recipes(self) -> list[Recipe]:
        return [choice.recipe for choice in self.choices if choice.is_chosen]


def shopping_of(conversation: Conversation, *, viewer: Person) -> ShoppingList:
    """Three queries, whatever the size."""
    rows = ShoppingRecipe.objects.filter(conversation=conversation)
    servings = dict(rows.values_list("pin_id", "servings"))
    shares = shares_of(conversation, viewer=viewer, wanted=ShelfFilter(kind="recipe"))
    pins = [share.pin for share in shares.select_related("pin__source")[:MOST_RECIPES]]
    asked = ((pin, str(servings.get(pin.pk, ""))) for pin in pins if pin)
    found = [recipe for pin, number in asked if (recipe := recipe_of(pin, asked=number))]
    chosen = set(servings) or _settled(conversation, [recipe.pin_id for recipe in found])
    choices = [Choice(recipe, recipe.pin_id in chosen) for recipe in found]
    return ShoppingList(choices, is_own_choice=bool(servings))


def _settled(conversation: Conversation, pins: Sequence[int]) -> set[int]:
    """What was decided on among these, or all of them where nothing was."""
    decided = Decision.objects.filter(conversation=conversation, pin__in=pins)
    return set(decided.values_list("pin_id", flat=True)) or set(pins)


def lines_of(conversation: Conversation, recipes: Sequence[Recipe]) -> list[ShoppingLine]:
    """With who has what already."""
    had = ShoppingHave.objects.filter(conversation=conversation)
    return list_of(recipes, ticked=dict(had.values_list("key", "person__display_name")))


def choose(*, actor: Person, conversation_id: int, servings: Mapping[int, int]) -> None:
    """Shop for these recipes, by pin, for so many; for none means for the decided ones again.

    What the actor does not see stays as it is. Raises PinboardError "not_found" for a pin that is
    no recipe of the shelf.
    """
    with with_lock(conversation_id, actor=actor) as conversation:
        refuse_unanswered(conversation, actor=actor)
        seen = {choice.recipe.pin_id for choice in shopping_of(conversation, viewer=actor).choices}
        if not servings.keys() <= seen:
            raise _NOT_HERE
        ShoppingRecipe.objects.filter(conversation=conversation, pin__in=seen).delete()
        ShoppingRecipe.objects.bulk_create(
            ShoppingRecipe(conversation=conversation, pin_id=pin_id, servings=number)
            for pin_id, number in servings.items()
        )
        tell_shopping(conversation)


def tick(*, actor: Person, conversation_id: int, key: str, is_on: bool) -> None:
    """Somebody has this line of the list, or gives it back. Doing it twice changes nothing."""
    with with_lock(conversation_id, actor=actor) as conversation:
        refuse_unanswered(conversation, actor=actor)
        recipes = shopping_of(conversation, viewer=actor).recipes
        if key not in {line.key for line in list_of(recipes, ticked={})}:
            raise _NOT_HERE
        if is_on:
            ShoppingHave.objects.get_or_create(
                conversation=conversation, key=key, defaults={"person": actor}
            )
        else:
            ShoppingHave.objects.filter(conversation=conversation, key=key).delete()
        tell_shopping(conversation)


def start_over(*, actor: Person, conversation_id: int) -> None:
    """Nobody has anything yet."""
    with with_lock(conversation_id, actor=actor) as conversation:
        refuse_unanswered(conversation, actor=actor)
        ShoppingHave.objects.filter(conversation=conversation).delete()
        tell_shopping(conversation)


_NOT_HERE = PinboardError(
    "This is not on the shopping list any more.", code="not_found", status=404
)
