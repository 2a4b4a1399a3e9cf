"""A chain as a readable path in German and as an SVG for the pages. No arithmetic of its own, no figures of a person.

Accessible: the SVG carries a title and a description with the whole path; colours are not needed to read it.
"""

from collections.abc import Iterator, Sequence
from html import escape

from matcher.models.foerderkette.values import CLARIFY, Chain, ChainStep, Lever
from matcher.models.foerderkette.words import months_words, range_words


def chain_text(chain: Chain, *, number: int | None = None) -> str:
    """The path, one step a line, with open steps, what others achieved and where it may break."""
    return "\n".join(_lines(chain, number))


def chains_text(chains: Sequence[Chain], levers: Sequence[Lever] = ()) -> str:
    """All chains, grouped by goal, and the levers."""
    lines: list[str] = []
    goal = ""
    for number, chain in enumerate(chains, start=1):
        if chain.goal != goal:
            goal = chain.goal
            lines += ["", f"Ziel: {chain.goal_title}"]
        lines += _lines(chain, number)
    if levers:
        lines += ["", "Was den Weg verbessern würde (geprüft durch neues Planen):"]
        lines += [f"  - {lever.text}: {lever.effect}" for lever in levers]
    return "\n".join(lines).strip()


def _lines(chain: Chain, number: int | None) -> Iterator[str]:
    head = f"{number}. " if number is not None else ""
    path = " → ".join(_short(step) for step in chain.steps)
    yield f"  {head}{path} → {chain.goal_title}"
    yield f"     Dauer: {range_words(chain.months_min, chain.months_max)}"
    for place, step in enumerate(chain.steps, start=1):
        yield from _step_lines(place, step)
    yield from (f"     danach: {step.title} ({months_words(step.months)}) – {step.why}" for step in chain.after)
    yield from (f"     offen: {item}" for item in chain.open_steps)
    yield from (f"     bisher: {item}" for item in chain.achieved)
    if chain.critical:
        yield f"     {chain.critical}."
        yield f"     Dann: {chain.if_it_fails}."
    yield from (f"     Hinweis: {note}." for note in chain.notes)


def _step_lines(place: int, step: ChainStep) -> Iterator[str]:
    when = f"ab {step.waits_until:%d.%m.%Y}, " if step.waits_until is not None else ""
    sure = " (angenommener Termin)" if step.assumed else ""
    yield f"     {place}) {step.title} [{step.id}] – {when}{months_words(step.months)}{sure}"
    if step.why:
        yield f"        {step.why}"


def _short(step: ChainStep) -> str:
    """A few words for the first line."""
    if step.id == CLARIFY:
        return "klären"
    return step.title.split(" – ")[0]


BOX_WIDTH, BOX_HEIGHT, GAP, MARGIN = 200, 84, 44, 12
LINE_LETTERS, MOST_LINES = 26, 3


def chain_svg(chain: Chain) -> str:
    """The path as boxes with arrows, left to right, the goal as the last box."""
    boxes = [(_short(step), _when(step)) for step in chain.steps] + [(chain.goal_title, "Ziel")]
    width = 2 * MARGIN + len(boxes) * BOX_WIDTH + (len(boxes) - 1) * GAP
    height = 2 * MARGIN + BOX_HEIGHT
    told = "; ".join(f"{number}. {title}, {when}" for number, (title, when) in enumerate(boxes, start=1))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="sans-serif" font-size="13">',
        f"<title>{escape('Weg zum Ziel: ' + chain.goal_title)}</title>",
        f"<desc>{escape(told)}</desc>",
    ]
    for place, (title, when) in enumerate(boxes):
        left = MARGIN + place * (BOX_WIDTH + GAP)
        parts += _box(left, title, when, last=place == len(boxes) - 1)
        if place < len(boxes) - 1:
            parts.append(_arrow(left + BOX_WIDTH))
    return "".join([*parts, "</svg>"])


def _when(step: ChainStep) -> str:
    start = f"ab {step.waits_until:%d.%m.%Y}, " if step.waits_until is not None else ""
    return start + months_words(step.months)


def _box(left: int, title: str, when: str, *, last: bool) -> list[str]:
    stroke = 3 if last else 1
    parts = [
        f'<rect x="{left}" y="{MARGIN}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="6" '
        f'fill="#ffffff" stroke="#1a1a1a" stroke-width="{stroke}"/>'
    ]
    for row, line in enumerate(wrap(title)):
        parts.append(f'<text x="{left + 8}" y="{MARGIN + 20 + row * 17}" fill="#1a1a1a">{escape(line)}</text>')
    parts.append(
        f'<text x="{left + 8}" y="{MARGIN + BOX_HEIGHT - 8}" fill="#1a1a1a" font-size="11">{escape(when)}</text>'
    )
    return parts


def _arrow(left: int) -> str:
    middle, tip = MARGIN + BOX_HEIGHT // 2, left + GAP - 6
    return (
        f'<path d="M{left + 4} {middle} H{tip} M{tip - 6} {middle - 5} L{tip} {middle} L{tip - 6} {middle + 5}" '
        'fill="none" stroke="#1a1a1a" stroke-width="1.5"/>'
    )


def wrap(text: str) -> list[str]:
    """At most three lines of about 26 letters; what is longer ends with an ellipsis."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= LINE_LETTERS or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    shown = [line if len(line) <= LINE_LETTERS else line[: LINE_LETTERS - 1] + "…" for line in lines[:MOST_LINES]]
    if len(lines) > MOST_LINES:
        shown[-1] = shown[-1][: LINE_LETTERS - 1].rstrip("…") + "…"
    return shown
