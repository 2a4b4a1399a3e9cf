"""Paths, queries and bodies of the routes, as pydantic models: what the OpenAPI document is made of."""

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

ID = Field(min_length=1, max_length=128)


class Strict(BaseModel):
    """Unknown fields are faults."""

    model_config = ConfigDict(extra="forbid")


class ParticipantPath(BaseModel):
    """The internal id of a participant."""

    participant_id: str = ID


class RecordPath(BaseModel):
    """The id of a recorded answer."""

    record_id: str = ID


class PageQuery(Strict):
    """A page of one's own caseload."""

    office: str | None = Field(None, max_length=64)
    as_of_before: dt.date | None = Field(None, description="Nur Angaben, die älter sind als dieser Tag.")
    after: str | None = Field(None, min_length=1, max_length=128, description="Cursor: `next` der Seite davor.")
    limit: int = Field(50, ge=1, le=200)


class TextQuery(Strict):
    """A title as people write it."""

    text: str = Field(min_length=1, max_length=2000)


class Login(Strict):
    """Local account."""

    login: str = Field(min_length=1, max_length=128)
    password: str = Field(min_length=1, max_length=256)


class QuestionBody(Strict):
    """What is asked."""

    measures: bool = True
    vacancies: bool = True
    chains: bool = False
    top: int = Field(10, ge=1, le=100)
    others: int = Field(0, ge=0, le=200, description="So viele weitere, mit Punkten.")
    excluded: int = Field(10, ge=0, le=200, description="So viele Ausschlüsse mit Grund.")


class PostedBody(QuestionBody):
    """A question about a posted profile in the exchange format; nothing of it is kept."""

    profile: dict[str, Any]


class NewParticipant(Strict):
    """A participant in the exchange format, for one of one's own offices."""

    office: str = Field(min_length=1, max_length=64)
    customer_no: str | None = Field(None, min_length=1, max_length=64)
    profile: dict[str, Any]


class ChangedParticipant(Strict):
    """All facts of a participant in the exchange format."""

    profile: dict[str, Any]


class DecisionBody(Strict):
    """What the case worker decided about one item of a recorded answer."""

    record_id: str = ID
    item_id: str = Field(min_length=1, max_length=160)
    decision: Literal["accepted", "changed", "refused"]
    reason: str = Field(min_length=1, max_length=64, pattern=r"\S")
    note: str | None = Field(None, max_length=500)
