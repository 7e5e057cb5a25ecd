"""What a source is: one newspaper, station or office, declared in at most twelve lines of TOML."""

import re
from datetime import date
from typing import ClassVar, Literal
from urllib.parse import urljoin, urlsplit

from pydantic import Field, field_validator

from crawler.urls import canonical
from model.declarations import Declaration

Kind = Literal[
    "provincial-paper", "provincial-broadcaster", "insurance-office", "national", "wire", "industry", "other"
]
Grade = Literal["seen", "reported", "guessed"]
"""How an address is known: seen in a saved page, reported by those who use it, or guessed from the family's form."""

NEVER = "never"
MAX_INTERVAL = 60.0
_DOMAIN = re.compile(
    r"^(?P<host>[a-z0-9.-]+(?::\d{1,5})?)(?: from (?P<since>[\d-]+))?(?: until (?P<until>[\d-]+)| (?P<past>formerly))?$"
)
_AREA_CODE = re.compile(r"^(?:VN(?:-[A-Z]{2,6})?|BHXH:KV\d{2}|\d{4}:\d{2,5})$")


class Expect(Declaration):
    """What a source should bring; too little is news. What it leaves open its family and kind say (`expected`)."""

    articles_week: float | None = Field(default=None, gt=0)
    """New articles a week."""
    dated: float | None = Field(default=None, ge=0, le=1)
    """Share of the articles read whose day is known, from the page or its list."""
    figures: float | None = Field(default=None, ge=0, le=1)
    """Share of new articles that hold at least one figure."""

    def over(self, other: "Expect") -> "Expect":
        """Give these expectations, `other`'s where they are silent."""
        return Expect(**(other.model_dump(exclude_none=True) | self.model_dump(exclude_none=True)))


class Family(Declaration):
    """What the sites of one CMS have in common; a source states only what differs."""

    article: str = ""
    """Regular expression that the path and query of an article match; `""`: long slugs and ids decide."""
    feeds: tuple[str, ...] = ()
    """Feeds, relative to the site's home."""
    sitemaps: tuple[str, ...] = ()
    """Sitemaps, relative to the home."""
    sections: tuple[str, ...] = ()
    """Section pages, relative to the home; `{n}` stands for the page's number."""
    search: str = ""
    """Address of the site's own search, `{words}` for the words asked; `""`: none known."""
    paging: str = ""
    """How a section's further pages are addressed: appended to its address, `{n}` for the number; `""`: by links."""
    expect: Expect = Expect()
    """What its sites should bring, over what their kind should."""


