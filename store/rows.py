"""Articles and figures as rows of the database, their columns, and texts that it can hold."""

import hashlib
import json
from typing import Any, overload

from model.records import Article, Observation
from store.days import instant, written

OBSERVATION_COLUMNS = (
    "doc", "start", "end", "quote", "sentence", "indicator", "measure", "obs_value", "unit", "qualifier", "area",
    "area_name", "area_level", "area_candidates", "period_start", "period_end", "base_end", "scope", "of",
    "denominator", "issuer", "rule", "confidence", "publish", "flags", "slots",
)  # fmt: skip
"""The contract's keys as columns of table `observations`, in the contract's order."""

NAMES = ", ".join(f'"{name}"' for name in OBSERVATION_COLUMNS)
INSERT_OBSERVATION = (
    f"INSERT INTO observations (reading_id, series_id, {NAMES}) VALUES (?, ?, {', '.join('?' * 26)})"
)  # fmt: skip
"""Takes (reading_id, series_id, *observation_row(figure))."""

ARTICLE_COLUMNS = (
    "doc, digest, content, url, title, lead, text, captions, tables, outlet, published, published_evidence, modified,"
    " area"
)
"""Columns of `article_row`."""


def article_row(article: Article, digest: str) -> tuple[str | None, ...]:
    """Give an article's values in the order of `ARTICLE_COLUMNS`; `content` tells apart how one version was read."""
    values = _article_values(article)
    content = hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()
    return (article.doc, digest, content, *values)


def _article_values(article: Article) -> tuple[str | None, ...]:
    tables = [
        {"start": table.start, "end": table.end, "headings": table.headings, "rows": [list(row) for row in table.rows]}
        for table in article.tables
    ]
    return (
        article.url, storable(article.title), storable(article.lead), storable(article.text),
        json.dumps([list(span) for span in article.captions]), json.dumps(tables), storable(article.outlet),
        written(article.published), article.published_evidence, instant(article.modified), article.area,
    )  # fmt: skip


def observation_row(figure: Observation, doc: str = "") -> tuple[Any, ...]:
    """Give a figure's values in the order of `OBSERVATION_COLUMNS`; `doc` for one that names no document."""
    return (
        figure.doc or doc, figure.start, figure.end, storable(figure.quote), storable(figure.sentence),
        figure.indicator, figure.measure, float(figure.obs_value), figure.unit, figure.qualifier, figure.area,
        figure.area_name, figure.area_level,
        json.dumps(list(figure.area_candidates)) if figure.area_candidates else "[]",
        _day(figure.period_start), _day(figure.period_end), _day(figure.base_end), figure.scope, figure.of,
        figure.denominator, figure.issuer, figure.rule, float(figure.confidence), int(figure.publish),
        json.dumps(sorted(figure.flags), ensure_ascii=False) if figure.flags else "[]",
        json.dumps(dict(figure.slots), ensure_ascii=False, sort_keys=True) if figure.slots else "{}",
    )  # fmt: skip


@overload
def storable(text: str) -> str: ...
@overload
def storable(text: None) -> None: ...
def storable(text: str | None) -> str | None:
    """Give a text that UTF-8 can hold, of the same length: half of a surrogate pair becomes U+FFFD."""
    if text is None or text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    return text


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
