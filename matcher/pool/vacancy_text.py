"""Words of titles as hashed trigrams: an inverted index over a pool, and a person's texts against it.

Trigrams survive inflection, compounds and typing errors ("Bäckereiverk.", "Kommisionierer"). The hash is
CRC-32, so that pool and person agree on every machine and in every process.
"""

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matcher.requirements.text import plain

BUCKETS = 1 << 14
COMMON_SHARE, MANY = 0.12, 500
"""A trigram that more than this share of a pool's titles has (pools counted as at least 500) tells nothing."""
_STOP = frozenset(
    re.findall(
        r"\w+",
        "und oder in im der die das den für mit als am an auf zu zur zum von bei m w d gn std wir suchen gesucht sofort "
        "dringend ab ca teilzeit vollzeit tz vz minijob voll mitarbeiter mitarbeiterin ort bereich raum sowie auch eur "
        "euro brutto stunden woche unbefristet irgendwas tagschicht vormittags nur kein keine helfer helferin "
        "hilfskraft fachkraft angestellter assistenz personal",
    )
)
_WORD = re.compile(r"[a-zäöüß]+")


@lru_cache(maxsize=65536)
def trigrams(text: str) -> tuple[int, ...]:
    """Return the sorted distinct trigram buckets of a text's telling words."""
    found: set[int] = set()
    for word in _WORD.findall(plain(text)):
        if word in _STOP or len(word) < 2:
            continue
        padded = f" {word} "
        found.update(zlib.crc32(padded[start : start + 3].encode()) % BUCKETS for start in range(len(padded) - 2))
    return tuple(sorted(found))


def index(
    texts: Sequence[str],
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32], NDArray[np.float32]]:
    """Return (posting_start, posting_row, posting_weight, trigram_weight) of N texts.

    Weights are inverse document frequencies; `posting_weight` is the share of a row's weight in one trigram.
    """
    rows = [trigrams(text) for text in texts]
    sizes = np.array([len(row) for row in rows], dtype=np.int64)
    flat = np.array([gram for row in rows for gram in row], dtype=np.int64)
    owner = np.repeat(np.arange(len(rows)), sizes)
    counts = np.bincount(flat, minlength=BUCKETS)
    weight = np.log((1.0 + len(rows)) / (1.0 + counts)) + 0.1
    totals = np.bincount(owner, weights=weight[flat], minlength=len(rows)) if len(flat) else np.zeros(len(rows))
    order = np.argsort(flat, kind="stable")
    start = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    share = weight[flat[order]] / np.maximum(totals[owner[order]], 1e-9)
    return start, owner[order].astype(np.int32), share.astype(np.float32), weight.astype(np.float32)


def similarity(
    grams: NDArray[np.int32],
    start: NDArray[np.int32],
    rows: NDArray[np.int32],
    share: NDArray[np.float32],
    weight: NDArray[np.float32],
    count: int,
) -> NDArray[np.float64]:
    """Return for every row how much of the text's weight it shares, tempered by the row's own, in [0, 1]."""
    grams = grams[start[grams + 1] - start[grams] <= COMMON_SHARE * max(count, MANY)]
    if not len(grams):
        return np.zeros(count)
    spans = [slice(int(start[gram]), int(start[gram + 1])) for gram in grams]
    lengths = np.array([span.stop - span.start for span in spans])
    hit = np.concatenate([rows[span] for span in spans])
    of_text = np.bincount(hit, weights=np.repeat(weight[grams], lengths), minlength=count) / weight[grams].sum()
    of_row = np.bincount(hit, weights=np.concatenate([share[span] for span in spans]), minlength=count)
    shared = np.zeros(count)
    some = np.flatnonzero(of_text)
    text, row = of_text[some], np.minimum(of_row[some], 1.0)
    shared[some] = np.minimum(text * 0.7 + np.sqrt(text * row) * 0.3, 1.0)
    return shared
