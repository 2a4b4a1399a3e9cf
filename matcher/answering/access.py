"""How one gets into a measure: route, who decides, discretion, papers, lead time; from the offer, else the programme.

Source: DESIGN section 6 (Offers). Never "Sie haben Anspruch"; with a voucher the person chooses the provider freely.
"""

from matcher.programme import Access, Offer, Programme

ROUTES = {
    "assignment": "Zuweisung",
    "avgs": "Aktivierungs- und Vermittlungsgutschein (AVGS)",
    "bildungsgutschein": "Bildungsgutschein über die Agentur für Arbeit",
    "employer_application": "Antrag des Arbeitgebers",
    "bamf": "Zulassung durch das BAMF",
    "counselling": "über die Beratung",
    "self": "eigene Anmeldung",
}
DECIDES = {
    "jobcenter": "Jobcenter",
    "agentur": "Agentur für Arbeit",
    "bamf": "BAMF",
    "employer": "Arbeitgeber",
    "provider": "Träger",
    "regionalbuero": "Regionalbüro",
    "sozialamt": "Sozialamt",
    "jugendamt": "Jugendamt",
    "reha_carrier": "Reha-Träger",
    "land": "Land",
}
VOUCHERS = frozenset({"avgs", "bildungsgutschein"})


def _access(programme: Programme, offer: Offer | None) -> tuple[Access, Access]:
    return (offer.access if offer is not None else Access()), programme.access


def access_details(programme: Programme, offer: Offer | None) -> tuple[tuple[str, object], ...]:
    """Route, deciding body, discretion, documents, lead time, and the offer's provider, place and start, where known."""
    first, second = _access(programme, offer)
    found: list[tuple[str, object]] = []
    for key in ("route", "decided_by", "discretion", "documents", "lead_time_days"):
        value = getattr(first, key) if getattr(first, key) is not None else getattr(second, key)
        if value is not None:
            found.append((f"access_{key}" if key == "route" else key, value))
    if offer is not None:
        named = (("provider", offer.provider), ("place", offer.place), ("starts_on", offer.starts_on))
        found += [(key, value) for key, value in named if value is not None]
    return tuple(found)


def access_words(programme: Programme, offer: Offer | None) -> str:
    """One German sentence about the way in, empty where nothing is documented."""
    known = dict(access_details(programme, offer))
    parts = []
    if "access_route" in known:
        parts.append(f"Zugang: {ROUTES[str(known['access_route'])]}")
    if "decided_by" in known:
        discretion = {"kann": " (Ermessen)", "soll": " (soll in der Regel)", "muss": ""}
        parts.append(
            f"entscheidet {DECIDES[str(known['decided_by'])]}{discretion.get(str(known.get('discretion')), '')}"
        )
    if "lead_time_days" in known:
        parts.append(f"Vorlauf etwa {known['lead_time_days']} Tage")
    if known.get("access_route") in VOUCHERS:
        parts.append("Träger frei wählbar")
    return "; ".join(parts)
