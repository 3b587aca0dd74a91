"""How good themes and areas are, and how fast they are found, beside other tools in the same run.

    python benchmarks/quality.py $MINEBELIEF_DATA --workspaces FOLDER [--only airlines] [--write benchmarks/RESULTS.md]

*airlines*  runs Minebelief on all airline tweets, with its own polarity and roles, reads the published database, and
            holds areas and themes against the reasons that people gave to the negative tweets. The peers are given the
            negative tweets. The labels reach neither. A tweet's label is the area (or theme) of its most confident
            negative reason; all tweets without one are one cluster. Scored are the tweets whose reason has confidence 1
            and is not "Can't Tell"; ``leak`` is the mutual information of label and airline over all negative tweets.
*speed*     finds and matches themes among the reasons of pet insurance, without resamples, beside BERTopic's fit on the
            same vectors.
*topics*    lets BERTopic group the negative reasons of pet insurance, and puts its topics in the place of the beliefs
            of a copy of the published database, FOLDER/bertopic.duckdb, from which ``judge.py draw`` draws a sheet.

Peers that are not installed (``pip install -c constraints.txt -e '.[peers]'``) are left out.
"""

import argparse
import csv
import gzip
import os
import platform
import re
import shutil
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import duckdb
import numpy as np
import peers
import pyarrow as pa
from sklearn.metrics import adjusted_mutual_info_score, homogeneity_score

from minebelief.industry import Industry, load_industry
from minebelief.mining.assignment import Assignment
from minebelief.mining.corpus import Corpus, load_corpus
from minebelief.mining.discovery import ThemeDiscovery
from minebelief.mining.encoder import Encoder, check_default_encoder
from minebelief.mining.known import next_id
from minebelief.mining.masking import Masker
from minebelief.pipeline import run
from minebelief.progress import Silent
from minebelief.store import Store
from minebelief.workspace import Workspace

INDUSTRIES = Path(__file__).parent / "industries"
HEADING = "## Beside other tools"
LABELS = """
select reviews.native_id, coalesce({column}, 'none')
from (
    select sentences.*, theme_sentences.theme_id
    from sentences
    left join theme_sentences
        on theme_sentences.industry = sentences.industry
        and theme_sentences.sentence_id = sentences.sentence_id
    where sentences.industry = 'airline-tweets' and sentences.polarity = 'negative' and sentences.role = 'reason'
    qualify row_number() over (
        partition by sentences.review_id
        order by sentences.p_negative desc, sentences.position, theme_sentences.similarity desc
    ) = 1
) as best
join reviews on reviews.industry = best.industry and reviews.review_id = best.review_id
"""
Tweet = dict[str, str]


@dataclass(frozen=True)
class Grouping:
    """A way of grouping the negative tweets: a label for each, and the seconds that it took (None: not measured)."""

    method: str
    labels: Sequence[str]
    seconds: float | None = None


def mined(data: Path, workspaces: Path, name: str) -> tuple[Workspace, Industry]:
    """An industry and its workspace, brought up to date."""
    os.environ["MINEBELIEF_DATA"] = str(data)
    file = INDUSTRIES / f"{name}.toml"
    workspace = Workspace(workspaces / name)
    done = run(file, workspace, Silent())
    print(f"{name}: {done.seconds}", flush=True)
    return workspace, load_industry(file)


