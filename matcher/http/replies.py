"""Bodies of answers as pydantic models: they describe the interface, and tests hold every answer against them.

Parts that are told in full elsewhere (suggestions, chains, reports) are open objects with the keys that always stand.
"""

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Open(BaseModel):
    """Further keys may stand beside the named ones."""

    model_config = ConfigDict(extra="allow")


class Fault(BaseModel):
    """One thing wrong with a request: where, and what."""

    pointer: str | None = Field(None, description="JSON-Zeiger in den Inhalt (RFC 6901).")
    parameter: str | None = Field(None, description="Parameter in Pfad oder Abfrage.")
    detail: str


class Problem(BaseModel):
    """RFC 9457; `detail` is German."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[Fault] = []


class Status(BaseModel):
    """Alive or ready."""

    status: str
    versions: dict[str, str] = {}


class SignedIn(BaseModel):
    """The account of a session and its CSRF key."""

    id: str
    name: str
    role: str
    offices: list[str]
    csrf: str


class CaseloadItem(BaseModel):
    """One participant of the list."""

    id: str
    office: str | None
    as_of: dt.date
    conflicts: int


class Caseload(BaseModel):
    """A page of the own caseload."""

    items: list[CaseloadItem]
    next: str | None


class Person(BaseModel):
    """A participant with the facts that the role may see."""

    id: str
    office: str | None
    case_worker: str | None
    facts: dict[str, Any] = Field(description="Im Teilnehmendenformat; unverändert zurückgeschickt ändern sie nichts.")
    hidden: int = Field(description="So viele Angaben sieht diese Rolle nicht.")
    notes: list[str]


class Contribution(Open):
    """What one feature adds; points in millionths."""

    feature: str
    points: int
    text: str


class Verdict(BaseModel):
    """One rule's answer."""

    rule: str
    verdict: Literal["not_met", "unknown", "met"]
    text: str
    source: str
    fields: list[str]


class Suggestion(Open):
    """One suggestion; base and contributions sum to the score exactly."""

    id: str
    title: str
    score: int
    base: int
    contributions: list[Contribution]
    eligibility: Literal["met", "unknown", "not_met"]
    open_questions: list[str]
    reasons: list[str]
    verdicts: list[Verdict]


class Exclusion(BaseModel):
    """Why something is out."""

    id: str
    title: str
    rule: str
    text: str
    source: str
    rules: list[Verdict]


class Ranked(BaseModel):
    """One half of an answer."""

    suggestions: list[Suggestion]
    others: list[Suggestion]
    others_total: int
    excluded: list[Exclusion]
    excluded_total: int


class OpenQuestion(BaseModel):
    """A fact nobody has asked for yet."""

    field: str
    question: str
    programmes: list[str]


class Answer(Open):
    """Everything that is suggested, with reasons. A human decides."""

    participant: str
    outcome: str
    outcome_reason: str
    measures: Ranked
    vacancies: Ranked
    chains: list[dict[str, Any]]
    open_questions: list[OpenQuestion]
    open_questions_total: int
    notes: list[str]
    versions: dict[str, str]


class Posted(BaseModel):
    """The answer about a posted profile."""

    answer: Answer


class Recorded(BaseModel):
    """The answer about a stored participant and the id of its record."""

    record_id: str
    answer: Answer


class Record(BaseModel):
    """A recorded answer."""

    id: str
    participant_id: str
    asked_at: str
    asked_by: str
    purpose: str
    question: dict[str, Any]
    versions: dict[str, str]
    answer: Answer


class Decision(BaseModel):
    """What a named person decided."""

    id: str
    record_id: str
    item_id: str
    decision: Literal["accepted", "changed", "refused"]
    reason: str
    note: str | None
    at: str
    decided_by: str


class Decisions(BaseModel):
    """Everything decided about one person."""

    items: list[Decision]


class Made(BaseModel):
    """The id of what was made."""

    id: str
