"""From a draft to an observation: spans, quote, dates and area in the contract's form."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from extract.context import Draft
from extract.figures.origins import sources_of
from extract.figures.scope import issuer_of, scope_of, shared_scope
from extract.figures.scope_paid import title_scope
from extract.periods.find import base_end, count_day
from extract.periods.model import Period
from extract.places.find import PlaceMention
from extract.sentences import Span
from model.areas import load_areas
from model.areas_units import Area
from model.records import Observation

_CAPITAL = r"[A-ZĐÂĂÊÔƠƯÁÀẢÃẠẤẦẨẪẬẮẰẲẴẶÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ]"
NAME = re.compile(
    rf"(?:, |: |; |(?<!\w)là |(?<!\w)như |(?<!\w)và |\()({_CAPITAL}[^\W\d_]+(?: {_CAPITAL}[^\W\d_]+){{1,3}})"
    r"\s*\(?(?:(?:với|có|còn|đạt|là|chỉ|mới|được|gần|hơn|trên|khoảng) )*$"
)
"""A name right before a figure."""
LISTS = re.compile(r"(?:các|những|một số|nhiều|\d+) (?:xã|phường|thị trấn|huyện|địa phương)(?!\w)")
"""Words that list places."""
OTHER_NAME = re.compile(r"BH|HS|UB|HĐ|Hội|Bưu|Đoàn|Công|Bộ|Sở|Ban|Trường|THCS|THPT|FDI|Việt Nam|Nhà")
"""Parts of names of others than places."""
PENSIONED = re.compile(
    r"(?:lương hưu|(?:BHXH|trợ cấp|chế độ)[^,;|]{0,12} h[àằ]ng tháng)|đang (?:hưởng|chi trả|quản lý)"
    r"|người nghỉ hưu(?! mới)"
)
SETTLED = re.compile(
    r"[Gg]iải quyết|[Tt]iếp nhận|[Xx]ét duyệt|hưởng mới|[Pp]hát sinh|một lần[^;|]{0,30}$|quyết định[^;|]{0,30}$"
)
STRETCHES = ("ytd-months", "quarter", "half", "month", "year")
FLOWS = ("revenue", "payouts", "visits")


class Writer:
    """Writes the observations of one document."""

    def __init__(
        self, text: str, spans: Sequence[Span], *, title: str | None, published: date | None, prior: str | None
    ) -> None:
        self.text = text
        self.spans = spans
        self.starts = [span.start for span in spans]
        self.published = published
        self.title = title
        self.fallback = _prior_area(prior, published)
        self.prior = prior
        self.last: tuple[Span, Draft] | None = None
        """The figure before, and its sentence."""

    def observation(self, draft: Draft) -> Observation | None:
        """Give the observation of a draft."""
        span = self.spans[bisect_right(self.starts, draft.start) - 1]
        before, after = self.text[span.start : draft.start], self.text[draft.end : span.end]
        period_start, period_end = self._dates(draft, standing=pensioned(before, after))
        area, candidates, flags = self._area(draft)
        if names_unknown(before, span, draft):
            draft.place, draft.slots["area"] = None, "unknown"
            area, candidates, flags = None, (), {"area-unnamed"}
        place = draft.place
        quote = self.text[draft.start : draft.end]
        draft.scope, scoped = scope_of(before, after, quote, draft), "clause"
        if draft.scope is None:
            draft.scope, scoped = title_scope(self.title, draft), "title"
        last, self.last = self.last, (span, draft)
        if (
            draft.scope is None
            and place is not None
            and draft.slots.get("area") == "clause"
            and "bưu điện" in (place.agency or "")
        ):
            draft.scope, scoped = "bưu điện", "area"
        if draft.scope is None and last is not None and last[0] == span:
            draft.scope, scoped = shared_scope(self.text[last[1].end : draft.start], last[1], draft), "list"
        row = Observation(
            start=draft.start,
            end=draft.end,
            quote=quote,
            sentence=self.text[span.start : span.end],
            indicator=f"{'+'.join(draft.schemes)}.{draft.concept}",
            measure=draft.measure,
            obs_value=draft.value,
            unit=draft.unit,
            qualifier=draft.qualifier,  # type: ignore[arg-type]
            area=area.code if area else None,
            area_name=_name(area, place, period_end),
            area_level=area.level if area else place.level if place else None,
            area_candidates=candidates,
            period_start=period_start,
            period_end=period_end,
            base_end=self._base(draft, period_end),
            scope=draft.scope,
            of=draft.of,
            denominator=draft.denominator,
            issuer=issuer_of(before, after, draft),
            rule=draft.rule,
            confidence=draft.sure,
            flags=tuple(sorted(draft.flags | flags)),
        )
        return replace(row, slots=sources_of(row, draft, scoped))

    def _dates(self, draft: Draft, *, standing: bool = False) -> tuple[date | None, date | None]:
        period = draft.period
        if period is None:
            return None, None
        if draft.measure == "target":
            return _plan_dates(draft, period, self.published)
        day = count_day(period)
        flow = (
            draft.flow
            or draft.concept in FLOWS
            or draft.measure == "gain"
            or (draft.concept == "beneficiaries" and not (standing and _lasting(draft)))
            or _issued(draft)
        )
        if period.kind == "school-year" and period.mode in ("at", "in"):
            return period.start, day
        if not flow and not _of_gain(draft):
            begun = period.edge == "start" and period.kind != "range" and period.mode in ("start-of", "until")
            day = period.start - timedelta(1) if begun and period.start is not None else day
            return day, day
        if period.mode in ("until", "by-target") and period.kind in ("day", "month", "quarter", "half"):
            start = None if draft.measure == "gain" or _of_gain(draft) or day is None else date(day.year, 1, 1)
            return start, day
        return period.start, day

    def _base(self, draft: Draft, period_end: date | None) -> date | None:
        if draft.measure not in ("change", "change_pct") or draft.base is None:
            return None
        if period_end is None:
            return draft.base.end
        return base_end(period_end, draft.base)

    def _area(self, draft: Draft) -> tuple[Area | None, tuple[str, ...], set[str]]:
        place = draft.place
        if place is not None and len(place.areas) == 1:
            return place.areas[0], (), {"area-by-outlet"} if _served(place) else set()
        if place is not None and (place.areas or place.name or place.kind == "described"):
            return None, tuple(area.code for area in place.areas), set()
        if self.fallback is not None:
            draft.slots["area"] = "outlet"
            return self.fallback, (), {"area-from-outlet"}
        if self.prior is None:
            draft.slots["area"] = "national"
            return load_areas().get("VN"), (), {"area-assumed"}
        return None, (), set()


def _served(place: PlaceMention) -> bool:
    """Whether a place is the one meant only by the outlet's area: `toàn tỉnh`, or a name that others bear as well."""
    if place.how != "prior":
        return False
    area = place.areas[0]
    alike = (one for one in load_areas().by_name(area.name) if (one.level, one.list) == (area.level, area.list))
    return place.kind == "described" or sum(1 for _ in alike) > 1


