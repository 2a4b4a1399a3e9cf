"""Quality and speed of occupation matching, beside rapidfuzz and TF-IDF baselines in the same run.

Run:  OPENBLAS_NUM_THREADS=1 python -m benchmarks.occupation [DATA_DIR] [--quick]
DATA_DIR is a data folder with imports (`matcher import occupations FILE --kind register|prior|auxco`); without one
the bundled register answers. Titles: `data/occupation/titles_dev.csv` below MATCHER_SHARED (default ../shared).
The blend weights were learned on these titles: cross-validated figures come from benchmarks.occupation_blend.
"""

import csv
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from matcher.models.occupation import OccupationMatch, OccupationMatcher, load_matcher
from matcher.models.occupation.model import owners
from matcher.models.occupation.ngrams import text_keys
from matcher.models.occupation.normalise import query_words
from matcher.models.occupation.register import load_bundled

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("MATCHER_SHARED", ROOT.parent / "shared"))
OCCUPATION, VACANCIES = SHARED / "data" / "occupation", SHARED / "data" / "vacancies" / "bamberg_dev.csv"
LABELS = (ROOT / "tests/data/beruf_labels.csv", ROOT / "tests/models/occupation/vacancy_labels.csv")
Codes = list[list[str]]


def titles() -> list[dict[str, str]]:
    """Development titles; synthetic ones whose original is in the register list become a set of their own."""
    with (OCCUPATION / "titles_dev.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mark_known(rows: list[dict[str, str]], data_dir: Path | None) -> None:
    """Part the noisy titles by whether their original stands in the active register, letter for letter."""
    content = data_dir / "occupations" / "register.json" if data_dir is not None else None
    if content is not None and content.is_file():
        listed = {name for row in json.loads(content.read_text("utf-8"))["rows"] for name in row[1:]}
    else:
        listed = {name for row in load_bundled().titles for name in (row.neutral, row.male, row.female)}
    for row in rows:
        if row["set"].startswith("S5"):
            row["set"] = f"S5 noise, original {'listed' if row['origin'] in listed else 'not listed'}"


def accuracy(rows: Sequence[dict[str, str]], predicted: Codes) -> None:
    """Print accuracy@1/@5 at five, three and two digits per set and for all real sets."""
    groups: dict[str, list[list[bool]]] = {}
    for row, codes in zip(rows, predicted, strict=True):
        truth = row["codes"].split("|")
        hits = [any(c[:d] == t[:d] for c in codes[:k] for t in truth) for d in (5, 3, 2) for k in (1, 5)]
        names = [row["set"]] + ([] if row["set"].startswith("S5") else ["ALL REAL"])
        for name in names:
            groups.setdefault(name, []).append(hits)
    print(f"  {'set':32s}{'n':>6s}  5d@1  5d@5  3d@1  3d@5  2d@1  2d@5")
    for name in sorted(groups):
        means = "  ".join(f"{value:.3f}"[1:].rjust(4) if value < 1 else "1.00" for value in np.mean(groups[name], 0))
        print(f"  {name:32s}{len(groups[name]):6d}  {means}")


def calibration(rows: Sequence[dict[str, str]], answers: Sequence[OccupationMatch]) -> None:
    """Print ten equal-mass bins of confidence against accuracy, the error, and the abstention curve."""
    told = [
        (a.candidates[0].confidence, a.candidates[0].code in r["codes"].split("|"))
        for r, a in zip(rows, answers, strict=True)
        if a.candidates
    ]
    sure, right = np.array([one for one, _ in told]), np.array([hit for _, hit in told], float)
    order = np.argsort(sure, kind="stable")
    bins = np.array_split(order, 10)
    error = sum(len(b) / len(order) * abs(sure[b].mean() - right[b].mean()) for b in bins)
    print("  confidence/accuracy: " + " ".join(f"{sure[b].mean():.2f}/{right[b].mean():.2f}" for b in bins))
    print(f"  calibration error {error:.3f}")
    best = order[::-1]
    for share in (0.1, 0.25, 0.5, 0.75, 0.9, 1.0):
        some = best[: max(int(share * len(best)), 1)]
        print(
            f"  answering the surest {share:4.0%}: from confidence {sure[some].min():.2f}, right {right[some].mean():.3f}"
        )


def latency(matcher: OccupationMatcher, texts: list[str]) -> None:
    """Print milliseconds per single title, titles a second in bulk, resident memory."""
    import resource

    matcher.match(texts[:50])
    single = []
    for text in texts:
        begin = time.perf_counter()
        matcher.match([text])
        single.append((time.perf_counter() - begin) * 1e3)
    begin = time.perf_counter()
    matcher.match([f"{text} " for text in texts])
    bulk = len(texts) / (time.perf_counter() - begin)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"  one title: p50 {np.percentile(single, 50):.2f} ms, p95 {np.percentile(single, 95):.2f} ms; "
        f"bulk {bulk:.0f} titles/s; {memory:.0f} MB"
    )


