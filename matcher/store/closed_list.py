r"""The CHECK that keeps `functional_limits` to a closed list, for both databases. Source: TRUST 5.

The key stands in the text once and in plain letters, so that what is checked is what is read: databases and readers
differ on keys that come twice or are written with escapes (`\u0066…`).
"""

from collections.abc import Sequence

KEY = "functional_limits"
NAME = "functional_limits"
"""Name of the constraint, before the convention of `matcher.store.rows`."""
_ONCE = f"""length(payload) - length(replace(payload, '"{KEY}"', '')) <= {len(KEY) + 2}"""


def closed_list(dialect: str, values: Sequence[str]) -> str:
    """The condition in the words of `postgresql` or `sqlite`: an object without the key, or with a list of `values`."""
    return _on_server(values) if dialect == "postgresql" else _in_file(values)


def _on_server(values: Sequence[str]) -> str:
    facts = "CAST(payload AS jsonb)"
    allowed = ", ".join(f'"{value}"' for value in values)
    return (
        rf"jsonb_typeof({facts}) = 'object' AND {_ONCE} AND payload !~ '\\u00[2-7]'"
        f" AND ({facts} -> '{KEY}' IS NULL OR (jsonb_typeof({facts} -> '{KEY}') = 'array'"
        f" AND {facts} -> '{KEY}' <@ CAST('[{allowed}]' AS jsonb)))"
    )


def _in_file(values: Sequence[str]) -> str:
    """A CHECK of SQLite holds no subquery: what is left of the list without its allowed values must be nothing."""
    found = f"json_extract(payload, '$.{KEY}')"
    rest = found
    for value in values:
        rest = f"""replace({rest}, '"{value}"', '')"""
    return (
        rf"json_valid(payload) AND json_type(payload) = 'object' AND {_ONCE} AND payload NOT GLOB '*\u00[2-7]*'"
        f" AND (json_type(payload, '$.{KEY}') IS NULL OR (json_type(payload, '$.{KEY}') = 'array'"
        f" AND instr(substr({found}, 2), '[') = 0 AND trim({rest}, '[],') = ''))"
    )
