"""A request with an `Idempotency-Key` is done once: key, work and response last together or not at all."""

import hashlib
import re
from collections.abc import Callable

from flask import Response, request

from matcher.http.access import scope
from matcher.http.problem import problem
from matcher.http.service import service

_KEY = re.compile(r"[\x21-\x7e]{8,128}")


def once(work: Callable[[], Response]) -> Response:
    """Do the writing part of a request, or give the answer it got under the same key.

    Compute before; the work runs inside one transaction. A failed attempt leaves nothing, its key included.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return work()
    if not _KEY.fullmatch(key):
        return problem(400, detail="Idempotency-Key: 8 bis 128 sichtbare ASCII-Zeichen.")
    store, account = service().store, scope().account_id
    route = f"{request.method} {request.path}"
    digest = hashlib.sha256(request.get_data(cache=True)).hexdigest()
    with store.together():
        known = store.idempotency.begin(key, account, route, digest)
        if known is not None:
            return Response(known.body, status=known.status, mimetype="application/json")
        response = work()
        store.idempotency.finish(key, account, response.status_code, response.get_data())
    return response
