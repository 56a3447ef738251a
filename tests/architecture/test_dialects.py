"""Which carrier it is, is asked in one place; everybody else reads the table of what it can do."""

import re
from pathlib import Path
from typing import get_args

from hotline.carrier.capabilities import Dialect

HOTLINE = Path(__file__).parents[2] / "hotline"
# The simulator is a stranger with a table of its own; the settings list what may be chosen; the
# log names a library.
KNOW = ("carrier", "simulator", "settings/page.py", "infra/logging.py")


def test_no_room_asks_which_carrier_it_is() -> None:
    names = re.compile(rf"""["'](?:{"|".join(get_args(Dialect))})["']""")
    asking = [
        str(path.relative_to(HOTLINE))
        for path in HOTLINE.rglob("*.py")
        if not str(path.relative_to(HOTLINE)).startswith(KNOW)
        and names.search(path.read_text(encoding="utf-8"))
    ]
    assert asking == []
