import pytest

from minebelief.industry import load_industry
from minebelief.mining.masking import Masker

FILE = """
industry = "phones"
title = "Phones"
[companies.healthy-tel]
name = "Healthy Tel"
aliases = ["@healthytel", "HT Mobile"]
[companies.other]
name = "Other"
[[sources]]
files = "reviews.csv"
company = "other"
columns = { body = "text" }
"""


@pytest.fixture
def phones(tmp_path):
    path = tmp_path / "phones.toml"
    path.write_text(FILE)
    return load_industry(path)


@pytest.fixture
def masker(phones):
    return Masker(phones)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Healthy Tel never answers", "they never answers"),
        ("HEALTHYTEL charged me", "they charged me"),
        ("Other's app crashes", "their app crashes"),
        ("another thing", "another thing"),
        ("@healthytel @other my line is dead", "my line is dead"),
        ("thanks @healthytel for nothing", "thanks they for nothing"),
        ("call me at (555) 010-1234 now", "call me at a number now"),
        ("write to jo.doe@example.com now", "write to an address now"),
        ("my claim 8847362 was denied", "my claim a number was denied"),
        ("waited 40 minutes and paid $340.00", "waited 40 minutes and paid $340.00"),
        ("see https://example.com/x?y=1 please", "see please"),
        ("what a #fail", "what a fail"),
    ],
)
def test_names_and_personal_numbers_are_replaced(masker, text, masked):
    assert masker.mask(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("I spoke to Janelle Mello and she paid", "I spoke to they and she paid"),
        ("Janelle's answer was rude", "their answer was rude"),
        ("a mello afternoon", "a mello afternoon"),
        ("JANELLE hung up", "they hung up"),
        ("ask Wellness about it", "ask Wellness about it"),
        ("they they never came", "they they never came"),
    ],
)
def test_names_that_were_learnt_are_replaced_too(phones, text, masked):
    industry = phones.model_copy(update={"never_mask": ("Wellness",)})
    assert Masker(industry, ["janelle", "mello", "wellness"]).mask(text) == masked


def test_it_says_whether_a_company_is_named(masker):
    assert masker.names_in("I left Healthy Tel")
    assert masker.names_in("ask @anybody")
    assert not masker.names_in("I left them for another one")
