"""Ways to share care and work in a Bedarfsgemeinschaft, in German; no figures, nobody told to care."""

from collections.abc import Iterator, Sequence

from matcher.models.foerderkette.household import Sharing
from matcher.models.foerderkette.values import Chain
from matcher.models.foerderkette.words import range_words


def household_text(ways: Sequence[Sharing]) -> str:
    """Every way with the chains of all members, the best for all together first."""
    lines = ["Bedarfsgemeinschaft gemeinsam betrachtet (jede Variante neu geplant):"]
    for number, way in enumerate(ways, start=1):
        lines += _lines(number, way)
    return "\n".join(lines)


def _lines(number: int, way: Sharing) -> Iterator[str]:
    yield f"  {number}. {way.text}"
    for name, chain in way.chains:
        yield f"     {name}: {_chain(chain)}{_changed(name, way)}"
    if way.to_clarify:
        yield f"     Zu klären: {way.to_clarify}."


def _chain(chain: Chain | None) -> str:
    if chain is None:
        return "derzeit kein Weg in Arbeit gefunden"
    path = " → ".join(step.title for step in chain.steps)
    return f"{path} → {chain.goal_title} ({range_words(chain.months_min, chain.months_max)})"


def _changed(name: str, way: Sharing) -> str:
    if name in way.opens:
        return " – besserer Weg als heute"
    return " – schwieriger als heute" if name in way.closes else ""
