"""What spiders accept, and whether people are told."""

from pathlib import Path

import pytest
from minebelief.spiders.models import ARGUMENTS
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader


@pytest.mark.parametrize("spider", ARGUMENTS)
def test_every_argument_says_what_it_is_and_stands_in_the_documentation(spider):
    told = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
    assert f"| `{spider}` |" in told
    for name, field in ARGUMENTS[spider].model_fields.items():
        assert field.description, name
        assert f"`{name}" in told, name


@pytest.mark.parametrize("spider", ARGUMENTS)
def test_a_spider_gives_its_arguments_as_a_json_schema(spider):
    from minebelief.spiders.settings import SPIDER_MODULES

    schema = SpiderLoader(Settings({"SPIDER_MODULES": SPIDER_MODULES})).load(spider).get_param_schema()
    assert list(schema["properties"]) == list(ARGUMENTS[spider].model_fields)
    assert schema["additionalProperties"] is False
