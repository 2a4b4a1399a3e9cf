"""Values between the stages: verdicts, contributions, scores, suggestions, exclusions, the answer.

Source: DESIGN section 3 and 6. Points are integers in millionths, so that sums are exact on every machine.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, overload

from matcher.vocabulary import Outcome

if TYPE_CHECKING:
    from matcher.models.foerderkette.values import Chain, Lever

NOT_MET, UNKNOWN, MET = 0, 1, 2
"""Verdict encoding (uint8): AND is min, OR is max, NOT is 2 - v."""

POINTS_PER_UNIT = 1_000_000

Eligibility = Literal["met", "unknown", "not_met"]
ELIGIBILITY: tuple[Eligibility, Eligibility, Eligibility] = ("not_met", "unknown", "met")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One rule's answer for one person and one row: what was asked, what was seen, where it stands.

    `fields` are all facts it read (readers without access to one see nothing of it), `asks` those to clarify.
    """

    rule: str
    verdict: int
    text: str
    source: str
    fields: tuple[str, ...] = ()
    seen: tuple[tuple[str, str], ...] = ()
    asks: tuple[str, ...] | None = None

    @property
    def to_ask(self) -> tuple[str, ...]:
        """The person's facts to clarify: none where the vacancy or offer leaves something open; else every field."""
        return self.fields if self.asks is None else self.asks


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one feature adds: integer points and the German words for it."""

    feature: str
    points: int
    text: str
    known: bool = True


class Told(Sequence[Contribution]):
    """Contributions whose words are made when somebody looks: points and fits are known, sentences take longer."""

    __slots__ = ("_features", "_known", "_say", "_texts", "points")

    def __init__(
        self, features: Sequence[str], points: Sequence[int], known: Sequence[bool], words: Callable[[int], str]
    ) -> None:
        """`words(i)` says contribution i in German."""
        self._features, self.points, self._known, self._say = features, points, known, words
        self._texts: list[str | None] = [None] * len(points)

    def _words(self, i: int) -> str:
        text = self._texts[i]
        if text is None:
            text = self._texts[i] = self._say(i)
        return text

    def __len__(self) -> int:
        return len(self.points)

    @overload
    def __getitem__(self, index: int) -> Contribution: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Contribution, ...]: ...
    def __getitem__(self, index: int | slice) -> Contribution | tuple[Contribution, ...]:
        if isinstance(index, slice):
            return tuple(self)[index]
        place = range(len(self))[index]
        return Contribution(
            feature=self._features[place],
            points=self.points[place],
            text=self._words(place),
            known=self._known[place],
        )

    def parts(self) -> Iterator[tuple[str, int, str, bool]]:
        """Feature, points, words and whether known, in order: for whoever writes them all down at once."""
        words = map(self._words, range(len(self.points)))
        return zip(self._features, self.points, words, self._known, strict=True)

    def unknown(self) -> list[str]:
        """Features whose fit is not known."""
        return [name for name, known in zip(self._features, self._known, strict=True) if not known]

    def strongest(self, count: int, silent: frozenset[str] = frozenset()) -> list[str]:
        """Words of the strongest known contributions that add something, `silent` features aside."""
        telling = [i for i, points in enumerate(self.points) if points > 0 and self._known[i]]
        telling.sort(key=lambda i: -self.points[i])
        return [self._words(i) for i in [i for i in telling if self._features[i] not in silent][:count]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A base and its contributions; the total is their exact sum."""

    base: int
    contributions: Sequence[Contribution]

    def strongest(self, count: int, silent: frozenset[str] = frozenset()) -> list[str]:
        """Words of the strongest known contributions that add something, `silent` features aside."""
        return self.contributions.strongest(count, silent) if isinstance(self.contributions, Told) else []

    def unknown(self) -> list[str]:
        """Features whose fit is not known."""
        told = self.contributions
        return told.unknown() if isinstance(told, Told) else [part.feature for part in told if not part.known]

    @property
    def total(self) -> int:
        """Sum of base and contributions in integer points."""
        if isinstance(self.contributions, Told):
            return self.base + sum(self.contributions.points)
        return self.base + sum(part.points for part in self.contributions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One ranked answer with its reasons; `id` is a programme id, a `step:` id or a vacancy's refnr."""

    id: str
    title: str
    score: Score
    eligibility: Eligibility
    open_questions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    offer_id: str | None = None
    other_offers: tuple[str, ...] = ()
    travel_minutes: int | None = None
    near_miss: tuple[str, ...] = ()
    details: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Why something is out: the decisive rule first, then every failed one."""

    id: str
    title: str
    rule: str
    text: str
    source: str
    rules: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A fact nobody has asked for yet, the question in German, and which programmes wait for it."""

    field: str
    question: str
    programmes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Suggestions in order, others not excluded but not suggested, and exclusions with reasons."""

    suggestions: Sequence[Suggestion] = ()
    others: Sequence[Suggestion] = ()
    excluded: Sequence[Exclusion] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The whole answer to one question about one person on one day."""

    participant_id: str
    outcome: Outcome
    outcome_reason: str
    measures: Ranked = field(default_factory=Ranked)
    vacancies: Ranked = field(default_factory=Ranked)
    chains: "Sequence[Chain]" = ()
    levers: "Sequence[Lever]" = ()
    open_questions: Sequence[OpenQuestion] = ()
    notes: tuple[str, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
