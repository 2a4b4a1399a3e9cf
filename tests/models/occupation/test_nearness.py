"""Nearness of occupations: ranges, levels, tree, moves; Berufsfelder."""

import numpy as np
import pytest

from matcher.errors import NotFound
from matcher.models.occupation import (
    berufsfeld_title,
    berufsfelder_of,
    level_of,
    load_matcher,
    nearness_matrix,
    nearness_reason,
)
from matcher.models.occupation.berufsfelder import berufsfelder
from matcher.models.occupation.nearness import moves

CODES = ["62102", "62101", "62103", "51311", "51312", "52122", "71402", "82101", "82102", "81302", "54101", "43104"]


def test_values_lie_between_nothing_and_the_same() -> None:
    near = nearness_matrix(CODES, CODES)
    assert near.dtype == np.float64
    assert near.shape == (len(CODES), len(CODES))
    assert ((near >= 0) & (near <= 1)).all()
    assert (near[~np.eye(len(CODES), dtype=bool)] < 1).all()
    assert (np.diag(near) == 1).all()


def test_a_block_equals_its_single_pairs() -> None:
    block = nearness_matrix(CODES, CODES)
    for row, have in enumerate(CODES):
        for column, want in enumerate(CODES):
            assert nearness_matrix([have], [want])[0, 0] == block[row, column]


def test_a_step_down_is_nearer_than_a_step_up() -> None:
    assert nearness_matrix(["62102"], ["62101"])[0, 0] > nearness_matrix(["62101"], ["62102"])[0, 0]


def test_the_tree_orders_same_gattung_group_and_main_group() -> None:
    near = nearness_matrix(["26212"], ["26212", "26252", "26302", "11102"])[0]
    assert list(near) == sorted(near, reverse=True)
    assert near[0] > near[1] >= near[2] > near[3]


def test_unknown_codes_are_unknown_not_far() -> None:
    near = nearness_matrix(["62102", "", "abc"], ["62102", "1"])
    assert np.isnan(near[1:]).all()
    assert np.isnan(near[0, 1])
    assert near[0, 0] == 1
    assert nearness_matrix([], ["62102"]).shape == (0, 1)


def test_curated_moves_count_and_are_explained() -> None:
    assert nearness_matrix(["62102"], ["71402"])[0, 0] >= 0.5
    assert nearness_matrix(["51312"], ["52122"])[0, 0] > nearness_matrix(["51312"], ["82102"])[0, 0]
    assert "Kundenkontakt" in (nearness_reason("62102", "71402") or "")
    assert "Qualifizierung" in (nearness_reason("62101", "62102") or "")
    assert nearness_reason("43104", "82302") is None


def test_catalogue_codes_exist_in_the_register() -> None:
    known = load_matcher(None).model.codes
    prefixes = {code for move in moves() for code in (*move.origins, *move.targets)}
    prefixes |= {code for field in berufsfelder() for code in field.prefixes}
    assert [one for one in sorted(prefixes) if not any(code.startswith(one) for code in known)] == []


def test_berufsfelder_have_titles_and_hold_their_codes() -> None:
    assert "lager_logistik" in berufsfelder_of("51311")
    assert "pflege" in berufsfelder_of("82101")
    assert berufsfelder_of("99999") == ()
    assert berufsfeld_title("metall") == "Metall"
    with pytest.raises(NotFound):
        berufsfeld_title("nirgendwo")


@pytest.mark.parametrize("code", ["", "5131", "51315", "5131x", "٥١٣١١"])
def test_level_needs_a_sound_code(code: str) -> None:
    with pytest.raises(ValueError, match="KldB"):
        level_of(code)
    assert level_of("51311") == 1


@pytest.mark.parametrize(
    ("have", "want"), [("83112", "81102"), ("22342", "26212"), ("81102", "82512"), ("82312", "26212")]
)
def test_a_whole_branch_makes_nobody_near(have: str, want: str) -> None:
    """Wood and electricity are both Handwerk, childcare and opticians both health and social work."""
    assert set(berufsfelder_of(have)) & set(berufsfelder_of(want)), "they share a Berufsfeld, for programmes"
    reason = nearness_reason(have, want)
    assert reason is None or "dasselbe Berufsfeld" not in reason
