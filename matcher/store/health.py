"""Is the database as it should be: schema, settings of the embedded file, role and isolation on PostgreSQL?"""

from sqlalchemy import Connection, Engine

from matcher.store import roles
from matcher.store.schema import current_revision
from matcher.store.transaction import reading

HARDENED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
"""What the embedded database must answer; source: docs/operation.md."""


def schema_and_faults(engine: Engine) -> tuple[str, list[str]]:
    """The schema's revision and, in words, everything that is wrong with how the application works."""
    with reading(engine) as connection:
        revision = current_revision(connection) or "missing"
        found = roles.faults(connection) if engine.dialect.name == "postgresql" else _soft(connection)
    return revision, found


def login_faults(engine: Engine) -> list[str]:
    """What is wrong with the role the service logs in as; nothing to say about the embedded database."""
    if engine.dialect.name != "postgresql":
        return []
    with reading(engine) as connection:
        return roles.login_faults(connection)


def _soft(connection: Connection) -> list[str]:
    found = []
    for name, wanted in HARDENED.items():
        value = connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
        if value != wanted:
            found.append(f"PRAGMA {name} is {value}, not {wanted}")
    if connection.exec_driver_sql("PRAGMA quick_check").scalar_one() != "ok":
        found.append("the file is damaged (PRAGMA quick_check)")
    return found
