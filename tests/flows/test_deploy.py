"""What deploy/ and prefect.yaml hold parses, and its command lines and parameters are real."""

import shlex
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from minebelief.cli.group import minebelief
from minebelief.cli.options import Session

ROOT = Path(__file__).parents[2]
PROGRAM = "/opt/minebelief/bin/minebelief"


def unit(name: str) -> ConfigParser:
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(ROOT / "deploy" / name)
    return parser


def understood(line: str) -> dict[str, Any]:
    """The options that the command line gives to ``minebelief run``."""
    program, name, *arguments = shlex.split(line)
    assert (program, name) == (PROGRAM, "run")
    command = minebelief.get_command(click.Context(minebelief), name)
    assert command is not None
    return command.make_context(name, arguments, obj=Session()).params


def test_the_service_runs_a_command_that_exists() -> None:
    options = understood(unit("minebelief@.service")["Service"]["ExecStart"])
    assert (options["file"], options["wait"], options["log_format"]) == (Path("%i.toml"), 3600, "json")
    assert unit("minebelief@.timer")["Timer"]["Persistent"] == "true"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for name in ("minebelief@.service", "minebelief@.timer"):
        text = (ROOT / "deploy" / name).read_text().replace(PROGRAM, sys.executable)
        (tmp_path / name.replace("@", "@coffee")).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True
    )
    own = [line for line in done.stderr.splitlines() if "minebelief" in line]
    assert (done.returncode, own) == (0, []), done.stderr


def test_the_line_for_cron_runs_a_command_that_exists() -> None:
    lines = (ROOT / "deploy" / "crontab").read_text().splitlines()
    (line,) = [line for line in lines if PROGRAM in line]
    assert line.startswith("15 3 * * * cd /srv/minebelief && ")
    assert "%" not in line  # which cron takes for the end of the line
    options = understood(line.partition("&& ")[2].partition(" >>")[0])
    assert (options["file"], options["wait"]) == (Path("coffee.toml"), 3600)


def test_the_deployment_for_teams_names_a_flow_and_parameters_that_it_takes() -> None:
    from prefect.client.schemas.schedules import CronSchedule
    from prefect.flows import load_flow_from_entrypoint

    (deployment,) = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    flow = load_flow_from_entrypoint(deployment["entrypoint"])
    checked = flow.validate_parameters(deployment["parameters"])
    assert checked["industry_file"] == Path("/srv/minebelief/coffee.toml")
    assert [CronSchedule(**one).timezone for one in deployment["schedules"]] == ["Europe/Berlin"]


@pytest.mark.parametrize(("name", "value"), [("wait", -1), ("overlap", "sometimes"), ("rediscover", "perhaps")])
def test_a_parameter_that_cannot_be_is_refused(name: str, value: object) -> None:
    from minebelief.flows.refresh import refresh
    from prefect.exceptions import ParameterTypeError

    with pytest.raises(ParameterTypeError, match=name):
        refresh.validate_parameters({"industry_file": "coffee.toml", name: value})
