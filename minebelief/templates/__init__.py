"""Industry files to start from, one for each kind of source, with arguments that work as they stand."""

import importlib.resources
import re
from pathlib import Path

from minebelief.errors import UsageError
from minebelief.industry_values import SLUG

__all__ = ["TEMPLATES", "industry_text"]

TEMPLATES = {
    "cfpb": "complaints about US auto lenders",
    "steam": "players' reviews of survival games",
    "mozilla_addons": "ratings of password managers for Firefox",
    "discourse": "posts in the forums of smart-home hubs",
    "app_store": "reviews of food-delivery apps",
    "schema_org": "review sites that mark their reviews up, here of pet insurers",
    "files": "your own CSV, JSON lines or Parquet files",
}
"""The templates by name, with what each holds."""


def industry_text(name: str, template: str, path: Path) -> str:
    """The text of an industry file called `name`, to be written to `path`.

    Raises:
        UsageError: `name` cannot be the key of an industry.
    """
    if not re.fullmatch(SLUG, name):
        close = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        like = close if re.fullmatch(SLUG, close) else "pet-insurance"
        raise UsageError(
            f"an industry cannot be called '{name}'; accepted: small letters, digits and '-', such as '{like}'"
        )
    text = importlib.resources.files(__name__).joinpath(f"{template}.toml").read_text(encoding="utf-8")
    known = {"{name}": name, "{title}": name.replace("-", " ").capitalize(), "{file}": str(path)}
    return re.sub(r"\{(?:name|title|file)\}", lambda found: known[found[0]], text)
