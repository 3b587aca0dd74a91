"""``minebelief report``."""

from pathlib import Path

import click

from minebelief.cli.options import Session, company_option_for, example, industry_argument, workspace_option
from minebelief.published import open_published

__all__ = ["command"]


@click.command(
    "report",
    epilog=example("minebelief report pet-insurance --company figo -o pets.html", "minebelief report"),
)
@industry_argument
@company_option_for("The company whose openings are told, by its key or name; by default yours.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; by default INDUSTRY.html in the current folder.",
)
@click.option("--open", "shown", is_flag=True, help="Open it in the browser.")
@workspace_option
@click.pass_obj
def command(session: Session, industry: str | None, company: str | None, output: Path | None, shown: bool) -> None:
    """Write an industry as one HTML page that can be sent to anyone.

    The page holds everything it needs, loads nothing and works without a network. INDUSTRY may be left out where
    there is only one.
    """
    from minebelief.report import write_report

    with open_published(session.workspace.published) as database:
        key = database.default_industry(industry)
        chosen = database.default_company(key, company) if company else None
        path = output or Path(f"{key}.html")
        size = write_report(database, key, path, company=chosen)
    click.echo(f"{path} is written ({size / 1_000_000:.2f} MB)")
    if shown and not _opened(path):
        click.echo("no browser could be opened here: open the file yourself", err=True)


def _opened(path: Path) -> bool:
    import webbrowser

    return webbrowser.open(path.resolve().as_uri())
