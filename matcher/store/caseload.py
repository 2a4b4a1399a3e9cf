"""The caseload list decides who may see a person: its office, and the account whose login its case worker is."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from matcher.store.service_tables import AccountOfficeRow, AccountRow
from matcher.store.tables import ParticipantRow


def place(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Take office and case worker of caseload rows over; a row without one of them leaves it as it is.

    A case worker who has no open account in that office leaves the person to nobody, never to the one before.
    """
    accounts = _case_workers(connection)
    for row in rows:
        values: dict[str, Any] = {}
        if row["office"]:
            values["office"] = row["office"]
        if row["case_worker"]:
            values["case_worker"] = accounts.get((row["case_worker"].strip().lower(), row["office"]))
        if values:
            connection.execute(update(ParticipantRow).where(ParticipantRow.id == row["participant_id"]).values(values))


def _case_workers(connection: Connection) -> dict[tuple[str, str], str]:
    query = (
        select(AccountRow.login, AccountOfficeRow.office, AccountRow.id)
        .join(AccountOfficeRow, AccountOfficeRow.account_id == AccountRow.id)
        .where(AccountRow.active, AccountRow.role == "case_worker")
    )
    return {(row.login, row.office): row.id for row in connection.execute(query)}
