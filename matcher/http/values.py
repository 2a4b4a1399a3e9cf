"""Paths, queries and bodies of the routes, as pydantic models: what the OpenAPI document is made of."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from matcher.http.texts import Day, Line, Lines, Number, Whole
from matcher.read.fields import SHORT_TEXT

ID = Field(min_length=1, max_length=128)


class Strict(BaseModel):
    """Unknown fields are faults."""

    model_config = ConfigDict(extra="forbid")


class Sent(Strict):
    """A body: JSON knows types, so that a text is no number and a number neither true nor false."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ParticipantPath(BaseModel):
    """The internal id of a participant."""

    participant_id: str = ID


class RecordPath(BaseModel):
    """The id of a recorded answer."""

    record_id: str = ID


class PageQuery(Strict):
    """A page of one's own caseload."""

    office: Line | None = Field(None, max_length=64)
    as_of_before: Day | None = Field(None, description="Nur Angaben, die älter sind als dieser Tag.")
    after: str | None = Field(None, min_length=1, max_length=128, description="Cursor: `next` der Seite davor.")
    limit: Whole = Field(50, ge=1, le=200)


class TitlesBody(Sent):
    """Titles as people write them; in the body, because people write more than titles."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"texts": ["Staplerfahrer (m/w/d)"]}]})

    texts: list[Annotated[str, Field(min_length=1, max_length=SHORT_TEXT)]] = Field(min_length=1, max_length=200)
    top: int = Field(5, ge=1, le=20)


class Login(Sent):
    """Local account."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"login": "ifk7", "password": "ein langes Kennwort"}]}
    )

    login: str = Field(min_length=1, max_length=128)
    password: str = Field(min_length=1, max_length=256)


class QuestionBody(Sent):
    """What is asked."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"top": 3, "excluded": 0}]})

    measures: bool = True
    vacancies: bool = True
    chains: bool = False
    top: int = Field(10, ge=1, le=100)
    others: int = Field(0, ge=0, le=200, description="So viele weitere, mit Punkten.")
    excluded: int = Field(10, ge=0, le=200, description="So viele Ausschlüsse mit Grund.")


class PostedBody(QuestionBody):
    """A question about a posted profile in the exchange format; nothing of it is kept."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"top": 3, "profile": {"age": 41, "target_occupations": ["Lagerhelfer"]}}]},
    )

    profile: dict[str, Any]


class NewParticipant(Sent):
    """A participant in the exchange format, for one of one's own offices."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"office": "nord", "profile": {"age": 41, "target_occupations": ["Lagerhelfer"]}}]
        },
    )

    office: Line = Field(min_length=1, max_length=64)
    customer_no: Number | None = Field(None, min_length=1, max_length=64)
    profile: dict[str, Any]


class ChangedParticipant(Sent):
    """All facts of a participant in the exchange format, with the day of which they are."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"profile": {"as_of": "2022-05-02", "age": 42, "german_level": "B1"}}]},
    )

    profile: dict[str, Any]


class DecisionBody(Sent):
    """What the case worker decided about one item of a recorded answer."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"record_id": "4f1c", "item_id": "step:counselling", "decision": "accepted", "reason": "passt"}
            ]
        },
    )

    record_id: str = ID
    item_id: str = Field(min_length=1, max_length=160)
    decision: Literal["accepted", "changed", "refused"]
    reason: Line = Field(min_length=1, max_length=64, pattern=r"\S")
    note: Lines = Field(None, max_length=500)


class ChainBody(Sent):
    """What is asked about the Förderkette."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"catalogue_only": False}]})

    catalogue_only: bool = Field(False, description="Ganzer Katalog statt der Angebote vor Ort.")


class ListQuery(Strict):
    """A page of a list."""

    after: str | None = Field(None, min_length=1, max_length=128, description="Cursor: `next` der Seite davor.")
    limit: Whole = Field(50, ge=1, le=200)


class OfferQuery(ListQuery):
    """A page of offers."""

    programme: Line | None = Field(None, min_length=1, max_length=128, description="Nur Angebote dieser Maßnahmeart.")


class DayQuery(ListQuery):
    """A page of a day."""

    day: Day = Field(description="Tag des Laufs.")


class TopQuery(Strict):
    """How many."""

    top: Whole = Field(10, ge=1, le=100)


class ProgrammePath(BaseModel):
    """The id of a programme."""

    programme_id: str = ID


class OfferPath(BaseModel):
    """The id of an offer."""

    offer_id: str = ID


class VacancyPath(BaseModel):
    """The reference number of a vacancy."""

    vacancy_id: str = ID


class RunPath(BaseModel):
    """The id of a recorded day."""

    run_id: str = ID


class ProposalPath(BaseModel):
    """The id of a proposal."""

    proposal_id: str = ID


class IssueBody(Sent):
    """Whether a proposal was issued in the office's own procedure."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"decision": "issued"}]})

    decision: Literal["issued", "not_issued"]


class SignedInQuery(BaseModel):
    """What the identity provider sends back."""

    code: str | None = Field(None, max_length=2048)
    state: str | None = Field(None, max_length=128)
    error: str | None = Field(None, max_length=128)