def baseline(name: str, rows: list[dict[str, str]], answer: Callable[[str], list[str]]) -> None:
    """Run a baseline over the titles and print its figures."""
    begin = time.perf_counter()
    predicted = [answer(row["query"]) for row in rows]
    print(f"{name}: {(time.perf_counter() - begin) / len(rows) * 1e3:.2f} ms a title")
    accuracy(rows, predicted)


def distinct(codes: Sequence[str]) -> list[str]:
    """The first five distinct codes."""
    return list(dict.fromkeys(codes))[:5]


def baselines(matcher: OccupationMatcher, rows: list[dict[str, str]], quick: bool) -> None:
    """TF-IDF over the same index, rapidfuzz token_set_ratio over the same folded titles (every 5th title)."""
    model = matcher.model
    codes = [model.codes[column] for column in owners(model)]

    def tfidf(text: str) -> list[str]:
        keys = text_keys([" ".join(query_words(text, model.gender))])[0]
        best = np.argsort(-model.index.cosines(keys), kind="stable")[:60]
        return distinct([codes[place] for place in best])

    def fuzzy(text: str) -> list[str]:
        words = " ".join(query_words(text, model.gender))
        found = process.extract(words, model.documents, scorer=fuzz.token_set_ratio, limit=40)
        return distinct([codes[place] for _, _, place in found])

    baseline("TF-IDF of character n-grams, nearest title", rows, tfidf)
    if not quick:
        baseline("rapidfuzz token_set_ratio (every 5th title)", rows[::5], fuzzy)


def vacancy_labels(matcher: OccupationMatcher) -> None:
    """Share of hand-labelled occupation labels of vacancies whose three-digit group is right."""
    with VACANCIES.open(encoding="utf-8", newline="") as file:
        label = {row["refnr"]: row["beruf"] for row in csv.DictReader(file)}
    for path in LABELS:
        with path.open(encoding="utf-8", newline="") as file:
            wanted = [(label[row["refnr"]], row["code"]) for row in csv.DictReader(file)]
        answers = matcher.match([text for text, _ in wanted])
        right = np.mean(
            [
                bool(a.candidates) and a.candidates[0].code[:3] == c[:3]
                for a, (_, c) in zip(answers, wanted, strict=True)
            ]
        )
        print(f"  {path.name}: {len(wanted)} labels, three digits right {right:.3f}")


def main() -> None:
    """Print everything for one data folder."""
    folders = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    begin = time.perf_counter()
    matcher = load_matcher(Path(folders[0]) if folders else None)
    print(f"{matcher.register}\n  loaded in {time.perf_counter() - begin:.2f} s")
    rows = titles()
    mark_known(rows, Path(folders[0]) if folders else None)
    answers = matcher.match([row["query"] for row in rows])
    accuracy(rows, [[found.code for found in answer.candidates] for answer in answers])
    print("calibration, all titles")
    calibration(rows, answers)
    print("calibration, real titles")
    real = [place for place, row in enumerate(rows) if not row["set"].startswith("S5")]
    calibration([rows[place] for place in real], [answers[place] for place in real])
    print("speed")
    latency(matcher, [row["query"] for row in rows])
    print("vacancy labels")
    vacancy_labels(matcher)
    baselines(matcher, rows, "--quick" in sys.argv)


if __name__ == "__main__":
    main()
