"""The fused kernel: one pass per person over the vacancies of the cells in reach, in native code.

Tables of families lie in flat arrays: family g owns entries offset[g] + class × width[g] + class of the vacancy.
Vacancies are in the grid's order. Verdicts are bytes 0 not met, 1 unknown, 3 met, eight to a word, so that AND is the
least of them; grounds are bytes 0 or 1.
"""

import numba as nb
import numpy as np


@nb.njit(nogil=True)
def _combine(open_, ground, gates, gate_of, grounds, ground_of, person, first, last):  # type: ignore[no-untyped-def]
    """Put the rows of one person together, eight vacancies a step: AND is the least verdict, OR any ground."""
    for word in range(first, last):
        left, found = np.uint64(0xFFFFFFFFFFFFFFFF), np.uint64(0)
        for family in range(gate_of.shape[0]):
            left &= gates[gate_of[family, person], word]
        for family in range(ground_of.shape[0]):
            found |= grounds[ground_of[family, person], word]
        open_[word] = left
        ground[word] = found


@nb.njit(nogil=True)
def _collect(open_, ground, found, first, last):  # type: ignore[no-untyped-def]
    """Places that nothing rules out and something speaks for."""
    count = 0
    for place in range(first, last):
        found[count] = place
        count += (open_[place] != 0) & (ground[place] != 0)
    return count


@nb.njit(nogil=True)
def _weigh(  # type: ignore[no-untyped-def]
    person,
    found,
    count,
    open_,
    base,
    floor,
    discount,
    flat,
    offset,
    width,
    mine,
    theirs,
    vectors,
    spots,
    traveller,
    way_points,
    way_gate,
    way_class,
    last,
    out_place,
    out_points,
    doubt,
):
    """Points of what is left; returns how many are candidates and how many need the engine's own minutes."""
    reachable = floor - way_points[way_class[person]].max()
    kept, asked, most = 0, 0, way_points.shape[1] - 2
    x, y, z = vectors[0, person], vectors[1, person], vectors[2, person]
    per_radian, extra, row = traveller[0, person], traveller[1, person], way_class[person]
    known = not (np.isnan(x) or np.isnan(per_radian))
    for number in range(count):
        place = found[number]
        total = base
        for family in range(len(offset)):
            total += flat[offset[family] + mine[family, person] * width[family] + theirs[family, place]]
        if total < reachable:
            continue
        column = most + 1
        if known and not np.isnan(spots[0, place]):
            dot = x * spots[0, place] + y * spots[1, place] + z * spots[2, place]
            chord = np.sqrt(max(2.0 - 2.0 * dot, 0.0))
            half = chord * 0.5
            arc = half * (1.0 + half * half * (1 / 6 + half * half * (3 / 40 + half * half * (15 / 336)))) * 2.0
            exact = arc * per_radian + extra
            minutes = np.rint(exact)
            off = abs(abs(exact - minutes) - 0.5)
            if off < 1e-5 or (chord < 1e-5 and off < 1e-2) or half > 0.02:
                doubt[asked] = place
                asked += 1
                continue
            column = min(int(minutes), most)
        total += way_points[row, column]
        state = open_[place] & way_gate[row, column]
        if total >= floor and state != 0:
            out_place[kept] = place
            out_points[kept] = total - (discount if state == 1 else 0)
            kept += 1
    return kept, asked


@nb.njit(nogil=True)
def scan(  # type: ignore[no-untyped-def]
    boxes,
    start,
    columns,
    lost,
    gates,
    gate_of,
    grounds,
    ground_of,
    base,
    floor,
    discount,
    flat,
    offset,
    width,
    mine,
    theirs,
    vectors,
    spots,
    traveller,
    way_points,
    way_gate,
    way_class,
    out_place,
    out_points,
    out_count,
    doubt,
    doubt_count,
):
    """All persons of a chunk; rows of `out_*` and `doubt` are theirs, counts beside."""
    persons, size = boxes.shape[1], theirs.shape[1]
    open_words = np.empty(gates.shape[1], np.uint64)
    ground_words = np.empty(gates.shape[1], np.uint64)
    open_, ground = open_words.view(np.uint8), ground_words.view(np.uint8)
    found = np.empty(size + 1, np.int32)
    for person in range(persons):
        kept = asked = 0
        for band in range(boxes[0, person], boxes[1, person] + 2):
            if band <= boxes[1, person]:
                first = start[band * columns + boxes[2, person]]
                last = start[band * columns + boxes[3, person] + 1]
            else:
                first, last = lost, size
            if last <= first:
                continue
            _combine(open_words, ground_words, gates, gate_of, grounds, ground_of, person, first // 8, (last + 7) // 8)
            count = _collect(open_, ground, found, first, last)
            more, unsure = _weigh(
                person,
                found,
                count,
                open_,
                base,
                floor,
                discount,
                flat,
                offset,
                width,
                mine,
                theirs,
                vectors,
                spots,
                traveller,
                way_points,
                way_gate,
                way_class,
                0,
                out_place[person, kept:],
                out_points[person, kept:],
                doubt[person, asked:],
            )
            kept += more
            asked += unsure
        out_count[person] = kept
        doubt_count[person] = asked
