"""The digest against its goldens; `python -m tests.monitor.test_digest` writes them anew, for eyes to judge."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from model.fetches import SourceRun
from model.records import Point, Report
from monitor import digest, digest_layout
from monitor.language import choose_language
from monitor.words import VIETNAM
from store.day import Change, DayFacts, Silence
from store.progress import Progress, Target

GOLDEN = Path(__file__).with_name("golden")
DAY = date(2020, 7, 7)


def report(value, quote, sentence, outlet="Báo Xứ Lạng", **more):
    said = {
        "doc": "a",
        "url": "https://xulang.example/bai-1.html",
        "published": datetime(2020, 7, 7, 8, 15, tzinfo=VIETNAM),
        "fetched_at": datetime(2020, 7, 7, 15, tzinfo=UTC),
        "qualifier": "=",
        "group": outlet,
        "stands": True,
    }
    return Report(outlet=outlet, quote=quote, sentence=sentence, obs_value=value, **{**said, **more})


def point(value, quote, sentence, end=date(2020, 6, 30), **more):
    known = {
        "indicator": "BHXH_TN.participants",
        "measure": "level",
        "unit": "person",
        "area": "2024:20",
        "period_start": end,
        "reports": (report(value, quote, sentence),),
    }
    return Point(obs_value=value, period_end=end, **{**known, **more})


def facts():
    level = point(9682, "9.682 người", "Đến hết tháng 6, toàn tỉnh có 9.682 người tham gia, giảm 93 người.")
    may = point(8962, "8.962 người", "Đến hết tháng 5 có 8.962 người.", date(2020, 5, 31))
    less = replace(level, measure="change", obs_value=-93, base_kind="cùng kỳ")
    money = point(
        44.5e9,
        "44 tỷ 500 triệu đồng",
        "Nợ là 44 tỷ 500 triệu đồng.",
        indicator="BHTN+BHXH+BHYT.arrears",
        unit="VND",
    )
    held = point(
        18250,
        "18.250 người",
        "Có 18.250 người.",
        area="2024:24",
        status="held",
        flags=("contradiction",),
        reports=(
            report(18250, "18.250 người", "Có 18.250 người."),
            report(17000, "17.000 người", "Có 17.000 người.", "Báo Sông Thương", stands=False),
        ),
    )
    progress = Progress(
        area="2024:20",
        indicator="BHXH_TN.participants",
        target=Target(
            area="2024:20",
            indicator="BHXH_TN.participants",
            year=2020,
            value=17000,
            unit="person",
            of="level",
            issuer="BHXH Việt Nam",
            document="b",
            imported=False,
        ),
        period_end=date(2020, 6, 30),
        value=9682,
        computed_share=56.953,
        reported_share=None,
        pace=49.7,
        pace_from_base=None,
        pace_of_past=None,
        state="ahead",
        forecast=None,
        forecast_basis="",
        past_years=0,
        habit_days=None,
        age_days=7,
    )
    run = SourceRun(
        source="ba-be",
        run="r",
        started=datetime(2020, 7, 7, 15, tzinfo=UTC),
        finished=datetime(2020, 7, 7, 15, tzinfo=UTC),
        verdict="silent",
        evidence="48 ngày không có bài mới",
    )
    return DayFacts(
        day=DAY,
        new=(
            Change(point=level, before=None, previous=may),
            Change(point=less, before=None, previous=None),
            Change(point=money, before=None, previous=None),
        ),
        changed=(Change(point=level, before=replace(level, obs_value=9862), previous=may),),
        contradictions=(Change(point=held, before=None, previous=None),),
        progress=(progress,),
        silent=(Silence(area="2024:06", days=47, usual=31, last=date(2020, 5, 20), since=date(2020, 7, 6)),),
        source_verdicts=(run, replace(run, source="xu-lang", verdict="ok", evidence="")),
        backfilled=4,
        fetched=1204,
        read=16,
        figures=13,
        held=2,
        waiting=112,
    )


CASES = {"full": facts, "empty": lambda: DayFacts(day=DAY, source_verdicts=facts().source_verdicts[1:], fetched=27)}
FORMS = {"txt": digest_layout.plain_text, "html": digest_layout.html}
OUTLETS = {"ba-be": "Báo Ba Bể", "xu-lang": "Báo Xứ Lạng"}


def made(case, form, language):
    choose_language(language)
    try:
        return FORMS[form](digest.word(CASES[case](), OUTLETS))
    finally:
        choose_language("vi")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", CASES)
def test_the_digest_reads_as_the_golden_one(case, form, language):
    golden = GOLDEN / f"digest-{case}.{language}.{form}"
    assert made(case, form, language) == golden.read_text("utf-8")


def test_the_subject_carries_the_news():
    assert digest.word(facts(), OUTLETS).subject == (
        "An sinh 7/7: 3 số mới, 1 số thay đổi, 1 mâu thuẫn, 1 địa phương im lặng, 1 nguồn cần xem"
    )
    assert digest.word(CASES["empty"](), OUTLETS).subject == "An sinh 7/7: không có số mới"


def test_what_a_newspaper_wrote_is_never_markup():
    bad = '<script>alert("x")</script>'
    one = point(5, "5 người", f"{bad} 5 người", reports=(report(5, "5", f"{bad} 5", bad, url="javascript:alert(1)"),))
    said = digest_layout.html(digest.word(DayFacts(day=DAY, new=(Change(point=one, before=None, previous=None),)), {}))
    assert "<script" not in said
    assert "javascript:" not in said


def test_a_day_of_very_many_figures_stays_one_page():
    many = [point(n, f"{n} người", f"Có {n} người.") for n in range(1, 200)]
    told = digest.word(DayFacts(day=DAY, new=tuple(Change(point=p, before=None, previous=None) for p in many)), {})
    assert len(told.sections[0].lines) == digest.MOST
    assert (told.sections[0].count, told.sections[0].more) == (199, 199 - digest.MOST)
    assert len(digest_layout.html(told)) < 100_000


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for case in CASES:
        for form in FORMS:
            for language in ("vi", "en"):
                (GOLDEN / f"digest-{case}.{language}.{form}").write_text(made(case, form, language), "utf-8")