def markdown(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table."""
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in (header, ["---"] * len(header), *rows)]
    return "\n".join(lines)


def negative_tweets(data: Path) -> list[Tweet]:
    """The tweets that people called negative, in the order of the file."""
    with gzip.open(data / "airline-tweets" / "tweets.csv.gz", "rt", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["airline_sentiment"] == "negative"]


def is_scored(tweet: Tweet) -> bool:
    """Whether people were sure of the tweet's reason."""
    sure = float(tweet["negativereason_confidence"] or 0) == 1
    return sure and tweet["negativereason"] not in ("", "Can't Tell")


def figures(grouping: Grouping, tweets: list[Tweet]) -> list[str]:
    """The row of a grouping in the table."""
    both = list(zip(grouping.labels, tweets, strict=True))
    scored = [(label, tweet["negativereason"]) for label, tweet in both if is_scored(tweet)]
    assigned = [pair for pair in scored if pair[0] != "none"]
    found, reasons = zip(*scored, strict=True)
    some, their = zip(*assigned, strict=True)
    leak = adjusted_mutual_info_score([tweet["company"] for tweet in tweets], grouping.labels)
    return [
        grouping.method,
        str(len({label for label in grouping.labels if label != "none"})),
        f"{len(assigned) / len(scored):.0%}",
        f"{adjusted_mutual_info_score(reasons, found):.3f}",
        f"{adjusted_mutual_info_score(their, some):.3f}",
        f"{homogeneity_score(reasons, found):.3f}",
        f"{leak:.3f}",
        "" if grouping.seconds is None else f"{grouping.seconds:.0f}",
    ]


def ours(workspace: Workspace, tweets: list[Tweet]) -> Iterator[Grouping]:
    """Areas and themes of the published database."""
    with duckdb.connect(str(workspace.published), read_only=True) as connection:
        for level, column in (("areas", "area"), ("themes", "theme_id")):
            labels = dict(connection.execute(LABELS.format(column=column)).fetchall())
            yield Grouping(f"**Minebelief, {level}**", [labels.get(tweet["tweet_id"], "none") for tweet in tweets])


def named(labels: Sequence[int] | np.ndarray) -> list[str]:
    """Labels as text, -1 being none."""
    return ["none" if label == -1 else str(label) for label in labels]


def theirs(industry: Industry, tweets: list[Tweet]) -> Iterator[Grouping]:
    """The peers, on the negative tweets, each timed without embedding."""
    encoder = Encoder(str(check_default_encoder()))  # as it is published, without what this project taught it
    masker = Masker(industry)
    raw = [tweet["text"] for tweet in tweets]
    masked = [masker.mask(text) or "they" for text in raw]
    vectors = encoder.encode(masked)
    peers.warm_up(masked, vectors)
    if peers.available("bertopic"):
        for what, texts, own in (("raw text", raw, encoder.encode(raw)), ("masked text", masked, vectors)):
            start = time.perf_counter()
            model = peers.topics(texts, own)
            seconds = time.perf_counter() - start
            yield Grouping(f"BERTopic, defaults, {what}", named(model.topics_), seconds)
            yield Grouping("the same, `reduce_outliers`", named(peers.without_outliers(model, texts)))
    ways = [
        *([("EVoC, defaults, masked", lambda: peers.evoc(vectors))] if peers.available("evoc") else []),
        *[(f"k-means 30, masked, seed {seed}", lambda s=seed: peers.k_means(vectors, 30, s)) for seed in range(3)],
        *[(f"best recipe, k-means {k}, masked", lambda k=k: peers.recipe(masked, vectors, k)) for k in (12, 15, 20)],
    ]
    for method, way in ways:
        start = time.perf_counter()
        labels = way()
        yield Grouping(method, named(labels), time.perf_counter() - start)
    sure = [row for row, tweet in enumerate(tweets) if is_scored(tweet)]
    labels = np.full(len(tweets), "none", object)
    labels[sure] = peers.supervised(vectors[sure], [tweets[row]["negativereason"] for row in sure])
    yield Grouping("supervised ceiling, 5-fold (has seen the labels)", list(labels))


def airlines(data: Path, workspaces: Path) -> str:
    """The table of agreement with human reasons."""
    tweets = negative_tweets(data)
    workspace, industry = mined(data, workspaces, "airline-tweets")
    rows = []
    for grouping in chain(ours(workspace, tweets), theirs(industry, tweets)):
        rows.append(figures(grouping, tweets))
        print("  ".join(rows[-1]), flush=True)
    if rows[-1][0].startswith("supervised"):
        rows[-1][-2] = ""
    scored = sum(map(is_scored, tweets))
    header = ["method", "clusters", "assigned", "AMI", "AMI assigned", "homogeneity", "leak", "seconds"]
    return f"Airline tweets: {len(tweets):,} negative ones, {scored:,} scored.\n\n{markdown(header, rows)}"


def pet_insurance(data: Path, workspaces: Path) -> tuple[Workspace, Industry, Encoder, Corpus]:
    """Pet insurance, mined, with its sentences and vectors."""
    workspace, industry = mined(data, workspaces, "pet-insurance")
    encoder = Encoder(industry.encoder)
    with Store(workspace.work) as store:
        return workspace, industry, encoder, load_corpus(store, industry, encoder)


class Unmeasured(Assignment):
    """An assignment that leaves stability out."""

    def _measure(self, *_: object) -> None: ...


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """The seconds that something takes, and those of the processor, all its threads together."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def find(industry: Industry, encoder: Encoder, corpus: Corpus, kind: str) -> None:
    """Find and match the themes of a kind among all reasons, cold."""
    taken: set[str] = set()
    Unmeasured(
        settings=ThemeDiscovery(),
        industry=industry,
        encoder=encoder,
        kind=kind,
        reasons=corpus.reasons(kind),
        everything=corpus.vectors,
        clear=corpus.clear(kind),
        themes={},
        new_id=lambda: next_id(kind, taken),
    ).anew()


def speed(data: Path, workspaces: Path) -> str:
    """The table of seconds on pet insurance."""
    _, industry, encoder, corpus = pet_insurance(data, workspaces)
    encoder.encode(["warm"])
    reasons = corpus.reasons("belief")
    peers.warm_up(reasons.masked, reasons.vectors)
    rows = []
    for kind in ("belief", "value"):
        reasons = corpus.reasons(kind)
        wall, processor = timed(partial(find, industry, encoder, corpus, kind))
        row = [f"{kind}s, {len(reasons.ids):,} reasons", f"{wall:.0f} / {processor:.0f}"]
        if peers.available("bertopic"):
            other, its = timed(partial(peers.topics, reasons.masked, reasons.vectors))
            row += [f"{other:.0f} / {its:.0f}", f"{other / wall:.2f} / {its / processor:.2f}"]
        rows.append(row)
        print("  ".join(row), flush=True)
    header = [
        "pet insurance, seconds / of the processor",
        "Minebelief: discovery and matching",
        "BERTopic: fit",
        "times",
    ]
    return markdown(header[: len(rows[0])], rows)


def topics(data: Path, workspaces: Path) -> str:
    """Write the database with BERTopic's topics in the place of the beliefs."""
    workspace, _, _, corpus = pet_insurance(data, workspaces)
    reasons = corpus.reasons("belief")
    model = peers.topics(reasons.masked, reasons.vectors)
    spoken, labels = peers.representative(model), np.array(model.topics_)
    row_of = {text: row for row, text in reversed(list(enumerate(reasons.masked)))}
    review, total = np.array(reasons.reviews), len(set(corpus.reviews))
    key = ("pet-insurance", "belief", "active")
    themes = []
    for topic, text in sorted(spoken.items()):
        row, said = row_of[text], len(set(review[labels == topic]))
        themes.append((*key, f"b{topic + 1}", reasons.texts[row], reasons.ids[row], said / total))
    names = ["industry", "kind", "status", "theme_id", "statement", "statement_sentence_id", "prevalence"]
    held = np.flatnonzero(labels >= 0)
    own = {
        "industry": [key[0]] * len(held),
        "theme_id": [f"b{labels[row] + 1}" for row in held],
        "sentence_id": [reasons.ids[row] for row in held],
        "similarity": np.ones(len(held)),
    }
    target = workspaces / "bertopic.duckdb"
    shutil.copyfile(workspace.published, target)
    with duckdb.connect(str(target)) as connection:
        tables = {"themes": dict(zip(names, zip(*themes, strict=True), strict=True)), "theme_sentences": own}
        for table, columns in tables.items():
            connection.execute(f"delete from {table} where starts_with(theme_id, 'b')")
            connection.register("incoming", pa.table(columns))
            connection.execute(f"insert into {table} by name select * from incoming")
            connection.unregister("incoming")
    return (
        f"BERTopic's topics among the {len(labels):,} negative reasons of pet insurance: {len(themes)}, which hold "
        f"{len(held):,} ({len(held) / len(labels):.0%})."
    )


def versions() -> str:
    """What the figures were taken with, in a line."""
    names = [name for name in ("bertopic", "evoc", "umap-learn", "hdbscan") if peers.available(name.split("-")[0])]
    own = [
        f"{name} {version(name)}" for name in ("minebelief", "scikit-learn", "sentence-transformers", "torch", *names)
    ]
    told = f"Taken on {datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {', '.join(own)}."
    return textwrap.fill(told, 120)


def put(path: Path, parts: dict[str, str]) -> None:
    """Put parts, each under its own heading, into the section of a file that is theirs."""
    text = path.read_text(encoding="utf-8")
    for name, part in parts.items():
        body = f"### {name}\n\n{part}\n\n"
        section = re.search(rf"^{HEADING}\n.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
        whole = section[0] if section else f"{HEADING}\n\n"
        known = re.search(rf"^### {name}\n.*?(?=^### |\Z)", whole, re.MULTILINE | re.DOTALL)
        new = whole.replace(known[0], body) if known else f"{whole.rstrip()}\n\n{body}"
        text = text.replace(whole, new) if section else f"{text.rstrip()}\n\n{new}"
    path.write_text(text.rstrip() + "\n", encoding="utf-8")


PARTS = {"airlines": airlines, "speed": speed, "topics": topics}


def main() -> None:
    """Print the tables, and write them down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder of the three sets of reviews")
    parser.add_argument("--workspaces", type=Path, required=True, help="a folder for the workspaces")
    parser.add_argument("--only", default=",".join(PARTS), help="some of the parts")
    parser.add_argument("--write", type=Path, help="the file of results to put the tables into")
    given = parser.parse_args()
    given.workspaces.mkdir(parents=True, exist_ok=True)
    for name in given.only.split(","):
        command = f"`python benchmarks/quality.py $MINEBELIEF_DATA --workspaces FOLDER --only {name}`:"
        part = f"{command}\n\n{PARTS[name](given.data.resolve(), given.workspaces)}\n\n{versions()}"
        print(f"\n{part}\n", flush=True)
        if given.write:
            put(given.write, {name: part})


if __name__ == "__main__":
    main()
