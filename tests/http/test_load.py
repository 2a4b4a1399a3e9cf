"""Under load, and while lists change: who is told to come back, what is logged, which engine answers. TRUST 41, 42."""

import dataclasses
import io
import json
import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient

from matcher.api import create_app
from matcher.http import logs
from matcher.http.allowance import Allowance
from matcher.http.service import Service
from matcher.participant import Profile
from matcher.pipeline import Engine
from matcher.read.profile import profile_to_dict
from tests.http.conftest import NOW, House


def beside(house: House, **more: object) -> FlaskClient:
    """Another application on the same store."""
    service = Service(house.store, house.service.build, clock=lambda: NOW, secure_cookies=False)
    client = house.client("nord-0")
    client.application = create_app(dataclasses.replace(service), **more)  # type: ignore[arg-type]
    return client


def test_more_than_so_many_at_once_are_told_to_come_back(house: House) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def build(_: object) -> Engine:
        inside.set()
        assert go_on.wait(20)
        return house.service.engine()

    service = Service(house.store, build, clock=lambda: NOW, secure_cookies=False)
    client = house.client("nord-0")
    client.application = create_app(service, at_once=1)
    found = []
    first = threading.Thread(target=lambda: found.append(client.get("/v1/programmes").status_code))
    first.start()
    assert inside.wait(20)
    other = house.client("nord-0")
    other.application = client.application
    refused = other.get("/v1/vacancies")
    assert refused.status_code == 503 and int(refused.headers["Retry-After"]) >= 1
    assert refused.mimetype == "application/problem+json"
    assert other.get("/healthz").status_code == 200
    go_on.set()
    first.join(20)
    assert found == [200]
    assert other.get("/v1/vacancies").status_code == 200


def test_one_account_may_ask_so_much(house: House) -> None:
    client = beside(house, limited=True)
    statuses = [client.get("/v1/session").status_code for _ in range(60)]
    assert statuses[:40] == [200] * 40 and 429 in statuses[40:]
    refused = next(one for one in (client.get("/v1/session") for _ in range(60)) if one.status_code == 429)
    assert int(refused.headers["Retry-After"]) >= 1
    other = house.client("nord-1")
    other.application = client.application
    assert other.get("/v1/session").status_code == 200


def test_the_allowance_fills_up_again() -> None:
    now = [0.0]
    allowance = Allowance(2, 3, clock=lambda: now[0])
    assert [allowance.wait("a") for _ in range(4)] == [0, 0, 0, 1]
    assert allowance.wait("b") == 0
    now[0] = 0.5
    assert [allowance.wait("a"), allowance.wait("a")] == [0, 1]
    now[0] = 100
    assert [allowance.wait("a") for _ in range(4)] == [0, 0, 0, 1]


def test_the_engine_is_exchanged_beside_the_requests(house: House, engine: Engine) -> None:
    """Nobody waits for the new one: while it is made, the old one answers."""
    newer = dataclasses.replace(engine, versions=(("catalogue", "newer"),))
    made, hold = [], threading.Event()

    def build(_: object) -> Engine:
        made.append(1)
        if len(made) == 1:
            return engine
        assert hold.wait(20)
        return newer

    service = Service(house.store, build, clock=lambda: NOW)
    assert service.engine() is engine
    offers = house.store.store.offers()
    try:
        house.store.store.save_offers([dataclasses.replace(offers[0], note="anders")])
        service._looked -= 10
        began = time.perf_counter()
        assert service.engine() is engine
        assert time.perf_counter() - began < 1
        while len(made) < 2:
            time.sleep(0.01)
        service._looked -= 10
        assert service.engine() is engine
        hold.set()
        until(lambda: service.engine() is newer)
        assert len(made) == 2
    finally:
        house.store.store.save_offers(offers)


def test_a_failed_renewal_leaves_the_engine_that_is_there(house: House, engine: Engine) -> None:
    day = [NOW]
    service = Service(house.store, lambda today: engine if today == NOW.date() else 1 / 0, clock=lambda: day[0])  # type: ignore[arg-type,return-value]
    assert service.engine() is engine
    day[0] = NOW.replace(day=3)
    for _ in range(3):
        service._looked -= 10
        assert service.engine() is engine
        until(lambda: not service._lock.locked())


