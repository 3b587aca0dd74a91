"""Make the pictures of this folder anew from a demo's workspace: the report in Chromium, commands as they print.

    python docs/images/make.py minebelief-demo

The report is read in Debian's chromium, or the one that the environment variable CHROMIUM names; pictures of commands
are SVG files, drawn from what the commands really print on a terminal with colours.
"""

import argparse
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
COLUMNS = 112
LINES = 44

COMMANDS = {"beliefs": "beliefs", "openings": "openings --limit 2", "show": "show {first} --limit 3"}

# name: where the picture begins, and how many pixels high it is
PARTS = {
    "report": (None, 800),
    "report-beliefs": ("beliefs", 470),
    "report-belief": ("{first}", 600),
    "report-openings": ("openings", 760),
}
SCROLL = "name => scrollTo(0, document.getElementById(name).getBoundingClientRect().top + scrollY)"
FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
MOST_BYTES = 300_000


def printed(workspace: Path, arguments: str) -> str:
    """What a command prints on a terminal of this width, escape sequences included."""
    program = Path(sys.executable).with_name("minebelief")
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment = {
        **kept,
        "COLUMNS": str(COLUMNS),
        "FORCE_COLOR": "1",
        "TERM": "xterm-256color",
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
    }
    command = [str(program), *arguments.split()]
    done = subprocess.run(command, cwd=workspace, env=environment, capture_output=True, check=True)
    return done.stdout.decode()


def draw_terminal(output: str, arguments: str, path: Path) -> None:
    """Draw output as an SVG file that asks for no font from anywhere."""
    from rich.console import Console
    from rich.text import Text

    lines = output.rstrip().splitlines()
    shown = [f"\x1b[1m$ minebelief {arguments}\x1b[0m", *lines[:LINES], *(["…"] if len(lines) > LINES else []), " "]
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi("\n".join(line.rstrip() or " " for line in shown)))
    svg = console.export_svg(title="minebelief", unique_id=path.stem)
    path.write_text(FONT_FACE.sub("", svg).replace("Fira Code", "ui-monospace"), encoding="utf-8")


def photograph(report: Path, first: str, folder: Path) -> None:
    """Pictures of the report's parts, as a person sees them who opens it."""
    from playwright.sync_api import sync_playwright

    browser_path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for name, (begins, height) in PARTS.items():
            page: Any = browser.new_page(viewport={"width": 1180, "height": height}, reduced_motion="reduce")
            page.goto(report.as_uri())
            if begins:  # the filter would lie over it
                page.evaluate("document.querySelector('form.filter').hidden = true")
                page.evaluate(SCROLL, begins.format(first=first))
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        browser.close()


def main() -> None:
    """Make every picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace", type=Path, help="such as minebelief-demo")
    given = parser.parse_args()
    from minebelief.library import Database

    (industry,) = Database(given.workspace / "minebelief.duckdb").values()
    if not industry.figures.made_up:
        sys.exit(f"{given.workspace} holds {industry.key}, whose reviews people wrote: make pictures of the demo only")
    first = industry.beliefs(1, common=False)[0]["theme_id"]
    for name, arguments in COMMANDS.items():
        command = arguments.format(first=first)
        draw_terminal(printed(given.workspace, command), command, HERE / f"terminal-{name}.svg")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.html"
        printed(given.workspace, f"report -o {report}")
        photograph(report, first, HERE)
    for path in HERE.iterdir():
        if path.stat().st_size > MOST_BYTES:
            sys.exit(f"{path} is larger than {MOST_BYTES:,} bytes")


if __name__ == "__main__":
    main()
