"""PostgreSQL: the application's role, what it is granted, and row-level security between Jobcenters.

The role owns nothing and cannot log in itself; the login role of the service is a member of it. Policies are forced,
so that they bind the owner of the tables too. Source: TRUST 3, ASVS 5 8.4.1.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from matcher.errors import MatcherError
from matcher.store import engine

APPEND_ONLY = ("suggestion_records", "decisions", "imports")
"""Tables the application adds to and never changes."""
NEVER_CHANGED = ("identities", "daily_runs", "proposals", "abstentions")
"""Tables whose rows come and go whole."""
FIELD = "jobcenter = current_setting('matcher.jobcenter', true)"


def create_role(connection: Connection) -> None:
    """Make the application's role and let this user act as it; MatcherError with the SQL where that is not allowed."""
    role = engine.APP_ROLE
    if not _exists(connection, role):
        _try(connection, f'CREATE ROLE "{role}" NOLOGIN NOSUPERUSER NOBYPASSRLS')
    if not connection.execute(text("SELECT pg_has_role(current_user, :role, 'MEMBER')"), {"role": role}).scalar_one():
        _try(connection, f'GRANT "{role}" TO CURRENT_USER')


def _exists(connection: Connection, role: str) -> bool:
    found = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role})
    return found.first() is not None


def _try(connection: Connection, statement: str) -> None:
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(statement)
    except DBAPIError as error:
        if statement.startswith("CREATE") and _exists(connection, engine.APP_ROLE):
            return  # somebody else was faster: roles belong to the whole cluster
        raise MatcherError(
            "The database's owner may not set up the application's role.",
            "Let an administrator of the server run the following once, then start again:\n" + "\n".join(sql_to_run()),
        ) from error


def sql_to_run() -> Sequence[str]:
    """What an administrator of the server runs where the owner may not create roles."""
    role = engine.APP_ROLE
    return (
        f'CREATE ROLE "{role}" NOLOGIN NOSUPERUSER NOBYPASSRLS;',
        f'GRANT "{role}" TO <owner of the database>;',
        f'GRANT "{role}" TO <login role of the service>;',
    )


def grant(connection: Connection, table: str) -> None:
    """Give the application what it needs of one table and nothing more."""
    rights = "SELECT, INSERT" if table in APPEND_ONLY else "SELECT, INSERT, DELETE"
    if table not in APPEND_ONLY + NEVER_CHANGED:
        rights += ", UPDATE"
    connection.exec_driver_sql(f'GRANT {rights} ON "{table}" TO "{engine.APP_ROLE}"')


def isolate(connection: Connection, table: str) -> None:
    """Let every user but the server's own administrators see one Jobcenter's rows of the table."""
    connection.exec_driver_sql(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    connection.exec_driver_sql(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    connection.exec_driver_sql(f'CREATE POLICY jobcenter ON "{table}" USING ({FIELD}) WITH CHECK ({FIELD})')


def open_up(connection: Connection, table: str) -> None:
    """Take policy and grants of one table back."""
    connection.exec_driver_sql(f'DROP POLICY IF EXISTS jobcenter ON "{table}"')
    connection.exec_driver_sql(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
    connection.exec_driver_sql(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
    connection.exec_driver_sql(f'REVOKE ALL ON "{table}" FROM "{engine.APP_ROLE}"')


def faults(connection: Connection) -> list[str]:
    """What is wrong with role and isolation, in words; run inside a transaction of the application."""
    found = []
    role, superuser, bypasses = connection.execute(
        text("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
    ).one()
    if superuser or bypasses:
        found.append(f"the application works as {role}, which sees every Jobcenter")
    owned = connection.execute(
        text("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tableowner = current_user")
    ).scalar_one()
    if owned:
        found.append(f"the application's role {role} owns {owned} tables")
    return found + [f"table {name} is not isolated between Jobcenters" for name in _open_tables(connection)]


def _open_tables(connection: Connection) -> list[str]:
    rows = connection.execute(
        text(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname <> 'alembic_version'"
            " AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY c.relname"
        )
    )
    return [str(name) for name in rows.scalars()]


def login_faults(connection: Connection) -> list[str]:
    """What is wrong with the role that logs in, before it becomes the application's."""
    row = connection.execute(
        text("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = session_user")
    ).one()
    owner = connection.execute(
        text("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tableowner = session_user")
    ).scalar_one()
    if row.rolsuper or row.rolbypassrls:
        return [f"the service logs in as {row.rolname}, a superuser or one that bypasses row-level security"]
    return [f"the service logs in as {row.rolname}, the owner of the tables"] if owner else []
