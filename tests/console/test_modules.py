"""The browser modules' own tests, run by Node: the machine's, or the one Playwright brings."""

import shutil
import subprocess
from pathlib import Path

from tests import browser

HERE = Path(__file__).parent


def test_modules_pass_their_tests() -> None:
    node = shutil.which("node") or str(browser.node())
    files = sorted(str(path) for path in HERE.glob("*.test.mjs"))

    done = subprocess.run(
        [node, "--test", *files], check=False, capture_output=True, text=True, timeout=50
    )

    assert files
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
