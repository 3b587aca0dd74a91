"""``minebelief audit``."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minebelief.audit import SAMPLE, Item, read_sheet, sample, verdicts_of, write_sheet
from minebelief.cli.completion import complete_names
from minebelief.cli.decide import by_option, published
from minebelief.cli.group import COMMANDS
from minebelief.cli.options import Session, example, workspace_option
from minebelief.cli.output import console, day, program, sanitise
from minebelief.decisions import account
from minebelief.errors import InputError
from minebelief.judgements import judge, read_judgements, text_hash
from minebelief.published import Theme

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["command"]

KEYS = {"y": "yes", "n": "no", "u": "unsure"}
BACK, QUIT = "b", "q"
AROUND = 3
"""Sentences that are shown before and after the one that is judged."""

Ask = Callable[[], str]


@click.command(
    "audit",
    help="\n\n".join(
        (
            COMMANDS["audit"],
            "Shows a random sample of what is counted under a theme, mixed with a sample of what is near and not "
            "counted, each sentence in its review. One key judges: does it say what the theme's statement says? "
            "y yes, n no, u unsure, b back, q quit; what is judged is kept, and the same command goes on from there.",
            "The next run publishes the theme's precision. From ten judgements of each sample on it corrects the "
            "theme's prevalence for what was counted wrongly and what was missed.",
            "Judgements are written down with who and when, in decisions/INDUSTRY.judgements.jsonl in the workspace. "
            "INDUSTRY may be left out where there is only one.",
        )
    ),
    epilog=example(
        "minebelief audit pet-insurance b3",
        "minebelief audit b3 --export b3.csv",
        "minebelief audit b3 --import b3.csv --by Ann",
    ),
)
@click.argument("names", nargs=-1, metavar="[INDUSTRY] ID", shell_complete=complete_names)
@click.option("--sample", "size", type=click.IntRange(1), default=SAMPLE, show_default=True, help="Sentences of each.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another one draws another sample.")
@click.option(
    "--export",
    "sheet",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="Write the sample to a file instead, to be judged elsewhere.",
)
@click.option(
    "--import",
    "filled",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="Take in such a file with its column verdict filled.",
)
@by_option
@workspace_option
@click.pass_obj
def command(
    session: Session, names: tuple[str, ...], size: int, seed: int, sheet: Path | None, filled: Path | None, by: str
) -> None:
    """Judge a sample."""
    context = click.get_current_context()
    if not 1 <= len(names) <= 2:
        raise click.UsageError("give [INDUSTRY] ID, such as 'pet-insurance b3'", context)
    if sheet and filled:
        raise click.UsageError("give --export or --import, not both", context)
    who, workspace = by or account(), session.workspace
    with published(session) as database:
        industry = database.default_industry(names[0] if len(names) == 2 else None)
        theme = database.theme(industry, names[-1])
        if theme.statement is None:
            raise InputError(f"{theme.theme_id} has no statement that its sentences could be judged by")
        items = sample(database, industry, theme.theme_id, size, seed)
        taken = read_sheet(filled, database, industry, theme.theme_id) if filled else []
    told = verdicts_of(read_judgements(workspace, industry), theme.theme_id, who)
    screen = console()
    if sheet:
        write_sheet(sheet, industry, theme.theme_id, theme.statement or "", items, told)
        screen.print(f"{len(items)} sentences written to {sanitise(str(sheet))}", soft_wrap=True)
        screen.print("Write yes, no or unsure into the column verdict: does the sentence say the statement?")
        line = f"Next:  {program(session.chosen)} audit {industry} {theme.theme_id} --import {sheet}"
        screen.print(sanitise(line), soft_wrap=True)
        return

    def keep(judged: list[tuple[str, str, str, str, str]]) -> None:
        judge(workspace, industry, judged, who)

    if filled:
        new = [one for one in taken if told.get(one[1]) != one[3]]
        keep(new)
        same = f", {len(taken) - len(new)} were known" if len(taken) > len(new) else ""
        screen.print(f"{len(new)} judgements on {theme.theme_id} taken in{same}")
        told |= {one[1]: one[3] for one in taken}
    else:
        if not sys.stdin.isatty():
            raise InputError(
                "audit asks for one key after another, and there is no terminal to press them on. Run it in one, or "
                "judge elsewhere with --export FILE.csv and --import FILE.csv"
            )
        _Sitting(screen, theme, items, told, keep).carry_out(click.getchar)
    _close(screen, session, industry, theme, items, told)


class _Sitting:
    """One judge before one sample; ``told`` holds the verdicts by sentence and is added to."""

    def __init__(
        self,
        screen: "Console",
        theme: Theme,
        items: tuple[Item, ...],
        told: dict[str, str],
        keep: Callable[[list[tuple[str, str, str, str, str]]], None],
    ) -> None:
        self.screen, self.theme, self.items, self.told, self.keep = screen, theme, items, told, keep

    def carry_out(self, ask: Ask) -> None:
        """Ask until all is judged or the judge quits."""
        from rich.text import Text

        at = self._next(0)
        while at < len(self.items):
            item = self.items[at]
            self._show(item, at)
            key = ask().casefold()
            while key not in (*KEYS, BACK, QUIT):
                self.screen.print(Text("y yes, n no, u unsure, b back, q quit", style="dim"))
                key = ask().casefold()
            if key == QUIT:
                return
            if key == BACK:
                at = max(0, at - 1)
                continue
            verdict = KEYS[key]
            if self.told.get(item.sentence_id) != verdict:
                hashed = text_hash(item.text)
                self.keep([(self.theme.theme_id, item.sentence_id, item.stratum, verdict, hashed)])
            self.told[item.sentence_id] = verdict
            self.screen.print(Text(verdict, style="bold"))
            at = self._next(at + 1)

    def _next(self, start: int) -> int:
        """The first place from `start` on that is not judged yet."""
        left = (n for n in range(start, len(self.items)) if self.items[n].sentence_id not in self.told)
        return next(left, len(self.items))

    def _show(self, item: Item, at: int) -> None:
        from rich.text import Text

        before, after = item.before[-AROUND:], item.after[:AROUND]
        review = Text()
        dots = ("… " if len(before) < len(item.before) else "", " …" if len(after) < len(item.after) else "")
        review.append(dots[0] + "".join(f"{sanitise(text)} " for text in before), style="dim")
        review.append(f"» {sanitise(item.text)} «", style="bold")
        review.append("".join(f" {sanitise(text)}" for text in after) + dots[1], style="dim")
        stars = f"{1 + 4 * item.stars:g} of 5 stars" if item.stars is not None else ""
        about = ", ".join(part for part in (sanitise(item.company), day(item.published_at), stars) if part)
        said = f" (you said {self.told[item.sentence_id]})" if item.sentence_id in self.told else ""
        self.screen.print()
        self.screen.print(Text(f"{at + 1} of {len(self.items)} · {about}", style="dim"))
        self.screen.print(review)
        self.screen.print(
            Text.assemble("Says ", (f"“{sanitise(self.theme.statement or '')}”", "bold"), f"?  y n u · b q{said}")
        )


def _close(
    screen: "Console", session: Session, industry: str, theme: Theme, items: tuple[Item, ...], told: dict[str, str]
) -> None:
    """Say how far it is, and what comes next; the figures come with the run, when nobody can be swayed by them."""
    done = sum(item.sentence_id in told for item in items)
    screen.print()
    screen.print(f"{done} of {len(items)} sentences of the sample of {theme.theme_id} are judged", soft_wrap=True)
    screen.print(f"Written to {sanitise(str(session.workspace.judgements(industry)))}", soft_wrap=True)
    if done < len(items):
        screen.print(f"Next:  {program(session.chosen)} audit {industry} {theme.theme_id}     go on", soft_wrap=True)
    screen.print(
        f"{'Next: ' if done == len(items) else '      '} {program(session.chosen)} run FILE     count it",
        soft_wrap=True,
    )
