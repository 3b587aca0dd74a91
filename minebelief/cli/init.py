"""``minebelief init``."""

import shlex
from pathlib import Path

import click

from minebelief.cli.options import Session, example, workspace_option
from minebelief.cli.output import console, program, sanitise
from minebelief.contact import VARIABLE, check_contact, find_contact, save_contact
from minebelief.errors import UsageError
from minebelief.templates import TEMPLATES, industry_text

__all__ = ["command"]


@click.command(
    "init",
    epilog=example(
        "minebelief init coffee",
        "minebelief init survival-games --template steam -o games.toml",
        "minebelief init auto-lenders --template cfpb --contact me@example.org",
    ),
)
@click.argument("name")
@click.option(
    "--template",
    type=click.Choice(list(TEMPLATES)),
    default="files",
    show_default=True,
    help="Where the reviews are to come from.",
)
@click.option(
    "--contact",
    metavar="ADDRESS",
    help="Where the owner of a crawled site reaches you; kept in this workspace and sent along with every request.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write here instead of to NAME.toml.")
@workspace_option
@click.pass_obj
def command(session: Session, name: str, template: str, contact: str | None, output: Path | None) -> None:
    """Write an industry file to start from.

    NAME is what the industry is called from then on, in small letters with '-' for blanks. The file holds real
    companies and sources that work as they stand, and says in comments what to change:

    \b
    cfpb            complaints about US auto lenders
    steam           players' reviews of survival games
    mozilla_addons  ratings of password managers for Firefox
    discourse       posts in the forums of smart-home hubs
    app_store       reviews of food-delivery apps
    schema_org      review sites that mark their reviews up, here of pet insurers
    files           your own CSV, JSON lines or Parquet files
    """
    path = output or Path(f"{name}.toml")
    if output and output.is_dir():
        path = output / f"{name}.toml"
    text = industry_text(name, template, path)
    if contact:
        check_contact(contact)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path} is there already; delete it, or write elsewhere with -o FILE") from None
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}; write elsewhere with -o FILE") from None
    if contact:
        save_contact(session.workspace, contact)
    _tell(session, name, template, path)


def _tell(session: Session, name: str, template: str, path: Path) -> None:
    screen = console()
    call = program(session.chosen)
    screen.print(f"Wrote {sanitise(str(path))}: {TEMPLATES[template]}", highlight=False, soft_wrap=True)
    if template == "files":
        screen.print("Name your companies and files in it first; every line says how.")
    elif not find_contact(session.workspace):
        advice = f"Before the first crawl say how site owners reach you:  export {VARIABLE}=you@example.org"
        screen.print(advice, highlight=False, soft_wrap=True)
    screen.print(f"Next:  {call} run {shlex.quote(str(path))}", highlight=False, soft_wrap=True)
    screen.print(f"       {call} beliefs {name}", highlight=False, soft_wrap=True)
