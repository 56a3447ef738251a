"""The comparison as a picture: a small SVG, readable on light and on dark."""

from collections.abc import Sequence
from typing import Final

from hotline.rehearsal.erlang import HANDLING_S, OPERATORS, Compared, Shared, mean_wait_s

_LEFT, _TOP, _WIDTH, _HEIGHT = 60, 40, 560, 300
_FROM, _TO = 0.60, 0.97
_MOST: Final = 3.0
_STYLE: Final = """<style>
  text { font: 13px sans-serif; fill: #24292f } .axis { stroke: #57606a } .grid { stroke: #d0d7de }
  .theory { fill: none; stroke: #0969da; stroke-width: 2 } .measured { fill: #cf222e }
  .shared { fill: #1a7f37 } .separate { fill: #8250df }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .grid { stroke: #30363d }
  .axis { stroke: #8d96a0 } .theory { stroke: #4493f8 } .measured { fill: #f85149 }
  .shared { fill: #3fb950 } .separate { fill: #ab7df8 } }
</style>"""


def svg(compared: Sequence[Compared], shared: Sequence[Shared]) -> str:
    """The mean wait over the load: the formula, what was measured, one queue and three."""
    said = "; ".join(f"at {one.load:.0%} {one.ratio:.3f} of Erlang-C" for one in compared)
    both = "; ".join(f"at {one.load:.0%} {one.ratio:.2f} of separate queues" for one in shared)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 20} 380"',
        ' role="img" aria-labelledby="title desc">',
        '<title id="title">Mean wait over the load of the operators</title>',
        f'<desc id="desc">One language: {said}. Three languages in one queue: {both}.</desc>',
        _STYLE,
        *_axes(),
        f'<path class="theory" d="{_curve()}"/>',
        *(_dot("measured", one.load, one.controlled_s) for one in compared),
        *(_dot("shared", one.load, one.shared_s) for one in shared),
        *(_dot("separate", one.load, one.separate_s) for one in shared),
        *_legend(),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _x(load: float) -> float:
    return _LEFT + (load - _FROM) / (_TO - _FROM) * _WIDTH


def _y(wait_s: float) -> float:
    return _TOP + _HEIGHT * (1 - min(wait_s / HANDLING_S, _MOST) / _MOST)


def _axes() -> list[str]:
    bottom, right = _TOP + _HEIGHT, _LEFT + _WIDTH
    lines = [f'<path class="axis" fill="none" d="M{_LEFT} {_TOP}V{bottom}H{right}"/>']
    for times in range(1, round(_MOST) + 1):
        y = _y(times * HANDLING_S)
        lines.append(f'<path class="grid" d="M{_LEFT} {y:.0f}H{right}"/>')
        lines.append(f'<text x="{_LEFT - 10}" y="{y + 4:.0f}" text-anchor="end">{times}</text>')
    for percent in (60, 70, 80, 85, 90, 95):
        x = _x(percent / 100)
        lines.append(f'<text x="{x:.0f}" y="{bottom + 20}" text-anchor="middle">{percent} %</text>')
    lines.append(f'<text x="{_LEFT}" y="{_TOP - 16}">mean wait, in mean talks</text>')
    return lines


def _curve() -> str:
    steps = [_FROM + (_TO - _FROM) * n / 100 for n in range(101)]
    points = [
        f"{_x(load):.1f} {_y(mean_wait_s(OPERATORS, OPERATORS * load, HANDLING_S)):.1f}"
        for load in steps
    ]
    return "M" + "L".join(points)


def _dot(kind: str, load: float, wait_s: float) -> str:
    if wait_s > _MOST * HANDLING_S:
        # Beyond the picture: an arrow at its top, with the number.
        return (
            f'<path class="{kind}" d="M{_x(load) - 6:.1f} {_TOP + 10}h12l-6 -10z"/>'
            f'<text x="{_x(load) - 12:.1f}" y="{_TOP + 10}" text-anchor="end">'
            f"{wait_s / HANDLING_S:.1f}</text>"
        )
    return f'<circle class="{kind}" cx="{_x(load):.1f}" cy="{_y(wait_s):.1f}" r="5"/>'


def _legend() -> list[str]:
    rows = (
        ("measured", "one language, 10 operators: measured (line: Erlang-C)"),
        ("shared", "three languages, one queue that asks for less with time"),
        ("separate", "three languages, a queue for each"),
    )
    made = []
    for number, (kind, words) in enumerate(rows):
        y = _TOP + 14 + number * 20
        made.append(f'<circle class="{kind}" cx="{_LEFT + 18}" cy="{y}" r="5"/>')
        made.append(f'<text x="{_LEFT + 30}" y="{y + 4}">{words}</text>')
    return made