def test_a_new_process_looks_before_its_first_answer(house: House, engine: Engine) -> None:
    """What it inherits may be as old as the service."""
    newer, made, day = dataclasses.replace(engine, versions=(("catalogue", "newer"),)), [], [NOW]

    def build(today: object) -> Engine:
        made.append(today)
        return engine if len(made) == 1 else newer

    service = Service(house.store, build, clock=lambda: day[0])
    assert service.engine() is engine
    service._process = -1  # as after a fork
    assert service.engine() is engine and len(made) == 1, "nothing has changed"
    service._process, day[0] = -1, NOW.replace(day=3)
    assert service.engine() is newer
    assert made == [NOW.date(), NOW.date().replace(day=3)]
    with ThreadPoolExecutor(8) as threads:
        service._process, day[0] = -1, NOW.replace(day=4)
        assert set(threads.map(lambda _: id(service.engine()), range(8))) == {id(newer)}
    assert len(made) == 3


def test_a_new_process_that_cannot_renew_goes_on_with_what_it_has(house: House, engine: Engine) -> None:
    day = [NOW]
    service = Service(house.store, lambda today: engine if today == NOW.date() else 1 / 0, clock=lambda: day[0])  # type: ignore[arg-type,return-value]
    assert service.engine() is engine
    service._process, day[0] = -1, NOW.replace(day=3)
    assert service.engine() is engine


def until(done: object) -> None:
    """Wait for at most ten seconds."""
    for _ in range(1000):
        if done():  # type: ignore[operator]
            return
        time.sleep(0.01)
    raise AssertionError("never")


def test_logs_are_lines_of_json_whatever_is_sent(house: House) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.json_lines())
    logger = logging.getLogger("matcher")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        client = house.client("nord-0")
        client.get("/v1/participants?office=a%0d%0aINJECTED", headers={"X-Purpose": "x", "X-Request-Id": "a" * 9})
        client.get("/v1/none%0a{INJECTED}")
        client.open("/v1/participants", method="INJECTED")
        house.client().get("/v1/participants", headers={"Authorization": "Bearer INJECTED"})
        house.client("planner").get("/v1/participants")
        logging.getLogger("matcher.service").error("first\r\nINJ %s", "second\nthird")
        try:
            raise ValueError("INJECTED")
        except ValueError:
            logging.getLogger("matcher.service").exception("failed")
    finally:
        logger.removeHandler(handler)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert "INJECTED" not in stream.getvalue()
    assert [line["event"] for line in lines[:5]] == ["request", "request", "request", "refused", "refused"]
    assert lines[4]["account"] == house.offices.accounts["planner"].id and lines[4]["status"] == 403
    assert all(line["at"].endswith("Z") for line in lines)
    assert lines[5]["event"] == "first\r\nINJ second\nthird" and lines[6]["error"] == "ValueError"


def test_metrics_count_by_route_and_never_by_id(house: House) -> None:
    house.client("nord-0").get("/v1/participants/some-body")
    answer = house.client("administrator").get("/metrics")
    text = answer.get_data(as_text=True)
    assert answer.mimetype == "text/plain"
    assert 'route="/v1/participants/<participant_id>",status="404"' in text
    assert "some-body" not in text


@pytest.mark.parametrize("path", ["/v1/participants", "/v1/vacancies", "/v1/offers"])
def test_pages_follow_their_cursors_without_gap_or_repeat(house: House, path: str) -> None:
    client, found, after = house.client("sued-1"), [], ""
    while True:
        page = client.get(f"{path}?limit=2{after}").get_json()
        found += [one["id"] for one in page["items"]]
        if page["next"] is None or len(found) > 30:
            break
        after = f"&after={page['next']}"
    assert len(found) == len(set(found)) and found == sorted(found)
    whole = [one["id"] for one in client.get(f"{path}?limit=200").get_json()["items"]]
    assert found == whole[: len(found)] and len(found) >= 3


def test_many_at_once_get_the_answers_they_would_get_alone(house: House, demo_people: list[Profile]) -> None:
    """Engine, words and caches are shared by the threads of a process."""
    client = house.client("nord-0")
    bodies = [
        {"profile": profile_to_dict(one), "chains": i % 4 == 0, "top": 5} for i, one in enumerate(demo_people[:24])
    ]
    alone = [client.post("/v1/suggestions", json=body).get_json() for body in bodies]
    assert all(one["answer"]["outcome"] for one in alone)
    with ThreadPoolExecutor(8) as threads:
        clients = [house.client("nord-0") for _ in bodies]
        asked = [
            threads.submit(one.post, "/v1/suggestions", json=body) for one, body in zip(clients, bodies, strict=True)
        ]
        together = [one.result().get_json() for one in asked]
    assert together == alone
