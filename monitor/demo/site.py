"""What a newspaper's server answers at an instant: a pure function of paper, clock and request."""

import gzip
import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from model.errors import DeclarationError
from monitor import words
from monitor.demo.families import FAMILIES, PER_PAGE
from monitor.demo.stories import Paper, Story

SECTIONS = {
    "xa-hoi": "Xã hội",
    "kinh-te": "Kinh tế",
    "doi-song": "Đời sống",
    "van-hoa": "Văn hóa",
    "tin-tuc": "Tin tức",
    "noi-bo": "Nội bộ",
}
CLOSED = "noi-bo"
"""The section that robots.txt forbids."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One HTTP answer; the body as it goes over the wire."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Site:
    """One newspaper's pages. It keeps nothing between requests but rendered pages of the instant last asked for."""

    def __init__(self, paper: Paper, origin: str) -> None:
        if paper.family not in FAMILIES:
            cure = f"set family to one of {', '.join(FAMILIES)}"
            raise DeclarationError(f"{paper.id}.toml: the demo press has no family '{paper.family}'", cure=cure)
        self.paper = paper
        self.origin = origin
        self.family = FAMILIES[paper.family]
        self._by_address = {self._path(story): story for story in paper.stories}
        self._moved = {f"/cu/{story.number}.html": story for story in paper.stories if story.moved}

    def answer(self, target: str, headers: Mapping[str, str], now: datetime) -> Answer:
        """Answer a GET for a path with query, at an instant; `headers` have names in lower case."""
        parts = urlsplit(target)
        path, query = unquote(parts.path), parse_qs(parts.query)
        page = int(query["page"][0]) if query.get("page", [""])[0].isdecimal() else 1
        if query.get("Page", [""])[0].isdecimal():
            page = int(query["Page"][0])
        if path == "/robots.txt":
            return _text(f"User-agent: *\nDisallow: /{CLOSED}/\n{self._robots_sitemap()}", "text/plain")
        if path in self._moved and self._moved[path].at <= now:
            return Answer(status=301, headers={"location": self.origin + self._path(self._moved[path])})
        story = self._by_address.get(target) or self._by_address.get(path)
        if story is not None and story.at <= now:
            return self._story(story, headers, now)
        listed = self._listing(path, query, page, now)
        if listed is None:
            return Answer(status=404, body=b"<h1>404</h1>", headers={"content-type": "text/html"})
        return _conditional(listed, headers)

    def visible(self, now: datetime) -> list[Story]:
        """Give the stories that have appeared, newest first."""
        return [story for story in self.paper.stories if story.at <= now]

    def _story(self, story: Story, headers: Mapping[str, str], now: datetime) -> Answer:
        """Answer with a story's page."""
        if story.gone is not None and story.gone <= now:
            html = self._render("missing.html.jinja", now, title="Không tìm thấy nội dung")
            return _text(html, "text/html")
        others = [other for other in self.visible(now) if other.number != story.number and not other.closed][:3]
        html = self._render(
            f"{self.family.template}.html.jinja", now, version=story.as_of(now), story=story, others=others,
            canonical=self.origin + self._path(story),
        )  # fmt: skip
        if story.form == "NFD":
            html = unicodedata.normalize("NFD", html)
        answer = _text(html, "text/html")
        if story.gzip and "gzip" in headers.get("accept-encoding", ""):
            packed = {**answer.headers, "content-encoding": "gzip", "vary": "Accept-Encoding"}
            answer = Answer(body=gzip.compress(answer.body, mtime=0), headers=packed)
        return _conditional(answer, headers)

    def _listing(self, path: str, query: Mapping[str, list[str]], page: int, now: datetime) -> Answer | None:
        """Answer with the home page, a section, a feed or a sitemap; None where the address is none of them."""
        seen = self.visible(now)
        if path == "/":
            return self._page_of(seen, "", 1, now)
        for section in SECTIONS:
            mine = [story for story in seen if story.section == section]
            if path == urlsplit(self.family.section.format(section=section)).path and "ItemID" not in query and mine:
                return self._page_of(mine, section, page, now)
            for feed in self.family.feeds:
                if path == feed.format(section=section):
                    items = mine if "{section}" in feed else seen
                    return _text(self._render("rss.xml.jinja", now, stories=items[:25]), "application/rss+xml")
        if self.family.sitemap and path == "/sitemap.xml":
            return _text(self._render("sitemap-index.xml.jinja", now, changed=_changed(seen, now)), "application/xml")
        if self.family.sitemap and path == "/sitemap-news.xml":
            return _text(self._render("sitemap-news.xml.jinja", now, stories=seen), "application/xml")
        return None

    def _page_of(self, stories: list[Story], section: str, page: int, now: datetime) -> Answer:
        """Answer with one page of a list of stories."""
        first = (page - 1) * PER_PAGE
        shown = stories[first : first + PER_PAGE] if section else stories[: 2 * PER_PAGE]
        more = self.family.section.format(section=section) + self.family.more.format(page=page + 1)
        follows = bool(section and self.family.more and first + PER_PAGE < len(stories))
        html = self._render(
            "list.html.jinja", now, stories=shown, section=section, more=more if follows else "",
            form=self.family.template,
        )  # fmt: skip
        return _text(html, "text/html")

    def _render(self, template: str, now: datetime, **values: object) -> str:
        """Render a template with what every page knows."""
        sections = {name: title for name, title in SECTIONS.items() if self._has(name)}
        known = {"paper": self.paper, "origin": self.origin, "family": self.family, "now": now, "sections": sections}
        return _templates().get_template(template).render({**known, "address": self.address, **values})

    def _has(self, section: str) -> bool:
        return any(story.section == section for story in self.paper.stories)

    def address(self, story: Story) -> str:
        """Give the address under which lists name a story."""
        return self.origin + (f"/cu/{story.number}.html" if story.moved else self._path(story))

    def _path(self, story: Story) -> str:
        """Give the path at which a story's page lies."""
        path = self.family.address(story)
        return f"/{CLOSED}{path}" if story.closed else path

    def _robots_sitemap(self) -> str:
        return f"Sitemap: {self.origin}/sitemap.xml\n" if self.family.sitemap else ""


def _changed(stories: list[Story], now: datetime) -> datetime:
    """Give when any of the stories last changed."""
    return max((story.as_of(now).changed or story.at for story in stories), default=now)


def _text(text: str, kind: str) -> Answer:
    """Answer 200 with a text."""
    return Answer(body=text.encode("utf-8"), headers={"content-type": f"{kind}; charset=utf-8"})


def _conditional(answer: Answer, headers: Mapping[str, str]) -> Answer:
    """Add a validator, and answer 304 where the asker holds this very body."""
    tag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
    if tag in headers.get("if-none-match", ""):
        return Answer(status=304, headers={"etag": tag})
    return Answer(status=answer.status, body=answer.body, headers={**answer.headers, "etag": tag})


@cache
def _templates() -> Environment:
    """Give the templates' environment."""
    folder = Path(__file__).with_name("templates")
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        slash=lambda at: f"{at:%d/%m/%Y}",
        weekday=lambda at: ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")[at.weekday()],
        rfc=lambda at: f"{at:%a, %d %b %Y %H:%M:%S} +0700",
        us=lambda at: f"{at.month}/{at.day}/{at.year} {at:%I:%M:%S %p}",
        vietnam=lambda at: at.astimezone(words.VIETNAM),
    )
    return environment
