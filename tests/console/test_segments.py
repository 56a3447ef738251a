"""The desk counts SMS as the service does: the same texts through both."""

import json
import shutil
import subprocess
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bots.sms import segments
from tests import browser

FMT = Path(__file__).parents[2] / "hotline/console/static/core/fmt.js"
PAGE = Path(__file__).parent / "page.mjs"
SIGNS = ["abc XYZ.", "€[]{}^~|\\\f", "жңөү", "ʻ", "😀", "\n\r", "@£é", "\t`"]
COUNT = f"""
await import({json.dumps(PAGE.as_uri())});
const {{ smsParts }} = await import({json.dumps(FMT.as_uri())});
let text = '';
for await (const chunk of process.stdin) text += chunk;
const counted = JSON.parse(text).map(smsParts);
console.log(JSON.stringify(counted.map(({{ parts, used }}) => [parts, used])));
"""


TEXTS = st.builds(
    lambda signs, size: "".join(signs)[:size],
    st.lists(st.sampled_from(SIGNS), min_size=1, max_size=400),
    st.sampled_from([5, 70, 71, 133, 134, 135, 153, 160, 161, 306, 307, 700]),
)
EDGES = ["", "a" * 152 + "€" + "a" * 152, "ң" * 66 + "😀" + "ң" * 66, "\ud800" * 71]


@given(st.lists(TEXTS, min_size=60, max_size=60))
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
def test_both_count_the_same(found: list[str]) -> None:
    """Few runs of many texts: each run starts Node."""
    texts = EDGES + found
    node = shutil.which("node") or str(browser.node())
    done = subprocess.run(
        [node, "--input-type=module", "--eval", COUNT],
        input=json.dumps(texts),
        check=True,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert json.loads(done.stdout) == [[segments.count(t), segments.places(t)] for t in texts]
