"""Setting up with what a Python brings along, and never half of it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[3] / "deploy"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder like ours, whose lock asks for something that nobody has."""
    (tmp_path / "deploy").mkdir()
    shutil.copy(DEPLOY / "bootstrap.py", tmp_path / "deploy")
    shutil.copy(DEPLOY.parent / "pyproject.toml", tmp_path)
    lock = f"nobody-has-this==1 --hash=sha256:{'0' * 64}\n"
    (tmp_path / "requirements.lock").write_text(lock, encoding="utf-8")
    return tmp_path


def python(clone: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.defpath, "PYTHONPATH": str(clone), "PIP_NO_INDEX": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=clone / "deploy",
        env=environment,
    )


def test_a_python_without_ensurepip_lends_its_pip(clone: Path) -> None:
    (clone / "sitecustomize.py").write_text(
        "import sys\nsys.modules['ensurepip'] = None\n", encoding="utf-8"
    )
    script = (
        "import bootstrap as b; b.make_venv(); "
        "b.run([*b.own_pip(), 'list', '--format=freeze'], 'no pip'); print(b.VENV)"
    )

    made = python(clone, "-c", script)

    assert made.returncode == 0, made.stderr
    assert (clone / ".venv" / "bin" / "python").exists()
    assert str(clone) in made.stdout
    # The list is of the new environment, which is empty, not of the one that lent its pip.
    assert "hypothesis" not in made.stdout


def test_an_environment_that_was_not_finished_does_not_look_finished(clone: Path) -> None:
    assert python(clone, "-c", "import bootstrap as b; b.make_venv()").returncode == 0
    stamp = clone / ".venv" / "made-from"
    stamp.write_text(f"an older lock {clone}\n", encoding="utf-8")

    assert python(clone, "bootstrap.py").returncode == 1

    assert not stamp.exists()
