"""Where on the pages a thing is shown: root-relative addresses, for the pages, the digest and the mail."""

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from monitor.alerting import Raised

ENDS = 5
"""So many words at either end tell where a long sentence stands; what lies between may be split by tags."""


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


def sentence_link(url: str, sentence: str) -> str:
    """Give an outlet's page with a sentence of it pointed at: a browser that knows text fragments scrolls to it."""
    words = sentence.split()
    ends = [words] if len(words) <= 2 * ENDS else [words[:ENDS], words[-ENDS:]]
    told = ",".join(quote(" ".join(part), safe="").replace("-", "%2D") for part in ends if part)
    return f"{url}{'' if '#' in url else '#'}:~:text={told}" if told else url
