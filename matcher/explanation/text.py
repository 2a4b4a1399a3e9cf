"""An answer as German text for the case worker: outcome, measures, vacancies, exclusions, questions."""

from collections.abc import Iterable, Sequence

from matcher.results import POINTS_PER_UNIT, Answer, Exclusion, OpenQuestion, Suggestion

OUTCOMES = {
    "suggest_measure": "Maßnahme vorschlagen",
    "stage_change": "Stufenwechsel",
    "place_directly": "Direkt vermitteln",
    "no_measure": "Keine Maßnahme, zuerst ein anderer Schritt",
    "counselling_first": "Keine Maßnahme, zuerst Beratung",
    "clarify_data": "Angaben klären",
    "continue_current": "Laufendes fortsetzen",
    "no_suggestion": "Bewusst kein Vorschlag",
}
ELIGIBILITY = {"met": "passt", "unknown": "zu klären", "not_met": "passt nicht"}
SHOWN_QUESTIONS, SHOWN_EXCLUSIONS = 5, 5


def explain(answer: Answer, *, shown: int | None = None) -> str:
    """The whole answer, `shown` entries a list (None: all); a person decides, which the last line says."""
    lines = [
        f"Teilnehmende/r {answer.participant_id}",
        f"Ergebnis: {OUTCOMES[answer.outcome]}",
        f"  {answer.outcome_reason}",
    ]
    lines += [f"  Widerspruch: {note}" for note in answer.notes]
    lines += _section("Nächste Schritte", answer.measures.suggestions, shown)
    lines += _chains(answer)
    lines += _section("Stellen", answer.vacancies.suggestions, shown)
    lines += _questions(answer.open_questions)
    lines += _exclusions("Maßnahmen, die nicht passen", answer.measures.excluded)
    lines += _exclusions("Stellen, die nicht passen", answer.vacancies.excluded)
    return "\n".join([*lines, "", "Vorschläge, keine Entscheidung: Es entscheidet die Integrationsfachkraft."])


def _chains(answer: Answer) -> list[str]:
    if not answer.chains:
        return []
    from matcher.explanation.chain import chains_text

    return ["", "Förderketten:", chains_text(answer.chains, answer.levers)]


def _section(title: str, items: Sequence[Suggestion], shown: int | None) -> list[str]:
    if not items:
        return []
    lines = ["", f"{title}:"]
    for place, item in enumerate(items[:shown], start=1):
        lines.append(f"  {place}. {item.title} [{item.id}] – {_state(item)}")
        lines += [f"     + {reason}" for reason in item.reasons]
        lines += [f"     ? {near}" for near in item.near_miss]
        lines.append(f"     Punkte: {_points(item)}")
    more = len(items) - len(items[:shown])
    return [*lines, f"  … und {more} weitere"] if more else lines


def _state(item: Suggestion) -> str:
    words = "Brücke nötig" if item.near_miss else ELIGIBILITY[item.eligibility]
    extra = [words]
    if item.travel_minutes is not None:
        extra.append(f"etwa {item.travel_minutes} Minuten Weg")
    if item.offer_id is not None:
        extra.append(f"Angebot {item.offer_id}")
    extra += [str(value) for key, value in item.details if value and key in {"employer", "place"}]
    return ", ".join(extra)


def _points(item: Suggestion) -> str:
    parts = [f"{part.feature} {part.points / POINTS_PER_UNIT:+.2f}" for part in item.score.contributions if part.points]
    total = f"{item.score.total / POINTS_PER_UNIT:.2f}"
    base = [f"Grundwert {item.score.base / POINTS_PER_UNIT:+.2f}"] if item.score.base else []
    return f"{total} = " + " ".join(base + parts) if base or parts else total


def _questions(questions: Sequence[OpenQuestion]) -> list[str]:
    if not questions:
        return []
    lines = ["", "Noch zu klären:"] + [f"  - {question.question}" for question in questions[:SHOWN_QUESTIONS]]
    more = len(questions) - SHOWN_QUESTIONS
    return [*lines, f"  … und {more} weitere Fragen"] if more > 0 else lines


def _exclusions(title: str, items: Sequence[Exclusion]) -> list[str]:
    if not items:
        return []
    lines = ["", f"{title} ({len(items)}):"]
    lines += [f"  - {item.title}: {item.text} ({item.source})" for item in _first(items, SHOWN_EXCLUSIONS)]
    more = len(items) - SHOWN_EXCLUSIONS
    return [*lines, f"  … und {more} weitere (alle mit --json)"] if more > 0 else lines


def _first(items: Iterable[Exclusion], count: int) -> list[Exclusion]:
    return [item for item, _ in zip(items, range(count), strict=False)]
