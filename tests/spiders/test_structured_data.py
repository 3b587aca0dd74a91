"""From small pages made by hand to reviews, one promise each."""

import json
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked_up import ld, page, review
from minebelief.spiders.structured_data import Page, extract_reviews

MICRODATA = """
<div itemscope itemtype="https://schema.org/LocalBusiness"><span itemprop="name">Acme</span>
 <div itemprop="review" itemscope itemtype="https://schema.org/Review">
  <a itemprop="author" href="/u/7">Ann B.</a>
  <time itemprop="datePublished" datetime="2024-05-06">May 6</time>
  <div itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">
   <meta itemprop="ratingValue" content="2"><meta itemprop="bestRating" content="5"></div>
  <div itemprop="reviewBody">They never
   called me back.<br>Twice.</div>
 </div></div>"""
HREVIEW = """
<div class="hreview"><span class="item"><span class="fn">Acme</span></span>
 <abbr class="rating" title="2">**</abbr> <span class="reviewer"><span class="fn">Ann B.</span></span>
 <abbr class="dtreviewed" title="2024-05-06">May 6</abbr>
 <div class="description"><p>They never called me back.</p></div></div>"""
H_REVIEW = """
<article class="h-review"><p class="p-item h-item">Acme</p><p class="p-author h-card">Ann B.</p>
 <data class="p-rating" value="2">2</data><time class="dt-published" datetime="2024-05-06">May 6</time>
 <div class="e-content"><p>They never called me back.</p></div></article>"""
RDFA = """
<div vocab="https://schema.org/" typeof="LocalBusiness"><span property="name">Acme</span>
 <div property="review" typeof="Review">
  <span property="author" typeof="Person"><span property="name">Ann B.</span></span>
  <meta property="datePublished" content="2024-05-06"><p property="reviewBody">They never called me back.</p>
  <span property="reviewRating" typeof="Rating"><span property="ratingValue">2</span></span></div></div>"""


@pytest.mark.parametrize(
    "html",
    [ld(review()), MICRODATA.replace("<br>Twice.", ""), HREVIEW, H_REVIEW, RDFA],
    ids=["json-ld", "microdata", "hreview", "h-review", "rdfa"],
)
def test_every_syntax_says_the_same(extract, html):
    (found,) = extract(html).reviews
    assert (found.body, found.author) == ("They never called me back.", "Ann B.")
    assert (found.rating, found.scale, found.stars) == (2.0, 5.0, 0.25)
    assert found.published_at == datetime(2024, 5, 6)
    assert (found.company, found.url, found.kind) == ("shop", "https://shop.example/reviews", "review")


def test_microdata_keeps_line_breaks_that_are_meant(extract):
    assert extract(MICRODATA).reviews[0].body == "They never called me back.\nTwice."


@pytest.mark.parametrize(
    "data",
    [
        review(),
        [review()],
        {"@graph": [{"@type": "Product", "name": "X", "review": [review()]}]},
        {"@graph": [{"@type": "Product", "review": {"@id": "#r"}}, review(**{"@id": "#r"})]},
        {"@graph": [{"@type": "Product", "@id": "#p"}, review(itemReviewed={"@id": "#p"})]},
        {
            "@type": "ItemList",
            "itemListElement": [{"@type": "ListItem", "item": {"@type": "Product", "review": review()}}],
        },
        {"@type": "Recipe", "reviews": [review()]},
        {"@type": "LocalBusiness", "review": [{k: v for k, v in review().items() if k != "@type"}]},
        {"@type": "https://schema.org/Product", "review": review(**{"@type": "http://schema.org/Review"})},
        {"@type": "Product", "review": review(**{"@type": ["Review", "UserReview"]})},
        {"@type": "Product", "review": review(reviewRating=None, ReviewRating={"ratingValue": 2})},
        {
            "@type": "Product",
            "aggregateRating": {"@type": "AggregateRating", "ratingValue": 4, "review": review()},
        },
    ],
)
def test_a_review_is_found_wherever_it_hangs_and_once(extract, data):
    (found,) = extract(ld(data)).reviews
    assert (found.body, found.stars) == ("They never called me back.", 0.25)


def test_references_that_go_in_circles_come_to_an_end(extract):
    data = {
        "@graph": [
            {"@id": "#p", "@type": "Product", "review": {"@id": "#r"}},
            review(**{"@id": "#r", "itemReviewed": {"@id": "#p"}}),
        ]
    }
    assert len(extract(ld(data)).reviews) == 1


def test_a_broken_script_costs_only_itself(extract):
    html = page(
        json.dumps(review("One text here.")),
        '{{{"@type": ',
        "<<<>>>",
        json.dumps(review("Another text here.")),
    )
    assert [found.body for found in extract(html).reviews] == ["One text here.", "Another text here."]


def test_the_same_review_in_two_syntaxes_is_one_with_the_fields_of_both(extract):
    short = review("They never called me back.", datePublished=None)
    (found,) = extract(page(json.dumps(short), body=MICRODATA)).reviews
    assert found.published_at == datetime(2024, 5, 6)
    longer = extract(
        page(
            json.dumps(review("They never called me back. I waited for two weeks and …")),
            body=MICRODATA.replace("<br>Twice.", " I waited for two weeks and then I gave up for good."),
        )
    )
    assert [found.body for found in longer.reviews] == [
        "They never called me back. I waited for two weeks and then I gave up for good."
    ]


