"""Makes readings with realistic skew for the store's benchmark: few busy series, many quiet ones, copies, revisions."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from model.areas import load_areas
from model.records import Article, Observation, Reading

INDICATORS = (
    ("BHYT.participants", "person", 30), ("BHXH_TN.participants", "person", 25), ("BHXH_BB.participants", "person", 15),
    ("BHTN.participants", "person", 8), ("BHXH.arrears", "VND", 8), ("BHTN+BHXH+BHYT.revenue", "VND", 8),
    ("BHYT.payouts", "VND", 3), ("BHYT.visits", "visit", 3),
)  # fmt: skip
MEASURES = (("level", 45), ("target_pct", 15), ("change_pct", 12), ("target", 10), ("coverage_pct", 10), ("change", 8))
PER_ARTICLE = 5
COPIES = 0.15
PUBLISHED = 0.8
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
    rng: random.Random = field(init=False)
    areas: list[tuple[str, str, str]] = field(init=False)
    weights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        gazetteer = load_areas()
        units = [gazetteer.get("VN"), *gazetteer.provinces("2024")]
        units += [child for province in gazetteer.provinces("2024") for child in gazetteer.children(province)]
        self.areas = [(unit.code, unit.name, unit.level) for unit in units]
        # The country is named most, a province a hundred times as often as a district; within a rank Zipf's law.
        self.weights = [300.0] + [100 / (1 + n) ** 0.5 for n in range(63)] + [1.0] * (len(units) - 64)

    def readings(self, observations: int) -> Iterator[Reading]:
        """Give readings that hold about so many observations in all, a seventh of the articles copies of others."""
        made, number, text = 0, 0, ""
        last: list[Observation] = []
        while made < observations:
            number += 1
            copied = bool(last) and self.rng.random() < COPIES
            if not copied:
                last = self._figures()
                text = self._text(last)
            day = last[0].period_end or date(2020, 1, 1)
            yield self._reading(number, text, last, day + timedelta(days=self.rng.randint(2, 25)))
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

    def _figures(self) -> list[Observation]:
        rng = self.rng
        code, name, level = rng.choices(self.areas, self.weights)[0]
        month = rng.randrange(self.months)
        end = date(2015 + month // 12, month % 12 + 1, 28)
        figures = []
        for place in range(rng.randint(1, 2 * PER_ARTICLE - 1)):
            indicator, unit, _ = rng.choices(INDICATORS, [weight for *_, weight in INDICATORS])[0]
            measure = rng.choices(MEASURES, [weight for _, weight in MEASURES])[0][0]
            percent = measure.endswith("_pct")
            # What is reported of one cell mostly agrees: the value follows from the cell, with a little noise.
            base = hash((code, indicator, measure, month // 3)) % 90_000 + 10_000
            value = float(base % 1000) / 10 if percent else float(base + rng.choice((0, 0, 0, 0, 1, 40, 9000)))
            quote = f"{value:.1f}%".replace(".", ",") if percent else f"{value:,.0f} người".replace(",", ".")
            stock = unit == "person" and measure != "target"
            figures.append(Observation(
                start=place * 120, end=place * 120 + len(quote), quote=quote,
                sentence=f"Tính đến ngày {end:%d/%m/%Y}, {name} có {quote} tham gia, theo cơ quan bảo hiểm xã hội.",
                indicator=indicator, measure=measure, obs_value=value, unit="percent" if percent else unit, area=code,
                area_name=name, area_level=level, period_start=end if stock else date(end.year, 1, 1),  # type: ignore[arg-type]
                period_end=date(end.year, 12, 31) if measure == "target" else end,
                base_end=date(end.year - 1, 12, 31) if measure.startswith("change") else None, rule="bench.made",
                of="level" if measure.startswith("target") else None, confidence=0.97,
                publish=rng.random() < PUBLISHED,
            ))  # fmt: skip
        return figures

    def _text(self, figures: list[Observation]) -> str:
        filling = " ".join(self.rng.choices(WORDS, k=300))
        return "\n\n".join([*(one.sentence for one in figures), filling])
