"""Three offices with three case workers each, three persons a worker, and one of every other role; all synthetic."""

import datetime as dt
from dataclasses import dataclass

from matcher.participant import Participant, Profile
from matcher.store.service import ServiceStore
from matcher.store.values import Account, Role, Scope, SuggestionRecord

TODAY = dt.date(2022, 5, 2)
NOW = dt.datetime(2022, 5, 2, 8, 0, tzinfo=dt.UTC)
OFFICES = ("nord", "mitte", "sued")
PURPOSE = "beratung"


@dataclass(frozen=True)
class Offices:
    """Accounts by login and the ids of everybody's persons by login."""

    accounts: dict[str, Account]
    people: dict[str, list[str]]

    def scope(self, login: str, *, human: bool = True) -> Scope:
        """What this login may see."""
        return self.accounts[login].scope(PURPOSE, human=human)


def person(age: float = 30.0) -> Profile:
    """Somebody."""
    return Profile(participant=Participant(id="x", as_of=TODAY, age=age))


def record(participant_id: str, answer: bytes = b"{}") -> SuggestionRecord:
    """A record about somebody."""
    return SuggestionRecord(
        participant_id=participant_id,
        asked_at=NOW,
        question={"top": 3, "today": "2022-05-02"},
        versions={"catalogue": "abc"},
        answer_json=answer,
    )


def build(service: ServiceStore, per_worker: int = 3) -> Offices:
    """Fill an empty store."""
    accounts, people = {}, {}
    for office in OFFICES:
        for number in range(3):
            login = f"{office}-{number}"
            account = accounts[login] = service.accounts.create(login, None, "case_worker", [office], login)
            scope = account.scope(PURPOSE, human=True)
            made = [service.people.create(scope, person(20 + i), None, office).id for i in range(per_worker)]
            people[login] = sorted(made)
    roles: tuple[Role, ...] = ("employer_service", "planner", "administrator", "auditor")
    for role in roles:
        accounts[role] = service.accounts.create(role, None, role, OFFICES, role)
    return Offices(accounts, people)
