"""All files of a day: made whole, moved into place at once, the same again when asked again."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from matcher.daily.values import Care, DayPlan
from matcher.render.day_page import render_page
from matcher.render.day_rows import file_stem, make_desks
from matcher.render.day_xlsx import render_desk, render_employer_service, render_sample


def write_day(
    plan: DayPlan, cares: Mapping[str, Care], shown_as: Mapping[str, str], folder: Path, in_sight: int
) -> list[Path]:
    """Write every file of the day into `folder`, readable by its owner alone; returns them in order."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return [_write(folder / name, content) for name, content in _files(plan, cares, shown_as, in_sight)]


def _files(
    plan: DayPlan, cares: Mapping[str, Care], shown_as: Mapping[str, str], in_sight: int
) -> Iterator[tuple[str, bytes]]:
    taken: dict[str, int] = {}
    for desk in make_desks(plan, cares, shown_as):
        stem = file_stem(desk.case_worker)
        taken[stem] = taken.get(stem, 0) + 1
        name = f"vorschlaege-{plan.day}-{stem}" + (f"-{taken[stem]}" if taken[stem] > 1 else "")
        yield f"{name}.xlsx", render_desk(desk, in_sight)
        yield f"{name}.html", render_page(desk, in_sight).encode("utf-8")
    yield f"arbeitgeber-service-{plan.day}.xlsx", render_employer_service(plan.report)
    yield f"stichprobe-ausschluesse-{plan.day}.xlsx", render_sample(plan.report, shown_as)


def _write(path: Path, content: bytes) -> Path:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    part.replace(path)
    return path
