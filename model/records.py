"""The records that travel between the rooms: Page → Article → Observation → Point.

All are frozen and keyword-only. Each field says its format and what stands there when nothing is known.
Texts are Unicode NFC with line ends `\\n`; spans are `text[start:end]`; instants carry a zone; days are Vietnam's.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal, Self

PageKind = Literal["article", "list", "challenge", "soft-404", "shell", "login", "truncated", "error", "other"]
"""What came back: only an `article` is read. `shell` needs JavaScript; `challenge` fails its source."""

Qualifier = Literal["=", "~", ">", "<", ">=", "<="]
"""`~` khoảng, xấp xỉ; `>` hơn, trên; `<` gần, dưới; `>=` ít nhất, trở lên; `<=` tối đa."""

AreaLevel = Literal["country", "region", "province", "district", "commune"]

MEASURES = (
    "level", "gain", "change", "change_pct", "target", "target_pct", "target_gap",
    "coverage_pct", "uncovered", "share_pct", "rate",
)  # fmt: skip
"""How a number relates to its indicator (contract 3)."""

UNITS = (
    "person", "percent", "VND", "employer", "agent", "collection_point", "household", "staff", "book", "card",
    "visit", "case", "times",
)  # fmt: skip
"""Base units of `obs_value` (contract 1)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One answer of a newspaper's server, as it came back and as it is archived."""

    url: str
    """Canonical address, the page's identity: scheme and host in lower case, no fragment, no tracking parameters."""
    fetched_url: str
    """Address that answered, after redirects; equal to `url` where none was followed."""
    source: str
    """Id of the source (the declaration's file stem); `""` for a page ingested by hand."""
    fetched_at: datetime
    """Instant of the answer, in UTC."""
    status: int
    """HTTP status; 0 where the file came from disk."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Response headers, names in lower case; repeated ones joined by `, `."""
    body: bytes = b""
    """The body after content decoding (gzip, brotli), otherwise untouched."""
    kind: PageKind = "other"
    """What came back; `other` where it was not judged."""
    reason: str = ""
    """Evidence for `kind` in a few words; `""` where it is plain."""
    robots: str = ""
    """Answer of robots.txt at the fetch: `allowed`, `refused`, `absent`, `unreachable`; `""` where not asked."""
    digest: str = ""
    """`sha256:<hex>` of `body`; `""` until archived."""
    warc_file: str = ""
    """Archive file, relative to the archive's folder; `""` where not archived."""
    warc_offset: int = 0
    """Byte offset of the record in `warc_file`."""
    published: date | datetime | None = None
    """Day or instant that the list, feed or input named; None where none did. The page's own byline outranks it."""
    title: str | None = None
    """Title that the list, feed or input named; None where none did."""
    area: str | None = None
    """Name of the area that the outlet serves, a prior; None for national outlets."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """One table of a page; its cells also stand in the article's text, a row a line, cells apart by ` | `."""

    start: int
    """Where the table's first cell begins in the article's text."""
    end: int
    """Where its last cell ends."""
    rows: tuple[tuple[str, ...], ...]
    """Cells by row, headings included, in the order of the page."""
    headings: int = 0
    """How many of the first rows are headings; 0 where the page marks none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """What a page says: the text that all spans refer to, and what is known about it."""

    doc: str
    """Id of the document: the canonical URL's, or the file's stem."""
    url: str
    """Canonical address; `""` where the document has none."""
    title: str | None = None
    """Headline without the site's name; None where the page shows none. Figures only here are not read."""
    lead: str | None = None
    """Sapo; it also stands in `text`. None where not told apart."""
    text: str = ""
    """Body with lead and captions, NFC, paragraphs apart by a blank line. Spans of observations hold here."""
    captions: tuple[tuple[int, int], ...] = ()
    """Spans of picture captions in `text`."""
    tables: tuple[Table, ...] = ()
    """Tables, in the order of the text."""
    outlet: str | None = None
    """Name of the newspaper as the page gives it; None where it gives none."""
    published: date | datetime | None = None
    """Byline: an instant in Asia/Ho_Chi_Minh, or a day where no hour is given; None is better than a wrong one."""
    published_evidence: str = ""
    """Where the byline was found: `json-ld`, `meta`, `time`, `visible`, `url`, `list`, `input`; `""` with None."""
    modified: datetime | None = None
    """When the page says it was last changed; None where it does not say."""
    area: str | None = None
    """Name of the area that the outlet serves, a prior; None where unknown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """One figure that one article reports about one indicator, in one area, for one period (contract 1)."""

    doc: str = ""
    """Id of the document; `""` where a bare text was read."""
    start: int
    """Where `quote` begins in the document's text."""
    end: int
    """Where it ends: `text[start:end] == quote`."""
    quote: str
    """Number and unit as written."""
    sentence: str
    """The sentence that holds it, as written."""
    indicator: str
    """`SCHEME.concept`."""
    measure: str
    """One of `MEASURES`."""
    obs_value: float
    """Value in base units; a fall is negative."""
    unit: str
    """One of `UNITS`."""
    qualifier: Qualifier = "="
    """How exact the text says it is."""
    area: str | None = None
    """Code with its list: `2024:20`; None where it stays open."""
    area_name: str | None = None
    """Names from small to large, comma-separated; None where no unit is named."""
    area_level: AreaLevel | None = None
    """Rank of the area; None where it stays open."""
    area_candidates: tuple[str, ...] = ()
    """Codes between which the text does not decide; empty where `area` is set."""
    period_start: date | None = None
    """First day, inclusive; None where the text does not fix it."""
    period_end: date | None = None
    """Last day, inclusive; None where the text does not fix it."""
    base_end: date | None = None
    """Last day of what a change is compared with; None for other measures."""
    scope: str | None = None
    """The part counted, in the text's words; None for the whole."""
    of: str | None = None
    """For targets and changes of shares: the measure meant; else None."""
    denominator: str | None = None
    """For shares: of what; None where not said."""
    issuer: str | None = None
    """For targets: who set the plan; None where not said."""
    rule: str = ""
    """Id of the rule that claimed the figure."""
    confidence: float = 0.0
    """0..1, how sure."""
    publish: bool = False
    """True where it may enter a series unattended."""
    flags: tuple[str, ...] = ()
    """What checks said, sorted."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """Where each filled slot came from: `clause`, `sentence`, `paragraph`, `earlier`, `title`, `outlet`, `heading`,
    `list`, `rule`, `mood`, `arithmetic`, ... (docs/flow.md). `area_words`: where the words for the place stand, where
    title or outlet tell which place they mean."""

    def of_document(self, doc: str) -> Self:
        """Give the same figure with the id of its document."""
        return replace(self, doc=doc)

    def as_dict(self) -> dict[str, Any]:
        """Give the contract's keys in the contract's order, JSON-ready (dates as ISO text)."""
        row = asdict(self)
        for key in ("period_start", "period_end", "base_end"):
            row[key] = row[key].isoformat() if row[key] else None
        row["area_candidates"] = list(self.area_candidates)
        row["flags"] = list(self.flags)
        row["obs_value"] = int(self.obs_value) if float(self.obs_value).is_integer() else self.obs_value
        return row


@dataclass(frozen=True, kw_only=True, slots=True)
class Unclaimed:
    """A number beside an insurance word that no rule understood: the operator's to-do list."""

    start: int
    """Where the number begins in the document's text."""
    end: int
    """Where it ends."""
    quote: str
    """The number and unit as written."""
    sentence: str
    """The sentence that holds it."""
    reason: str = ""
    """What was missing (`no indicator`, `no measure`, ...); `""` where unknown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """All that one version of one document yields under one state of the rules; stored in one transaction."""

    article: Article
    """The document as read."""
    digest: str
    """`sha256:<hex>` of the page's body (of the input row, for documents without a page): the version read."""
    rules: str
    """Fingerprint of rules, indicators and areas under which it was read."""
    read_at: datetime
    """When, UTC."""
    observations: tuple[Observation, ...] = ()
    """Figures found, in the order of the text."""
    unclaimed: tuple[Unclaimed, ...] = ()
    """Numbers that no rule claimed."""
    source: str = ""
    """Id of the source; `""` where ingested by hand."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """One article's word for a point."""

    doc: str
    """Id of the document."""
    url: str | None
    """Its address; None where it has none."""
    outlet: str | None
    """Who printed it; None where unknown."""
    published: date | datetime | None
    """When; None where unknown (then `fetched_at` orders it)."""
    fetched_at: datetime
    """When this store first read it, UTC."""
    quote: str
    """Number and unit as written."""
    sentence: str
    """The sentence that holds it."""
    obs_value: float
    """Its value, in base units."""
    qualifier: Qualifier
    """How exact it says it is."""
    group: str
    """Id of the group of copies it belongs to; copies count once."""
    stands: bool = False
    """True for the report whose value the point shows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One series at one period: what stands, why, who says so, and what it was before."""

    indicator: str
    """`SCHEME.concept`."""
    measure: str
    """One of `MEASURES`."""
    unit: str
    """One of `UNITS`."""
    area: str | None
    """Code with its list; None never enters a series."""
    scope: str | None = None
    """The part counted; None for the whole."""
    of: str | None = None
    """For targets and changes of shares: the measure meant."""
    denominator: str | None = None
    """For shares: of what."""
    issuer: str | None = None
    """For targets: who set the plan."""
    base_kind: str | None = None
    """For changes: `cùng kỳ`, `cuối năm`, `tháng trước`, ... as a word of the store; None for other measures."""
    period_start: date | None = None
    """First day, inclusive."""
    period_end: date | None = None
    """Last day, inclusive."""
    obs_value: float
    """The value that stands, in base units."""
    qualifier: Qualifier = "="
    """How exact the standing report says it is."""
    status: Literal["settled", "held", "derived"] = "settled"
    """`held` waits for review; `derived` was computed from other points."""
    why: str = ""
    """Why this report stands, in a few words."""
    reports: tuple[Report, ...] = ()
    """The standing report first, then the others from the latest back; of very many only the telling ones."""
    report_count: int = 0
    """How many reports speak of it, also those not listed; 0 for sums and derived points."""
    group_count: int = 0
    """How many of them are independent: copies count once."""
    revisions: tuple[Report, ...] = ()
    """What stood before, oldest first; empty where nothing changed."""
    terms: tuple[str, ...] = ()
    """For sums and derived points: what they were made of."""
    flags: tuple[str, ...] = ()
    """`contradiction`, `fell`, `jumped`, ... sorted."""