def test_two_people_who_write_the_same_remain_two(extract):
    data = [review("Great!"), review("Great!", author="Bo")]
    assert len(extract(ld(data)).reviews) == 2


def test_anonymous_ratings_without_text_remain_as_many_as_they_are(extract):
    bare = {"@type": "Review", "reviewRating": {"ratingValue": 5}, "author": "Anonymous"}
    found = extract(ld({"@type": "Product", "review": [bare, bare, bare]})).reviews
    assert len({entry.native_id for entry in found}) == 3
    assert {entry.body for entry in found} == {None}


def test_a_title_that_only_repeats_is_none(extract):
    cut = review("They never called me back, ever.", headline="They never called…")
    named = review("Other words here.", name="Acme", itemReviewed={"name": "Acme"}, author="Bo")
    assert [entry.title for entry in extract(ld([cut, named])).reviews] == [None, None]


@pytest.mark.parametrize(
    ("more", "native_id"),
    [
        ({"identifier": "rev-10293"}, "rev-10293"),
        ({"identifier": {"@type": "PropertyValue", "value": 981233}}, "981233"),
        ({"@id": "https://shop.example/reviews/5521"}, "https://shop.example/reviews/5521"),
        ({"@id": "https://shop.example/reviews#review-55210"}, "https://shop.example/reviews#review-55210"),
        ({"url": "/reviews/5521?utm_source=x"}, "https://shop.example/reviews/5521"),
    ],
)
def test_a_sites_own_id_is_the_identity(extract, more, native_id):
    assert extract(ld(review(**more))).reviews[0].native_id == native_id


@pytest.mark.parametrize("more", [{"@id": "#review-1"}, {"@id": "_:b0"}, {"url": "https://shop.example/reviews"}, {}])
def test_a_place_on_the_page_is_no_identity(extract, more):
    here = extract(ld(review(**more))).reviews[0]
    there = extract(
        ld([review("Another text here.", author="Bo"), review(**more)]),
        url="https://shop.example/reviews?page=2",
    ).reviews[1]
    assert here.native_id == there.native_id
    assert here.native_id.startswith("h:")


def test_an_id_that_all_reviews_share_is_no_identity(extract):
    data = [
        review("One text here.", identifier="shop-4711"),
        review("Another text here.", identifier="shop-4711"),
    ]
    assert len({entry.native_id for entry in extract(ld(data)).reviews}) == 2


def test_an_employees_review_and_a_reply_are_known_as_such(extract):
    data = review(**{"@type": "EmployerReview"}, comment={"@type": "Comment", "text": "We are sorry."})
    (found,) = extract(ld(data)).reviews
    assert (found.kind, found.reply) == ("employee", "We are sorry.")


@pytest.mark.parametrize("html", ["", " ", "<", "\x00", "<html>", "plain words", "<script type=application/ld+json>"])
def test_a_page_without_anything_gives_nothing(extract, html):
    found = extract(html)
    assert (found.reviews, found.rejected) == ((), ())


KEYS = ["@id", "@type", "@value", "name", "value", "review", "ratingValue"]
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["#a", "#b", "Review"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=8,
)
NAMES = """
@graph author reviewRating reviewBody datePublished itemReviewed url identifier inLanguage publisher
description comment bestRating reviews"""
NODES = st.dictionaries(st.sampled_from([*KEYS, *NAMES.split()]), ANYTHING, max_size=8)


@given(st.lists(NODES, max_size=3))
@settings(max_examples=200, deadline=None)
def test_whatever_a_site_puts_where_no_page_is_an_error(nodes):
    html = ld([{"@type": "Review", **node} for node in nodes])
    found = extract_reviews(Page(html, "https://shop.example/", datetime(2026, 1, 1)))
    for entry in found.reviews:
        assert entry.body or entry.title or entry.rating is not None
        assert entry.stars is None or 0 <= entry.stars <= 1


@pytest.mark.parametrize(
    ("html", "company"),
    [
        (MICRODATA, "Acme"),
        (HREVIEW, "Acme"),
        (H_REVIEW, "Acme"),
        (ld(review(itemReviewed={"@type": "Organization", "name": "  Acme &amp;\n Sons"})), "Acme & Sons"),
        (ld(review(itemReviewed="Acme")), "Acme"),
        (ld({"@type": "Product", "name": "Anvil", "brand": {"name": "Acme"}, "review": review()}), "Acme"),
        (ld({"@type": "Product", "name": "Anvil", "brand": "Acme", "review": review()}), "Acme"),
        (ld({"@type": "Product", "name": "Anvil", "review": [review()]}), "Anvil"),
        (ld(review()), None),
    ],
)
def test_the_company_is_the_one_given_else_the_one_that_the_page_names(html, company):
    (found,) = extract_reviews(Page(html, "https://shop.example/reviews", datetime(2024, 6, 1))).reviews
    assert found.company == company
    page = Page(html, "https://shop.example/reviews", datetime(2024, 6, 1), company="given")
    assert [review.company for review in extract_reviews(page).reviews] == ["given"]


