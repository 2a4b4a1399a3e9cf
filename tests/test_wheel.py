"""A built wheel works outside the repository, catalogue included."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.deep
def test_a_built_wheel_answers_outside_the_repository(tmp_path: Path) -> None:
    built = tmp_path / "dist"
    _run([sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", built, ROOT], ROOT)
    (wheel,) = built.glob("matcher-*.whl")
    target = tmp_path / "site"
    _run([sys.executable, "-m", "pip", "install", "--no-deps", "--target", target, wheel], tmp_path)
    assert (target / "matcher" / "_catalog" / "programmes").is_dir()
    paths = [str(target), *[path for path in sys.path if path.endswith("site-packages")]]
    code = (
        f"import sys; sys.path[:0] = {paths!r}; import matcher; assert {str(target)!r} in matcher.__file__; "
        "from matcher.commands import main; sys.argv = ['matcher', 'programmes', '--data', 'none']; main()"
    )
    out = _run([sys.executable, "-S", "-c", code], tmp_path)
    assert "118 Programme" in out


def _run(command: list[object], folder: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
