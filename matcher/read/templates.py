"""All list templates, and the page that documents them.

`python -m matcher.read.templates` prints `docs/templates.md`; a test fails when the page is stale.
"""

from collections.abc import Mapping

from matcher.read.columns import MAX_NUMBERED, Column, Template
from matcher.read.offers import OFFERS
from matcher.read.participant_columns import participant_template
from matcher.read.programmes import PROGRAMMES
from matcher.read.vacancies import EMPLOYERS, VACANCIES

_HEAD = """# List templates

Generated from the column tables in `matcher/read/`; run `python -m matcher.read.templates > docs/templates.md`
after changing them.

Lists are CSV or XLSX files with a header row. Delimiter (`;` `,` tab `|`), encoding (UTF-8, UTF-16 with mark,
Windows-1252), header row and sheet are found. Columns are recognised by title, by field name or by alias, whatever
their order, case and punctuation. Dates are `31.12.2025` or `2025-12-31`, numbers have a decimal comma (a point is
read too), ids are kept as text with their leading zeros. Empty cells, `null`, `unbekannt` and `k.A.` mean unknown.
Formulas are refused: paste them as values.

## Mapping other titles

A list from another system needs no renaming. Save a mapping once and give it with `--mapping FILE.toml`:

```toml
sheet = "Tabelle1"                 # only for workbooks with several lists
ignore = ["Bemerkung intern"]      # columns that are not taken over; ["*"]: all unknown ones

[columns]                          # title in your list = field
"Kd-Nr." = "customer_no"
"Sprachstand" = "german_level"

[values.german_level]              # value in your list = value of the field
"B1 (mündlich)" = "B1"
```
"""


def templates() -> Mapping[str, Template]:
    """Every template by kind."""
    return {template.kind: template for template in (participant_template(), PROGRAMMES, OFFERS, VACANCIES, EMPLOYERS)}


def render() -> str:
    """The documentation page."""
    parts = [_HEAD]
    for kind, template in templates().items():
        parts.append(f"## {kind}\n\n`matcher import {kind} FILE`. {template.intro}\n")
        if any(column.numbered for column in template.columns):
            parts.append(f"`{{n}}` stands for 1, 2, 3 … up to {MAX_NUMBERED}.\n")
        parts.append("| column | field | required | content | example | also found as |\n|---|---|---|---|---|---|")
        parts[-1] += "".join("\n" + _row(column) for column in template.columns) + "\n"
    return "\n".join(parts)


def _row(column: Column) -> str:
    cells = (
        column.title,
        f"`{column.field}`",
        "yes" if column.required else "",
        column.help,
        column.example,
        ", ".join(column.aliases),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    print(render(), end="")
