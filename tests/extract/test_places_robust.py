import json
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.places.find import find_number_names, find_places

SHARED = Path(os.environ.get("ANSINH_SHARED", Path(__file__).parents[3] / "shared"))
PIECES = [
    "huyện ", "thành phố ", "TP.", "xã ", "phường ", "Châu Thành", "Hồ Chí Minh", "Lạng Sơn", "(", ")", ", ", ". ",
    "\n", " - ", "toàn ", "trên địa bàn ", "BHXH ", "khu vực ", "XXII", "cơ sở ", "Nguyễn Văn ", "thôn ", "3", "11 ",
    "Việt Nam", "và ", "là ", "Tam Bình", "Vĩnh Long", "các ", "Hồng Ngự", "(cũ)", "Đà Nẵng", "Quận ", "Huế", "\u00a0",
    "'", "A", "Đ",
]  # fmt: skip
MIXTURES = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def check(text, found):
    last = 0
    for mention in found:
        assert last <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.kind in ("named", "described", "agency", "outlet-tag")
        assert (mention.how == "open") == (len(mention.areas) > 1)
        assert not (mention.part and mention.areas)
        last = mention.end


@settings(deadline=None)
@given(st.text())
def test_any_text(text):
    check(text, find_places(text))
    for start, end in find_number_names(text):
        assert 0 <= start < end <= len(text)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.dates(), st.sampled_from([None, "Lạng Sơn", "x"])
)
def test_any_mixture_of_place_words(text, published, about):
    check(text, find_places(text, published=published, title=about, prior=about))


@settings(deadline=None)
@given(MIXTURES)
def test_reading_twice_gives_the_same(text):
    assert find_places(text) == find_places(text)


def plain(name):
    folded = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(letter for letter in folded if letter.isalnum() or letter in ",").replace("tphcm", "hochiminh")


@pytest.mark.parametrize("folder", ["press", "articles"])
def test_places_of_labelled_figures_are_found(folder):
    if not (SHARED / folder / "dev-gold.jsonl").exists():
        pytest.skip(f"the labelled documents are not here: set ANSINH_SHARED to the folder that holds {folder}/")
    from datetime import date

    rows = {}
    for line in (SHARED / folder / "dev-gold.jsonl").read_text("utf8").splitlines():
        row = json.loads(line)
        rows.setdefault(row["doc"], []).append(row)
    wanted = met = 0
    for line in (SHARED / folder / "dev-docs.jsonl").read_text("utf8").splitlines():
        doc = json.loads(line)
        text = unicodedata.normalize("NFC", doc["text"])
        title = unicodedata.normalize("NFC", doc.get("title") or "")
        day = date.fromisoformat(doc["published"][:10]) if doc.get("published") else None
        found = find_places(text, published=day, title=title, prior=doc.get("area"))
        found += find_places(title, published=day, prior=doc.get("area"))
        known = {(plain(one.name), one.level) for one in found if one.name}
        known.add((plain(doc.get("area") or ""), "province"))
        for row in rows.get(doc["id"], []):
            wanted += 1
            met += (plain(row["area"]), row["level"]) in known
    assert met >= 0.97 * wanted


@pytest.mark.timeout(60)
def test_a_name_before_a_sea_of_blanks_is_no_trap() -> None:
    for blank in (" ", "\u00a0", "\t", "\n"):
        found = find_places("Tại tỉnh Lạng Sơn" + blank * 400_000 + "(cũ) và huyện Bình Gia" + blank * 400_000)
        assert [one.text for one in found] == ["tỉnh Lạng Sơn", "huyện Bình Gia"]
