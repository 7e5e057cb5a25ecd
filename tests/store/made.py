"""Figures, readings and pages made for the tests; every text here is invented."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from model.fetches import Fetch
from model.records import Article, Observation, Page, Reading, Unclaimed

LANG_SON = "2024:20"
DAY = date(2020, 4, 30)


def figure(value: float = 8475, quote: str | None = None, **slots: Any) -> Observation:
    quote = quote if quote is not None else f"{value:,.0f} người".replace(",", ".")
    start = slots.pop("start", 0)
    return Observation(
        **{
            "start": start, "end": start + len(quote), "quote": quote, "sentence": f"Toàn tỉnh có {quote} tham gia.",
            "indicator": "BHXH_TN.participants", "measure": "level", "obs_value": value, "unit": "person",
            "area": LANG_SON, "area_name": "Lạng Sơn", "area_level": "province", "period_start": DAY,
            "period_end": DAY, "rule": "made", "confidence": 0.99, "publish": True, **slots,
        }
    )  # fmt: skip


def total(value: float, start: date | None, end: date, quote: str, **slots: Any) -> Observation:
    return figure(value, quote, indicator="BHXH.revenue", unit="VND", period_start=start, period_end=end, **slots)


def reading(doc: str, *figures: Observation, **about: Any) -> Reading:
    published = about.pop("published", date(2020, 5, 5))
    text = about.pop("text", f"Bài {doc}. " + " ".join(one.sentence for one in figures))
    article = {
        "url": f"https://bao.example/{doc}", "title": f"Tin {doc}", "text": text, "published": published,
        "outlet": "Báo Mẫu", "published_evidence": "meta",
    }  # fmt: skip
    for name in ("url", "title", "outlet", "modified"):
        if name in about:
            article[name] = about.pop(name)
    return Reading(
        article=Article(doc=doc, **article),
        **{
            "digest": f"sha256:{doc}", "rules": "r1", "read_at": datetime(2020, 5, 6, 1, tzinfo=UTC),
            "observations": figures, **about,
        },
    )  # fmt: skip


def unclaimed(quote: str = "12 đơn vị") -> Unclaimed:
    return Unclaimed(start=3, end=3 + len(quote), quote=quote, sentence=f"Có {quote}.", reason="no indicator")


def page(url: str = "https://bao.example/a", digest: str = "sha256:1", **about: Any) -> Page:
    return Page(
        **{
            "url": url, "fetched_url": url, "source": "bao-mau", "fetched_at": datetime(2020, 5, 5, 2, tzinfo=UTC),
            "status": 200, "kind": "article", "digest": digest, "warc_file": "a.warc.gz", "warc_offset": 0, **about,
        }
    )  # fmt: skip


def fetch(url: str = "https://bao.example/a", **about: Any) -> Fetch:
    return Fetch(
        **{"url": url, "source": "bao-mau", "at": datetime(2020, 5, 5, 2, tzinfo=UTC), "outcome": "new", **about}
    )


def in_area(one: Observation, code: str, name: str) -> Observation:
    return replace(one, area=code, area_name=name)
