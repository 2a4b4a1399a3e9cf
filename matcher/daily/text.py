"""A day in a few German lines, for the terminal."""

from collections import Counter

from matcher.daily.values import DayPlan

REASONS = {
    "no_proposals_until": "ausgesetzt",
    "cool_down": "Pause nach einem Nein",
    "first_something_else": "ein anderer Schritt geht vor",
    "data_missing": "Angaben fehlen",
    "stale": "Angaben sind veraltet",
    "contradiction": "Angaben widersprechen sich",
    "nothing_in_reach": "nichts in erreichbarer Entfernung",
    "childcare_times": "Arbeitszeiten gegen Betreuungszeiten",
    "working_times": "Arbeitszeiten gegen verfügbare Zeit",
    "requirements": "Verlangtes liegt nicht vor",
    "nothing_suitable": "nichts passt gut genug",
    "all_proposed_before": "alles Passende schon vorgeschlagen",
    "all_taken": "passende Stellen haben genug offene Vorschläge",
    "household": "verträgt sich nicht im Haushalt",
    "no_vacancies": "keine Stellen erfasst",
    "already_today": "heute schon ein Vorschlag",
}


def day_text(plan: DayPlan) -> str:
    """Counts, reasons, spread; no names, no points."""
    persons = len(plan.proposals) + len(plan.abstentions)
    where = f" ({plan.office})" if plan.office else ""
    lines = [
        f"Vorschläge am {plan.day:%d.%m.%Y}{where}: {len(plan.proposals)} von {persons} Teilnehmenden.",
        f"Heute kein passendes Angebot: {len(plan.abstentions)}",
    ]
    for reason, count in sorted(
        Counter(one.reason for one in plan.abstentions).items(), key=lambda row: (-row[1], row[0])
    ):
        lines.append(f"  {count:>6}  {REASONS[reason]}")
    vacancies = plan.report.get("vacancies", {})
    if vacancies:
        lines.append(
            f"Stellen mit Vorschlägen: {vacancies['with_proposals']}, höchstens {vacancies['most_on_one']} auf eine Stelle."
        )
    near = plan.report.get("near_misses", ())
    if near:
        lines.append(f"Brücken für den Arbeitgeber-Service: {len(near)} (Arbeitgeber und Anforderung).")
    return "\n".join(lines)
