"""A request with an `Idempotency-Key` is done once: key, work and response last together or not at all.

An answer is given again only to whoever would get it today: the key belongs to account, role, offices and what the
role sees, and the person named in the path or made by the request must still be in the caseload.
"""

import hashlib
import re
from collections.abc import Callable

import orjson
from flask import Response, request

from matcher.http.access import mask, scope
from matcher.http.problem import problem
from matcher.http.service import service
from matcher.store.values import StoredResponse

_KEY = re.compile(r"[\x21-\x7e]{8,128}")
KEPT = ("ETag", "Location")
"""Headers that are part of an answer."""
MADE = "/v1/participants/"
"""What somebody makes here has its place below."""


def once(work: Callable[[], Response]) -> Response:
    """Do the writing part of a request, or give the answer it got under the same key.

    Compute before; the work runs inside one transaction. A failed attempt leaves nothing, its key included. Raises
    Conflict where the key belongs to another request, NotFound where the person is in the caseload no more.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return work()
    if not _KEY.fullmatch(key):
        return problem(400, detail="Idempotency-Key: 8 bis 128 sichtbare ASCII-Zeichen.")
    store, account, digest = service().store, scope().account_id, _digest()
    with store.together():
        known = store.idempotency.begin(key, account, f"{request.method} {request.path}", digest, service().clock())
        if known is not None:
            return _again(known)
        response = work()
        store.idempotency.finish(key, account, response.status_code, _packed(response))
    return response


def _digest() -> str:
    """One hash of what is asked and of the rights it is asked with."""
    rights = orjson.dumps([scope().role, sorted(scope().offices), sorted(mask().seen)])
    return hashlib.sha256(hashlib.sha256(rights).digest() + request.get_data(cache=True)).hexdigest()


def _packed(response: Response) -> bytes:
    """Headers on the first line, the body after it."""
    headers = {name: response.headers[name] for name in KEPT if name in response.headers}
    return orjson.dumps(headers) + b"\n" + response.get_data()


def _again(known: StoredResponse) -> Response:
    head, _, body = known.body.partition(b"\n")
    headers: dict[str, str] = orjson.loads(head)
    made = headers.get("Location", "").removeprefix(MADE)
    person = (request.view_args or {}).get("participant_id") or made
    service().store.people.get(scope(), person)
    response = Response(body, status=known.status, mimetype="application/json")
    response.headers.update(headers)
    return response
