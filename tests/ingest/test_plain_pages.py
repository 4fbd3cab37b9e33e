"""What pages say that say nothing to machines: prices beside carts, lists below headings, prose."""

from __future__ import annotations

import pytest

from pinboard.ingest.page import read_page
from pinboard.ingest.reading import Reading

CART = '<form action="/cart/add"><button class="add-to-cart">Add to cart</button></form>'
PROSE = "<p>" + "The garden was quiet that year, and nobody came to water it. " * 6 + "</p>"


def read(body: str, url: str = "https://shop.example/lamp") -> Reading:
    return read_page(f"<html><title>Halo lamp</title><body>{body}".encode(), url=url)


def test_a_price_beside_a_cart_makes_a_product() -> None:
    reading = read(f'<h1>Halo lamp</h1><span class="price">£ 189,00</span>{CART}')
    assert reading.kind == "product"
    assert (reading.product.price, reading.product.currency) == ("189.00", "GBP")
    assert reading.product.availability == "in_stock"
    assert reading.origins["product.price"] == "html"


def test_a_struck_price_is_what_it_cost_before() -> None:
    product = read(
        '<p class="price"><del><span class="amount">$240.00</span></del>'
        f' <ins><span class="amount">$189.00</span></ins></p>{CART}'
    ).product
    assert (product.price, product.previous_price) == ("189.00", "240.00")


@pytest.mark.parametrize(
    "elsewhere",
    [
        '<div class="related-products"><span class="price">$9.00</span></div>',
        '<footer><span class="price">$9.00</span></footer>',
        '<aside><span class="price">$9.00</span></aside>',
        '<span class="shipping-price">$9.00</span>',
        '<span class="price">$9.00 / month</span>',
        '<span class="price-saving">$9.00</span>',
    ],
)
def test_other_prices_of_a_page_are_not_the_things(elsewhere: str) -> None:
    assert read(f'{elsewhere}<b class="product-price">$189.00</b>{CART}').product.price == "189.00"
    assert read(f"{elsewhere}{CART}").kind == "plain"


def test_a_price_in_a_text_is_no_product() -> None:
    assert (
        read('<p class="price">It cost $9.00 then.</p>', url="https://x.example/a").kind == "plain"
    )


@pytest.mark.parametrize(
    ("url", "dollar"),
    [
        ("https://shop.example.ca/lamp", "CAD"),
        ("https://shop.example/en-au/lamp", "AUD"),
        ("https://shop.com.tw/lamp", "TWD"),
    ],
)
def test_a_dollar_is_the_sites_dollar(url: str, dollar: str) -> None:
    assert read(f'<b class="price">$189.00</b>{CART}', url=url).product.currency == dollar


def test_what_cannot_be_bought_is_out_of_stock() -> None:
    body = (
        '<b class="price">12 €</b><p class="stock">Ausverkauft</p><button disabled>In den Warenkorb'
    )
    assert read(body, url="https://laden.de/produkt/7").product.availability == "out_of_stock"


def test_lists_below_headings_make_a_recipe() -> None:
    reading = read(
        "<h1>Zwiebelkuchen</h1><p>Zubereitungszeit: 1 Std. 20 Min. Für 6 Personen.</p>"
        "<h2>Zutaten</h2><ul><li>1 kg Zwiebeln<li>300 g Mehl<li>Salz</ul>"
        "<h2>Zubereitung</h2><ol><li>Zwiebeln schneiden.<li>Backen.</ol>"
    )
    assert reading.kind == "recipe"
    assert reading.recipe.ingredients == ("1 kg Zwiebeln", "300 g Mehl", "Salz")
    assert reading.recipe.steps == ("Zwiebeln schneiden.", "Backen.")
    assert (reading.recipe.total_minutes, reading.recipe.servings) == (80, 6)


def test_a_microformat_makes_a_recipe() -> None:
    reading = read(
        '<div class="hrecipe"><b class="fn">Soup</b><span class="yield">Serves 4</span>'
        '<ul><li class="ingredient">2 leeks</li><li class="ingredient">1 l stock</li></ul>'
        '<div class="instructions"><ol><li>Cook.</li></ol></div>'
        '<span class="duration">Total time: 35 minutes</span></div>'
    )
    assert reading.kind == "recipe"
    assert reading.recipe.ingredients == ("2 leeks", "1 l stock")
    assert (reading.recipe.total_minutes, reading.recipe.servings) == (35, 4)


def test_the_ingredients_of_a_cream_are_no_recipe() -> None:
    body = f'<b class="price">$9.00</b>{CART}<h3>Ingredients</h3><ul><li>Aqua<li>Glycerin</ul>'
    assert read(body).kind == "product"


def test_prose_with_a_byline_and_a_date_is_an_article() -> None:
    reading = read(
        '<article><h1>Front gardens</h1><span class="byline">By Ivy Marsh, gardens editor</span>'
        f'<time datetime="2026-05-12T05:00:00Z">12 May</time>{PROSE * 4}</article>'
    )
    assert (reading.kind, reading.author) == ("article", "Ivy Marsh")
    assert reading.published == "2026-05-12T05:00:00+00:00"


def test_the_heading_is_the_title_without_what_a_site_puts_around_it() -> None:
    body = "<title>A long walk home – Travel – Far & Wide</title><h1>A long walk home</h1>"
    assert read_page(body.encode(), url="https://far.example/walk").title == "A long walk home"
    body = "<title>A long walk home – Far & Wide</title><h1>Far & Wide</h1>"
    assert read_page(body.encode(), url="https://far.example/x").title.startswith(
        "A long walk home"
    )


def test_rdfa_says_the_same_as_json_ld() -> None:
    reading = read(
        '<div vocab="https://schema.org/" typeof="Recipe"><h1 property="name">Plum cake</h1>'
        '<span property="author" typeof="Person"><b property="name">Resi Huber</b></span>'
        '<meta property="totalTime" content="PT1H15M"><span property="recipeYield">12 pieces</span>'
        '<li property="recipeIngredient">1 kg plums</li><li property="recipeIngredient">Salt</li>'
        '<ol property="recipeInstructions"><li>Knead.</li><li>Bake.</li></ol>'
        '<img property="image" src="/plum.jpg"></div>'
    )
    assert (reading.kind, reading.title, reading.author) == ("recipe", "Plum cake", "Resi Huber")
    assert reading.recipe.ingredients == ("1 kg plums", "Salt")
    assert reading.recipe.steps == ("Knead.", "Bake.")
    assert (reading.recipe.total_minutes, reading.recipe.servings) == (75, 12)
    assert reading.origins["recipe.ingredients"] == "rdfa"
    assert [picture.url for picture in reading.pictures] == ["https://shop.example/plum.jpg"]


def test_rdfa_with_prefixes_and_a_product() -> None:
    reading = read(
        '<div typeof="schema:Product"><span property="schema:name">Lamp</span>'
        '<div property="schema:offers" typeof="schema:Offer">'
        '<meta property="schema:price" content="24.00">'
        '<meta property="schema:priceCurrency" content="EUR">'
        '<link property="schema:availability" href="http://schema.org/InStock"></div></div>'
    )
    assert (reading.product.price, reading.product.currency) == ("24.00", "EUR")
    assert reading.product.availability == "in_stock"
