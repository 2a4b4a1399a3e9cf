"""Occupations: free text to KldB 2010 codes, and how near two occupations are (docs/occupations.md)."""

from matcher.models.occupation.berufsfelder import berufsfeld_title, berufsfelder_of
from matcher.models.occupation.importing import ImportReport, import_occupations
from matcher.models.occupation.levels import level_of
from matcher.models.occupation.load import load_matcher
from matcher.models.occupation.matcher import OccupationMatcher
from matcher.models.occupation.nearness import nearness_matrix, nearness_reason
from matcher.models.occupation.values import OccupationCandidate, OccupationMatch, RegisterInfo

__all__ = [
    "ImportReport",
    "OccupationCandidate",
    "OccupationMatch",
    "OccupationMatcher",
    "RegisterInfo",
    "berufsfeld_title",
    "berufsfelder_of",
    "import_occupations",
    "level_of",
    "load_matcher",
    "nearness_matrix",
    "nearness_reason",
]
