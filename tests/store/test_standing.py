import pytest

from store.days import NEVER
from store.standing import ReadingFacts, Stand, stands


def facts(
    id: int, digest: str, read: str, published: str | None = "2020-05-05", modified: str | None = None
) -> ReadingFacts:
    return ReadingFacts(
        id=id, digest=digest, read_at=f"{read}T03:00:00.000000+00:00", published=published, modified=modified
    )


def at(day: str) -> str:
    return f"{day}T03:00:00.000000+00:00"


CASES = {
    "one version stands from its byline": (
        [facts(1, "A", "2020-05-06")], [("A", at("2020-05-06"))],
        [(1, "2020-05-05", NEVER, "2020-05-06", NEVER)],
    ),
    "without a date it counts from its reading": (
        [facts(1, "A", "2020-05-06", published=None)], [],
        [(1, "2020-05-06", NEVER, "2020-05-06", NEVER)],
    ),
    "a second version ends the first": (
        [facts(1, "A", "2020-05-06"), facts(2, "B", "2020-05-09")],
        [("A", at("2020-05-06")), ("B", at("2020-05-09"))],
        [(1, "2020-05-05", "2020-05-09", "2020-05-06", "2020-05-09"), (2, "2020-05-09", NEVER, "2020-05-09", NEVER)],
    ),
    "a change of which the page tells counts from then": (
        [facts(1, "A", "2020-05-06"), facts(2, "B", "2020-05-09", modified="2020-05-07T01:00:00+00:00")],
        [("A", at("2020-05-06")), ("B", at("2020-05-09"))],
        [(1, "2020-05-05", "2020-05-07", "2020-05-06", "2020-05-09"), (2, "2020-05-07", NEVER, "2020-05-09", NEVER)],
    ),
    "a re-reading takes the place of the first reading": (
        [facts(1, "A", "2020-05-06"), facts(2, "A", "2020-06-01")], [("A", at("2020-05-06"))],
        [(1, "2020-05-05", "2020-05-05", "2020-05-06", "2020-06-01"), (2, "2020-05-05", NEVER, "2020-06-01", NEVER)],
    ),
    "an older version read late never stands in what was known": (
        [facts(1, "B", "2020-05-09"), facts(2, "A", "2020-05-20")],
        [("A", at("2020-05-06")), ("B", at("2020-05-09"))],
        [(2, "2020-05-05", "2020-05-09", "2020-05-20", "2020-05-20"), (1, "2020-05-09", NEVER, "2020-05-09", NEVER)],
    ),
    "a text that came back stands twice": (
        [facts(1, "A", "2020-05-06"), facts(2, "B", "2020-05-07")],
        [("A", at("2020-05-06")), ("B", at("2020-05-07")), ("A", at("2020-05-08"))],
        [
            (1, "2020-05-05", "2020-05-07", "2020-05-06", "2020-05-07"),
            (2, "2020-05-07", "2020-05-08", "2020-05-07", "2020-05-08"),
            (1, "2020-05-08", NEVER, "2020-05-08", NEVER),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_when_a_reading_stands(name: str) -> None:
    readings, fetches, expected = CASES[name]
    found = stands(readings, fetches)
    assert [_short(one) for one in found] == expected


def _short(one: Stand) -> tuple[int, str, str, str, str]:
    return one.reading_id, one.told, one.told_until, one.known[:10], one.known_until[:10]
