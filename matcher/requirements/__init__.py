"""What a vacancy asks for, stated and derived apart, each with its evidence."""

from matcher.requirements.derive import derive
from matcher.requirements.requirement import Evidence, Requirements
from matcher.requirements.tables import Certificate, Regulated, certificate_mask, load_tables
from matcher.requirements.vocabulary import (
    DEMANDS,
    KINDS,
    LICENCES,
    TIMES,
    TRAITS,
    bit,
    included_licences,
    mask,
    unmask,
)

__all__ = [
    "DEMANDS",
    "KINDS",
    "LICENCES",
    "TIMES",
    "TRAITS",
    "Certificate",
    "Evidence",
    "Regulated",
    "Requirements",
    "bit",
    "certificate_mask",
    "derive",
    "included_licences",
    "load_tables",
    "mask",
    "unmask",
]
