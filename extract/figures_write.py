"""From a draft to an observation: spans, quote, dates and area in the contract's form."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from extract.context import Draft
from extract.figures_scope import issuer_of, scope_of, title_scope
from extract.periods import base_end, count_day
from extract.periods_model import Period
from extract.places import PlaceMention
from extract.sentences import Span
from model.areas import load_areas
from model.areas_units import Area
from model.records import Observation

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

    def observation(self, draft: Draft) -> Observation | None:
        """Give the observation of a draft."""
        span = self.spans[bisect_right(self.starts, draft.start) - 1]
        period_start, period_end = self._dates(draft)
        area, candidates, flags = self._area(draft)
        place = draft.place
        before, after = self.text[span.start : draft.start], self.text[draft.end : span.end]
        draft.scope = scope_of(before, after, draft) or title_scope(self.title, draft)
        return Observation(
            start=draft.start,
            end=draft.end,
            quote=self.text[draft.start : draft.end],
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
            slots=dict(draft.slots),
        )

    def _dates(self, draft: Draft) -> tuple[date | None, date | None]:
        period = draft.period
        if period is None:
            return None, None
        if draft.measure == "target":
            return _plan_dates(draft, period)
        day = count_day(period)
        flow = draft.flow or draft.concept in FLOWS or draft.measure == "gain" or draft.concept == "beneficiaries"
        if not flow:
            return day, day
        if period.mode in ("until", "by-target") and period.kind in ("day", "month", "quarter", "half"):
            start = None if draft.measure == "gain" or day is None else date(day.year, 1, 1)
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
            return place.areas[0], (), set()
        if place is not None and (place.areas or place.name or place.kind == "described"):
            return None, tuple(area.code for area in place.areas), set()
        if self.fallback is not None:
            draft.slots["area"] = "outlet"
            return self.fallback, (), {"area-from-outlet"}
        if self.prior is None:
            draft.slots["area"] = "national"
            return load_areas().get("VN"), (), {"area-assumed"}
        return None, (), set()


def _name(area: Area | None, place: PlaceMention | None, on: date | None) -> str | None:
    """Names from small to large; a hamlet's or an office's as the text resolves it."""
    if area is not None:
        return load_areas().path_name(area, on=on) or area.name
    return place.name if place else None


def _plan_dates(draft: Draft, period: Period) -> tuple[date | None, date | None]:
    """A plan is for the year it names, or for the year of the report."""
    end = period.end
    if end is None:
        return None, None
    if (
        period.kind in ("school-year", "range", "term", "quarter", "half", "ytd-months")
        and draft.slots["period"] == "clause"
    ):
        return period.start, end
    return date(end.year, 1, 1), date(end.year, 12, 31)


def _prior_area(prior: str | None, published: date | None) -> Area | None:
    if not prior:
        return None
    gazetteer = load_areas()
    found = gazetteer.by_name(prior, on=published) or gazetteer.by_name(prior)
    return found[0] if found else None
