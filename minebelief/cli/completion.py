"""What a shell may complete: industries, companies, themes, sources and languages of the workspace.

Nothing here fails or prints: who presses the tabulator key wants names, or silence.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from minebelief.safe_text import sanitise

if TYPE_CHECKING:
    from minebelief.published import PublishedDatabase

__all__ = [
    "complete_company",
    "complete_compared",
    "complete_industry",
    "complete_language",
    "complete_names",
    "complete_source",
    "complete_theme",
]

COMPANIES = "select company, name from companies where industry = ? order by company"

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def complete_industry(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Keys of the industries, with their titles."""
    return _complete(ctx, incomplete, lambda database: [(one.industry, one.title) for one in database.industries()])


def complete_company(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Keys of the industry's companies, with their names."""
    return _of_industry(ctx, incomplete, COMPANIES)


def complete_source(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of the industry's sources."""
    return _of_industry(ctx, incomplete, "select distinct source, '' from reviews where industry = ? order by source")


def complete_language(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Codes of the languages of the industry's reviews."""
    sql = (
        "select language, '' from reviews where industry = ? and language is not null group by 1 order by count(*) desc"
    )
    return _of_industry(ctx, incomplete, sql)


def complete_theme(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of the industry's themes, with their statements."""
    sql = "select theme_id, statement from themes where industry = ? order by length(theme_id), theme_id"
    return _of_industry(ctx, incomplete, sql)


def complete_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """For ``[INDUSTRY] ID``: industries where none is given yet, and themes."""
    given = ctx.params.get(param.name or "") or ()
    return ([] if given else complete_industry(ctx, param, incomplete)) + complete_theme(ctx, param, incomplete)


def complete_compared(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """For ``[INDUSTRY] COMPANY COMPANY``: industries where nothing is given yet, and companies that are not."""
    given = ctx.params.get(param.name or "") or ()
    companies = [one for one in _of_industry(ctx, incomplete, COMPANIES, named=False) if one.value not in given]
    return ([] if given else complete_industry(ctx, param, incomplete)) + companies


def _of_industry(ctx: click.Context, incomplete: str, sql: str, *, named: bool = True) -> list[CompletionItem]:
    """Names of the industry that was given, else of the only one; `named` is False where the first may be another."""

    def names(database: "PublishedDatabase") -> list[tuple[str, str]]:
        given = ctx.params.get("industry") or (ctx.params.get("names") or (None,))[0]
        known = {one.industry for one in database.industries()}
        industry = database.default_industry(given if named or given in known else None)
        return [(str(key), str(about or "")) for key, about in database.rows(sql, [industry])]

    return _complete(ctx, incomplete, names)


def _complete(
    ctx: click.Context, incomplete: str, names: Callable[["PublishedDatabase"], list[tuple[str, str]]]
) -> list[CompletionItem]:
    from minebelief.published import open_published

    try:
        with open_published(ctx.obj.workspace.published) as database:
            found = names(database)
    except (
        Exception
    ):  # a damaged or absent file, a wrong option before the cursor: a shell that completes shows no error
        return []
    # what a shell would split or run is left out; the key can still be typed
    return [
        CompletionItem(key, help=sanitise(about)[:60] or None)
        for key, about in found
        if key.startswith(incomplete) and sanitise(key) == key and not set(key) & set("\"'`$\\;&|<>(){} ")
    ]
