"""A whole run on the made-up industry: its sites are served on this machine and crawled like any others."""

from pathlib import Path

from minebelief.demo.industry import MadeUpIndustry, generate
from minebelief.demo.industry_file import industry_file
from minebelief.demo.site import serve
from minebelief.demo.truth import truth_text, write_truth
from minebelief.errors import UsageError, WorkspaceError
from minebelief.pipeline import RunSummary, run
from minebelief.progress import Progress
from minebelief.workspace import Workspace

__all__ = ["FOLDER", "run_demo"]

FOLDER = "minebelief-demo"
"""The demo's own workspace, in the current folder."""

FILE, TRUTH = "demo-phone.toml", "demo-truth.json"


def run_demo(
    workspace: Workspace, progress: Progress, *, seed: int = 1, reviews: int = 3600, wordings: str = "tune"
) -> RunSummary:
    """Generate the industry, serve its sites on 127.0.0.1, and carry out a normal run on them.

    Args:
        workspace: an empty or missing folder, or the workspace of an earlier demo.
        progress: told about every step.
        seed: of the generator.
        reviews: how many customer reviews to generate.
        wordings: which wordings to use, 'tune' or 'test'; tests score on the other ones than the demo shows.

    Raises:
        UsageError: the folder holds something else, or another made-up industry.
        MinebeliefError: as `minebelief.pipeline.run`.
    """
    file = workspace.root / FILE
    if workspace.root.exists() and not file.exists() and _holds_anything(workspace.root):
        raise UsageError(
            f"{workspace.root} holds other files, and the made-up industry is never mixed with real ones. "
            "Name an empty or a new folder with --workspace"
        )
    industry = generate(seed, wordings, reviews)
    if not _is_new(industry, workspace.root / TRUTH):
        raise UsageError(
            f"{workspace.root} holds another made-up industry (of another --seed, --reviews or version of minebelief), "
            "and the two would be mixed. Delete that folder, or name a new one with --workspace"
        )
    workspace.create()
    progress.finish("make up", f"{len(industry.companies)} companies and all that people say: nothing of it is real")
    with serve(industry) as urls:
        try:
            file.write_text(industry_file(industry, urls), encoding="utf-8")
            write_truth(industry, workspace.root / TRUTH)
        except OSError as error:
            raise WorkspaceError(f"cannot write to {workspace.root}: {error.strerror}") from None
        return run(file, workspace, progress)


def _is_new(industry: MadeUpIndustry, truth: Path) -> bool:
    """Whether nothing was planted before, or the very same."""
    try:
        return truth.read_text(encoding="utf-8") == truth_text(industry)
    except OSError:  # none is there, or the folder is none that can be used, as will be told
        return True
    except UnicodeDecodeError:
        return False


def _holds_anything(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except OSError as error:
        raise WorkspaceError(f"cannot read {folder}: {error.strerror}. Name another one with --workspace") from None
