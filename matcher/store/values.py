"""Values of the service's store: who asks, accounts, tokens, sessions, persons, records, decisions, stored responses.

Times are aware and in UTC. Secrets appear in none of them: they are handed out once, beside the value.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar, get_args

from matcher.errors import MatcherError, NotFound
from matcher.participant import Profile

Role = Literal["case_worker", "employer_service", "planner", "administrator", "auditor"]
ROLES: tuple[Role, ...] = get_args(Role)
AccountKind = Literal["human", "machine"]
DecisionKind = Literal["accepted", "changed", "refused"]
DECISIONS: tuple[DecisionKind, ...] = get_args(DecisionKind)
Restriction = Literal["sex", "age", "health", "nationality"]
RESTRICTIONS: tuple[Restriction, ...] = get_args(Restriction)
T = TypeVar("T")


class Conflict(MatcherError):
    """Somebody else has changed the thing meanwhile, or the key is taken; `etag` is the one in force, if any."""

    def __init__(self, message: str, remedy: str = "", etag: str | None = None) -> None:
        self.etag = etag
        super().__init__(message, remedy)


class InProgress(Conflict):
    """A request with the same idempotency key is being answered; ask again after `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__("A request with this key is under way.", f"Ask again in {retry_after} s.")


class TooManyAttempts(MatcherError):
    """Too many failed logins of this login or this source; the next one is heard after `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__("Too many failed logins.", f"Try again in {retry_after} s.")


class NotAllowed(MatcherError):
    """The scope may not do this at all, whatever the object: refused before anything is looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Who asks and what for: account, role, offices, purpose; `human` only for a person's own session.

    Every repository narrows its SQL by it. `purpose` goes into records as given.
    """

    account_id: str
    role: Role
    offices: tuple[str, ...]
    purpose: str = ""
    human: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person or a machine that may sign in to one Jobcenter, in one role, for some offices."""

    id: str
    login: str
    name: str
    role: Role
    offices: tuple[str, ...]
    kind: AccountKind = "human"
    active: bool = True

    def scope(self, purpose: str = "", *, human: bool = False) -> Scope:
        """What this account may see; `human` when it came through a session, never for a token."""
        alone = human and self.kind == "human"
        return Scope(account_id=self.id, role=self.role, offices=self.offices, purpose=purpose, human=alone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A machine's key to an account: scopes it is limited to, end of validity, whether withdrawn."""

    id: str
    account_id: str
    name: str
    scopes: tuple[str, ...]
    created_at: dt.datetime
    expires_at: dt.datetime
    revoked_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A person's signed-in browser; `csrf` must come back with every change it asks for."""

    id: str
    account_id: str
    csrf: str
    opened_at: dt.datetime
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPerson:
    """One participant as stored: office, case worker (account id) and the etag of all that is shown here."""

    id: str
    office: str | None
    case_worker: str | None
    etag: str
    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFilter:
    """Narrows a caseload; every field that is given must fit."""

    office: str | None = None
    case_worker: str | None = None
    as_of_before: dt.date | None = None
    ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows in order of id; `next` is the cursor of the following page, None at the end."""

    items: Sequence[T]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionRecord:
    """What was asked and answered about one person: everything that a later reader needs to follow it."""

    participant_id: str
    asked_at: dt.datetime
    question: Mapping[str, Any]
    versions: Mapping[str, str]
    answer_json: bytes | str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecord:
    """A record with its id, who asked and for what purpose."""

    id: str
    account_id: str
    purpose: str
    record: SuggestionRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a named person decided about one item of a recorded answer; `id` is given by the store."""

    participant_id: str
    record_id: str
    item_id: str
    decision: DecisionKind
    reason: str
    note: str | None = None
    at: dt.datetime
    account_id: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredResponse:
    """The answer an earlier request with the same idempotency key got."""

    status: int
    body: bytes


__all__ = [
    "DECISIONS",
    "RESTRICTIONS",
    "ROLES",
    "Account",
    "AccountKind",
    "Conflict",
    "Decision",
    "DecisionKind",
    "InProgress",
    "NotAllowed",
    "NotFound",
    "Page",
    "PeopleFilter",
    "Restriction",
    "Role",
    "Scope",
    "Session",
    "StoredPerson",
    "StoredRecord",
    "StoredResponse",
    "SuggestionRecord",
    "Token",
    "TooManyAttempts",
]
