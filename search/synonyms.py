"""Words that people use for the same thing, and how to find them in a question.

Each line is one thing, in the words of both sides of an ocean, of shops and of everyday. Only
what can stand for the other nearly always: a sofa is a couch, but a lamp is not a light.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from search.text import stems

_LINES: Final = """
sofa, couch, settee
armchair, easy chair
bookcase, bookshelf
nightstand, bedside table
dresser, chest of drawers
wardrobe, armoire
sideboard, buffet, credenza
ottoman, pouf, footstool
bar stool, counter stool
tv stand, media console
couch cover, sofa cover, slipcover
rug, carpet
curtain, drape
cushion, throw pillow
duvet, comforter, quilt
bedspread, coverlet
trash can, garbage can, waste bin, rubbish bin
faucet, tap
vanity, washstand
shelf, shelving
cabinet, cupboard
floor lamp, standing lamp
pendant light, hanging lamp
wall light, wall lamp, sconce
fairy lights, string lights
crib, cot
stroller, pushchair, pram
diaper, nappy
pacifier, dummy
cutting board, chopping board
frying pan, skillet
dutch oven, cocotte
mug, coffee cup
canister, storage jar
stove, cooker, hob
cookie, biscuit
eggplant, aubergine
zucchini, courgette
cilantro, coriander
arugula, rocket
bell pepper, capsicum
chickpea, garbanzo
shrimp, prawn
scallion, spring onion, green onion
beet, beetroot
fava bean, broad bean
french fries, chips
powdered sugar, icing sugar, confectioners sugar
heavy cream, double cream, whipping cream
ground beef, minced beef, beef mince
corn starch, cornflour
candy, sweets
ice cream, gelato
barbecue, bbq, grill
vegan, plant-based
vegetarian, meatless
low carb, keto
gluten free, flourless
slow cooker, crockpot
pasta, noodle
soda, soft drink
sweater, jumper, pullover
t-shirt, tee
sneaker, trainer
pants, trousers
handbag, purse
raincoat, rain jacket
swimsuit, bathing suit, swimming costume
backpack, rucksack
pajamas, pyjamas
bathrobe, dressing gown
vest, waistcoat
suspenders, braces
tuxedo, dinner jacket
wedding dress, bridal gown
women, ladies
men, gentlemen
kids, children
baby, newborn, infant
teen, teenager
plaid, checked, tartan
gray, grey
navy, dark blue
burgundy, wine red, maroon
turquoise, teal
beige, sand coloured
gold, golden
rattan, wicker
jewelry, jewellery
wood, wooden
wool, woolen
midcentury, mid-century, mid century modern
scandinavian, nordic, scandi
boho, bohemian
farmhouse, rustic, country
vintage, retro
minimalist, minimal
diy, homemade, do it yourself
handmade, handcrafted, artisan
cheap, budget, inexpensive
small, compact, small space, space saving
large, big, oversized
foldable, folding, collapsible
adjustable, height adjustable
waterproof, water resistant, weatherproof
outdoor, patio
cordless, rechargeable, wireless
autumn, fall
christmas, xmas
vacation, holiday
apartment, flat
yard, garden
elevator, lift
sidewalk, pavement
subway, underground, metro
bookstore, bookshop
cafe, coffee shop
hotel, inn, guesthouse
museum, gallery
hike, hiking trail, walking route
viewpoint, lookout
movie, film
tv, television
cell phone, mobile phone, smartphone
laptop, notebook computer
headphones, headset, earphones
photo, photograph, picture
bike, bicycle
car, automobile
couple, romantic
invitation, invite
centerpiece, table decoration
bouquet, flower arrangement
haircut, hairstyle, hairdo
crochet, crocheted
knitting, knit
calligraphy, hand lettering
quilting, patchwork
pottery, ceramics
compost bin, composter
fountain, water feature
greenhouse, glasshouse
houseplant, indoor plant
"""
LONGEST: Final = 3
Stems = tuple[str, ...]


def _table() -> dict[Stems, tuple[Stems, ...]]:
    """By the stems of each word or phrase, those of all others for the same."""
    table: defaultdict[Stems, list[Stems]] = defaultdict(list)
    for line in _LINES.strip().splitlines():
        forms = [tuple(stems(form)) for form in line.split(",")]
        for form in forms:
            table[form] += [other for other in forms if other != form]
    return {form: tuple(dict.fromkeys(others)) for form, others in table.items()}


_TABLE: Final = _table()


def others(roots: Sequence[str]) -> Iterator[tuple[range, Stems]]:
    """(places in roots, what may stand in their stead), longest phrases first.

    A word inside a phrase that has synonyms of its own keeps to the phrase: "wall light" is no
    "wall lamp light".
    """
    taken: set[int] = set()
    for length in range(min(LONGEST, len(roots)), 0, -1):
        for start in range(len(roots) - length + 1):
            places = range(start, start + length)
            found = _TABLE.get(tuple(roots[start : start + length]), ())
            if found and taken.isdisjoint(places):
                taken.update(places)
                for other in found:
                    yield places, other
