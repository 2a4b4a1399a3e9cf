"""Open questions: which unknown fact decides about which programmes, worded for the conversation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from matcher.answering.lazy import Worded
from matcher.labels import Labels
from matcher.results import OpenQuestion

NAMED = 2
"""So many programmes are named in a question; the others are counted."""


Asked = tuple[str, str]
"""A field and what is required of it, in words."""


def open_questions(labels: Labels, waiting: Iterable[tuple[str, str, Sequence[Asked]]]) -> Sequence[OpenQuestion]:
    """Questions by the number of programmes that wait for them, ties by field; words when they are looked at.

    `waiting` lists (programme id, title, what is open), best programme first.
    """
    programmes: dict[str, dict[str, str]] = defaultdict(dict)
    needs: dict[str, str] = {}
    for name, title, asked in waiting:
        for field, text in asked:
            programmes[field].setdefault(name, title)
            needs.setdefault(field, text.removeprefix("Zu klären: "))
    ordered = sorted(programmes, key=lambda field: (-len(programmes[field]), field))

    def ask(place: int) -> OpenQuestion:
        field = ordered[place]
        words = _words(labels, field, needs[field], programmes[field])
        return OpenQuestion(field=field, question=words, programmes=tuple(programmes[field]))

    return Worded(range(len(ordered)), ask)


def _words(labels: Labels, field: str, need: str, programmes: Mapping[str, str]) -> str:
    titles = list(programmes.values())
    named = " und ".join(f"„{title}“" for title in titles[:NAMED])
    more = len(titles) - NAMED
    if more > 0:
        named = ", ".join(f"„{title}“" for title in titles[:NAMED]) + f" und {more} weitere"
    verb = "kommt" if len(titles) == 1 else "kommen"
    return f"{labels.label(field)} klären: {labels.question(field)} Wenn zutrifft: {need}, {verb} {named} in Frage."