class Domain(Declaration):
    """A host (with its port, where it has one) and when it was the source's."""

    host: str
    since: str = ""
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `""`: unknown or ever."""
    until: str = ""
    """Last such day, month or year; `""`: still, or unknown where `current` is false."""
    current: bool = True
    """True while the source still lives here."""


class Source(Declaration):
    """One source. Addresses may be relative to its home."""

    elsewhere: ClassVar[frozenset[str]] = frozenset({"id"})

    id: str
    """File stem; unique."""
    name: str = Field(min_length=1)
    """As readers know it."""
    kind: Kind = "other"
    """`provincial-paper`, `provincial-broadcaster`, `insurance-office`, `national`, `wire`, `industry`, `other`."""
    area: str | None = None
    """Code or name of the area it serves, a prior; None for national ones."""
    domains: tuple[str, ...] = ()
    """`host`, `host from 2025-07`, `host until 2025-06`, `host formerly` (no date known); the current one first."""
    home: str = ""
    """Home page; default: `https://` and the first current domain."""
    family: str = ""
    """One of families.toml; `""`: none."""
    feeds: tuple[str, ...] | None = None
    sections: tuple[str, ...] | None = None
    sitemaps: tuple[str, ...] | None = None
    search: str | None = None
    article: str | None = None
    paging: str | None = None
    expect: Expect = Expect()
    """What this very source should bring: judged even against a past that brought less."""
    address: Grade = "guessed"
    """How its address is known: `seen`, `reported` or `guessed`."""
    verified: str = NEVER
    """Day, month or year of the last evidence that the address is right, whoever saw it; `never`: there is none."""
    blocked: str = ""
    """Why it must be left alone (`robots.txt refuses all articles, 2026-10`); `""`: it may be asked."""
    blocked_vi: str = ""
    """The same in Vietnamese, for people; `""`: they read it as declared."""
    merged_into: str = ""
    """Id of the source that took this one over: it is not asked any more."""
    interval: float | None = Field(default=None, ge=0, le=MAX_INTERVAL)
    """Least seconds between two requests to one host; None: the round's default."""
    tls_unverified: str = ""
    """Until which day a broken certificate chain is accepted, then why: `2027-01-31 chain incomplete`."""

    @field_validator("domains")
    @classmethod
    def _domains_are_readable(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            match = _DOMAIN.match(value)
            if not match or not all(is_date(match[part]) for part in ("since", "until") if match[part]):
                forms = "'host', 'host from 2025-07', 'host until 2025-06' or 'host formerly'"
                raise ValueError(f"'{value}' is not {forms}")
        return values

    @field_validator("verified")
    @classmethod
    def _verified_is_a_date(cls, value: str) -> str:
        if value != NEVER and not is_date(value):
            raise ValueError(f"write 2026, 2026-09, 2026-09-30 or {NEVER}")
        return value

    @field_validator("tls_unverified")
    @classmethod
    def _exception_is_dated(cls, value: str) -> str:
        if value and not (re.match(r"^\d{4}-\d\d-\d\d \S", value) and is_date(value[:10])):
            raise ValueError("write the last day and the reason: '2027-01-31 chain incomplete'")
        return value

    @field_validator("search")
    @classmethod
    def _search_has_its_place(cls, value: str | None) -> str | None:
        if value and "{words}" not in value:
            raise ValueError("write {words} where the words stand: '/tim-kiem?q={words}'")
        return value

    @field_validator("article")
    @classmethod
    def _article_is_a_pattern(cls, value: str | None) -> str | None:
        try:
            re.compile(value or "")
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from None
        return value

    @field_validator("home")
    @classmethod
    def _home_is_an_address(cls, value: str) -> str:
        if value and not canonical(value):
            raise ValueError(f"'{value}' is not an http or https address")
        return value

    @property
    def hosts(self) -> tuple[Domain, ...]:
        """The dated domains, read."""
        found = []
        for value in self.domains:
            match = _DOMAIN.match(value)
            if match:
                since, until = match.group("since") or "", match.group("until") or ""
                current = not until and not match.group("past")
                found.append(Domain(host=match.group("host"), since=since, until=until, current=current))
        return tuple(found)

    @property
    def sites(self) -> frozenset[str]:
        """Hosts (`host` or `host:port`) whose pages are this source's own, past ones included."""
        own = {domain.host for domain in self.hosts}
        if self.home:
            own.add(urlsplit(canonical(self.home)).netloc)
        return frozenset(site.removeprefix("www.") for site in own)

    @property
    def home_url(self) -> str:
        """Address of the home page; `""` where neither home nor domain is declared."""
        if self.home:
            return canonical(self.home)
        current = [domain.host for domain in self.hosts if domain.current] or [d.host for d in self.hosts]
        return canonical(f"https://{current[0]}/") if current else ""

    def resolved(self, addresses: tuple[str, ...]) -> tuple[str, ...]:
        """Give addresses absolute; `{n}` and `{words}` stay."""
        return tuple(urljoin(self.home_url, address) for address in addresses)

    def accepts_broken_tls(self, today: date) -> bool:
        """True while the declared exception for a broken certificate chain is in force."""
        return bool(self.tls_unverified) and today <= date.fromisoformat(self.tls_unverified[:10])


def is_date(text: str) -> bool:
    """Say whether a text is a year, a month or a day: `2026`, `2026-09`, `2026-09-30`."""
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return bool(re.match(r"^[12]\d{3}(?:-\d\d){0,2}$", text))


def is_area_code(text: str) -> bool:
    """Say whether a text has the form of an area's code (`2025:20`, `VN`, `VN-DBSCL`, `BHXH:KV01`)."""
    return bool(_AREA_CODE.match(text))
