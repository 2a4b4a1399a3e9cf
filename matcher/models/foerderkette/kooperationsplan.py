"""A draft of steps for the Kooperationsplan in everyday German, without consequences of any kind.

The person and the Integrationsfachkraft agree on the plan; this is only a start (§ 15 SGB II names the plan, nothing
here is a legal instruction). A conflict with the goal agreed so far is shown as a question.
"""

from matcher.models.foerderkette.values import CLARIFY, Chain, ChainStep
from matcher.models.foerderkette.words import range_words

GOALS = {
    "work": "eine Arbeit finden, die zu mir passt",
    "training": "einen Ausbildungsplatz finden",
    "qualification": "einen anerkannten Berufsabschluss machen",
    "stabilisation": "erst einmal zur Ruhe kommen und Kraft für den nächsten Schritt sammeln",
    "keep_job": "meine neue Arbeit behalten",
    "clarify": "gemeinsam klären, was mir weiterhilft",
}
AGREED_WORDS = {
    "work": ("arbeit", "stelle", "job", "beschäftigung"),
    "training": ("ausbildung", "lehre"),
    "qualification": ("abschluss", "umschulung", "ausbildung", "qualifizierung"),
}


def kooperationsplan_draft(chain: Chain, agreed_goal: str | None = None) -> str:
    """The steps in everyday words; `agreed_goal` is the goal in the present plan, a conflict is asked about."""
    lines = ["Entwurf für den Kooperationsplan", "", f"Mein Ziel: {GOALS.get(chain.goal, chain.goal_title)}.", ""]
    if agreed_goal and not fits_goal(chain.goal, agreed_goal):
        lines += [f"Bisher vereinbart ist: „{agreed_goal}“. Passt das noch zu diesem Weg? Bitte gemeinsam klären.", ""]
    lines.append("Das sind die nächsten Schritte:")
    for number, step in enumerate((*chain.steps, *chain.after), start=1):
        lines.append(f"{number}. {_step(step)}")
        if step.bridging:
            lines.append(f"   Bis es losgeht: {step.bridging.split(' [')[0]}.")
    lines += [
        "",
        f"Das dauert zusammen ungefähr {range_words(chain.months_min, chain.months_max)}.",
        "Wenn etwas nicht klappt, sprechen wir darüber und suchen einen anderen Weg.",
        "Ich kann jederzeit eigene Vorschläge machen.",
    ]
    return "\n".join(lines)


def fits_goal(goal: str, agreed: str) -> bool:
    """Do the words of the agreed goal speak of the same thing? Goals without words of their own never conflict."""
    words = AGREED_WORDS.get(goal)
    return words is None or any(word in agreed.lower() for word in words)


def _step(step: ChainStep) -> str:
    if step.id == CLARIFY:
        return "Wir klären zusammen noch offene Fragen."
    if step.id == "step:direct_placement":
        return "Wir suchen zusammen Stellen, und ich bewerbe mich."
    if step.id == "step:aftercare":
        return "Nach dem Start in der Arbeit bleiben wir in Kontakt, wenn ich das möchte."
    if step.id == "step:continue_current":
        return f"Ich mache weiter mit: {step.title.split(': ', 1)[-1]}."
    if step.waits_until is not None:
        return f"Ab {step.starts_on:%d.%m.%Y}: {step.title}."
    return f"{step.title}."
