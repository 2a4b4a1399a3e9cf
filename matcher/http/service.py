"""What every request needs: the store, the engine of the day, the clock, what roles see, how much one may ask."""

import datetime as dt
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from flask import current_app

from matcher.http.allowance import Allowance
from matcher.http.masking import Mask
from matcher.http.oidc_client import Issuer
from matcher.pipeline import Engine
from matcher.store.service import ServiceStore

BERLIN = ZoneInfo("Europe/Berlin")
LOOK_SECONDS = 1.0
LOOK_LATER_SECONDS = 0.05
"""The look begins when whoever came by is probably answered."""
KINDS = ("vacancies", "employers", "offers", "programmes", "places")
log = logging.getLogger("matcher.service")


def now_utc() -> dt.datetime:
    """The clock, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(slots=True)
class Service:
    """One Jobcenter's service; `build` makes the engine for a day from what is stored.

    The engine is exchanged as a whole when lists change: questions under way keep the one they began with, and
    others go on with the old one while the new one is made in the background. A process that inherits an engine looks
    at day and lists before it answers: the engine may be as old as the service.
    """

    store: ServiceStore
    build: Callable[[dt.date], Engine]
    clock: Callable[[], dt.datetime] = now_utc
    secure_cookies: bool = True
    day: dt.date | None = None
    issuer: Issuer | None = None
    allowance: Allowance | None = None
    masks: dict[str, Mask] = field(default_factory=dict)
    turn: threading.Lock = field(default_factory=threading.Lock, repr=False)
    """Short questions take turns: interpreters share one lock anyway, and whoever came first is done first."""
    _engine: Engine | None = None
    _made_for: tuple[object, ...] = ()
    _looked: float = 0.0
    _process: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def today(self) -> dt.date:
        """The day of all questions where one is fixed, else the day in Berlin."""
        return self.day or self.clock().astimezone(BERLIN).date()

    def engine(self) -> Engine:
        """The engine of today and of the lists as they are; looked after every second, beside the requests."""
        if self._process != os.getpid():
            self.catch_up()
        elif time.monotonic() - self._looked >= LOOK_SECONDS and self._lock.acquire(blocking=False):
            self._looked = time.monotonic()
            look = threading.Timer(LOOK_LATER_SECONDS, self._look)
            look.daemon = True
            look.start()
        assert self._engine is not None  # noqa: S101 - made by the first caller
        return self._engine

    def catch_up(self) -> None:
        """Once per process, before its first answer: the engine of today and of the lists as they are.

        Raises what the first engine cannot be made for; an inherited one goes on, like after every failed look.
        """
        with self._lock:
            if self._process == os.getpid():
                return
            if self._engine is None:
                self._renew()
            else:
                self._try_to_renew()
            self._process = os.getpid()

    def _look(self) -> None:
        try:
            self._try_to_renew()
        finally:
            self._lock.release()

    def _try_to_renew(self) -> None:
        try:
            self._renew()
        except Exception as error:  # noqa: BLE001 - the engine that is there goes on; tried again at the next look
            log.error("engine not renewed: %s", type(error).__name__)

    def _renew(self) -> None:
        store, today = self.store.store, self.today()
        wanted = (today, *store.versions(KINDS))
        if self._engine is None or wanted != self._made_for:
            self._engine, self._made_for = self.build(today), wanted
        self._looked = time.monotonic()

    def mask(self, role: str) -> Mask:
        """What hides the facts that a role may not see (catalog/access.toml, field_groups)."""
        if role not in self.masks:
            catalog = self.engine().catalog
            groups, facts = set(catalog.table("access")["field_groups"][role]), catalog.table("fields")
            self.masks[role] = Mask({name for name, row in facts.items() if row.get("group") in groups}, facts)
        return self.masks[role]


def service() -> Service:
    """The service of the running application."""
    found: Service = current_app.extensions["matcher"]
    return found