def test_reviews_without_a_scale_take_that_of_their_products_ratings(extract):
    def product(name, value, **scale):
        told = review(f"The {name} broke.", reviewRating={"@type": "Rating", "ratingValue": value})
        together = {"@type": "AggregateRating", "ratingValue": value, "reviewCount": 3, **scale}
        return {"@type": "Product", "name": name, "aggregateRating": together, "review": [told]}

    wide = {"bestRating": "10", "worstRating": 0}
    found = extract(page(json.dumps([product("kettle", "4", **wide), product("mug", "4")]))).reviews
    assert [(one.rating, one.scale, one.stars) for one in found] == [(4.0, 10.0, 0.4), (4.0, 5.0, 0.75)]


def test_ratings_without_text_and_author_are_told_apart_by_page_and_count():
    stars = [{"@type": "Review", "reviewRating": {"ratingValue": 5}, "datePublished": "2024-05-06"}] * 3
    html = ld({"@type": "Product", "name": "K2", "review": stars})

    def ids(number):
        url = f"https://shop.example/reviews?page={number}"
        return [one.native_id for one in extract_reviews(Page(html, url, datetime(2024, 6, 1), "shop")).reviews]

    assert len({*ids(1), *ids(2)}) == 6
    assert ids(1) == ids(1)


def test_ratings_that_state_no_scale_share_the_one_that_the_best_of_them_needs(extract):
    def rated(name, *values):
        told = [
            review(f"It is a {value}.", author=f"{name} {value}", reviewRating={"ratingValue": value})
            for value in values
        ]
        return {"@type": "Product", "name": name, "review": told}

    found = extract(ld([rated("kettle", 9, 4, "80%"), rated("mug", 5, 4)])).reviews
    assert [(one.rating, one.scale) for one in found] == [(9, 10), (4, 10), (80, 100), (5, 5), (4, 5)]


def test_references_in_lists_are_followed(extract):
    rating = {"@id": "#five", "@type": "Rating", "ratingValue": 9, "bestRating": 10}
    data = {
        "@graph": [
            review(reviewRating=[{"@id": "#five"}], author=[{"@id": "#z"}]),
            rating,
            {"@id": "#z", "name": "Zoë"},
        ]
    }
    (found,) = extract(ld(data)).reviews
    assert (found.rating, found.scale, found.author) == (9.0, 10.0, "Zoë")


@pytest.mark.timeout(30)
def test_references_from_everywhere_to_everywhere_take_no_time(extract):
    names = [f"#{number}" for number in range(60)]
    dense = [
        {"@id": name, "@type": "Product", "name": name, "review": [{"@id": one} for one in names]} for name in names
    ]
    chain = [{"@id": f"#c{n}", "a": {"@id": f"#c{n + 1}"}, "b": {"@id": f"#c{n + 1}"}} for n in range(60)]
    assert len(extract(ld({"@graph": [*dense, *chain, review()]})).reviews) == 1


def test_a_review_a_hundred_levels_deep_is_found(extract):
    data = review()
    for _ in range(100):
        data = {"@type": "Thing", "about": data}
    assert len(extract(ld(data)).reviews) == 1
    assert extract(page("[" * 100_000, json.dumps(review()))).reviews[0].body == "They never called me back."


def test_what_stands_elsewhere_on_the_page_belongs_to_the_item_that_refers_to_it(extract):
    (found,) = extract("""<div itemscope itemtype="https://schema.org/Product" itemref="there"></div>
    <div id="there"><div itemprop="review" itemscope itemtype="https://schema.org/Review" itemref="who text text"></div>
    </div><p id="text" itemprop="reviewBody">It leaks.</p><p id="who"><b itemprop="author">Ann</b></p>""").reviews
    assert (found.body, found.author) == ("It leaks.", "Ann")


def test_a_date_may_hide_in_a_title(extract):
    html = HREVIEW.replace(
        '<abbr class="dtreviewed" title="2024-05-06">May 6</abbr>',
        '<span class="dtreviewed">May 6<span class="value-title" title="2024-05-06"></span></span>',
    )
    assert extract(html).reviews[0].published_at == datetime(2024, 5, 6)


def test_the_words_of_the_older_vocabulary(extract):
    (found,) = extract(
        """<div itemscope itemtype="http://data-vocabulary.org/Review">
    <span itemprop="itemreviewed">Acme</span> <span itemprop="reviewer">Ann B.</span>
    <time itemprop="dtreviewed" datetime="2024-05-06">May 6</time> <b itemprop="summary">Never again</b>
    <span itemprop="description">They never called me back.</span> <span itemprop="rating">3,5</span></div>""",
        company=None,
    ).reviews
    assert (found.company, found.title, found.author, found.rating) == ("Acme", "Never again", "Ann B.", 3.5)
    assert (found.body, found.published_at) == ("They never called me back.", datetime(2024, 5, 6))
