"""What every request needs: the store, the engine of the day, the clock."""

import datetime as dt
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from flask import current_app

from matcher.pipeline import Engine
from matcher.store.service import ServiceStore

BERLIN = ZoneInfo("Europe/Berlin")
LOOK_SECONDS = 1.0


def now_utc() -> dt.datetime:
    """The clock, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(slots=True)
class Service:
    """One Jobcenter's service; `build` makes the engine for a day from what is stored.

    The engine is exchanged as a whole when lists change: questions under way keep the one they began with.
    """

    store: ServiceStore
    build: Callable[[dt.date], Engine]
    clock: Callable[[], dt.datetime] = now_utc
    secure_cookies: bool = True
    _engine: Engine | None = None
    _made_for: tuple[object, ...] = ()
    _looked: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def today(self) -> dt.date:
        """The day in Berlin."""
        return self.clock().astimezone(BERLIN).date()

    def engine(self) -> Engine:
        """The engine of today and of the lists as they are; looked after every second, rebuilt by one thread
        while the others go on with the one there is."""
        fresh = self._engine is not None and time.monotonic() - self._looked < LOOK_SECONDS
        if not (fresh and self._made_for[0] == self.today()):
            self._renew()
        assert self._engine is not None  # noqa: S101 - made by the first caller
        return self._engine

    def _renew(self) -> None:
        if not self._lock.acquire(blocking=self._engine is None):
            return
        try:
            store, today = self.store.store, self.today()
            wanted = (today, *(store.version(kind) for kind in ("vacancies", "offers", "programmes", "places")))
            if self._engine is None or wanted != self._made_for:
                self._engine, self._made_for = self.build(today), wanted
            self._looked = time.monotonic()
        finally:
            self._lock.release()


def service() -> Service:
    """The service of the running application."""
    found: Service = current_app.extensions["matcher"]
    return found
