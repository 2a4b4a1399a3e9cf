"""Putting the Jobcenter into every key of the tables, and taking it out again; works on what the database has.

PostgreSQL alters the tables in place. SQLite cannot change keys: tables are made anew, filled and renamed, with
foreign keys switched off meanwhile (matcher.store.schema does that) and checked before the end.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

COLUMN = "jobcenter"
SETTING = "current_setting('matcher.jobcenter', true)"
Keys = Callable[[Sequence[str]], list[str]]


@dataclass(frozen=True)
class Change:
    """How tables change: key columns, columns added per table with the foreign keys they need, columns dropped."""

    keys: Keys
    own_key: tuple[str, ...]
    added: Mapping[str, Sequence[sa.Column[Any]]]
    references: Mapping[str, Sequence[tuple[str, str]]]
    dropped: Mapping[str, Sequence[str]]
    checks: Mapping[tuple[str, str], tuple[str, str]]

    def reference(self, table: str) -> list[sa.ForeignKeyConstraint]:
        """Foreign keys of added columns: (column, `table.column`)."""
        return [
            sa.ForeignKeyConstraint(
                [column, COLUMN], [target, f"{target.split('.')[0]}.{COLUMN}"], name=f"fk_{table}_{column}"
            )
            for column, target in self.references.get(table, ())
        ]


def with_jobcenter(names: Sequence[str]) -> list[str]:
    """Key columns with the Jobcenter, last."""
    return [*names, COLUMN]


def without_jobcenter(names: Sequence[str]) -> list[str]:
    """Key columns without the Jobcenter."""
    return [name for name in names if name != COLUMN]


def jobcenter_column(dialect: str) -> "sa.Column[Any]":
    """The column as new tables have it: a constant on SQLite, the transaction's Jobcenter on PostgreSQL."""
    default = sa.text(SETTING if dialect == "postgresql" else "'default'")
    return sa.Column(COLUMN, sa.String(64), nullable=False, server_default=default)


def change(connection: sa.Connection, tables: Iterable[str], how: Change) -> None:
    """Apply the change to these tables."""
    if connection.dialect.name == "postgresql":
        _alter(connection, list(tables), how)
    else:
        _rebuild(connection, list(tables), how)


def _alter(connection: sa.Connection, tables: list[str], how: Change) -> None:
    look = sa.inspect(connection)
    foreign = {table: look.get_foreign_keys(table) for table in tables}
    keys = {table: (look.get_pk_constraint(table), look.get_unique_constraints(table)) for table in tables}
    for table in tables:
        for one in foreign[table]:
            connection.exec_driver_sql(f'ALTER TABLE "{table}" DROP CONSTRAINT "{one["name"]}"')
    for table in tables:
        for column in how.added.get(table, ()):
            _add_column(connection, table, column)
        primary, unique = keys[table]
        if table not in how.own_key:
            _alter_key(connection, table, primary["name"], "PRIMARY KEY", how.keys(primary["constrained_columns"]))
        for key in unique:
            _alter_key(connection, table, key["name"], "UNIQUE", how.keys(key["column_names"]))
    for table in tables:
        _alter_rest(connection, table, how, foreign[table])


