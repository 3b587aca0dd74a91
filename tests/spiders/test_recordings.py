"""What is recovered from recorded pages, against the counts of their index."""

# Editors' own reviews: found by their markup, and rightly left out.
EDITORIAL = {"dirt-recipes/fitmencook.com.html": 1, "dirt-misc/pcgamer_best100_editorial.html": 1}


def test_every_file_gives_at_least_the_customers_reviews_of_the_index(recordings):
    counts = recordings.counts()
    assert len(counts) > 50
    short = {}
    for name, count in counts.items():
        found = recordings.extract(name)
        if found.found < count - EDITORIAL.get(name, 0):
            short[name] = (found.found, count)
    assert short == {}


def test_a_shop_that_forgets_its_braces_is_read_whole(recordings):
    reviews = recordings.extract("sainsburys/burgers.html").reviews
    assert len(reviews) == 10
    assert all(review.body and review.title and review.author and review.published_at for review in reviews)


def test_chains_of_pages_give_224_reviews_of_which_142_are_distinct(recordings):
    chains = [recordings.extract(name) for name in recordings.counts() if name.startswith("eazypc.in/")]
    assert sum(found.found for found in chains) == 224
    assert len({review.native_id for found in chains for review in found.reviews}) == 142


def test_an_editors_review_is_no_customers(recordings):
    found = recordings.extract("dirt-misc/pcgamer_best100_editorial.html")
    assert found.reviews == ()
    assert [reject.reason for reject in found.rejected] == ["editorial review, not a customer's"]


def test_placeholder_bodies_are_dropped_and_their_ratings_kept(recordings):
    reviews = recordings.extract("zooroyal.de/trixie.html").reviews
    assert len(reviews) == 4
    assert [review.body for review in reviews] == [None] * 4
    assert {review.scale for review in reviews} == {5.0}


def test_a_body_that_is_the_products_description_is_no_body(recordings):
    reviews = recordings.extract("eazypc.in/gaming_p1.html").reviews
    assert [review.body is None for review in reviews].count(True) == 2


def test_a_namesake_of_the_author_is_still_a_customer(recordings):
    found = recordings.extract("dirt-recipes/rachlmansfield.com.html")
    assert (found.found, found.rejected) == (78, ())


def test_untyped_reviews_that_extruct_does_not_count_are_found(recordings):
    reviews = recordings.extract("yelp/yelp_site2.html").reviews
    assert len(reviews) == 11
    assert all(review.body and review.author and review.stars is not None for review in reviews)


def test_dates_of_every_recorded_form_are_read(recordings):
    for name in (
        "homeadvisor/homeadvisor_site1.html",
        "dirt-recipes/food.com.html",
        "trustpilot/trustpilot_site2.html",
        "yelp/gary_danko_microdata.html",
    ):
        reviews = recordings.extract(name).reviews
        assert all(2000 < review.published_at.year < 2026 for review in reviews), name
