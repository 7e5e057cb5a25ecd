"""The registry: all sources, the shipped ones and one's own, read from TOML. Loads without Scrapy, in milliseconds."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.source import Family, Source, is_area_code
from crawler.urls import canonical
from model.areas import load_areas
from model.declarations import declare, read_toml
from model.errors import DeclarationError, InputError, UnknownNameError

SHIPPED = Path(__file__).parent / "sources"
FAMILIES = Path(__file__).parent / "families.toml"
_WAYS = ("feeds", "sitemaps", "sections", "search", "article", "paging")


def load_families(path: Path = FAMILIES) -> dict[str, Family]:
    """Give the CMS families by name."""
    return {name: declare(Family, row, where=f"{path.name} [{name}]") for name, row in read_toml(path).items()}


def load_sources(own: Path | None = None, *, shipped: Path | None = SHIPPED) -> dict[str, Source]:
    """Give all sources by id, the families' defaults filled in; `own` is the folder of one's own, `None`: none.

    Raises DeclarationError, naming file, key and cure, for unknown keys, twins, bad area codes and unknown families.
    """
    families = load_families()
    sources: dict[str, Source] = {}
    for path in _files(shipped, own):
        if path.stem in sources:
            raise DeclarationError(f"{path}: a source '{path.stem}' exists already", cure="give the file another name")
        source = read_source(path, families)
        sources[path.stem] = source if path.parent == SHIPPED else with_known_area(source, path.name)
    _refuse_twins(sources)
    for source in sources.values():
        if source.merged_into and source.merged_into not in sources:
            where = f"{source.id}.toml: merged_into"
            raise DeclarationError(f"{where} names no source '{source.merged_into}'", cure="name an existing source id")
    return sources


def source_ids(own: Path | None = None) -> list[str]:
    """Give the ids of all declared sources without reading their files."""
    return [path.stem for path in _files(SHIPPED, own)]


def _files(shipped: Path | None, own: Path | None) -> Iterable[Path]:
    for folder in (shipped, own):
        if folder is not None and folder.is_dir():
            yield from sorted(path for path in folder.glob("*.toml") if path.is_file())


def read_source(path: Path, families: dict[str, Family] | None = None) -> Source:
    """Read one source from its file; `families` defaults to the shipped ones."""
    table = read_toml(path)
    if "id" in table:
        raise DeclarationError(f"{path.name}: 'id' is the file's name", cure=f"remove id from {path.name}")
    return make_source({"id": path.stem, **table}, where=path.name, families=families)


def make_source(table: dict[str, Any], *, where: str, families: dict[str, Family] | None = None) -> Source:
    """Make a source of a table, check what pydantic cannot, and fill in what its family says."""
    source = declare(Source, table, where=where)
    known = families if families is not None else load_families()
    if source.family and source.family not in known:
        raise DeclarationError(
            f"{where}: family '{source.family}' is unknown", cure=f"use one of {', '.join(sorted(known))}"
        )
    if not source.home_url:
        raise DeclarationError(f"{where}: no address", cure='add domains = ["example.vn"] or home = "https://..."')
    _check_area(source, where)
    _check_ways(source, where)
    family = known.get(source.family, Family())
    defaults = {way: getattr(family, way) for way in _WAYS if getattr(source, way) is None}
    return source.model_copy(update=defaults)


def _check_ways(source: Source, where: str) -> None:
    """Refuse lists that are no web addresses; `{n}` and `{words}` may stand in them."""
    search = (source.search,) if source.search else ()
    ways = {"feeds": source.feeds, "sitemaps": source.sitemaps, "sections": source.sections, "search": search}
    for key, addresses in ways.items():
        for address in addresses or ():
            try:
                (whole,) = source.resolved((address,))
            except ValueError:
                whole = ""
            if not canonical(whole):
                fault = f"{where}: '{address}' in {key} is no http or https address"
                raise DeclarationError(fault, cure='write it whole, or from the home on: "/rss/xa-hoi.rss"')


def _check_area(source: Source, where: str) -> None:
    if source.area is not None and not source.area.strip():
        raise DeclarationError(f"{where}: area is empty", cure="write a name or a code, or leave the key out")
    if source.area and ":" in source.area and not is_area_code(source.area):
        raise DeclarationError(
            f"{where}: area '{source.area}' is no code", cure="write a name or a code such as '2025:20' or 'VN'"
        )


def with_known_area(source: Source, where: str) -> Source:
    """Give the source with its area by name; raises DeclarationError where nobody knows it, or several bear it.

    Asked only for sources of one's own: the shipped ones are checked by a test, and loading the areas takes time.
    """
    if source.area is None:
        return source
    try:
        meant = load_areas().resolve(source.area)[0]
    except InputError as error:
        raise DeclarationError(f"{where}: area: {error.fault}", cure=error.cure) from None
    return source if source.area != meant.code else source.model_copy(update={"area": meant.name})


def _refuse_twins(sources: dict[str, Source]) -> None:
    homes: dict[str, str] = {}
    names: dict[str, str] = {}
    for source in sources.values():
        name = source.name.casefold()
        if name in names:
            raise DeclarationError(
                f"{source.id}.toml: the name '{source.name}' is also {names[name]}.toml's", cure="give one another name"
            )
        names[name] = source.id
        if source.merged_into:
            continue
        parts = urlsplit(source.home_url)
        home = parts.netloc.removeprefix("www.") + parts.path.rstrip("/")
        if home in homes:
            raise DeclarationError(
                f"{source.id}.toml: the home {source.home_url} is also {homes[home]}.toml's",
                cure="remove one of the two files",
            )
        homes[home] = source.id


def site_owners(sources: dict[str, Source]) -> dict[str, Source]:
    """Give the source of each site (`host` or `host:port`); of a home that two have shared, the one that lives."""
    owners: dict[str, Source] = {}
    for source in sorted(sources.values(), key=lambda one: bool(one.merged_into)):
        for site in source.sites:
            owners.setdefault(site, source)
    return owners


def choose(sources: dict[str, Source], names: Iterable[str]) -> list[Source]:
    """Give the sources that ids, names or hosts name; raises UnknownNameError with near names."""
    chosen: dict[str, Source] = {}
    for name in names:
        wanted = name.casefold().removeprefix("https://").removeprefix("http://").rstrip("/").removeprefix("www.")
        found = [
            source
            for source in sources.values()
            if wanted in {source.id.casefold(), source.name.casefold()} or wanted in source.sites
        ]
        if not found:
            raise UnknownNameError("source", name, list(sources))
        chosen.update((source.id, source) for source in found)
    return list(chosen.values())


def choose_living(sources: dict[str, Source], names: Iterable[str]) -> list[Source]:
    """Give the sources that may be asked by id, name or host; InputError for one that another has taken over.

    What now stands at its new home is that other's: asked under the old name, its articles would get the old area.
    A host that both have had means the one that lives.
    """
    chosen: dict[str, Source] = {}
    for name in names:
        found = choose(sources, [name])
        alive = [one for one in found if not one.merged_into]
        if not alive:
            gone = found[0]
            raise InputError(
                f"source '{gone.id}' is no more, '{gone.merged_into}' took it over", cure=f"name {gone.merged_into}"
            )
        chosen.update((one.id, one) for one in alive)
    return list(chosen.values())
