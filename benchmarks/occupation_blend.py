"""Learns the weights of `catalog/occupation_blend.toml` from development titles, with cross-validated figures.

Run:  python -m benchmarks.occupation_blend DATA_DIR KIND [--write]
KIND is bundled, register or register_prior; DATA_DIR a data folder with the imports that belong to it (an empty
one for bundled). Titles: `data/occupation/titles_dev.csv` below MATCHER_SHARED (default ../shared).

A conditional logit per regime (equal title, nearly equal title, other), penalised; misspelt titles count
`NOISE_WEIGHT` fold in learning; a temperature per regime then lowers the confidence on real titles.
"""

import csv
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.models.occupation import OccupationMatcher, load_matcher
from matcher.models.occupation.blend import REGIMES, regime_of
from matcher.models.occupation.evidence import KINDS, evidence
from matcher.models.occupation.ngrams import text_keys
from matcher.models.occupation.normalise import query_words
from matcher.paths import catalog_path

SHARED = Path(os.environ.get("MATCHER_SHARED", Path(__file__).resolve().parents[2] / "shared"))
TITLES = SHARED / "data" / "occupation" / "titles_dev.csv"
PENALTY = 3e-3
NOISE_WEIGHT = 4.0
TEMPERATURE = (0.77, 0.79, 0.97)
"""Factor on learned weights by regime: real titles are harder than the synthetic ones in the learning set."""
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Titles:
    """Evidence [N, kinds, C], truth [N, C], regime [N], whether the title is synthetic noise [N]."""

    rows: NDArray[np.float32]
    truth: NDArray[np.bool_]
    regime: NDArray[np.int64]
    noise: NDArray[np.bool_]


def gather(matcher: OccupationMatcher) -> Titles:
    """Evidence and truth of every development title."""
    column = {code: place for place, code in enumerate(matcher.model.codes)}
    with TITLES.open(encoding="utf-8", newline="") as file:
        titles = list(csv.DictReader(file))
    rows = np.zeros((len(titles), len(KINDS), len(column)), np.float32)
    truth = np.zeros((len(titles), len(column)), bool)
    for place, title in enumerate(titles):
        words = " ".join(query_words(title["query"], matcher.model.gender))
        if words:
            keys = text_keys([words])[0]
            rows[place] = evidence(matcher.model, words, keys, matcher.model.index.cosines(keys))
        for code in title["codes"].split("|"):
            if code in column:
                truth[place, column[code]] = True
    regime = np.array([regime_of(row) for row in rows])
    return Titles(rows, truth, regime, np.array([title["set"].startswith("S5") for title in titles]))


def learn(titles: Titles, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weights of one regime's titles by penalised likelihood of any right code."""
    from scipy.optimize import minimize

    chosen = chosen & titles.truth.any(axis=1)
    rows, truth = titles.rows[chosen], titles.truth[chosen]
    weight = np.where(titles.noise[chosen], NOISE_WEIGHT, 1.0)
    weight = (weight / weight.sum()).astype(np.float32)
    scale = rows.std(axis=(0, 2)) + 1e-6
    scaled = rows / scale[None, :, None]

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        shares = softmax(np.einsum("k,nkc->nc", values.astype(np.float32), scaled))
        right = np.where(truth, shares, 0)
        total = right.sum(axis=1) + 1e-12
        slope = np.einsum("nc,nkc->k", (shares - right / total[:, None]) * weight[:, None], scaled)
        value = -(weight * np.log(total)).sum() + PENALTY * (values**2).sum()
        return float(value), (slope + 2 * PENALTY * values).astype(float)

    found: Any = minimize(loss, np.zeros(len(KINDS)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(found.x / scale)


def softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Row-wise softmax."""
    values = np.exp(logits - logits.max(axis=1, keepdims=True))
    return values / values.sum(axis=1, keepdims=True)


def crossed(titles: Titles) -> NDArray[np.float32]:
    """Confidence of every code for every title, learned without the title's own fold."""
    fold = np.random.default_rng(0).integers(0, FOLDS, len(titles.rows))
    shares = np.zeros(titles.truth.shape, np.float32)
    for number in range(len(REGIMES)):
        for held in range(FOLDS):
            train, test = (titles.regime == number) & (fold != held), (titles.regime == number) & (fold == held)
            weights = learn(titles, train) * TEMPERATURE[number]
            shares[test] = softmax(np.einsum("k,nkc->nc", weights.astype(np.float32), titles.rows[test]))
    return shares


def calibration_error(shares: NDArray[np.float32], truth: NDArray[np.bool_]) -> float:
    """Mean gap between confidence and accuracy over ten bins of equal mass."""
    best = shares.argmax(axis=1)
    sure, hit = shares.max(axis=1), truth[np.arange(len(truth)), best]
    bins = np.array_split(np.argsort(sure, kind="stable"), 10)
    return float(sum(len(b) / len(sure) * abs(sure[b].mean() - hit[b].mean()) for b in bins))


def report(shares: NDArray[np.float32], titles: Titles) -> None:
    """Print cross-validated accuracy and calibration on real and synthetic titles."""
    order = np.argsort(-shares, axis=1, kind="stable")[:, :5]
    hits = np.take_along_axis(titles.truth, order, axis=1)
    for name, some in (("real", ~titles.noise), ("noise", titles.noise), ("all", np.ones(len(shares), bool))):
        print(
            f"{name:6s} n={some.sum():5d} @1 {hits[some, 0].mean():.3f} @5 {hits[some].any(axis=1).mean():.3f} "
            f"calibration error {calibration_error(shares[some], titles.truth[some]):.3f}"
        )


def write(kind: str, titles: Titles) -> None:
    """Put the weights learned from all titles into the catalogue."""
    path = catalog_path() / "occupation_blend.toml"
    text = path.read_text("utf-8")
    for number, regime in enumerate(REGIMES):
        weights = learn(titles, titles.regime == number) * TEMPERATURE[number]
        lines = [f"{name} = {weight:.3f}" for name, weight in zip(KINDS, weights, strict=True) if abs(weight) >= 5e-4]
        head = f"[{kind}.{regime}]\n"
        body = head + "\n".join(lines) + "\n\n"
        found = re.search(rf"\[{kind}\.{regime}\]\n.*?(?=\n\[|\Z)", text, re.DOTALL)
        text = (
            text.rstrip("\n") + "\n\n" + body
            if found is None
            else text.replace(found.group(), body.rstrip("\n") + "\n")
        )
    path.write_text(text.rstrip("\n") + "\n", "utf-8")


def main() -> None:
    """Learn, report, and with --write store."""
    folder, kind = Path(sys.argv[1]), sys.argv[2]
    titles = gather(load_matcher(folder))
    report(crossed(titles), titles)
    if "--write" in sys.argv:
        write(kind, titles)


if __name__ == "__main__":
    main()
