"""A published industry with a row in every table that the report tells of, and one with as little as there can be."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from factory import fill, make_workspace
from made_up_report import INDUSTRY, ROWS, add_rows, make_hostile, make_rows_hostile, opened

from minebelief.publish import publish
from minebelief.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def workspaces(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """``plain`` has what every version publishes, ``full`` a row in every table, ``hostile`` hostile text in them."""
    made = {}
    for name in ("plain", "full", "hostile"):
        workspace = make_workspace(tmp_path_factory.mktemp(name))
        with Store(workspace.work) as store:
            fill(store, reviews=14 if name == "hostile" else 12)
            if name == "hostile":
                make_hostile(store)
            publish(store, workspace)
        if name != "plain":
            add_rows(workspace.published, ROWS)
        if name == "hostile":
            make_rows_hostile(workspace.published)
        made[name] = workspace.root
    return made


@pytest.fixture(scope="session")
def pages(workspaces: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Write a workspace's report once; gives its file."""
    from minebelief.report import write_report

    folder = tmp_path_factory.mktemp("pages")

    def page(name: str, company: str | None = None) -> Path:
        path = folder / f"{name}-{company}.html"
        if not path.exists():
            with opened(workspaces[name]) as database:
                write_report(database, INDUSTRY, path, company=company)
        return path

    return page


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """The system's Chromium; tests that need it are skipped where there is none.

    It ends with its module: while it lives its event loop runs in this thread, and no other test can run one.
    """
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("no Chromium is found: install Debian's chromium, or set CHROMIUM to its path")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield launched
        launched.close()
