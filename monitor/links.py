"""Where on the pages a thing is shown: root-relative addresses, for the pages, the digest and the mail."""

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from monitor.alerting import Raised


def article_link(doc: str, obs_id: int | None = None, quoted: str = "") -> str:
    """Give the page of a document, at a figure where one is named by its id, or by its words."""
    if quoted and obs_id is None:
        return f"/bai?{urlencode({'id': doc, 'so': quoted})}#so"
    return f"/bai?{urlencode({'id': doc})}" + (f"#s{obs_id}" if obs_id else "")


def series_link(area: str, indicator: str, measure: str = "level") -> str:
    """Give the page of a series."""
    return f"/chuoi?{urlencode({'area': area, 'indicator': indicator, 'measure': measure})}"


def place_link(code: str) -> str:
    """Give the page of a locality."""
    return f"/dia-phuong/{quote(code, safe='')}"


def source_link(source: str) -> str:
    """Give the page of a source."""
    return f"/nguon/{quote(source, safe='')}"


def alert_link(one: "Raised") -> str:
    """Give the page that shows an alert's evidence; `""` where none does."""
    if one.doc:
        return article_link(one.doc, quoted=one.quote)
    if one.alert == "source-troubled":
        return source_link(one.where)
    if one.alert == "rule-stopped":
        return f"/quy-tac#{quote(one.where, safe='')}"
    return place_link(one.where) if one.where else ""
