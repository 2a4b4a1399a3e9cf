"""Bodies of answers that list things without a person, and of the day (see `replies`)."""

from typing import Any

from pydantic import BaseModel

from matcher.http.replies import Open


class Programme(Open):
    """A programme of the catalogue."""

    id: str
    title: str
    kind: str
    terms_documented: bool
    legal_basis: list[str]
    sources: list[str]


class Programmes(BaseModel):
    """The catalogue."""

    items: list[Programme]
    versions: dict[str, str]


class Occupation(BaseModel):
    """A code of the KldB 2010."""

    code: str
    title: str
    confidence: float
    level: int | None


class Coded(BaseModel):
    """Codes for one title, the likeliest first."""

    text: str
    candidates: list[Occupation]
    unsure: bool
    fassung: str


class Occupations(BaseModel):
    """One entry per title, in the order of the titles."""

    items: list[Coded]


class Listed(Open):
    """A vacancy or an offer with the facts that are known."""

    id: str
    title: str


class Page(BaseModel):
    """A page of a list."""

    items: list[Listed]
    next: str | None


class Candidate(BaseModel):
    """Somebody who fits a vacancy, under the internal id, in neutral words."""

    participant: str
    facts: list[str]
    to_clarify: list[str]
    more_to_clarify: bool


class Candidates(BaseModel):
    """Who fits a vacancy; suggestions, no decision."""

    vacancy: str
    title: str
    employer: str | None
    candidates: list[Candidate]
    more: int
    notes: list[str]


class Run(BaseModel):
    """A recorded day of an office, without anybody in it."""

    id: str
    office: str
    day: str
    report: dict[str, Any]
    versions: dict[str, str]


class Runs(BaseModel):
    """A page of recorded days."""

    items: list[Run]
    next: str | None


class Proposal(Open):
    """A proposal for somebody of the own caseload."""

    id: str
    participant: str
    vacancy: str
    decision: str | None
    decided_on: str | None


class Proposals(BaseModel):
    """A page of a day's proposals."""

    items: list[Proposal]
    next: str | None


class Abstention(BaseModel):
    """Why somebody gets nothing on a day, and what comes next."""

    participant: str
    reason: str
    text: str
    next_action: str
    open_questions: list[str]


class Abstentions(BaseModel):
    """Everybody of the own caseload who gets nothing."""

    items: list[Abstention]


class Trigger(BaseModel):
    """Something due for a participant."""

    participant: str
    id: str
    text: str
    step: str
    step_title: str
    urgency: int
    due_on: str | None
    fields: list[str]
    source: str


class Triggers(BaseModel):
    """Everything due in the own caseload, most urgent first."""

    items: list[Trigger]
