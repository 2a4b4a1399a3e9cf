"""Values of occupation matching: what a title may mean, and which register said so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OccupationCandidate:
    """One possible occupation: KldB 2010 code (five digits, text), the register's title, confidence in [0, 1].

    The confidence is calibrated: of candidates ranked first with 0.7, about seven in ten are right.
    """

    code: str
    title: str
    confidence: float

    @property
    def level(self) -> int:
        """Requirement level: the fifth digit (1 Helfer, 2 Fachkraft, 3 Spezialist, 4 Experte)."""
        return int(self.code[4])


@dataclass(frozen=True, slots=True)
class OccupationMatch:
    """What a text may mean, best first; `unsure` asks a person to choose; empty candidates mean no idea.

    `level` is the requirement level of the best candidate (None without one), `fassung` the edition of the
    classification that the codes belong to.
    """

    text: str
    candidates: tuple[OccupationCandidate, ...]
    level: int | None
    fassung: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class RegisterInfo:
    """Which register is active and what it covers."""

    name: str
    fassung: str
    titles: int
    codes: int
    groups: int
    synonyms: int
    prior_rows: int
    neighbour_pairs: int
    sha256: str
