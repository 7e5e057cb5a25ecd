"""Makes readings with realistic skew for the store's benchmark: few busy series, many quiet ones, copies, revisions.

What reports say of one cell mostly agrees. Some round (`gần 1,2 triệu`), some cells are revised by later reports, and
a few reports are wrong. The same seed gives the same readings in every process.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from zlib import crc32

from model.areas import load_areas
from model.records import Article, Observation, Reading

INDICATORS = (
    ("BHYT.participants", "person", 30), ("BHXH_TN.participants", "person", 25), ("BHXH_BB.participants", "person", 15),
    ("BHTN.participants", "person", 8), ("BHXH.arrears", "VND", 8), ("BHTN+BHXH+BHYT.revenue", "VND", 8),
    ("BHYT.payouts", "VND", 3), ("BHYT.visits", "visit", 3),
)  # fmt: skip
MEASURES = (("level", 45), ("target_pct", 15), ("change_pct", 12), ("target", 10), ("coverage_pct", 10), ("change", 8))
_INDICATORS = list(accumulate(weight for *_, weight in INDICATORS))
_MEASURES = list(accumulate(weight for _, weight in MEASURES))
PER_ARTICLE = 5
COPIES = 0.15
PUBLISHED = 0.8
ROUNDED, WRONG, REVISED = 0.12, 0.02, 0.08
"""Shares of reports that round, of reports that are wrong, of cells that reports told after `LATE` days revise."""
LATE = 14
WORDS = [
    "tỉnh",
    "huyện",
    "người",
    "tham",
    "gia",
    "bảo",
    "hiểm",
    "xã",
    "hội",
    "tự",
    "nguyện",
    "đạt",
    "kế",
    "hoạch",
    "năm",
    "qua",
    "cơ",
    "quan",
    "đại",
    "lý",
    "thu",
    "tuyên",
    "truyền",
]


@dataclass(slots=True)
class Maker:
    """Makes the same readings for the same seed."""

    seed: int = 1
    months: int = 120
    only_last: int = 0
    """Speak of the last so many months only, as the news of one day does; 0: of all."""
    rng: random.Random = field(init=False)
    first: int = 1
    """Number of the first article."""
    areas: list[tuple[str, str, str]] = field(init=False)
    weights: list[float] = field(init=False)
    filling: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        gazetteer = load_areas()
        units = [gazetteer.get("VN"), *gazetteer.provinces("2024")]
        units += [child for province in gazetteer.provinces("2024") for child in gazetteer.children(province)]
        self.areas = [(unit.code, unit.name, unit.level) for unit in units]
        # The country is named most, a province a hundred times as often as a district; within a rank Zipf's law.
        weights = [300.0] + [100 / (1 + n) ** 0.5 for n in range(63)] + [1.0] * (len(units) - 64)
        self.weights = list(accumulate(weights))
        self.filling = self.rng.choices(WORDS, k=1_000_000)

    def readings(self, observations: int) -> Iterator[Reading]:
        """Give readings that hold about so many observations in all, a seventh of the articles copies of others."""
        made, number, text = 0, self.first - 1, ""
        last: list[Observation] = []
        published = date(2020, 1, 1)
        while made < observations:
            number += 1
            copied = bool(last) and self.rng.random() < COPIES
            if not copied:
                last, published = self._figures()
                text = self._text(last)
            yield self._reading(number, text, last, published)
            made += len(last)

    def _reading(self, number: int, text: str, figures: list[Observation], published: date) -> Reading:
        doc = f"https://bao{number % 91}.example/{number}"
        return Reading(
            article=Article(
                doc=doc, url=doc, title=f"Bảo hiểm xã hội {number}", text=text, outlet=f"Báo {number % 91}",
                published=published, published_evidence="meta",
            ),
            digest=f"sha256:{number:064x}", rules="bench",
            read_at=datetime(published.year, published.month, published.day, 3, tzinfo=UTC),
            observations=tuple(one.of_document(doc) for one in figures), source=f"bao{number % 91}",
        )  # fmt: skip

    def _figures(self) -> tuple[list[Observation], date]:
        """Make the figures of one article, and the day on which it is published."""
        rng = self.rng
        code, name, level = rng.choices(self.areas, cum_weights=self.weights)[0]
        month = self.months - 1 - rng.randrange(self.only_last) if self.only_last else rng.randrange(self.months)
        end, days = date(2015 + month // 12, month % 12 + 1, 28), rng.randint(2, 25)
        figures = []
        for place in range(rng.randint(1, 2 * PER_ARTICLE - 1)):
            indicator, unit, _ = rng.choices(INDICATORS, cum_weights=_INDICATORS)[0]
            measure = rng.choices(MEASURES, cum_weights=_MEASURES)[0][0]
            if measure.endswith("_pct"):
                unit = "percent"
            value, quote, qualifier = self._said(f"{code} {indicator} {measure}", month, days, unit)
            stock = unit == "person" and measure != "target"
            figures.append(Observation(
                start=place * 120, end=place * 120 + len(quote), quote=quote, qualifier=qualifier,  # type: ignore[arg-type]
                sentence=f"Tính đến ngày {end:%d/%m/%Y}, {name} có {quote} tham gia, theo cơ quan bảo hiểm xã hội.",
                indicator=indicator, measure=measure, obs_value=value, unit=unit, area=code,
                area_name=name, area_level=level, period_start=end if stock else date(end.year, 1, 1),  # type: ignore[arg-type]
                period_end=date(end.year, 12, 31) if measure == "target" else end,
                base_end=date(end.year - 1, 12, 31) if measure.startswith("change") else None, rule="bench.made",
                of="level" if measure.startswith("target") else None, confidence=0.97,
                publish=rng.random() < PUBLISHED,
            ))  # fmt: skip
        return figures, end + timedelta(days=days)

    def _said(self, series: str, month: int, days: int, unit: str) -> tuple[float, str, str]:
        """Give value, quote and qualifier of one report on a cell, published so many days after its end."""
        rng = self.rng
        start, cell = crc32(series.encode()), crc32(f"{series} {month}".encode())
        if unit == "percent":
            share = 5 + (start % 800) / 10 + month / 10 + (cell % 10) / 10
            return round(share, 1), f"{share:.1f}%".replace(".", ","), "="
        value = int((start % 900_000 + 100_000) * (1 + month / 200) + cell % 500)
        if cell % 1000 < 1000 * REVISED and days > LATE:
            value += value // 200
        chance = rng.random()
        if chance < WRONG:
            value += value // 10
        elif chance < WRONG + ROUNDED:
            up = -(-value // 10_000) * 10_000
            return float(up), f"gần {up:,.0f} người".replace(",", "."), "<"
        return float(value), f"{value:,.0f} người".replace(",", "."), "="

    def _text(self, figures: list[Observation]) -> str:
        place = self.rng.randrange(len(self.filling) - 300)
        return "\n\n".join([*(one.sentence for one in figures), " ".join(self.filling[place : place + 300])])
