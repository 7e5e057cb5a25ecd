"""Judging what the crawler cannot see: a source whose articles go on, but hold no figures or bear no date any more."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from model.fetches import SourceRun

if TYPE_CHECKING:
    from crawler.source import Source
    from store import Store

LATELY = timedelta(days=30)
BEFORE = timedelta(days=210)
LEAST = 20
"""Articles before which a source has no habit of its own."""


def judge_yields(store: "Store", sources: "Mapping[str, Source]", now: datetime) -> list[SourceRun]:
    """Say `figureless` or `undated` of sound sources of which it is true; gives the rounds judged so, recorded anew.

    The round keeps its counts; the verdict stands beside the crawler's, as a row of its own.
    """
    from crawler.watch import figureless, undated

    judged: list[SourceRun] = []
    for key, source in sources.items():
        last = next(iter(store.source_runs(key, 1)), None)
        if last is None or last.verdict not in ("ok", "new"):
            continue
        articles, with_figures = store.article_yield(key, now - LATELY, now)
        past, past_with = store.article_yield(key, now - BEFORE, now - LATELY)
        found = figureless(source, articles, with_figures, past_with / past if past >= LEAST else None)
        found = found or undated(source, *store.dated_articles(key, now - LATELY, now))
        if found is not None:
            run = replace(last, verdict=found[0], evidence=found[1])
            store.add_source_run(run)
            judged.append(run)
    return judged
