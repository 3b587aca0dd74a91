"""What counts as a promise on a company's own page."""

import pytest
from minebelief.spiders.nodes import parse_html
from minebelief.spiders.promises import find_promises, is_promise, page_language, page_links


@pytest.mark.parametrize(
    "sentence",
    [
        "We answer every call within 2 minutes.",
        "Our agents pick up in under 30 seconds, day and night.",
        "You’ll never pay more than the price we quoted.",
        "We won't charge you for cancelling.",
        "No hidden fees.",
        "100% satisfaction guarantee",
        "Free returns",
        "Cancel anytime, no questions asked.",
        "Claims paid in 3 business days",
        "We're committed to fair prices and we always will be.",
        "24/7 support from real people",
    ],
)
def test_a_sentence_that_binds_the_company_is_a_promise(sentence):
    assert is_promise(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "We were founded in 1998 in Ohio.",
        "Why do we guarantee our prices?",
        "We cannot guarantee that your claim is paid.",
        "We use cookies to make sure that the site always works.",
        "Delivery within 3 days is subject to availability.",
        "You must file your claim within 30 days.",
        "Our office is in Austin.",
        "Guaranteed",
        "Sign up and you will get our newsletter.",
    ],
)
def test_history_conditions_questions_and_lawyers_sentences_are_none(sentence):
    assert not is_promise(sentence)


def test_only_the_company_s_own_content_is_read_and_each_promise_once():
    page = """<html lang="en-US"><nav>We always guarantee nothing.</nav><main>
      <h1>Claims paid within 3&nbsp;days</h1>
      <p>We <b>never</b> keep you on hold. Call us.</p><p>claims paid within 3 days</p>
      <blockquote>They always answer within a day, guaranteed!</blockquote>
      <div class="testimonials">I will always come back, guaranteed.</div>
      <div id="cookie-banner">We will never sell your data.</div></main>
      <footer>We will always be here for you.</footer></html>"""
    assert find_promises(page) == ("Claims paid within 3 days", "We never keep you on hold.")
    assert page_language(page) == "en"
    assert find_promises("") == ()


def test_links_are_followed_on_the_page_s_own_host_only():
    page = '<a href="/why#us">1</a><a href="why">2</a><a href="//x.example/">3</a><a href="mailto:a@b.c">4</a>'
    assert page_links(parse_html(page), "https://acme.example/") == ["https://acme.example/why"]
