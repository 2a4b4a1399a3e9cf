"""What a kind of list holds, as one hash: equal content, equal version, in every database."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from matcher.store import codec
from matcher.store.saving import table_of
from matcher.store.tables import VersionRow

_KNOWN = select(VersionRow.kind, VersionRow.version)


def read_versions(connection: Connection, kinds: Sequence[str]) -> tuple[str, ...]:
    """The versions of some kinds, in their order; MatcherError for an unknown one."""
    tables = [table_of(kind) for kind in kinds]
    known = {str(kind): str(version) for kind, version in connection.execute(_KNOWN)}
    found = []
    for kind, table in zip(kinds, tables, strict=True):
        if kind in known:
            found.append(known[kind])
        else:  # nothing stored yet, or single persons have changed since the last import
            rows = connection.execute(select(table.c.id, table.c.digest))
            found.append(codec.version_of((str(key), str(digest)) for key, digest in rows))
    return tuple(found)
