"""Who may see which person, as a condition of the query itself: a foreign person is never fetched. Source: TRUST 2.

The conditions name parameters that `given` fills in, so that statements are built once and not at every request.
"""

from typing import Any

from sqlalchemy import String, and_, bindparam, or_

from matcher.errors import NotFound
from matcher.store.tables import ParticipantRow
from matcher.store.values import Scope

LONGEST = 128
_ROLE = bindparam("scope_role", type_=String)

OWN = and_(
    _ROLE == "case_worker",
    ParticipantRow.case_worker == bindparam("scope_account"),
    ParticipantRow.office.in_(bindparam("scope_offices", expanding=True)),
)
"""Persons of the case worker's own caseload in the case worker's own offices; nobody for every other role."""
RANKABLE = or_(_ROLE == "employer_service", OWN)
"""Persons that may stand in a list for one vacancy: all of the Jobcenter for the employer service, else one's own."""
READABLE = or_(_ROLE == "auditor", OWN)
"""Persons whose records and decisions may be read by id: one's own caseload; all for the auditor."""


def given(scope: Scope, **more: Any) -> dict[str, Any]:
    """The parameters of the conditions above, and further ones of the statement."""
    return {
        "scope_role": scope.role,
        "scope_account": scope.account_id,
        "scope_offices": list(scope.offices),
        **more,
    }


def missing() -> NotFound:
    """What is said about a foreign thing and about one that does not exist: the same."""
    return NotFound("There is no such thing.", "Look it up in a list.")


def checked_id(text: str) -> str:
    """The id itself; what no stored id can be is NotFound like any other that does not exist."""
    if not text or len(text) > LONGEST or "\x00" in text or not text.isprintable():
        raise missing()
    return text
