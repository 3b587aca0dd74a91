"""The page about the command line, made from the commands' own help: ``python -m minebelief.command_reference``."""

import inspect
import sys
from collections.abc import Iterator

import click

from minebelief.cli.group import COMMANDS, minebelief

__all__ = ["reference"]

BEGINNING = """\
# Every command

<!-- Made from the commands' help by `make docs/commands.md`; change that. -->

`minebelief` alone says where the workspace stands and what to do next; `minebelief COMMAND --help` shows what stands
here. Data goes to stdout, progress and errors to stderr. Exit codes: 0 done, 1 failed (one line says why), 2 wrong
usage, 3 partly done (a source failed, the rest is published), 130 interrupted. `NO_COLOR` is honoured.

The workspace is the folder given with `--workspace`, else the nearest one at or above the current folder that holds
`.minebelief`, else the current folder.

## Completion

The shell completes commands, options, industries, companies, themes, sources and languages after one of:

```
eval "$(_MINEBELIEF_COMPLETE=bash_source minebelief)"    # in ~/.bashrc
eval "$(_MINEBELIEF_COMPLETE=zsh_source minebelief)"     # in ~/.zshrc
_MINEBELIEF_COMPLETE=fish_source minebelief | source     # in ~/.config/fish/config.fish
```
"""


def reference() -> str:
    """The whole page, in Markdown."""
    return "\n".join([BEGINNING, *map(_section, COMMANDS)])


def _section(name: str) -> str:
    context = click.Context(minebelief, info_name="minebelief", **minebelief.context_settings)
    command = minebelief.get_command(context, name)
    assert command is not None, name
    own = click.Context(command, info_name=name, parent=context)
    usage = " ".join(command.collect_usage_pieces(own))
    about = "\n\n".join(map(_paragraph, inspect.cleandoc(command.help or "").split("\n\n")))
    example = "\n".join(_lines(command.epilog or ""))
    options = [one for one in command.get_params(own) if isinstance(one, click.Option)]
    rows = [_row(one, own) for one in options]
    return (
        f"## {name}\n\n```\nminebelief {name} {usage}\n```\n\n{about}\n\n"
        "| option | meaning |\n|---|---|\n" + "\n".join(rows) + f"\n\nExample:\n\n```\n{example}\n```\n"
    )


def _paragraph(text: str) -> str:
    """A paragraph of a help; Click marks those whose lines are to stay as they are."""
    return f"```\n{text[2:]}\n```" if text.startswith("\b\n") else _escape(text)


def _lines(epilog: str) -> Iterator[str]:
    for line in epilog.splitlines():
        if line.startswith("  "):
            yield line.strip()


def _row(option: click.Option, context: click.Context) -> str:
    names, meaning = option.get_help_record(context) or ("", "")
    told = names.replace("|", "\\|")
    return f"| `{told}` | {_escape(meaning)} |"


def _escape(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("[", "\\[")


if __name__ == "__main__":
    sys.stdout.write(reference())
