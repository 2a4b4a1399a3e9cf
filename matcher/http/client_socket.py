"""A client's connection with deadlines: whoever stalls holds no thread for long. Source: TRUST 42, ASVS 5 13.1."""

import socket
import time

from gunicorn.http.errors import NoMoreData

from matcher.store.limits import limits


class ClientSocket(socket.socket):
    """A connection that reads one request, head and body, by a deadline; later it looks as if the client had hung up.

    What is there already is read even then, so that a request that only waited for its turn is not lost. Answers have
    a deadline of their own.
    """

    _until: float

    @classmethod
    def around(cls, plain: socket.socket) -> "ClientSocket":
        """The same connection; the given object is empty afterwards."""
        family, kind, protocol = plain.family, plain.type, plain.proto
        made = cls(family, kind, protocol, fileno=plain.detach())
        made.begin()
        return made

    def begin(self) -> None:
        """A request begins to arrive."""
        self._until = time.monotonic() + limits().read_seconds

    def setblocking(self, flag: bool) -> None:
        """Waiting has an end, for writing too."""
        self.settimeout(limits().write_seconds if flag else 0)

    def shutdown(self, how: int) -> None:
        """No more to say; what the client still sends is read for a moment alone."""
        self._until = time.monotonic() + limits().linger_seconds
        super().shutdown(how)

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """What has arrived; raises NoMoreData once the deadline has passed, as for a client that has hung up."""
        patience = self.gettimeout()
        if patience == 0:
            return super().recv(size, flags)
        left = max(0.0, self._until - time.monotonic())
        shorter = patience if patience is not None and patience < left else left
        self.settimeout(shorter)
        try:
            return super().recv(size, flags)
        except (TimeoutError, BlockingIOError):
            if shorter < left:
                raise
            raise NoMoreData from None
        finally:
            self.settimeout(patience)
