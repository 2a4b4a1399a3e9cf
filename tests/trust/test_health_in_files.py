"""Canaries in every protected fact of a whole caseload: files and figures of the day give none of them away. TRUST 4."""

import dataclasses
import io
import zipfile
from pathlib import Path

import orjson
import pytest

from matcher.daily.plan import plan_day
from matcher.daily.values import Care, DayPlan
from matcher.demo import DEMO_DATE
from matcher.participant import Profile
from matcher.read.profile import read_profile
from matcher.render.day_files import write_day
from tests.daily.conftest import Demo
from tests.http.test_masking import PROFILE, PROTECTED, hits


def marked(profile: Profile) -> Profile:
    """The same person with a canary in every protected fact; the permit to work is what lets anybody be placed."""
    facts = read_profile({**PROFILE, "id": profile.id, "work_permit": "unrestricted"}, today=DEMO_DATE)
    return dataclasses.replace(profile, protected=facts.protected)


@pytest.fixture(scope="module")
def day(demo: Demo) -> DayPlan:
    plan = plan_day(demo.morning(profiles=[marked(one) for one in demo.profiles]))
    assert len(plan.proposals) > 20 and plan.abstentions
    return plan


def test_the_canaries_would_be_seen() -> None:
    assert len(hits(orjson.dumps(PROFILE))) >= len(PROTECTED) - 12
    assert hits(b"Sturz ZZCANARYZZ") == {"interpreter_language"}


def test_the_report_tells_no_protected_fact(day: DayPlan) -> None:
    assert hits(orjson.dumps(day.report)) == set()
    assert hits(orjson.dumps([dataclasses.asdict(one) for one in day.abstentions])) == set()


def test_files_for_others_hold_no_protected_fact(day: DayPlan, tmp_path: Path) -> None:
    """The employer service's file and the sample; a case worker's own file holds only that case worker's persons."""
    cares = {
        one.participant: Care(participant=one.participant, case_worker=f"IFK {number % 4}")
        for number, one in enumerate([*day.proposals, *day.abstentions])
    }
    files = write_day(day, cares, {}, tmp_path, 10)
    others = [file for file in files if not file.name.startswith("vorschlaege")]
    assert len(others) == 2
    for file in others:
        assert hits(_unpacked(file)) == set(), file.name
    for file in set(files) - set(others):
        number = file.stem[-1]
        foreign = [key for key, care in cares.items() if care.case_worker != f"IFK {number}"]
        text = _unpacked(file)
        assert not [key for key in foreign if f">{key}<".encode() in text], file.name


def _unpacked(file: Path) -> bytes:
    if file.suffix != ".xlsx":
        return file.read_bytes()
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
        return b"".join(archive.read(name) for name in archive.namelist() if "theme" not in name)
