"""How much one account may ask: a bucket per account and process, refilled steadily. Source: TRUST 42, API4."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_ACCOUNTS = 10_000


@dataclass(slots=True)
class Allowance:
    """`per_second` requests in the long run and `at_once` in a burst, for every account of this process."""

    per_second: float
    at_once: float
    clock: Callable[[], float] = time.monotonic
    _left: dict[str, tuple[float, float]] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def wait(self, account: str) -> int:
        """0 where the account may go on, else the seconds after which it may."""
        with self._lock:
            now = self.clock()
            left, since = self._left.get(account, (self.at_once, now))
            left = min(self.at_once, left + (now - since) * self.per_second)
            if left >= 1:
                self._keep(account, left - 1, now)
                return 0
            self._keep(account, left, now)
            return max(1, round((1 - left) / self.per_second))

    def _keep(self, account: str, left: float, now: float) -> None:
        if len(self._left) >= MOST_ACCOUNTS and account not in self._left:
            self._left.clear()
        self._left[account] = (left, now)
