"""From an industry file to reviews in the work database: crawls of sites on this machine."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from laundries import make_up, write_files, write_industry

from minebelief.demo import generate, industry_file, serve
from minebelief.errors import InputError
from minebelief.gather.landing import load
from minebelief.gather.sources import SourceWork, crawl_jobs, gather, usable
from minebelief.industry import load_industry
from minebelief.progress import Silent
from minebelief.store import Store
from minebelief.workspace import Workspace

HEAD = 'industry = "pets"\n[companies.figo]\nname = "Figo"\n[companies.spot]\nname = "Spot"\n'


class Listener(Silent):
    def __init__(self):
        self.count, self.warnings, self.done = 0, [], []

    def advance(self, step, count):
        self.count += count

    def warn(self, message):
        self.warnings.append(message)

    def finish(self, step, done):
        self.done.append((step, done))


def write(folder, text):
    path = folder / "industry.toml"
    path.write_text(text, encoding="utf-8")
    return load_industry(path)


def test_a_spider_is_told_what_its_section_says(tmp_path):
    section = '[[sources]]\nname = "web"\nspider = "schema_org"\n'
    first = section + 'company = "figo"\nurls = ["https://a.example/"]\nsince = 2024-05-06\nmax_pages = 3\n'
    site = section + 'urls = ["https://b.example/"]\n'
    second = site + 'company = "spot"\nkind = "employee"\nallow_local = true\n'
    jobs = crawl_jobs(write(tmp_path, HEAD + first + second + site + site))
    assert [(job.source, job.section, job.allow_local) for job in jobs] == [
        ("web", "figo", False),
        ("web", "spot", True),
        ("web", "", False),
        ("web", "2", False),
    ]
    assert jobs[0].args == {
        "company": "figo",
        "kind": "review",
        "max_pages": 3,
        "since": "2024-05-06",
        "urls": ["https://a.example/"],
    }
    assert jobs[1].args == {"company": "spot", "kind": "employee", "urls": ["https://b.example/"]}


def test_a_spider_gathers_its_own_kind_unless_told_otherwise(tmp_path):
    sections = (
        'spider = "cfpb"\nproduct = "Mortgage"',
        'spider = "discourse"\ncompany = "figo"\nurls = ["https://forum.figo.example/"]',
        'spider = "steam"\ncompany = "figo"\napps = 252490',
        'spider = "steam"\ncompany = "spot"\napps = [1, 2]\nkind = "mention"',
        'spider = "pages"\ncompany = "figo"\nurls = ["https://figo.example/"]',
    )
    jobs = crawl_jobs(write(tmp_path, HEAD + "".join(f"[[sources]]\n{section}\n" for section in sections)))
    assert [job.args.get("kind") for job in jobs] == ["complaint", "mention", "review", "mention", None]
    assert jobs[0].args["companies"] == ["Figo", "Spot"]
    assert jobs[3].args["apps"] == [1, 2]


def test_without_a_site_there_is_nothing_to_crawl(tmp_path):
    listener = Listener()
    industry = write(tmp_path, HEAD + '[[sources]]\nfiles = "*.csv"\ncompany = "figo"\n')
    assert gather(industry, Workspace(tmp_path), listener) == ({}, [])
    assert listener.done == [("gather", "no site to crawl")]


@pytest.mark.parametrize("per_company", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_every_made_up_review_arrives(tmp_path, per_company):
    made_up = generate(seed=5, reviews=240)
    if per_company:  # a crawl for each of them on each site
        made_up = replace(made_up, catalogue=replace(made_up.catalogue, companies=made_up.companies[:2]))
    named = {company.key for company in made_up.companies}
    reviews = [review for review in (*made_up.reviews, *made_up.employee_reviews) if review.company in named]
    everyone = {review.native_id: review for review in reviews}
    workspace, listener = Workspace(tmp_path), Listener()
    with serve(made_up) as urls:
        text = industry_file(made_up, urls, per_company=per_company)
        if per_company:  # sections of one site are one source
            for company in made_up.companies:
                text = text.replace(f'-{company.key}"\nspider', '"\nspider')
        text += '[[sources]]\nname = "gone"\nspider = "schema_org"\nallow_local = true\n'
        text += f'urls = ["{urls["plainly"]}/gone"]\n'
        industry = write(tmp_path, text)
        landed, outcomes = gather(industry, workspace, listener, timeout=300)
    assert [outcome.source for outcome in outcomes if outcome.verdict != "ok"] == ["gone"]
    assert listener.warnings == ["source 'gone': failed: 1 of 1 page failed (404)"]
    assert set(landed) == {"plainly", "tenpoint", "shelfmark", "breakroom", "gone"}
    assert landed["gone"] == []
    assert sum(outcome.items for outcome in outcomes) == listener.count == len(everyone)

    columns = "native_id, company, source, kind, rating, scale, stars, title, language, published_at"
    with Store(workspace.work) as store:
        loaded = load(store, industry, "r1", listener, landed)
        rows = store.rows(f"select {columns} from reviews")
        pairs = store.rows(
            "select later.native_id, first.native_id from reviews later "
            "join reviews first on first.review_id = later.duplicate_of"
        )
    assert (loaded.new, loaded.rejected) == (len(everyone), 0)
    for native, company, source, kind, rating, scale, stars, title, language, published_at in rows:
        review = everyone.pop(native)
        assert (company, source, kind) == (review.company, review.site, review.kind)
        assert (rating, scale, title, language) == (
            review.rating,
            review.scale,
            review.title,
            review.language,
        )
        assert stars == pytest.approx((review.rating - 1) / (review.scale - 1))
        assert abs(published_at.date() - review.published) <= timedelta(days=1)
        assert published_at.date() <= date.today()
    assert not everyone
    planted = {frozenset((r.native_id, r.duplicate_of)) for r in reviews if r.duplicate_of}
    assert planted
    assert planted <= set(map(frozenset, pairs))


def test_a_file_source_that_cannot_be_used_is_left_out_and_named(tmp_path):
    write_files(tmp_path / "reviews", make_up(8))
    absent = ["[[sources]]", 'name = "absent"', 'files = "absent/*.csv"', 'company = "{stem}"']
    industry = load_industry(write_industry(tmp_path, more="\n".join(absent)))
    listener = Listener()
    kept, failed = usable(industry, listener, SourceWork())
    assert ([source.name for source in kept.sources], failed) == (["files"], ["absent"])
    (warning,) = listener.warnings
    assert warning.startswith("source 'absent': no file matches")
    assert warning.endswith("; the run goes on without it")


def test_where_no_source_can_be_used_the_first_mistake_is_raised(tmp_path):
    industry = load_industry(write_industry(tmp_path))
    with pytest.raises(InputError, match="source 'files': no file matches"):
        usable(industry, Listener(), SourceWork())
