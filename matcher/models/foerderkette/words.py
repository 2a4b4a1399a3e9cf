"""German words of chains: what a step is for, what participants before achieved, where it is likeliest to break.

No arithmetic of its own beyond counting; no share of a person, no percentage, nothing about consequences.
"""

import datetime as dt

from matcher.programme import Evidence, Programme

VERBS = {
    "employment": "kamen {count} in Arbeit",
    "qualification": "begannen oder erreichten {count} eine Ausbildung oder Qualifizierung",
    "next_measure": "gingen {count} in eine weitere Maßnahme oder Bildung",
    "completion": "kamen {count} bis zum Abschluss",
    "activation": "ließen sich {count} auf das Angebot ein",
}
HISTORIC = "historisch"


def months_words(months: float) -> str:
    """About how many months, in words."""
    if months < 0.75:
        weeks = max(1, round(months * 4.35))
        return "etwa eine Woche" if weeks == 1 else f"etwa {weeks} Wochen"
    whole = round(months)
    return "etwa ein Monat" if whole <= 1 else f"etwa {whole} Monate"


def range_words(least: float, most: float) -> str:
    """A range of months in words."""
    low, high = round(least), round(most)
    return months_words(most) if low >= high or high <= 1 else f"{max(low, 1)} bis {high} Monate"


def number(count: float) -> str:
    """A count with the German thousands dot."""
    return f"{count:,.0f}".replace(",", ".")


def achieved_words(programme: Programme, today: dt.date, historic_years: int) -> str | None:
    """Best documented result as "von n Teilnehmenden (Jahr) …"; older ones are marked; None without a usable one."""
    usable = [e for e in programme.evidence if e.outcome in VERBS and e.count is not None and e.n]
    if not usable:
        return None
    best = max(usable, key=lambda e: (e.outcome in ("employment", "qualification"), (e.count or 0) / (e.n or 1), e.n))
    return f"{programme.title}: {_of(best, VERBS[best.outcome], today, historic_years)} ({best.source})"


def dropout_words(programme: Programme, today: dt.date, historic_years: int) -> str | None:
    """How many ended early, as documented."""
    found = [e for e in programme.evidence if e.outcome == "dropout" and e.count is not None and e.n]
    return _of(found[0], "endeten {count} vorzeitig", today, historic_years) if found else None


def _of(evidence: Evidence, verb: str, today: dt.date, historic_years: int) -> str:
    year = evidence.year
    when = "Jahr nicht genannt" if year is None else str(year)
    if year is not None and today.year - year > historic_years:
        when += f", {HISTORIC}"
    told = verb.format(count=number(evidence.count or 0))
    return f"von {number(evidence.n or 0)} Teilnehmenden ({when}) {told}"


def gains_words(labels: list[str]) -> str:
    """What a step brings."""
    if not labels:
        return ""
    if len(labels) == 1:
        return f"bringt: {labels[0]}"
    return "bringt: " + ", ".join(labels[:-1]) + " und " + labels[-1]
