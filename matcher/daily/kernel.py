"""The fused kernel: from classes to pairs, and everything all families say about a pair in one pass, in native code.

What a family says of a pair of classes is one word: bits 0 to 31 the rules not met, 32 to 61 the near misses, OPEN
something unknown; words of several families are put together by OR. Tables lie in flat arrays: family f owns entries
offset[f] + class of the person × width[f] + class of the vacancy.
"""

import numba as nb
import numpy as np

OPEN = np.uint64(1 << 63)
"""Some rule is unknown."""
CLOSE_CALL = np.uint64(1 << 62)
"""The way rounds to a minute only just: the engine's own minutes are needed."""
RULES = np.uint64(0xFFFFFFFF)


@nb.njit(nogil=True)
def spread(first, until, theirs, start, member, box, spot, out_person, out_row, out_cell):  # type: ignore[no-untyped-def]
    """Pairs of persons and vacancies from pairs of classes: person p owns entries first[p] to until[p] of `theirs`.

    `member` from start[d] on are the vacancies of class d; `box` (4, persons) and `spot` (2, N) are cells of the grid.
    """
    count = 0
    for person in range(len(first)):
        low, high, west, east = box[0, person], box[1, person], box[2, person], box[3, person]
        for cell in range(first[person], until[person]):
            for place in range(start[theirs[cell]], start[theirs[cell] + 1]):
                row = member[place]
                out_person[count], out_row[count], out_cell[count] = person, row, cell
                near = (low <= spot[0, row] <= high) & (west <= spot[1, row] <= east)
                count += near | (spot[0, row] < 0)
    return count


@nb.njit(nogil=True)
def weigh(  # type: ignore[no-untyped-def]
    person, row, points, words, mine, theirs, tables, way, every, dead, least
):
    """Add up, in place, what all families and the way say; returns how many pairs are left, at the front.

    Every pair is kept where `every`; else those without a bit of `dead` and with `least` points, and close calls.
    """
    offset, width, flat_points, flat_words = tables
    vectors, spots, traveller, way_class, way_points, way_words = way
    kept, most = 0, way_points.shape[1] - 2
    bound = least - way_points.max()
    for number in range(len(person)):
        p, r = person[number], row[number]
        word, total = words[number], points[number]
        for family in range(len(offset)):
            word |= flat_words[offset[family] + mine[family, p] * width[family] + theirs[family, r]]
        if not every and (word & dead) != 0:
            continue
        for family in range(len(offset)):
            total += flat_points[offset[family] + mine[family, p] * width[family] + theirs[family, r]]
        if not every and total < bound:
            continue
        minutes = _minutes(p, r, vectors, spots, traveller, most)
        if minutes >= 0:
            total += way_points[way_class[p], minutes]
            word |= way_words[way_class[p], minutes]
            if not every and ((word & dead) != 0 or total < least):
                continue
        else:
            word |= CLOSE_CALL
        person[kept], row[kept], points[kept], words[kept] = p, r, total, word
        kept += 1
    return kept


@nb.njit(nogil=True)
def _minutes(p, r, vectors, spots, traveller, most):  # type: ignore[no-untyped-def]
    """Whole minutes of travel, most + 1 where unknown, -1 where rounding is a close call."""
    if np.isnan(vectors[0, p]) or np.isnan(traveller[0, p]) or np.isnan(spots[0, r]):
        return most + 1
    dot = vectors[0, p] * spots[0, r] + vectors[1, p] * spots[1, r] + vectors[2, p] * spots[2, r]
    half = np.sqrt(max(2.0 - 2.0 * dot, 0.0)) * 0.5
    square = half * half
    arc = half * (1.0 + square * (1 / 6 + square * (3 / 40 + square * (15 / 336)))) * 2.0
    exact = arc * traveller[0, p] + traveller[1, p]
    minutes = np.rint(exact)
    off = abs(abs(exact - minutes) - 0.5)
    if off < 1e-5 or (half < 5e-6 and off < 1e-2) or half > 0.02:
        return -1
    return min(int(minutes), most)
