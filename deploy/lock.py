"""Resolve the dependencies of pyproject.toml into the two locks: hashes, no addresses."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GROUPS = ("setup", "build", "dev", "test")
STYLE = (
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--quiet"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"),
)


def main() -> int:
    """Write both locks; pass on what uv takes, such as `--upgrade`."""
    uv = str(ROOT / ".venv" / "bin" / "uv")
    compile_ = [uv, "pip", "compile", "pyproject.toml", *STYLE, *sys.argv[1:]]
    groups = [part for name in GROUPS for part in ("--group", name)]
    everything = [*compile_, "--extra", "embedded", *groups, "-o", "requirements.lock"]
    # The runtime lock also holds what builds the project, so that production needs no more.
    runtime = [*compile_, "--group", "build", "-c", "requirements.lock"]
    for command in (everything, [*runtime, "-o", "requirements-runtime.lock"]):
        subprocess.run(command, check=True, cwd=ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
