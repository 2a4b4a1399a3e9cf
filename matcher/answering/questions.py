"""Open questions: which unknown fact decides about which programmes, worded for the conversation."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from matcher.labels import Labels
from matcher.results import OpenQuestion, Verdict

NAMED = 2
"""So many programmes are named in a question; the others are counted."""


def open_questions(labels: Labels, waiting: Sequence[tuple[str, str, Sequence[Verdict]]]) -> tuple[OpenQuestion, ...]:
    """Questions by the number of programmes that wait for them, ties by field.

    `waiting` lists (programme id, title, open verdicts), best programme first; verdict texts carry the requirement.
    """
    programmes: dict[str, dict[str, str]] = defaultdict(dict)
    needs: dict[str, str] = {}
    for name, title, verdicts in waiting:
        for verdict in verdicts:
            for field in verdict.fields:
                programmes[field].setdefault(name, title)
                needs.setdefault(field, verdict.text.removeprefix("Zu klären: "))
    ordered = sorted(programmes, key=lambda field: (-len(programmes[field]), field))
    return tuple(
        OpenQuestion(
            field=field,
            question=_words(labels, field, needs[field], programmes[field]),
            programmes=tuple(programmes[field]),
        )
        for field in ordered
    )


def _words(labels: Labels, field: str, need: str, programmes: Mapping[str, str]) -> str:
    titles = list(programmes.values())
    named = " und ".join(f"„{title}“" for title in titles[:NAMED])
    more = len(titles) - NAMED
    if more > 0:
        named = ", ".join(f"„{title}“" for title in titles[:NAMED]) + f" und {more} weitere"
    verb = "kommt" if len(titles) == 1 else "kommen"
    return f"{labels.label(field)} klären: {labels.question(field)} Wenn zutrifft: {need}, {verb} {named} in Frage."
