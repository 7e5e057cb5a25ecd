"""Small quiet charts as SVG, made on the server: a line with its points, a sparkline, a share of the plan.

The same drawing serves the screen (colours by class, from the style sheet) and the mail (`mail=True`: colours inside,
since mail clients know no style sheet). No script, no inline style: a strict Content-Security-Policy allows all of it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from monitor import words
from monitor.language import say

INK = {
    "line": "#0b5f73",
    "point": "#0b5f73",
    "held": "#8a4b00",
    "grid": "#d9dee2",
    "text": "#3c4650",
    "plan": "#6b4aa0",
}
"""Colours written into mail charts; the screen takes its own from the style sheet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One point of a chart."""

    day: date
    value: float
    label: str
    """What hovering or focusing says: value, day, sentence."""
    href: str | None = None
    """Where Enter leads: the article at the sentence; None in mail."""
    kind: str = "settled"
    """`settled` solid, `revised` hollow, `held` a cross, `copy` small."""
    run: int = 0
    """Points of one run are joined: totals of a year do not run on into the next."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """Where a chart draws: outer size and margins in pixels."""

    width: int = 640
    height: int = 260
    left: int = 64
    right: int = 84
    top: int = 14
    bottom: int = 28

    def x(self, day: date, span: tuple[date, date]) -> float:
        """Place a day between the left and right margin."""
        whole = max(1, (span[1] - span[0]).days)
        return round(self.left + (self.width - self.left - self.right) * (day - span[0]).days / whole, 1)

    def y(self, value: float, scale: tuple[float, float]) -> float:
        """Place a value between bottom and top."""
        whole = (scale[1] - scale[0]) or 1.0
        return round(self.height - self.bottom - (self.height - self.top - self.bottom) * (value - scale[0]) / whole, 1)


def ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Give round values that cover low..high, about `count` of them: steps of 1, 2, 2.5 or 5 times a power of 10."""
    if high - low <= max(abs(high), abs(low)) * 1e-9:  # equal, or too near for steps to be told apart
        high = low + (abs(low) or 1.0)
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= rough)
    first = step * (low // step)
    steps = math.ceil((high - first) / step - 1e-9)
    return [round(first + i * step, 10) for i in range(steps + 1)]


def short(value: float, unit: str) -> str:
    """Write a number for an axis: `1,85 triệu`, `383,9 tỷ`, `8.475`, `98,9 %`."""
    if unit == "percent":
        return words.percent(value)
    for size, vi, en in ((1e9, "tỷ", "bn"), (1e6, "triệu", "m")):
        if abs(value) >= size:
            return f"{words.number(round(value / size, 2))} {say(vi, en)}"
    return words.number(value)


def run_of(start: date | None, end: date) -> int:
    """Give the run of a point: a count's is always the same, the total of a period belongs to its year."""
    return 0 if start is None or start == end else end.year


def line_chart(
    marks: Sequence[Mark],
    *,
    unit: str,
    title: str,
    targets: Sequence[tuple[date, date, float]] = (),
    frame: Frame | None = None,
    mail: bool = False,
) -> str:
    """Draw reported points over time with the plan as a dashed step; `""` where there is nothing to draw.

    `targets` are (first day, last day, value) in the unit of the points. A thin line from what stood when a plan's year
    began to the plan is its pace.
    """
    if not marks:
        return ""
    frame = frame or Frame()
    marks = sorted(marks, key=lambda mark: mark.day)
    span = _span(marks, targets)
    steps = ticks(*_bounds([mark.value for mark in marks], [value for *_, value in targets]))
    scale = (steps[0], steps[-1])
    parts = [_opening(frame, title, marks, unit)]
    for value in steps:
        y = frame.y(value, scale)
        parts.append(_line("grid", (frame.left, y), (frame.width - frame.right, y), mail))
        parts.append(_text("axis", frame.left - 8, y + 4, short(value, unit), "end", mail))
    parts.extend(_years(frame, span, mail))
    for start, end, value in targets:
        y = frame.y(value, scale)
        parts.append(
            _line("plan", (frame.x(max(start, span[0]), span), y), (frame.x(min(end, span[1]), span), y), mail)
        )
        base = _base(marks, start)
        if base is not None and base.value < value and end <= span[1]:
            from_here = frame.x(base.day, span), frame.y(base.value, scale)
            parts.append(_line("pace", from_here, (frame.x(end, span), y), mail))
    solid = [mark for mark in marks if mark.kind != "held"]
    for run in dict.fromkeys(mark.run for mark in solid):
        joined = (mark for mark in solid if mark.run == run)
        path = " ".join(f"{frame.x(mark.day, span)},{frame.y(mark.value, scale)}" for mark in joined)
        parts.append(f'<polyline class="line" points="{path}"{_paint("line", mail)} fill="none"/>')
    parts.extend(_dot(mark, frame.x(mark.day, span), frame.y(mark.value, scale), mail) for mark in marks)
    if solid:
        last = solid[-1]
        at = frame.x(last.day, span) + 8, frame.y(last.value, scale) + 4
        parts.append(_text("last", *at, short(last.value, unit), "start", mail))
    return "".join([*parts, "</svg>"])


def sparkline(values: Sequence[float], *, title: str, width: int = 96, height: int = 22, mail: bool = False) -> str:
    """Draw a line without axes, its last point marked; `""` for fewer than two values."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    frame = Frame(width=width, height=height, left=2, right=4, top=3, bottom=3)
    inner = width - 6
    at = [(round(2 + inner * i / (len(values) - 1), 1), frame.y(v, (low, high))) for i, v in enumerate(values)]
    path = " ".join(f"{x},{y}" for x, y in at)
    return (
        f'<svg class="spark" xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">'
        f'<polyline class="line" points="{path}"{_paint("line", mail)} fill="none"/>'
        f'<circle class="point" cx="{at[-1][0]}" cy="{at[-1][1]}" r="2.2"{_paint("point", mail, "fill")}/></svg>'
    )


def day_strip(counts: Mapping[str, int], last: date, days: int) -> str:
    """Draw a calendar strip, a cell a day up to `last`: darker for more articles, empty for none."""
    first = last - timedelta(days=days - 1)
    told = sum(counts.values())
    cells = [
        f'<rect class="s{shade}" x="{number * 4}" width="3" height="14"/>'
        for number in range(days)
        if (shade := _shade(counts.get((first + timedelta(days=number)).isoformat(), 0)))
    ]
    until = words.day(last)
    said = say(f"{told} bài trong {days} ngày đến {until}", f"{told} articles in {days} days to {until}")
    return (
        f'<svg class="strip" width="{days * 4}" height="14" viewBox="0 0 {days * 4} 14" role="img" '
        f'aria-label="{escape(said)}"><title>{escape(said)}</title><rect width="{days * 4 - 1}" height="14"/>'
        f"{''.join(cells)}</svg>"
    )


def _shade(count: int) -> int:
    return 0 if not count else 1 if count < 3 else 2 if count < 8 else 3


def _base(marks: Sequence[Mark], start: date) -> Mark | None:
    """Give the point from which a plan's pace runs: the one within twenty days of the year's beginning."""
    near = [(abs((mark.day - start).days), mark) for mark in marks if mark.kind != "held"]
    found = min(near, key=lambda pair: pair[0], default=(99, None))
    return found[1] if found[0] <= 20 else None


def _bounds(values: Sequence[float], plans: Sequence[float]) -> tuple[float, float]:
    """Give the scale: from zero where the values are far from each other, closer where they are near."""
    every = [*values, *plans]
    low, high = min(every), max(every)
    return (0.0, high) if low >= 0 and low < high * 0.6 else (low - (high - low) * 0.15, high)


def _span(marks: Sequence[Mark], targets: Sequence[tuple[date, date, float]]) -> tuple[date, date]:
    """Give the first and last day drawn; a single point gets its year."""
    first, last = marks[0].day, max([marks[-1].day, *(end for _, end, _ in targets if end >= marks[0].day)])
    if first == last:
        first, last = date(first.year, 1, 1), date(first.year, 12, 31)
    return first, last


def _opening(frame: Frame, title: str, marks: Sequence[Mark], unit: str) -> str:
    """Open the drawing with its name and a sentence for those who cannot see it."""
    first, last = marks[0], marks[-1]
    told = "; ".join(f"{words.day(mark.day)}: {words.amount(mark.value, unit)}" for mark in (first, last))
    return (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" width="{frame.width}" height="{frame.height}" '
        f'viewBox="0 0 {frame.width} {frame.height}" role="group" aria-label="{escape(title)}: {escape(told)}">'
    )


def _years(frame: Frame, span: tuple[date, date], mail: bool) -> list[str]:
    """Draw the time below the line: years at their 1 January, months where all is within three years."""
    foot = frame.height - frame.bottom
    out = [_line("axisline", (frame.left, foot), (frame.width - frame.right, foot), mail)]
    last = -1000.0
    for day, label in _times(span, frame.width - frame.left - frame.right):
        x = frame.x(day, span)
        if x - last < 52:
            continue  # the label would print over the one before
        last = x
        out.append(_line("tick", (x, foot), (x, foot + 4), mail))
        out.append(_text("axis", x, foot + 18, label, "middle", mail))
    return out


def _times(span: tuple[date, date], width: float) -> list[tuple[date, str]]:
    """Give the days that are named below the line, with their labels."""
    first, last = span
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months > 36:
        years = range(first.year, last.year + 1)
        every = max(1, len(years) // 8)
        return [(max(date(year, 1, 1), first), str(year)) for year in years[::every]]
    step = next(step for step in (1, 2, 3, 6, 12) if months / step * 52 <= max(width, 52) or step == 12)
    found = []
    for number in range(months):
        month = first.month - 1 + number
        day = date(first.year + month // 12, month % 12 + 1, 1)
        if month % step == 0 and first <= day <= last:
            found.append((day, f"{day.month}/{day.year}"))
    return found or [(first, f"{first.month}/{first.year}")]


def _dot(mark: Mark, x: float, y: float, mail: bool) -> str:
    """Draw one point with its words; on screen it is a link."""
    title = f"<title>{escape(mark.label)}</title>"
    if mark.kind == "held":
        cross = f"M{x - 4},{y - 4}L{x + 4},{y + 4}M{x - 4},{y + 4}L{x + 4},{y - 4}"
        shape = f'<path class="held" d="{cross}"{_paint("held", mail)}/>'
    else:
        radius = 2 if mark.kind == "copy" else 3.5
        hollow = mark.kind == "revised"
        fill = "" if not mail else ' fill="#ffffff" stroke="#0b5f73"' if hollow else _paint("point", mail, "fill")
        shape = f'<circle class="{"hollow" if hollow else "point"}" cx="{x}" cy="{y}" r="{radius}"{fill}/>'
    if mail or mark.href is None:
        return f"<g>{title}{shape}</g>"
    return f'<a href="{escape(mark.href)}" aria-label="{escape(mark.label)}">{title}{shape}</a>'


def _paint(name: str, mail: bool, attribute: str = "stroke") -> str:
    """Write a colour in for mail; nothing for the screen."""
    return f' {attribute}="{INK[name]}" stroke-width="1.6"' if mail else ""


def _line(name: str, start: tuple[float, float], end: tuple[float, float], mail: bool) -> str:
    """Draw a straight line; the plan is dashed."""
    dash = ' stroke-dasharray="5 4"' if name == "plan" else ""
    paint = f' stroke="{INK["plan" if name in ("plan", "pace") else "grid"]}"' if mail else ""
    return f'<line class="{name}" x1="{start[0]}" y1="{start[1]}" x2="{end[0]}" y2="{end[1]}"{dash}{paint}/>'


def _text(name: str, x: float, y: float, text: str, anchor: str, mail: bool) -> str:
    """Write a label."""
    paint = (
        f' fill="{INK["text"]}" font-family="Be Vietnam Pro, DejaVu Sans, sans-serif" font-size="12"' if mail else ""
    )
    return f'<text class="{name}" x="{x}" y="{y}" text-anchor="{anchor}"{paint}>{escape(text)}</text>'