def _name(area: Area | None, place: PlaceMention | None, on: date | None) -> str | None:
    """Names from small to large; a hamlet's or an office's as the text resolves it."""
    if area is not None:
        return load_areas().path_name(area, on=on) or area.name
    return place.name if place else None


def _plan_dates(draft: Draft, period: Period, today: date | None) -> tuple[date | None, date | None]:
    """A plan is for the year it names, or for the year of the report."""
    end = period.end
    if end is None:
        return None, None
    if period.kind == "school-year" and draft.schemes == ("BHYT_HSSV",):
        return period.start, end
    if (
        period.kind in ("school-year", "range", "term", "quarter", "half", "ytd-months")
        and draft.slots["period"] == "clause"
    ):
        return period.start, end
    share = draft.of in ("coverage_pct", "rate") and not period.edge
    soon = period.mode == "by-target" or (share and today is not None and end > today)
    if soon and period.kind in ("month", "day") and draft.slots["period"] == "clause":
        return end.replace(day=1) if period.kind == "month" else date(end.year, 1, 1), end
    if draft.of == "gain" and period.kind == "month" and period.mode == "in" and draft.slots["period"] == "clause":
        return period.start, end
    return date(end.year, 1, 1), date(end.year, 12, 31)


def _prior_area(prior: str | None, published: date | None) -> Area | None:
    if not prior:
        return None
    gazetteer = load_areas()
    found = gazetteer.by_name(prior, on=published) or gazetteer.by_name(prior)
    return found[0] if found else None


def pensioned(before: str, after: str) -> bool:
    """Whether people live on what is paid every month: a stock, where cases settled are counted over a time."""
    near = f"{before[-90:]}|{after[:45]}"
    return PENSIONED.search(near) is not None and SETTLED.search(f"{before[-120:]}|{after[:30]}") is None


def _lasting(draft: Draft) -> bool:
    """Whether beneficiaries may be those of a pension: not of unemployment, not of one month that is named."""
    period = draft.period
    month = period is not None and period.kind == "month" and period.mode in ("at", "in") and not period.edge
    return "BHTN" not in draft.schemes and not (month and draft.slots.get("period") == "clause")


def _issued(draft: Draft) -> bool:
    """Whether cards or books were issued over a stretch of a year: `Trong 6 tháng đầu năm đã cấp 192.441 thẻ`."""
    period = draft.period
    stretch = period is not None and period.kind in STRETCHES and period.mode in ("at", "in") and not period.edge
    return (
        stretch
        and draft.slots.get("period") == "clause"
        and draft.unit in ("card", "book")
        and draft.measure == "level"
    )


def _of_gain(draft: Draft) -> bool:
    """Whether a share of the plan speaks of people newly enrolled, over the same stretch."""
    return draft.measure == "target_pct" and draft.of == "gain"


def names_unknown(before: str, span: Span, draft: Draft) -> bool:
    """`các xã chưa đạt là Nam Thượng 1.240 người`: a name in a list that no place of ours bears."""
    match = NAME.search(before) if LISTS.search(before) else None
    if match is None or OTHER_NAME.search(match[1]):
        return False
    place = draft.place
    return place is None or draft.slots.get("area") != "clause" or place.end <= span.start + match.start(1)
