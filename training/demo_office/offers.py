"""All invented offers of the demo office, numbered in the order in which they are written down."""

from dataclasses import replace

from matcher.programme import Offer
from training.demo_office import offers_courses, offers_jps, offers_standing


def list_offers() -> list[Offer]:
    """All offers in id order."""
    written = (*offers_jps.OFFERS, *offers_courses.OFFERS, *offers_standing.OFFERS)
    return [replace(offer, id=f"A{number:03d}") for number, offer in enumerate(written, 1)]
