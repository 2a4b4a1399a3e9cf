"""Occupation fit of single pairs in native code: the arithmetic of four features, step by step in the same order.

A twin of `matcher.features.occupation`, `qualification` and `overqualified`; `matcher.daily.occupation_table` compares
it with them before it is used. Persons and vacancies are classes of rows alike in what these features read. `near`
(H, K + 1) is the nearness of held codes to the pool's codes, the last column "no code".
"""

import numba as nb
import numpy as np

from matcher.eligibility.near_miss import QUALIFICATION_ENOUGH
from matcher.features.occupation_native import level_fit

MILLIONTHS = 1_000_000
WISHED, LEARNED, STARTED, PRACTISED, HELD_AT, WISHED_AT = 0, 1, 2, 3, 4, 8
"""Rows of `slot_factors`; the last two stand for four requirement levels each."""


@nb.njit(nogil=True)
def speaking(classes, near, held, codes, wish, least):  # type: ignore[no-untyped-def]
    """Pairs of classes where wish (from `wish` on), training or practice (from `least` on) speaks for a vacancy."""
    slots, factors, facts = held
    code, weight = codes
    mine = np.empty(len(classes) * len(code), np.int32)
    theirs = np.empty(len(classes) * len(code), np.int32)
    values, count = np.empty((4, near.shape[1])), 0
    for c in classes:
        _values(values, near, slots[c], factors[c])
        for d in range(len(code)):
            wished = learned = begun = practised = 0.0
            for reading in range(code.shape[1]):
                if weight[d, reading] != 0.0:
                    wished += values[WISHED, code[d, reading]] * weight[d, reading]
                    learned += values[LEARNED, code[d, reading]] * weight[d, reading]
                    begun += values[STARTED, code[d, reading]] * weight[d, reading]
                    practised += values[PRACTISED, code[d, reading]] * weight[d, reading]
            trained = facts[c, 3] > 0 and max(learned, 0.5 * begun) >= least
            mine[count], theirs[count] = c, d
            count += (facts[c, 2] > 0 and wished >= wish) or trained or (facts[c, 1] >= 0 and practised >= least)
    return mine[:count].copy(), theirs[:count].copy()


@nb.njit(nogil=True)
def _values(values, near, slots, factors):  # type: ignore[no-untyped-def]
    """Best weighed nearness of any slot to every code, for the four plain rows."""
    values[:] = 0.0
    for row in range(4):
        for slot in range(len(slots)):
            factor = factors[row, slot]
            if factor > 0.0:
                for place in range(near.shape[1]):
                    values[row, place] = max(values[row, place], factor * near[slots[slot], place])


@nb.njit(nogil=True)
def _read(near, slots, factors, row, code, weight):  # type: ignore[no-untyped-def]
    """One row's nearness to one vacancy, its readings weighed."""
    total = 0.0
    for reading in range(len(code)):
        if weight[reading] != 0.0:
            best = 0.0
            for slot in range(len(slots)):
                best = max(best, factors[row, slot] * near[slots[slot], code[reading]])
            total += best * weight[reading]
    return total


@nb.njit(nogil=True)
def _points(weights, number, fit):  # type: ignore[no-untyped-def]
    filled = weights[number, 1] if np.isnan(fit) else fit
    return int(np.rint(weights[number, 0] * filled * MILLIONTHS))


@nb.njit(nogil=True)
def weigh_cells(mine, theirs, near, held, codes, level, doors, weights):  # type: ignore[no-untyped-def]
    """For pairs of classes: nearness to the wish, better fit of training and practice, points of all but the wish,
    points of the level alone, whether the level is missed.

    `weights` (4, 2) are weight and neutral fit of learned, practised, qualification, overqualified, in this order.
    """
    slots, factors, facts = held
    code, weight = codes
    size = len(mine)
    wish, good = np.empty(size), np.empty(size)
    points, of_level = np.empty(size, np.int32), np.empty(size, np.int32)
    short = np.empty(size, np.bool_)
    for number in range(size):
        c, d = mine[number], theirs[number]
        near_to = (near, slots[c], factors[c])
        wish[number] = _read(*near_to, WISHED, code[d], weight[d])
        learned = _read(*near_to, LEARNED, code[d], weight[d])
        begun = _read(*near_to, STARTED, code[d], weight[d])
        practised = _read(*near_to, PRACTISED, code[d], weight[d])
        asked, trained = level[d], facts[c, 0]
        at_level = _read(*near_to, HELD_AT + asked - 1, code[d], weight[d]) if asked >= 3 else 0.0
        fit = level_fit(learned, begun, practised, at_level, trained, asked, doors[d])
        if asked < 0 or (trained < 0 and facts[c, 1] < 0):
            fit = np.nan
        over = 1.0
        if trained >= 2 and 0 <= asked < trained:
            wished = _read(*near_to, WISHED_AT + asked - 1, code[d], weight[d]) if asked >= 1 else 0.0
            over = 1.0 - min((trained - asked) / 2.0, 1.0) * (1.0 - wished)
        if trained < 0 or facts[c, 2] == 0:
            over = np.nan
        by_training = max(learned, 0.5 * begun) if facts[c, 3] > 0 else np.nan
        by_practice = practised if facts[c, 1] >= 0 else np.nan
        of_level[number] = _points(weights, 2, fit)
        points[number] = _points(weights, 0, by_training) + _points(weights, 1, by_practice)
        points[number] += of_level[number] + _points(weights, 3, over)
        good[number] = np.fmax(by_training, by_practice)
        short[number] = fit < QUALIFICATION_ENOUGH
    return wish, good, points, of_level, short
