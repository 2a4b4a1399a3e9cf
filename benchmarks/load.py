"""An open-loop load generator on loopback: requests begin when they are due, whatever became of those before.

Plain sockets with keep-alive, as little work per request as Python allows: it runs on the server's own cores.
"""

import collections
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Found:
    """Milliseconds from due to answered, of answers with 2xx; all answers by status; seconds it took."""

    taken: list[float] = field(default_factory=list)
    statuses: collections.Counter[int] = field(default_factory=collections.Counter)
    seconds: float = 0.0

    def at(self, share: float) -> float:
        """A percentile of the milliseconds."""
        return float(np.percentile(self.taken, share)) if self.taken else float("nan")


def request(method: str, path: str, body: bytes = b"", token: str = "") -> bytes:
    """One request as bytes."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
    lines += [f"Authorization: Bearer {token}", "Content-Type: application/json"] if token else []
    return "\r\n".join([*lines, "", ""]).encode() + body


def load(port: int, requests: Sequence[bytes], rate: float, seconds: float, clients: int) -> Found:
    """Send them round and round at `rate` per second over `clients` connections."""
    found, guard, start = Found(), threading.Lock(), time.perf_counter() + 0.2
    numbers = iter(range(10**9))

    def work() -> None:
        link = _connect(port)
        while True:
            with guard:
                i = next(numbers)
            due = start + i / rate
            if due > start + seconds:
                link.close()
                return
            time.sleep(max(0.0, due - time.perf_counter()))
            try:
                status, link = _ask(link, port, requests[i % len(requests)])
            except OSError:
                status, link = 0, _connect(port)
            with guard:
                found.statuses[status] += 1
                if 200 <= status < 300:
                    found.taken.append((time.perf_counter() - due) * 1000)

    workers = [threading.Thread(target=work) for _ in range(clients)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    found.seconds = time.perf_counter() - start
    return found


def _connect(port: int) -> socket.socket:
    link = socket.create_connection(("127.0.0.1", port), timeout=60)
    link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return link


def _ask(link: socket.socket, port: int, data: bytes) -> tuple[int, socket.socket]:
    link.sendall(data)
    got = link.recv(1 << 18)
    while b"\r\n\r\n" not in got:
        more = link.recv(1 << 18)
        if not more:
            raise ConnectionResetError
        got += more
    head, _, rest = got.partition(b"\r\n\r\n")
    lower, left = head.lower(), 0
    if (place := lower.find(b"content-length:")) >= 0:
        left = int(lower[place + 15 :].split(b"\r\n", 1)[0]) - len(rest)
    while left > 0:
        more = link.recv(1 << 18)
        if not more:
            raise ConnectionResetError
        left -= len(more)
    if b"connection: close" in lower:
        link.close()
        link = _connect(port)
    return int(head[9:12]), link
