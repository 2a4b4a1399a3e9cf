"""Open questions: what contradicts itself, and which unknown fact decides about what, worded for the conversation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from matcher.answering.lazy import Worded
from matcher.labels import Labels
from matcher.results import OpenQuestion

NAMED = 2
"""So many programmes are named in a question; the others are counted."""


Asked = tuple[str, str]
"""A field and what is required of it, in words."""


def open_questions(
    labels: Labels,
    waiting: Iterable[tuple[str, str, Sequence[Asked]]],
    *,
    contradicted: Sequence[str] = (),
    rating: Sequence[str] = (),
) -> Sequence[OpenQuestion]:
    """What to clarify first: contradictions, what the shown vacancies depend on, then by the programmes that wait.

    `waiting` lists (programme id, title, what is open), best programme first; `contradicted` and `rating` name facts in
    their order. A fact is asked once; ties by field; words when they are looked at.
    """
    programmes: dict[str, dict[str, str]] = defaultdict(dict)
    needs: dict[str, str] = {}
    for name, title, asked in waiting:
        for field, text in asked:
            programmes[field].setdefault(name, title)
            needs.setdefault(field, text.removeprefix("Zu klären: "))
    by_programmes = sorted(programmes, key=lambda field: (-len(programmes[field]), field))
    ordered = list(dict.fromkeys((*contradicted, *rating, *by_programmes)))

    def ask(place: int) -> OpenQuestion:
        field = ordered[place]
        behind = programmes.get(field, {})
        words = [f"{labels.label(field)} klären: {labels.question(field)}"]
        words += ["Die Angaben dazu widersprechen sich."] if field in contradicted else []
        words += ["Davon hängt ab, welche Stellen passen."] if field in rating else []
        words += [_wait(needs[field], behind)] if behind else []
        return OpenQuestion(field=field, question=" ".join(words), programmes=tuple(behind))

    return Worded(range(len(ordered)), ask)


def _wait(need: str, programmes: Mapping[str, str]) -> str:
    titles = list(programmes.values())
    named = " und ".join(f"„{title}“" for title in titles[:NAMED])
    more = len(titles) - NAMED
    if more > 0:
        named = ", ".join(f"„{title}“" for title in titles[:NAMED]) + f" und {more} weitere"
    verb = "kommt" if len(titles) == 1 else "kommen"
    return f"Wenn zutrifft: {need}, {verb} {named} in Frage."