def _alter_key(connection: sa.Connection, table: str, name: str | None, kind: str, columns: list[str]) -> None:
    connection.exec_driver_sql(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    connection.exec_driver_sql(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {kind} ({_list(columns)})')


def _alter_rest(connection: sa.Connection, table: str, how: Change, foreign: Sequence[Any]) -> None:
    run = connection.exec_driver_sql
    gone = set(how.dropped.get(table, ())) - {COLUMN}
    for one in foreign:
        if not gone & set(one["constrained_columns"]):
            run(f'ALTER TABLE "{table}" ADD {_reference(how, one)}')
    for constraint in how.reference(table):
        there = [element.target_fullname.split(".")[1] for element in constraint.elements]
        target = constraint.elements[0].target_fullname.split(".")[0]
        run(
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{constraint.name}" FOREIGN KEY ({_list(constraint.column_keys)})'
            f' REFERENCES "{target}" ({_list(there)})'
        )
    for (where, old), (new, condition) in how.checks.items():
        if where == table:
            run(f'ALTER TABLE "{table}" DROP CONSTRAINT "{old}"')
            run(f'ALTER TABLE "{table}" ADD CONSTRAINT "{new}" CHECK ({condition})')
    for name in how.dropped.get(table, ()):
        run(f'ALTER TABLE "{table}" DROP COLUMN "{name}"')


def _add_column(connection: sa.Connection, table: str, column: "sa.Column[Any]") -> None:
    kind = column.type.compile(connection.dialect)
    known = "NOT NULL DEFAULT 'default'" if column.name == COLUMN else ""
    connection.exec_driver_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column.name}" {kind} {known}')
    if column.name == COLUMN:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" ALTER COLUMN "{COLUMN}" SET DEFAULT {SETTING}')


def _reference(how: Change, one: Any) -> str:
    then = one.get("options", {}).get("ondelete")
    here, there = how.keys(one["constrained_columns"]), how.keys(one["referred_columns"])
    return (
        f'CONSTRAINT "{one["name"]}" FOREIGN KEY ({_list(here)}) REFERENCES "{one["referred_table"]}" ({_list(there)})'
        + (f" ON DELETE {then}" if then else "")
    )


def _list(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _rebuild(connection: sa.Connection, tables: list[str], how: Change) -> None:
    old, new = sa.MetaData(), sa.MetaData()
    old.reflect(connection)
    look = sa.inspect(connection)
    checks = {table: look.get_check_constraints(table) for table in tables}
    for table in old.tables.values():
        if table.name in tables:
            _made_anew(table, new, checks[table.name], how)
        else:
            table.to_metadata(new)
    for name in tables:
        kept = [column.name for column in new.tables[name].columns if column.name in old.tables[name].columns]
        ddl = str(sa.schema.CreateTable(new.tables[name]).compile(connection)).strip()
        connection.exec_driver_sql(ddl.replace(f"CREATE TABLE {name}", f"CREATE TABLE new_{name}", 1))
        fields = _list(kept)
        connection.exec_driver_sql(f'INSERT INTO "new_{name}" ({fields}) SELECT {fields} FROM "{name}"')  # noqa: S608
        connection.exec_driver_sql(f'DROP TABLE "{name}"')
        connection.exec_driver_sql(f'ALTER TABLE "new_{name}" RENAME TO "{name}"')
        for index in sorted(new.tables[name].indexes, key=lambda index: str(index.name)):
            connection.execute(sa.schema.CreateIndex(index))


def _made_anew(table: sa.Table, new: sa.MetaData, checks: Sequence[Any], how: Change) -> None:
    gone = set(how.dropped.get(table.name, ()))
    columns = [column._copy() for column in table.columns if column.name not in gone]
    for column in columns:
        column.primary_key = False
    extra = [column._copy() for column in how.added.get(table.name, ())]
    own = table.name in how.own_key
    key = [column.name for column in table.primary_key]
    parts: list[Any] = [
        sa.PrimaryKeyConstraint(*(key if own else how.keys(key)), name=str(table.primary_key.name)),
        *(
            sa.UniqueConstraint(*how.keys([column.name for column in one.columns]), name=one.name)
            for one in table.constraints
            if isinstance(one, sa.UniqueConstraint)
        ),
        *how.reference(table.name),
    ]
    for one in table.foreign_key_constraints:
        if not (gone - {COLUMN}) & set(one.column_keys):
            there = [element.target_fullname.split(".")[1] for element in one.elements]
            target = one.elements[0].target_fullname.split(".")[0]
            parts.append(
                sa.ForeignKeyConstraint(
                    how.keys(one.column_keys),
                    [f"{target}.{name}" for name in how.keys(there)],
                    name=one.name,
                    ondelete=one.ondelete,
                )
            )
    for check in checks:
        name, condition = how.checks.get((table.name, str(check["name"])), (check["name"], check["sqltext"]))
        parts.append(sa.CheckConstraint(condition, name=name))
    made = sa.Table(table.name, new, *columns, *extra, *parts)
    for index in table.indexes:
        names = [column.name for column in index.columns]
        if not gone & set(names):
            sa.Index(index.name, *(made.c[name] for name in names))
