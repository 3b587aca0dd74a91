"""What is marked up as a review and is none: editors' own, placeholders, descriptions."""

import pytest
from marked_up import ld, review


@pytest.mark.parametrize(
    "data",
    [
        review(**{"@type": "CriticReview"}),
        review(**{"@type": "ClaimReview"}),
        review(mainEntityOfPage="https://mag.example/review", publisher={"@type": "Organization", "name": "Mag"}),
        review(publisher={"@type": "Organization", "name": "Mag"}, image="x.jpg", dateModified="2024-05-07"),
        review(
            author={"@type": "Organization", "name": "Mag"},
            publisher={"@type": "Organization", "name": "Mag"},
        ),
        review(author={"@type": "Organization", "name": "Mag"}, positiveNotes=["fast"], negativeNotes=["dear"]),
        review(itemReviewed={"@type": "Recipe", "author": {"name": "Ann B."}}),
        {
            "@type": "Product",
            "name": "Knife",
            "review": review(name="Knife review", positiveNotes={"@type": "ItemList"}),
        },
        {
            "@type": "Product",
            "name": "Knife",
            "review": review(name="Expert review: Knife", author={"jobTitle": "Editor"}),
        },
        review(author={"name": "Jo Smith", "url": "https://mag.example/author/jo-smith/"}, publisher="Mag"),
        {"@type": "Product", "review": review(author={"@type": "Organization", "name": "Shop.example"})},
        {"@type": "Product", "review": review(author="Editorial Team")},
        {"@type": "Product", "review": review(author="Die Redaktion")},
        review(author="admin"),
        [
            {"@type": "Product", "review": review()},
            {"@type": "NewsArticle", "headline": "Kettles", "author": {"name": "Ann B."}},
        ],
        {"@graph": [review(publisher={"name": "Mag"}, isPartOf={"@id": "#page"})]},
    ],
)
def test_what_editors_write_is_left_out_and_on_record(extract, data):
    found = extract(ld(data))
    assert found.reviews == ()
    assert [(reject.reason, reject.excerpt) for reject in found.rejected] == [
        ("editorial review, not a customer's", "They never called me back.")
    ]


def test_a_portal_that_publishes_customers_reviews_is_no_editor(extract):
    data = review(publisher={"@type": "Organization", "name": "Portal"}, headline="Never again", inLanguage="en-GB")
    (found,) = extract(ld(data)).reviews
    assert (found.title, found.language) == ("Never again", "en")


def test_what_a_template_left_is_no_text(extract):
    found = extract(
        ld(
            [
                review("comment"),
                review("{{ review.body }}", reviewRating=None),
                review("No comment.", author="Bo"),
            ]
        )
    )
    assert [entry.body for entry in found.reviews] == [None, "No comment."]
    assert [reject.reason for reject in found.rejected] == ["placeholder text"]


@pytest.mark.parametrize(
    "text",
    [
        "comment",
        "Kommentar",
        "Write your review here",
        "Add a comment...",
        "Type your review here",
        "[review]",
        "%review%",
        "${body}",
        "<%= body %>",
        "__BODY__",
        "Sample review text",
        "This is a placeholder",
        "No review text",
        "null null",
        "Lorem ipsum dolor sit amet",
    ],
)
def test_a_placeholder_in_any_dress_leaves_a_rating_without_text(extract, text):
    assert [(one.body, one.rating) for one in extract(ld(review(text))).reviews] == [(None, 2.0)]


@pytest.mark.parametrize(
    "text", ["Good", "No comment!", "5 stars", "Test drive was fun", "A review of sorts", "Null points", "Body shop"]
)
def test_a_short_review_is_no_placeholder(extract, text):
    assert [one.body for one in extract(ld(review(text))).reviews] == [text]


def test_the_products_description_is_no_text(extract):
    words = "A fine laptop for work and play, at the lowest price."
    found = extract(ld({"@type": "Product", "description": f"<p>{words}</p>", "review": [review(words)]}))
    assert [(entry.body, entry.rating) for entry in found.reviews] == [(None, 2.0)]


SHOP = {"@type": "Organization", "name": "Shop"}


@pytest.mark.parametrize(
    "more",
    [
        {"author": {"@type": "Organization", "name": "Miller & Sons"}},
        {"headline": "Never again", "articleSection": "Reviews"},
        {"publisher": SHOP, "image": "parcel.jpg"},
        {"mainEntityOfPage": "https://shop.example/reviews"},
    ],
)
def test_one_sign_of_an_editor_does_not_cost_a_customers_review(extract, more):
    nested = extract(ld({"@type": "Product", "name": "Kettle", "review": review(**more)}))
    alone = extract(ld(review(itemReviewed={"@type": "Product", "name": "Kettle"}, **more)))
    assert [len(found.reviews) for found in (nested, alone)] == [1, 1]
    assert nested.rejected == alone.rejected == ()


def test_what_all_reviews_of_a_thing_have_is_the_sites_template(extract):
    signs = {"publisher": SHOP, "dateModified": "2024-05-07", "mainEntityOfPage": "/p", "keywords": "kettle"}
    people = [review(f"It broke on day {name}.", author={"name": name}, **signs) for name in ("Ann", "Bob")]
    assert len(extract(ld({"@type": "Product", "name": "Kettle", "review": people})).reviews) == 2
    people[1] = review("Lab test: it boils.", author={"name": "Bob"}, wordCount=900, articleBody="It boils.", **signs)
    people[0] = review("It broke at once.")
    found = extract(ld({"@type": "Product", "name": "Kettle", "review": people}))
    assert [one.author for one in found.reviews] == ["Ann B."]
    assert [one.reason for one in found.rejected] == ["editorial review, not a customer's"]


def test_a_short_description_of_the_very_thing_is_no_review(extract):
    told = [review("Blue kettle"), review("Fine.", author="Bob")]
    found = extract(ld({"@type": "Product", "name": "K2", "description": "Blue kettle", "review": told}))
    assert [one.body for one in found.reviews] == [None, "Fine."]
