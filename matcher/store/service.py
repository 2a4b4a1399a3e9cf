"""The service's door to its store: one Jobcenter, one pool of connections, repositories that narrow by scope.

Every method is one transaction; `together` makes one of several. After a fork connections are opened anew.
"""

from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection

from matcher.store.accounts import Accounts
from matcher.store.daily import DailyStore
from matcher.store.days import Days
from matcher.store.decisions import Decisions
from matcher.store.engine import DEFAULT_JOBCENTER, of_jobcenter
from matcher.store.idempotency import Idempotency
from matcher.store.legal_reasons import LegalReasons
from matcher.store.listing import Listing
from matcher.store.people import People
from matcher.store.records import Records
from matcher.store.schema import check_schema
from matcher.store.sessions import Sessions
from matcher.store.store import Store, configured, open_store
from matcher.store.tokens import Tokens
from matcher.store.transaction import together


class ServiceStore:
    """Repositories of one Jobcenter: `store` keeps the lists, the others what the service adds."""

    def __init__(self, store: Store) -> None:
        self.store = store
        engine = self.engine = store.engine
        self.accounts = Accounts(engine)
        self.tokens = Tokens(engine)
        self.sessions = Sessions(engine)
        self.people = People(engine)
        self.records = Records(engine)
        self.decisions = Decisions(engine)
        self.idempotency = Idempotency(engine)
        self.daily = DailyStore(engine)
        self.days = Days(engine)
        self.listing = Listing(engine)
        self.legal_reasons = LegalReasons(engine)

    def __enter__(self) -> "ServiceStore":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def jobcenter(self) -> str:
        """The Jobcenter this store serves."""
        return of_jobcenter(self.engine)

    def together(self, *, write: bool = True) -> AbstractContextManager[Connection]:
        """One transaction around several methods: all of it lasts or nothing; `write=False` only reads.

        Compute first, then open it to write: the embedded database has one writer at a time.
        """
        return together(self.engine, write=write)

    def ready(self) -> None:
        """Raises MatcherError when the database cannot be reached or its schema is not this program's."""
        check_schema(self.engine)

    def close(self) -> None:
        """Give all connections back."""
        self.store.close()


def open_service(
    data_dir: Path,
    url: str | None = None,
    jobcenter: str = DEFAULT_JOBCENTER,
    owner_url: str | None = None,
    create: bool = True,
) -> ServiceStore:
    """Open the database for the service; arguments and errors as of `open_store`."""
    return ServiceStore(open_store(data_dir, url, create, jobcenter, owner_url))


def open_configured_service(data_dir: Path, create: bool = True) -> ServiceStore:
    """The service's store that the settings name for this data folder."""
    return open_service(data_dir, create=create, **configured(data_dir))
