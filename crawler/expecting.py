"""What a source should bring: what its own file states, else what its family's sites do, else what its kind does."""

from functools import cache
from pathlib import Path

from crawler.registry import load_families
from crawler.source import Expect, Source
from model.declarations import declare, read_toml

KINDS = Path(__file__).parent / "kinds.toml"


@cache
def load_kinds(path: Path = KINDS) -> dict[str, Expect]:
    """Give what each kind of source is expected to bring."""
    return {name: declare(Expect, row, where=f"{path.name} [{name}]") for name, row in read_toml(path).items()}


@cache
def _families() -> dict[str, Expect]:
    return {name: family.expect for name, family in load_families().items()}


def presumed(source: Source) -> Expect:
    """Give what is expected of a source of this family and kind: it counts until the source has a past of its own."""
    return _families().get(source.family, Expect()).over(load_kinds().get(source.kind, Expect()))


def expected(source: Source) -> Expect:
    """Give all that is expected of a source, its own statements first."""
    return source.expect.over(presumed(source))
