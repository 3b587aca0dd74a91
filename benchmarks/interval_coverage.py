"""Whether intervals and tests keep what they promise, on counts that are drawn, not mined.

*coverage*    2,000 industries of eight companies are drawn; how often the planted figure lies in its nominal 95%
              interval: prevalence of one company and of the industry (mean of the companies), satisfaction, penalty
              and reward.
*split*       a company of 2,000 reviews is split in two at random, 200 times, with 60 themes: how many of the splits
              have any pair called different, and the share of pairs.
*planted*     two companies of 1,000 reviews each, 60 themes of which ten differ by five points: how many of these are
              found, and how many of those called are wrong.

    python benchmarks/interval_coverage.py [--draws 2000] [--seed 0]
"""

import argparse

import numpy as np

from minebelief.insight.differences import adjusted, two_sided
from minebelief.insight.impact import Voices, impact_of
from minebelief.insight.intervals import mean_of_shares, wilson

COMPANIES = 8
THEMES = 60
SURE = 0.05


def counts_coverage(draws: int, random: np.random.Generator) -> dict[str, float]:
    """Coverage of the intervals of counts."""
    inside = {"prevalence, one company": 0, "prevalence, industry": 0, "satisfaction": 0}
    for _ in range(draws):
        share = random.beta(2, 40, COMPANIES)
        reviews = random.integers(100, 3000, COMPANIES)
        mentions = random.binomial(reviews, share)
        low, high = wilson(mentions, reviews)
        inside["prevalence, one company"] += low[0] <= share[0] <= high[0]
        _, down, up = mean_of_shares(mentions, reviews)
        inside["prevalence, industry"] += down <= share.mean() <= up
        spoken, satisfied = int(random.integers(10, 300)), random.beta(1, 1)
        positive = random.binomial(spoken, satisfied)
        below, above = wilson(np.array([positive]), np.array([spoken]))
        inside["satisfaction"] += below[0] <= satisfied <= above[0]
    return {name: count / draws for name, count in inside.items()}


def impact_coverage(draws: int, random: np.random.Generator) -> dict[str, float]:
    """Coverage of penalty and reward; stars are whole ones of five, as people give them."""
    inside = {"penalty": 0, "reward": 0}
    for draw in range(draws):
        reviews = int(random.integers(1500, 6000))
        penalty, reward = random.uniform(0.05, 0.5), random.uniform(0.0, 0.15)
        place = random.integers(0, COMPANIES, reviews)
        bad = random.random(reviews) < random.uniform(0.03, 0.15)
        good = ~bad & (random.random(reviews) < random.uniform(0.03, 0.2))
        other = random.random((2, reviews)) < 0.3 + 0.2 * bad
        # the expectation is linear in what is said, and whole stars are drawn around it
        mean = 0.6 + 0.02 * place / COMPANIES - penalty * bad + reward * good - 0.05 * other[0] + 0.05 * other[1]
        stars = random.binomial(4, np.clip(mean, 0, 1)) / 4
        complaints, praises = bad.astype(int), good.astype(int)
        found = impact_of(
            Voices(place, stars, complaints + other[0], praises + other[1]), complaints, praises, random_state=draw
        )
        for name, planted, interval in (("penalty", penalty, found.penalty), ("reward", reward, found.reward)):
            inside[name] += interval is not None and interval[1] <= planted <= interval[2]
    return {name: count / draws for name, count in inside.items()}


def called(first: np.ndarray, n1: int, second: np.ndarray, n2: int) -> np.ndarray:
    """Which themes are called different, given mentions of each at two companies."""
    p_values = [two_sided([(int(a), n1, int(b), n2)]) for a, b in zip(first, second, strict=True)]
    return np.array(adjusted(p_values)) <= SURE


def split_in_two(times: int, random: np.random.Generator) -> tuple[float, float]:
    """How many splits of one company have anything called different, and the share of pairs that are."""
    share = random.beta(1, 30, THEMES)
    says = random.random((2000, THEMES)) < share
    any_called, pairs = 0, 0
    for _ in range(times):
        half = random.permutation(len(says)) < len(says) // 2
        found = called(says[half].sum(axis=0), int(half.sum()), says[~half].sum(axis=0), int((~half).sum()))
        any_called += bool(found.any())
        pairs += int(found.sum())
    return any_called / times, pairs / (times * THEMES)


def planted_differences(times: int, random: np.random.Generator) -> tuple[float, float]:
    """The share of planted differences that are found, and the share of those called that are wrong."""
    found = wrong = total = 0
    for _ in range(times):
        share = random.beta(1, 30, THEMES)
        share[:10] = random.uniform(0.01, 0.1, 10)
        other = share.copy()
        other[:10] += 0.05
        apart = called(random.binomial(1000, share), 1000, random.binomial(1000, other), 1000)
        found += int(apart[:10].sum())
        wrong += int(apart[10:].sum())
        total += int(apart.sum())
    return found / (10 * times), wrong / max(total, 1)


def main() -> None:
    """Print every figure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--draws", type=int, default=2000)
    options.add_argument("--seed", type=int, default=0)
    chosen = options.parse_args()
    random = np.random.default_rng(chosen.seed)
    for name, share in counts_coverage(chosen.draws, random).items():
        print(f"coverage of {name}: {share:.1%}")
    for name, share in impact_coverage(chosen.draws, random).items():
        print(f"coverage of {name}: {share:.1%}")
    splits, pairs = split_in_two(200, random)
    print(f"a company split in two, 200 times: anything called different in {splits:.1%}, {pairs:.3%} of the pairs")
    hit, wrong = planted_differences(200, random)
    print(f"differences of five points at 1,000 reviews each: {hit:.1%} found; {wrong:.1%} of those called are wrong")


if __name__ == "__main__":
    main()
