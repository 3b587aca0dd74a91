"""The arguments of every spider, by its name.

Whoever checks an industry file needs no more than this: Scrapy is not imported.
"""

from pydantic import BaseModel

from .api_arguments import (
    AppStoreArguments,
    CfpbArguments,
    DiscourseArguments,
    MozillaAddonsArguments,
    PagesArguments,
    SteamArguments,
)
from .arguments import SchemaOrgArguments

__all__ = ["ARGUMENTS"]

ARGUMENTS: dict[str, type[BaseModel]] = {
    "app_store": AppStoreArguments,
    "cfpb": CfpbArguments,
    "discourse": DiscourseArguments,
    "mozilla_addons": MozillaAddonsArguments,
    "pages": PagesArguments,
    "schema_org": SchemaOrgArguments,
    "steam": SteamArguments,
}
