"""What `hotline bench` measures of the queue as a whole, in virtual time and against theory."""

import time
from dataclasses import replace
from typing import Final

from hotline.cli.promises import Promise
from hotline.cli.rehearse import NAME, scene
from hotline.cli.shared import settings_of
from hotline.rehearsal import erlang
from hotline.rehearsal.run import Rehearsal
from hotline.rehearsal.virtual import virtual

_SEED: Final = "189"
_EACH: Final = 1_500
_USUAL: Final = 2_000


async def of_rehearsing(url: str) -> list[Promise]:
    """Mean waits against Erlang-C and against separate queues; how fast a rehearsal is."""
    rules, usual = scene(settings_of("test"))
    kept = []
    async with virtual(url, NAME) as db:
        for load in erlang.LOADS:
            one = await erlang.against_erlang(db, _EACH, _SEED, load, rules)
            name = f"mean wait at {load:.0%}, off Erlang-C by"
            kept.append(Promise(name, abs(one.ratio - 1) * 100, 3, "%"))
        for load in erlang.LOADS:
            both = await erlang.against_separate(db, _EACH, _SEED, load, rules)
            name = f"three languages at {load:.0%}, to apart"
            kept.append(Promise(name, both.ratio, 0.5, ""))
        began = time.perf_counter()
        figures = await Rehearsal(db, replace(usual, contacts=_USUAL, seed=_SEED), rules).run()
        rate = _USUAL / (time.perf_counter() - began)
    return [
        *kept,
        Promise(f"{_USUAL} contacts rehearsed: rules broken", len(figures.violations), 1, ""),
        Promise("... contacts for each second", rate, 50, "/s", at_least=True),
    ]
