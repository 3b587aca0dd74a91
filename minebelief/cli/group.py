"""The command ``minebelief``: finds its commands when called, and says in one line what went wrong."""

import difflib
import importlib
import sys
import traceback
from collections.abc import Sequence

import click

from minebelief import __version__
from minebelief.cli.options import Session, workspace_option
from minebelief.errors import IndustryFileError, MinebeliefError

__all__ = ["COMMANDS", "main", "minebelief"]

COMMANDS = {
    "init": "Write an industry file to start from.",
    "run": "Bring an industry up to date: gather, mine, count, judge, publish.",
    "demo": "See a whole run on a made-up industry; it needs no network.",
    "probe": "Show what a site offers, and the lines for the industry file.",
    "crawl": "Gather only: crawl the sites of an industry.",
    "beliefs": "Summarize the clusters of an industry.",
    "values": "Summarize what customers of an industry praise.",
    "compare": "Show where companies differ beyond chance, and where not.",
    "openings": "Show where a company, or a newcomer, can be different.",
    "hunches": "Hold guesses, values and purpose against what customers say.",
    "claims": "Hold what companies promise against what their customers say.",
    "check": "Grade a differentiator that someone proposes.",
    "show": "Show one theme: evidence for and against it, company by company.",
    "changes": "Say what changed: born, risen, fallen, gone, merged.",
    "audit": "Judge a sample of a theme by hand: how precise is it, and what is missed?",
    "rename": "Give a theme a name of your own.",
    "merge": "Let a theme go into another one.",
    "split": "Take a part of a theme out as a theme of its own.",
    "hide": "Keep a theme out of what is published.",
    "pin": "Keep a theme from being merged, split or retired by itself.",
    "export": "Write the published tables as Parquet, CSV, JSON or a workbook.",
    "report": "Write an industry as one HTML page that can be sent to anyone.",
    "sql": "Ask the published database a question in SQL.",
    "backup": "Save a workspace as one archive file.",
    "restore": "Make a workspace of an archive that 'backup' wrote.",
    "forget": "Erase a review or an author everywhere, and count again.",
    "schedule": "Serve industries on a schedule, until stopped with Ctrl-C.",
    "doctor": "Say whether this machine is ready, and what is missing.",
}
"""Name and first line of every command, so that the help needs none of their modules."""


class LazyGroup(click.Group):
    """Commands are modules of this package, each with a ``command``, imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"minebelief.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say what there is."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            close = difflib.get_close_matches(name, COMMANDS, n=1)
            hint = f" (did you mean '{close[0]}'?)" if close else ""
            ctx.fail(f"no command '{name}'{hint}; there is {', '.join(COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="\b\nExample:\n  minebelief run pet-insurance.toml\n  minebelief beliefs pet-insurance",
)
@workspace_option
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(__version__, prog_name="minebelief")
@click.pass_context
def minebelief(ctx: click.Context, debug: bool) -> None:
    """Find the complaints that recur across an industry's customer reviews.

    Without a command, say where this workspace stands and what to do next.
    """
    ctx.obj.debug = debug
    if ctx.invoked_subcommand is None:
        from minebelief.cli.standing import print_standing

        print_standing(ctx.obj.workspace, ctx.obj.chosen)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 failed, 2 wrong usage, 3 partly done, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that is not UTF-8 is no reason to fail
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code of a command line; what went wrong is told on stderr."""
    session = Session()
    try:
        code = minebelief.main(arguments, "minebelief", standalone_mode=False, obj=session)
        return code if isinstance(code, int) else 0
    except MinebeliefError as error:
        _tell(error, session)
        return error.exit_code
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        where = f". See '{context.command_path} --help'" if context else ""
        _say(session, f"{error.format_message().rstrip('.')}{where}")
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _interrupted(session)
    except Exception as error:
        if str(error) == "Query interrupted":  # so DuckDB says it
            return _interrupted(session)
        _tell(error, session)
        return 1


def _interrupted(session: Session) -> int:
    _say(session, "interrupted; what is finished is kept, and the same command continues from there")
    return 130


def _tell(error: Exception, session: Session) -> None:
    if session.debug:
        traceback.print_exception(error)
    if isinstance(error, IndustryFileError):
        _say(session, *str(error).splitlines())
    elif isinstance(error, MinebeliefError):
        _say(session, str(error))
    else:
        advice = "" if session.debug else "; 'minebelief --debug …' shows the traceback"
        _say(session, f"unexpected {type(error).__name__}: {error} (a mistake in the program{advice})")


def _say(session: Session, *lines: str) -> None:
    """Each line on stderr; as a JSON object where the log is made of them."""
    from minebelief.cli.output import sanitise

    for line in lines:
        if session.json_log:
            from minebelief.cli.progress import JsonProgress

            JsonProgress(sys.stderr).fail(line)
        else:
            click.echo(f"minebelief: {sanitise(line)}", err=True)
