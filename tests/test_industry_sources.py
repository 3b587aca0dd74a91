"""The sections of an industry file that are sites: what spiders accept is checked when the file is read."""

import pytest

from minebelief.errors import IndustryFileError
from minebelief.industry import load_industry

HEAD = """
industry = "pets"
[companies.figo]
name = "Figo"
aliases = ["Figo Pet Insurance, LLC"]
[companies.spot]
name = "Spot"
[[sources]]
"""


@pytest.fixture
def load(tmp_path):
    def load(section):
        path = tmp_path / "pets.toml"
        path.write_text(HEAD + section, encoding="utf-8")
        return load_industry(path)

    return load


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ('spider = "steam"\ncompany = "figo"', "apps: missing; this key is required: Steam's numbers of the games"),
        ('spider = "steam"\napps = ["rust"]', "apps[0]: found 'rust'; accepted: a whole number"),
        ('spider = "steam"\napps = [0]', "apps[0]: found 0; accepted: greater than or equal to 1"),
        ('spider = "steam"\napps = 1\nlanguage = "en"', "language: found 'en'; accepted: all, arabic, brazilian"),
        (
            'spider = "steam"\nappps = 1\napps = 1',
            "appps: unknown key (did you mean 'apps'?); accepted: allow_local, apps",
        ),
        ('spider = "steam"\napps = 1\nurls = ["https://x.example"]', "urls: unknown key; accepted: allow_local, apps"),
        ('spider = "cfpb"\nproduct = 3.5', "product: found 3.5; accepted: a list, in square brackets"),
        ('spider = "cfpb"\nmax_pages = 0', "max_pages: found 0; accepted: greater than or equal to 1"),
        ('spider = "app_store"\napps = 1\ncountries = ["usa"]', "countries[0]: found 'usa'; accepted: the two letters"),
        ('spider = "mozilla_addons"\naddons = []', "addons: found []; accepted: list should have at least 1 item"),
        ('spider = "discourse"\nurls = ["https://f.example/"]', "company: missing; this key is required: Key of the"),
        ('spider = "pages"\nurls = ["https://figo.example/"]', "company: missing; this key is required: Key of the"),
        (
            'spider = "pages"\ncompany = "figo"\nurls = ["https://f.example/"]\nkind = "review"',
            "kind: unknown key; accepted: allow_local, company, links, max_",
        ),
        ('spider = "schema_org"', "urls: missing; this key is required: Addresses of the first pages"),
        (
            'spider = "schema_org"\nurls = ["https://f.example/"]\npage_pattern = "?p=2"',
            "page_pattern: found '?p=2'; accepted: an address that contains {page}",
        ),
    ],
)
def test_a_wrong_argument_names_its_key_what_was_found_and_what_is_accepted(load, section, told):
    with pytest.raises(IndustryFileError) as error:
        load(section)
    (line,) = str(error.value).splitlines()
    assert line.partition(": ")[2].startswith(f"sources[0].{told}")


def test_every_spider_s_arguments_are_known_to_the_file():
    from minebelief.spiders.models import ARGUMENTS
    from minebelief.spiders.settings import SPIDER_MODULES

    from minebelief.industry import SPIDERS

    assert tuple(ARGUMENTS) == SPIDERS
    assert {module.rpartition(".")[2] for module in SPIDER_MODULES} >= set(SPIDERS)


def test_the_cfpb_is_asked_for_the_companies_of_the_file_by_all_their_names(load):
    everyone = load('spider = "cfpb"\nproduct = "Pets"').sources[0]
    assert everyone.args["companies"] == ["Figo", "Figo Pet Insurance, LLC", "Spot"]
    one = load('spider = "cfpb"\nproduct = "Pets"\ncompany = "spot"').sources[0]
    assert (one.args["companies"], one.kind) == (["Spot"], "complaint")
    told = load('spider = "cfpb"\ncompanies = ["Figo Pet Insurance, LLC"]').sources[0]
    assert told.args["companies"] == ["Figo Pet Insurance, LLC"]
