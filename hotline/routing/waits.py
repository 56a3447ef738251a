"""How long somebody will still wait: measured from who was answered last, or not said at all.

The delays of the customers who entered service last predict the delay of the next one well, and
need no model of arrivals or staffing (R. Ibrahim, W. Whitt: Real-Time Delay Estimation Based on
Delay History, Manufacturing and Service Operations Management 11(3), 2009). One of them is noise;
so it is the median of the last `MOST`, and nothing with fewer than `FEWEST` or from longer ago than
`RECENT`.
"""

import math
from collections.abc import Sequence
from datetime import timedelta
from statistics import median
from typing import Final

FEWEST: Final = 5
MOST: Final = 15
RECENT: Final = timedelta(hours=1)
_MINUTE_S: Final = 60
# Less than this is not worth saying, and about to be wrong.
_LEAST_S: Final = 30


def minutes_left(waits_s: Sequence[float], waited_s: float) -> int | None:
    """Whole minutes still to wait, rounded up; None when too little is known.

    Also None for who has waited about as long as others did: nobody knows then, and "soon" would be
    a guess.
    """
    if len(waits_s) < FEWEST:
        return None
    left_s = median(waits_s) - waited_s
    return math.ceil(left_s / _MINUTE_S) if left_s >= _LEAST_S else None
