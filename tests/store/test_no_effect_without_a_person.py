"""Whatever batch, machines, tokens and raw statements do in whatever order: decided is only what a person decided.

Source: TRUST 6. The machine keeps its own list of what people did; the database must never hold more.
"""

import contextlib
import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from matcher.daily.values import DayPlan, Proposal
from matcher.errors import MatcherError
from matcher.store import open_store
from matcher.store.engine import DATABASE_FILE, reading, writing
from matcher.store.service import ServiceStore
from matcher.store.values import Scope
from tests.store.databases import migrated_file
from tests.store.offices import NOW, TODAY, person, record

WHO = st.sampled_from(["person", "person by token", "machine", "planner", "closed"])
RAW = st.sampled_from(
    [
        ("decisions", {"actor": "human", "via": "token"}),
        ("decisions", {"actor": "machine", "via": "session"}),
        ("decisions", {"actor": "batch", "via": "session"}),
        ("decisions", {"actor": "human", "via": "session", "account_id": None}),
        ("decisions", {"actor": "human", "via": "session", "account_id": "robot"}),
        ("proposal_decisions", {"decided_by": ""}),
        ("proposal_decisions", {"decided_by": "  "}),
        ("proposal_decisions", {"decided_by": None}),
        ("proposal_decisions", {"decided_by": "IFK 7", "kind": "sent"}),
        ("proposal_decisions", {"decided_by": "robot", "account_id": "robot", "actor": "human"}),
        ("proposal_decisions", {"decided_by": "robot", "account_id": "robot", "actor": "machine"}),
        ("proposal_decisions", {"decided_by": "robot", "account_id": "robot"}),
        ("proposal_decisions", {"decided_by": "IFK 7", "actor": "batch"}),
    ]
)


class Office(RuleBasedStateMachine):
    """One office with a person, a machine and a batch."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        (Path(self.folder.name) / DATABASE_FILE).write_bytes(migrated_file())
        self.service = ServiceStore(open_store(Path(self.folder.name)))
        accounts = self.service.accounts
        worker = accounts.create("ada", None, "case_worker", ["nord"], "A")
        robot = accounts.create("robot", None, "case_worker", ["nord"], "R", kind="machine")
        planner = accounts.create("plan", None, "planner", ["nord"], "P")
        closed = accounts.create("gone", None, "case_worker", ["nord"], "G")
        self.robot, self.worker = robot.id, worker.scope(human=True)
        self.accounts = {"ada": worker, "machine": robot, "closed": replace(closed, active=False)}
        self.who = {
            "person": self.worker,
            "person by token": worker.scope(),
            "machine": robot.scope(human=True),
            "planner": planner.scope(human=True),
            "closed": closed.scope(human=True),
        }
        self.people = [self.service.people.create(self.worker, person(), None, "nord").id for _ in range(2)]
        accounts.deactivate(closed.id)
        self.written = [self.service.records.write(self.worker, record(self.people[0]))]
        self.decided: set[str] = set()
        self.issued: set[str] = set()
        self.day = TODAY
        self._record_day()

    @rule()
    def batch(self) -> None:
        self._record_day()

    def _record_day(self) -> None:
        self.day += dt.timedelta(days=1)
        proposals = [
            Proposal(
                participant=one,
                vacancy=f"v{self.day}",
                employer="e",
                occupation="51311",
                points=1,
                loss=0,
                first_choice="v",
                runners_up=(),
                body={},
            )
            for one in self.people
        ]
        daily = self.service.daily
        with daily.run("nord") as fence:
            assert daily.record(DayPlan(self.day, "nord", proposals, [], {}), fence, daily.history(self.day).mark, NOW)

    @rule(who=WHO, person_=st.integers(0, 1), reason=st.sampled_from(["fits", "", " "]))
    def decide(self, who: str, person_: int, reason: str) -> None:
        scope: Scope = self.who[who]
        with contextlib.suppress(MatcherError):
            made = self.service.decisions.record(
                scope, self.people[person_], self.written[0], "p1", "accepted", reason, NOW
            )
            assert who == "person" and person_ == 0 and reason.strip()
            self.decided.add(made)

    @rule(by=st.sampled_from(["IFK 7", "", " ", "ada", "machine", "closed"]))
    def issue(self, by: str) -> None:
        with contextlib.suppress(MatcherError):
            key = self.service.daily.proposal_id(self.people[0], f"v{self.day}")
            self.service.daily.decide(key, issued=True, decided_by=self.accounts.get(by, by), on=TODAY)
            assert by in ("IFK 7", "ada")
            self.issued.add(key)

    @rule(raw=RAW)
    def statement(self, raw: tuple[str, dict[str, str | None]]) -> None:
        table, wrong = raw
        values: dict[str, object] = dict(_ROWS[table]) | dict(wrong)
        if table == "decisions":
            values |= {"participant_id": self.people[0], "record_id": self.written[0]}
            account = values.get("account_id", self.worker.account_id)
            values["account_id"] = self.robot if account == "robot" else account
        else:
            values["proposal_id"] = self.service.daily.proposal_id(self.people[1], f"v{self.day}")
            if values.get("account_id") == "robot":
                values["account_id"] = self.robot
        with contextlib.suppress(DBAPIError), writing(self.service.engine) as connection:
            names = ", ".join(values)
            marks = ", ".join(f":{name}" for name in values)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)  # noqa: S608
            raise AssertionError(f"{table} took {wrong}")

    @invariant()
    def only_what_people_did(self) -> None:
        if not hasattr(self, "service"):
            return
        with reading(self.service.engine) as connection:
            decided = set(connection.execute(text("SELECT id FROM decisions")).scalars())
            issued = set(connection.execute(text("SELECT proposal_id FROM proposal_decisions")).scalars())
        assert decided == self.decided and issued == self.issued

    def teardown(self) -> None:
        if hasattr(self, "service"):
            self.service.close()
            self.folder.cleanup()


_ROWS: dict[str, dict[str, object]] = {
    "decisions": {"id": "d", "item_id": "p1", "decision": "accepted", "reason": "fits", "decided_at": "2022-05-02"},
    "proposal_decisions": {"proposal_id": "none", "kind": "issued", "decided_on": "2022-05-02"},
}

TestOffice = Office.TestCase
TestOffice.settings = settings(
    max_examples=30, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
