"""German words for what is wrong with a request; never with the value that was sent."""

from collections.abc import Mapping
from typing import Any

from matcher.errors import Problem
from matcher.read.fields import LONG_TEXT, MOST_ENTRIES, SHORT_TEXT

_KINDS = {
    "missing": "Diese Angabe fehlt.",
    "extra_forbidden": "Dieses Feld gibt es hier nicht.",
    "model_type": "Erwartet wird ein JSON-Objekt.",
    "model_attributes_type": "Erwartet wird ein JSON-Objekt.",
    "dict_type": "Erwartet wird ein JSON-Objekt.",
    "string_type": "Erwartet wird ein Text.",
    "string_too_short": "Der Text ist zu kurz (mindestens {min_length} Zeichen).",
    "string_too_long": "Der Text ist zu lang (höchstens {max_length} Zeichen).",
    "string_pattern_mismatch": "Der Text hat nicht die erwartete Form.",
    "string_unicode": "Der Text enthält Zeichen, die nicht gespeichert werden können.",
    "too_short": "Die Liste ist zu kurz (mindestens {min_length} Einträge).",
    "too_long": "Die Liste ist zu lang (höchstens {max_length} Einträge).",
    "int_type": "Erwartet wird eine ganze Zahl.",
    "int_parsing": "Erwartet wird eine ganze Zahl.",
    "int_parsing_size": "Die Zahl ist zu groß.",
    "int_from_float": "Erwartet wird eine ganze Zahl.",
    "bool_type": "Erwartet wird true oder false.",
    "bool_parsing": "Erwartet wird true oder false.",
    "greater_than_equal": "Der Wert ist zu klein (mindestens {ge}).",
    "less_than_equal": "Der Wert ist zu groß (höchstens {le}).",
    "literal_error": "Erlaubt sind: {expected}.",
    "date_type": "Erwartet wird ein Datum (JJJJ-MM-TT).",
    "date_parsing": "Erwartet wird ein Datum (JJJJ-MM-TT).",
    "date_from_datetime_parsing": "Erwartet wird ein Datum (JJJJ-MM-TT).",
    "date_from_datetime_inexact": "Erwartet wird ein Datum ohne Uhrzeit (JJJJ-MM-TT).",
    "control_characters": "Der Text enthält Steuerzeichen.",
    "invisible": "Der Text ist leer oder nicht zu sehen.",
    "json_invalid": "Das ist kein gültiges JSON.",
    "json_type": "Das ist kein gültiges JSON.",
}
WRONG = "Dieser Wert passt hier nicht."
_MESSAGES = {
    "is not a profile": "Erwartet wird ein JSON-Objekt mit den Feldern des Teilnehmendenformats.",
    "belongs to a person's identity": "Angaben zur Identität gehören nicht in das Teilnehmendenformat.",
    "is not a field": "Dieses Feld gibt es im Teilnehmendenformat nicht.",
    "is missing": "Diese Angabe fehlt: Von welchem Tag sind die Angaben (JJJJ-MM-TT)?",
    "lies in the future": "Der Tag liegt in der Zukunft.",
    "lies before the stored facts": "Der Tag liegt vor dem Stand von Angaben, die diese Rolle nicht sieht.",
    "is not seen by this role": "Diese Angabe ist für diese Rolle geschützt. Weglassen: Was gespeichert ist, bleibt.",
    "contradicts a fact that this role": "Das widerspricht einer Angabe, die diese Rolle nicht sieht.",
    "the ids in": "Die Kennungen widersprechen sich.",
    "is not a number": "Erwartet wird eine Zahl oder null.",
    "must lie between": "Die Zahl liegt außerhalb des erlaubten Bereichs.",
    "is not a date": "Erwartet wird ein Datum (JJJJ-MM-TT) oder null.",
    "is not a text": "Erwartet wird ein Text oder null.",
    f"has more than {MOST_ENTRIES} entries": f"Die Liste ist zu lang (höchstens {MOST_ENTRIES} Einträge).",
    f"has more than {SHORT_TEXT} characters": f"Der Text ist zu lang (höchstens {SHORT_TEXT} Zeichen).",
    f"has more than {LONG_TEXT} characters": f"Der Text ist zu lang (höchstens {LONG_TEXT} Zeichen).",
    "has more than": "Der Text ist zu lang.",
    "holds control characters": "Der Text enthält Steuerzeichen.",
    "is neither true nor false": "Erwartet wird true, false oder null.",
    "is not one of the known values": "Dieser Wert steht nicht in der geschlossenen Liste.",
    "is not a list": "Erwartet wird eine Liste oder null.",
    "looks like a diagnosis code": "Diagnosen gehören nicht hierher, nur was die Arbeit nicht verlangen darf.",
    "is not a functional limit": "Diese Einschränkung steht nicht in der geschlossenen Liste.",
    "is not a whole number": "Erwartet wird eine ganze Zahl.",
    "is not a time of day": 'Erwartet wird eine Uhrzeit ("HH:MM").',
    "does not name weekdays": "Erwartet werden Wochentage.",
    "is empty": "Diese Angabe ist leer.",
    "is not a year": "Erwartet wird eine Jahreszahl.",
    "ends before it begins": "Das Ende liegt vor dem Anfang.",
    "is not an object": "Erwartet wird ein JSON-Objekt.",
    "is not a known name": "Dieser Name ist hier nicht bekannt.",
    "holds null": "Die Liste enthält null.",
    "reading stopped": "Zu viele Fehler; die übrigen werden nach der Korrektur gezeigt.",
}


def of_pydantic(kind: str, context: Mapping[str, Any]) -> str:
    """What is wrong by pydantic's name of the fault; `context` holds limits of the model, not what was sent."""
    return _KINDS.get(kind, WRONG).format_map(_Limits(context))


def of_profile(problem: Problem) -> str:
    """What is wrong with a field of a profile."""
    return next((text for start, text in _MESSAGES.items() if problem.message.startswith(start)), WRONG)


class _Limits(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"
