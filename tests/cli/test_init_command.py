"""``minebelief init``."""

import pytest

from minebelief.contact import find_contact, save_contact
from minebelief.errors import UsageError, WorkspaceError
from minebelief.gather.sources import crawl_jobs
from minebelief.industry import load_industry
from minebelief.templates import TEMPLATES
from minebelief.workspace import Workspace


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MINEBELIEF_CONTACT", raising=False)
    return tmp_path


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_gives_a_file_that_can_be_run_as_it_stands(call, here, template):
    done = call("init", "my-industry", "--template", template)
    assert (done.code, done.err) == (0, "")
    assert "minebelief run my-industry.toml\n" in done.out
    assert done.out.splitlines()[-1].strip() == "minebelief beliefs my-industry"
    industry = load_industry(here / "my-industry.toml")
    assert (industry.industry, industry.title) == ("my-industry", "My industry")
    assert len(industry.companies) >= 3
    assert industry.beliefs
    assert industry.values
    spiders = {job.spider for job in crawl_jobs(industry)}
    assert spiders - {"pages"} == (set() if template == "files" else {template})
    assert all(value not in (here / "my-industry.toml").read_text() for value in ("{name}", "{title}", "{file}"))


def test_every_company_of_a_template_has_a_source(call, here):
    for template in TEMPLATES:
        call("init", template.replace("_", "-"), "--template", template)
        industry = load_industry(here / f"{template.replace('_', '-')}.toml")
        jobs = crawl_jobs(industry)
        named = {job.args["company"] for job in jobs if "company" in job.args}
        asked = {name for job in jobs for name in (*job.args.get("companies", ()), *job.args.get("addons", ()))}
        found = named | {industry.company_key(name) for name in asked}
        assert template == "files" or found == set(industry.companies), template


def test_the_help_says_what_each_template_holds(call):
    out = " ".join(call("init", "--help").out.split())
    for template, what in TEMPLATES.items():
        assert f"{template} {what}" in out


def test_nothing_is_overwritten(call, here):
    (here / "pets.toml").write_text("mine")
    done = call("init", "pets", "--contact", "me@example.org")
    assert (done.code, done.err) == (
        2,
        "minebelief: pets.toml is there already; delete it, or write elsewhere with -o FILE\n",
    )
    assert (here / "pets.toml").read_text() == "mine"
    assert list(here.iterdir()) == [here / "pets.toml"]


def test_it_writes_where_it_is_told_and_says_so(call, here):
    (here / "sub folder").mkdir()
    done = call("--workspace", str(here / "w"), "init", "pets", "-o", "sub folder")
    assert f"minebelief --workspace {here / 'w'} run 'sub folder/pets.toml'" in done.out
    assert load_industry(here / "sub folder" / "pets.toml").industry == "pets"
    assert call("init", "pets", "-o", "nowhere/pets.toml").err.startswith("minebelief: cannot write nowhere/pets.toml")


@pytest.mark.parametrize(("name", "like"), [("Auto Lenders", "auto-lenders"), ("ä?", "pet-insurance"), ("a_b", "a-b")])
def test_a_name_that_cannot_be_a_key_is_refused_with_one_that_can(call, here, name, like):
    done = call("init", name)
    assert done.code == 2
    assert done.err.strip().endswith(f"accepted: small letters, digits and '-', such as '{like}'")
    assert list(here.iterdir()) == []


def test_a_contact_is_kept_in_the_workspace_and_used_by_its_crawls(call, here):
    assert "export MINEBELIEF_CONTACT=you@example.org" in call("init", "games", "--template", "steam").out
    done = call("init", "lenders", "--template", "cfpb", "--contact", "me@example.org")
    assert "export" not in done.out
    assert find_contact(Workspace(here)) == "me@example.org"


def test_a_contact_that_is_no_address_is_refused_before_anything_is_written(call, here):
    done = call("init", "pets", "--contact", "me at home")
    assert done.code == 2
    assert "is neither an e-mail address nor a web address" in done.err
    assert list(here.iterdir()) == []


def test_the_environment_goes_before_the_settings(here, monkeypatch):
    workspace = Workspace(here)
    assert find_contact(workspace) is None
    save_contact(workspace, "https://example.org/bot")
    assert find_contact(workspace) == "https://example.org/bot"
    monkeypatch.setenv("MINEBELIEF_CONTACT", "other@example.org")
    assert find_contact(workspace) == "other@example.org"


def test_settings_that_cannot_be_read_are_told(here):
    workspace = Workspace(here)
    with pytest.raises(UsageError):
        save_contact(workspace, "nobody")
    workspace.create()
    workspace.settings.write_text("contact = ")
    with pytest.raises(WorkspaceError, match="mend it or delete it"):
        find_contact(workspace)
