"""What a round says of its source: judged against what is expected of it, and against its own past. Pure."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from statistics import median

from crawler.evidence import say
from crawler.expecting import presumed
from crawler.reasons import reason_in_vietnamese
from crawler.source import Source
from model.fetches import SourceRun, Verdict

DEAD_AFTER = timedelta(days=14)
"""Failing for so long, a source counts as dead."""
SURE = 4.0
"""So many articles expected and none come: with a steady press that happens by chance once in fifty times."""
LEAST_SILENCE = timedelta(hours=20)
"""Even the busiest source may sleep a night."""
MONTH = timedelta(days=28)
WEEK = timedelta(days=7)
_GOOD = ("new", "changed", "same", "not_modified")

Judged = tuple[Verdict, str]


def verdict_of(
    source: Source, run: SourceRun, history: Sequence[SourceRun], *, faults: Mapping[str, int] | None = None,
    moved_to: str = "",
) -> Judged:  # fmt: skip
    """Give the verdict on a round and its evidence in one line. `history` holds the rounds before, newest first."""
    worst = ", ".join(_most(faults or {}))
    found = _shut_out(run, worst, moved_to) or _failing(run, history, worst)
    if found is None and not history:
        return "new", _left_over(run, worst)
    return (
        found or _silent(source, run, history, worst) or _weaker(source, run, history) or ("ok", _left_over(run, worst))
    )


def _left_over(run: SourceRun, worst: str) -> str:
    """Say what a later round asks again because this one had no time for it, or failed at it; `""`: nothing."""
    articles, lists = run.counts.get("postponed", 0), run.counts.get("lists_left", 0)
    said = [say("pause", run.counts["pause"])] if run.counts.get("pause") and (articles or lists) else []
    said += [say("left", articles, lists)] if articles or lists else []
    bad = run.counts.get("failed", 0) + run.counts.get("timeout", 0) - run.counts.get("lists_unanswered", 0)
    return "; ".join([*said, say("again", bad, worst)] if bad > 0 else said)


def _most(faults: Mapping[str, int]) -> list[str]:
    ranked = sorted(faults.items(), key=lambda pair: -pair[1])
    said = [reason_in_vietnamese(fault.partition(": ")[2] or fault) for fault, _ in ranked]
    return list(dict.fromkeys(said))[:2]


def _shut_out(run: SourceRun, worst: str, moved_to: str) -> Judged | None:
    counts = run.counts
    good = sum(counts.get(key, 0) for key in _GOOD)
    if counts.get("challenge"):
        return "blocked", say("challenge", counts["challenge"], worst)
    if counts.get("refused") and not good and not counts.get("listings"):
        return "blocked", say("refused")
    if counts.get("blocked", 0) > good:
        return "blocked", say("blocked", counts["blocked"], worst)
    if moved_to and not run.brought and not counts.get("found"):
        return "moved", say("moved", moved_to)
    if counts.get("refused", 0) > max(2, 2 * good):
        return "blocked", say("refused")
    return None


def _failing(run: SourceRun, history: Sequence[SourceRun], worst: str) -> Judged | None:
    counts = run.counts
    listed = counts.get("listings", 0) + counts.get("not_modified", 0)
    later = counts.get("lists_left") and not counts.get("lists_failed")  # their turn comes in the next round
    if not listed and not later:
        since = run.started
        for earlier in history:
            if earlier.counts.get("listings") or earlier.counts.get("not_modified"):
                break
            since = earlier.started
        if run.started - since >= DEAD_AFTER:
            return "dead", say("dead", f"{since.day}/{since.month}/{since.year}")
        return "failing", say("lists", worst)
    bad = counts.get("failed", 0) + counts.get("timeout", 0) - counts.get("lists_unanswered", 0)
    asked = counts.get("asked", 0)
    if asked >= 3 and bad > asked / 2:
        return "failing", say("pages", bad, asked, worst)
    return None


def weekly(source: Source, run: SourceRun, history: Sequence[SourceRun]) -> float:
    """Give how many new articles a week are usual: the past four weeks' own rate, else what is expected; 0: unknown.

    Never less than what the source itself is declared to bring. The first round of a source brings years at once and
    says nothing of its pace.
    """
    declared = source.expect.articles_week or 0.0
    first = history[-1].run if history else ""
    recent = [one for one in history if run.started - one.started <= MONTH and one.run != first]
    # the pace before the present silence is the usual one
    paced = _until_last_news(recent)
    if paced:
        days = (paced[0].started - history[-1].started) / timedelta(days=1)
        span = min(days, MONTH / timedelta(days=1))
        if span >= 5:
            return max(sum(one.brought for one in paced) / span * 7, declared)
    return declared or presumed(source).articles_week or 0.0


def _until_last_news(runs: Sequence[SourceRun]) -> Sequence[SourceRun]:
    for place, one in enumerate(runs):
        if one.brought:
            return runs[place:]
    return ()


def _silent(source: Source, run: SourceRun, history: Sequence[SourceRun], worst: str) -> Judged | None:
    if run.brought:
        return None
    if run.counts.get("listings") and not run.counts.get("found") and _found_before(history):
        return "silent", say("nothing", worst or "0")
    usual = weekly(source, run, history)
    last = next((one for one in history if one.brought), history[-1])
    gap = run.started - last.started
    if usual and gap >= LEAST_SILENCE and gap / WEEK * usual >= SURE:
        days = gap / timedelta(days=1)
        return "silent", say("silent", f"{days:.0f}" if days >= 2 else f"{days:.1f}".replace(".", ","), _number(usual))
    return None


def _found_before(history: Sequence[SourceRun]) -> bool:
    return any(one.counts.get("found", 0) >= 3 for one in history[:5])


def _weaker(source: Source, run: SourceRun, history: Sequence[SourceRun]) -> Judged | None:
    return _thinner(source, run, history) or _undated(run, history) or _slower(run, history)


def _thinner(source: Source, run: SourceRun, history: Sequence[SourceRun]) -> Judged | None:
    if run.started - history[-1].started < 2 * WEEK:
        return None
    usual = weekly(source, run, history)
    week = [run, *(one for one in history if run.started - one.started < WEEK)]
    brought = sum(one.brought for one in week)
    if usual >= 7 and brought < 0.4 * usual and len(week) >= 4:
        return "thinner", say("thinner", brought, _number(usual))
    return None


def _undated(run: SourceRun, history: Sequence[SourceRun]) -> Judged | None:
    """Judge the dates in the lists, against the past: many lists never had any."""
    unseen, dated = run.counts.get("unseen", 0), run.counts.get("dated", 0)
    past = [one for one in history[:20] if one.counts.get("unseen")]
    total = sum(one.counts["unseen"] for one in past)
    if unseen < 3 or total < 10:
        return None
    usual = sum(one.counts.get("dated", 0) for one in past) / total
    if usual >= 0.3 and dated / unseen < 0.5 * usual:
        return "undated", say("undated", dated, unseen, round(usual * 100))
    return None


def undated(source: Source, read: int, dated: int) -> Judged | None:
    """Judge how many of the articles read lately have a day, from the page or its list; None where nothing is amiss."""
    share = source.expect.dated if source.expect.dated is not None else presumed(source).dated
    if share is None or read * share < SURE or dated >= 0.5 * read * share:
        return None
    return "undated", say("undated", dated, read, round(share * 100))


def figureless(source: Source, articles: int, with_figures: int, usual: float | None = None) -> Judged | None:
    """Judge the yield of figures, which only the reader of the articles knows; None where nothing is amiss.

    `articles` were read lately, `with_figures` of them hold at least one; `usual` is the source's own past share, None
    where it has none. It is judged against that and against what its own file states; without either, against its kind.
    """
    shares = [share for share in (usual, source.expect.figures) if share is not None]
    share = max(shares, default=presumed(source).figures or 0.0)
    if articles * share < SURE or with_figures >= 0.25 * articles * share:
        return None
    return "figureless", say("figureless", with_figures, articles, round(share * 100))


def _slower(run: SourceRun, history: Sequence[SourceRun]) -> Judged | None:
    now = _mean_ms(run)
    past = [mean for one in history[:20] if (mean := _mean_ms(one)) is not None]
    if now is None or len(past) < 5 or now < 3000:
        return None
    usual = median(past)
    if now > 3 * max(usual, 100):
        return "slower", say("slower", _number(now / 1000), _number(usual / 1000))
    return None


def _mean_ms(run: SourceRun) -> float | None:
    answers = run.counts.get("fetched", 0)
    return run.counts.get("ms", 0) / answers if answers >= 3 else None


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}".replace(".", ",").removesuffix(",0")
