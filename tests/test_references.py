"""The pages that are made from the program say what it says."""

from pathlib import Path

import pytest

from minebelief import command_reference, industry_reference
from minebelief.cli.group import COMMANDS
from minebelief.industry import Columns, Company, CrawlSource, FileSource, Industry

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize(
    ("page", "module"), [("commands.md", command_reference), ("industry-file.md", industry_reference)]
)
def test_the_page_is_what_the_program_says(page: str, module) -> None:
    assert (DOCS / page).read_text(encoding="utf-8") == module.reference(), f"make docs/{page}"


def test_every_command_has_its_section() -> None:
    headings = [line.removeprefix("## ") for line in (DOCS / "commands.md").read_text().splitlines() if "## " in line]
    assert headings == ["Completion", *COMMANDS]


@pytest.mark.parametrize("model", [Industry, Company, FileSource, Columns, CrawlSource])
def test_every_key_of_the_industry_file_is_described(model) -> None:
    assert [name for name, field in model.model_fields.items() if not field.description and name != "path"] == []
