"""When each reading of a document stands: pure, from the versions of the document and the readings of each.

Two axes are kept apart. *Told*: from the day a version was published (days in Vietnam). *Known*: from the instant this
store had read it. A version stands until the next one; of several readings of one version the last adopted one stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from store.days import NEVER, day_of, moment_of, published_of


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingFacts:
    """What of a reading decides when it stands; texts as the database writes them."""

    id: int
    digest: str
    read_at: str
    published: str | None
    modified: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Stand:
    """An interval in which a reading stands, on both axes, ends excluded; an empty one where it never does."""

    reading_id: int
    told: str
    told_until: str
    known: str
    known_until: str


def stands(readings: Sequence[ReadingFacts], fetches: Sequence[tuple[str, str]]) -> list[Stand]:
    """Give the intervals of a document's readings.

    `readings` in the order in which they were adopted; `fetches` are (digest, instant) of its archived versions.
    A version that was never fetched (ingested by hand) counts from its first reading.
    """
    by_digest: dict[str, list[ReadingFacts]] = {}
    for reading in readings:
        by_digest.setdefault(reading.digest, []).append(reading)
    versions = _versions(by_digest, fetches)
    tolds = _told_days(versions, by_digest)
    result: list[Stand] = []
    known_from = [max(at, by_digest[digest][0].read_at) for digest, at in versions]
    for index, (digest, _) in enumerate(versions):
        last = index + 1 == len(versions)
        told_until = NEVER if last else tolds[index + 1]
        instance_until = NEVER if last else min(known_from[index + 1 :])
        same = by_digest[digest]
        for place, reading in enumerate(same):
            final = place + 1 == len(same)
            known = max(known_from[index], reading.read_at)
            known_until = min(instance_until, NEVER if final else same[place + 1].read_at)
            # What a later reading says of the byline does not reach back: a day that is over was told by its own.
            told = tolds[index] if final else _own_day(reading, versions[index][1], tolds[index - 1] if index else "")
            result.append(
                Stand(
                    reading_id=reading.id, told=told, told_until=told_until if final else told,
                    known=known, known_until=max(known, known_until),
                )
            )  # fmt: skip
    return result


def _own_day(reading: ReadingFacts, at: str, before: str) -> str:
    """Give the day from which one reading of a version tells it; `before`: that of the version before, or `""`."""
    if before:
        return max(before, day_of(moment_of(reading.modified or at)).isoformat())
    published = published_of(reading.published)
    return (day_of(published) if published else day_of(moment_of(reading.read_at))).isoformat()


def _versions(by_digest: dict[str, list[ReadingFacts]], fetches: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give (digest, instant) of the versions that were read, in time; a text that came back stands twice."""
    moments = [(at, by_digest[digest][0].id, digest) for digest, at in fetches if digest in by_digest]
    fetched = {digest for _, _, digest in moments}
    moments += [(same[0].read_at, same[0].id, digest) for digest, same in by_digest.items() if digest not in fetched]
    versions: list[tuple[str, str]] = []
    for at, _, digest in sorted(moments):
        if not versions or versions[-1][0] != digest:
            versions.append((digest, at))
    return versions


def _told_days(versions: Sequence[tuple[str, str]], by_digest: dict[str, list[ReadingFacts]]) -> list[str]:
    """Give the day from which each version was told: the byline's for the first, that of the change for the others."""
    days: list[str] = []
    for digest, at in versions:
        reading = by_digest[digest][-1]
        days.append(_own_day(reading, at, days[-1] if days else ""))
    return days
