"""The invented newspapers as declared: sources, their stories, and the wire's stories that several of them copy.

A newspaper is one TOML file in `press/`: first its source declaration, as the crawler reads it, with `{origin}` for
the address at which it is served; then, if it likes, its stories as `[[story]]` tables. More stories may lie in files
of the folder with the newspaper's name. A newspaper without any story of its own prints the wire's.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Literal
from zlib import crc32

from pydantic import BeforeValidator

from model.declarations import Declaration, declare, read_toml
from model.errors import DeclarationError
from model.fold import fold
from monitor.words import VIETNAM

PRESS = Path(__file__).with_name("press")
WIRE = Path(__file__).with_name("wire.toml")


def _instant(value: object) -> object:
    """Read a day or a time without zone as Vietnam's; a day alone is its morning."""
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time(7, 30))
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=VIETNAM)
    return value


Instant = Annotated[datetime, BeforeValidator(_instant)]


class Edit(Declaration):
    """A later version of a story; what it leaves out stays."""

    at: Instant
    title: str = ""
    lead: str = ""
    text: str = ""


class Story(Declaration):
    """One article as a newspaper prints it, with the peculiarities its page shall have."""

    at: Instant
    """When it appears; a day or a time in Vietnam."""
    title: str
    lead: str = ""
    text: str
    """Paragraphs, apart by blank lines; lines that begin with `|` are a table's rows."""
    section: str = "xa-hoi"
    byline: str = "PV"
    caption: str = ""
    """Caption of its picture; no picture without one."""
    edits: tuple[Edit, ...] = ()
    form: Literal["NFC", "NFD"] = "NFC"
    """Unicode form of the page's bytes."""
    gzip: bool = False
    """Served compressed."""
    decree: str = ""
    """A decree with its date, printed above the byline."""
    moved: bool = False
    """Listed under an old address that redirects to the right one."""
    gone: Instant | None = None
    """From then on the address answers 200 with an empty page that says it is not found."""
    closed: bool = False
    """In the section that robots.txt forbids."""

    @property
    def slug(self) -> str:
        """The title as an address writes it."""
        return slug(self.title)

    @property
    def number(self) -> int:
        """A number of six digits that stays with the story."""
        return 100_000 + crc32(f"{self.slug} {self.at:%Y%m%d%H%M}".encode()) % 900_000

    def as_of(self, now: datetime) -> "Version":
        """Give the story as it reads at an instant."""
        title, lead, text, changed = self.title, self.lead, self.text, None
        for edit in sorted(self.edits, key=lambda edit: edit.at):
            if edit.at <= now:
                title, lead, text, changed = edit.title or title, edit.lead or lead, edit.text or text, edit.at
        return Version(story=self, title=title, lead=lead, text=text, changed=changed)


class WireStory(Declaration):
    """A story of the wire, and who copies it."""

    papers: tuple[str, ...]
    story: Story


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """A story as it reads at one instant."""

    story: Story
    title: str
    lead: str
    text: str
    changed: datetime | None
    """When it was last edited; None where it never was."""

    @property
    def blocks(self) -> list[list[list[str]] | str]:
        """Paragraphs as text and tables as rows of cells, in order."""
        found: list[list[list[str]] | str] = []
        for block in re.split(r"\n\s*\n", self.text.strip()):
            lines = [line.strip() for line in block.splitlines() if line.strip()]
            if lines and all(line.startswith("|") for line in lines):
                found.append([[cell.strip() for cell in line.strip("|").split("|")] for line in lines])
            else:
                found.append(" ".join(lines))
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """One invented newspaper."""

    id: str
    declaration: str
    """Its source declaration as TOML, with `{origin}` where the address comes."""
    name: str
    family: str
    area: str
    """Area it serves; `""` for a national outlet."""
    stories: tuple[Story, ...]
    """Newest first."""

    def source_toml(self, origin: str) -> str:
        """Give the declaration for the address at which the paper is served."""
        return self.declaration.replace("{origin}", origin).replace("{host}", origin.partition("://")[2])


def slug(title: str) -> str:
    """Write a title as addresses do: no diacritics, lower case, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")


def load_press(folder: Path = PRESS) -> dict[str, Paper]:
    """Load every newspaper of a folder by id; a wrong declaration is a DeclarationError."""
    wire = _load_wire()
    return {path.stem: _load_paper(path, wire) for path in sorted(folder.glob("*.toml"))}


def _load_paper(path: Path, wire: list[WireStory]) -> Paper:
    """Load one newspaper: declaration, stories in its file and its folder, stories of the wire."""
    table = read_toml(path)
    rows = table.pop("story", [])
    files = sorted(path.with_suffix("").glob("*.toml"))
    stories = _stories({"story": rows}, path.name)
    for file in files:
        stories += _stories(read_toml(file), f"{path.stem}/{file.name}")
    copied = [item for item in wire if path.stem in item.papers or not (rows or files)]
    for place, item in enumerate(copied):
        later = timedelta(minutes=17 * (1 + crc32(path.stem.encode()) % 7) + place)
        stories.append(item.story.model_copy(update={"at": item.story.at + later}))
    return Paper(
        id=path.stem,
        declaration=path.read_text("utf-8").partition("[[story]]")[0].rstrip() + "\n",
        name=str(table.get("name", path.stem)),
        family=str(table.get("family", "")),
        area=str(table.get("area", "")),
        stories=tuple(sorted(stories, key=lambda story: story.at, reverse=True)),
    )


def _stories(tables: dict[str, object], where: str) -> list[Story]:
    """Make the stories of one file."""
    rows = tables.pop("story", [])
    if tables or not isinstance(rows, list):
        raise DeclarationError(f"{where}: unknown key '{next(iter(tables), 'story')}'", cure="write [[story]] tables")
    return [declare(Story, row, where=f"{where} story {place}") for place, row in enumerate(rows, 1)]


def _load_wire() -> list[WireStory]:
    """Load the stories that several newspapers copy."""
    rows = read_toml(WIRE).get("story", [])
    items = []
    for place, row in enumerate(rows, 1):
        papers = row.pop("papers", [])
        table = {"papers": papers, "story": row}
        items.append(declare(WireStory, table, where=f"{WIRE.name} story {place}"))
    return items
