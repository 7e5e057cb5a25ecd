"""The registry: what ships is whole, and what is declared wrongly is refused with its cure."""

import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from crawler.expecting import expected
from crawler.registry import FAMILIES, SHIPPED, choose, load_families, load_sources, make_source, site_owners
from crawler.source import NEVER
from model.areas import load_areas
from model.errors import DeclarationError, UnknownNameError

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def sources():
    return load_sources()


def write(folder, name, text):
    (folder / f"{name}.toml").write_text(text, "utf-8")


def test_every_one_of_the_63_provinces_has_its_paper_with_home_and_former_domain(sources):
    areas = load_areas()
    papers = defaultdict(list)
    for source in sources.values():
        if source.kind == "provincial-paper":
            papers[source.area].append(source)
    old = [areas.get(code) for code in areas.codes() if code.startswith("2024:") and len(code) == 7]
    assert len(old) == 63
    for province in old:
        found = [one for name, ones in papers.items() if province in areas.resolve(name) for one in ones]
        assert found, province.name
        assert any(one.home_url for one in found)
        for one in found:
            if one.merged_into:
                now, before = one.hosts[0], [host for host in one.hosts if not host.current]
                assert now.since == "2025-07" and before and before[0].until == "2025-06", one.id
                assert now.host.removeprefix("www.") in sources[one.merged_into].sites or "." in now.host


def test_the_national_press_is_there(sources):
    hosts = {site for source in sources.values() for site in source.sites}
    assert hosts >= {
        "baohiemxahoi.gov.vn", "tapchibaohiemxahoi.gov.vn", "baotintuc.vn", "bnews.vn", "vietnamplus.vn", "vtcnews.vn",
        "nhandan.vn", "laodong.vn", "nld.com.vn", "dantri.com.vn", "vnexpress.net", "tuoitre.vn", "vov.vn",
        "baochinhphu.vn",
    }  # fmt: skip


def test_every_source_is_expected_to_bring_something(sources):
    for source in sources.values():
        wanted = expected(source)
        assert wanted.articles_week and wanted.dated and wanted.figures, source.id


def test_sites_whose_search_is_known_are_asked_for_the_office_s_words(sources):
    from crawler.lists import WORDS
    from crawler.rounds import list_addresses

    searched = {
        key: url for key, one in sources.items() for kind, url in list_addresses(one, WORDS) if kind == "search"
    }
    assert {"tuoitre", "nld", "vnexpress", "dantri", "nhandan", "sggp", "baohatinh"} <= set(searched)
    assert searched["tuoitre"] == "https://tuoitre.vn/tim-kiem.htm?keywords=b%E1%BA%A3o%20hi%E1%BB%83m%20y%20t%E1%BA%BF"
    assert searched["vnexpress"].startswith("https://timkiem.vnexpress.net/?q=b%E1%BA%A3o")


def test_a_site_is_its_living_source_s_and_a_former_one_its_former_source_s(sources):
    owners = site_owners(sources)
    for source in sources.values():
        for domain in source.hosts:
            owner = owners[domain.host.removeprefix("www.")]
            if not source.merged_into or not domain.current:
                assert owner is source, domain.host
    assert owners["baolaocai.vn"].area == "Lào Cai" and owners["baoyenbai.com.vn"].area == "Yên Bái"
    assert owners["phuyen.baodaklak.vn"].area == "Phú Yên" and owners["baodaklak.vn"].area == "Đắk Lắk"


def test_those_who_refuse_are_marked(sources):
    blocked = {source.id for source in sources.values() if source.blocked}
    assert {"vov", "baolangson", "laodong"} <= blocked


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_a_shipped_source_is_short_and_says_how_it_is_known(path, sources):
    text = path.read_text("utf-8")
    assert text.count("\n") <= 12
    source = sources[path.stem]
    assert {"address", "verified"} <= set(tomllib.loads(text))
    assert source.verified != NEVER or source.address == "guessed"
    if source.area:
        assert load_areas().resolve(source.area)
    assert source.resolved(source.feeds or ()) is not None


def test_families_fill_in_what_a_source_leaves_out(tmp_path):
    write(tmp_path, "bao", 'name = "Báo"\ndomains = ["bao.vn"]\nfamily = "a-id"\n')
    source = load_sources(tmp_path, shipped=None)["bao"]
    assert source.article == load_families()["a-id"].article
    write(tmp_path, "bao", 'name = "Báo"\ndomains = ["bao.vn"]\nfamily = "a-id"\narticle = "x"\n')
    assert load_sources(tmp_path, shipped=None)["bao"].article == "x"


def test_no_two_families_share_a_name():
    names = [line for line in FAMILIES.read_text("utf-8").splitlines() if line.startswith("[")]
    assert len(names) == len(set(names))


WRONG = [
    ("unknown key", 'name = "B"\ndomains = ["b.vn"]\nfeed = []\n', "unknown key 'feed'", "feeds"),
    ("no name", 'domains = ["b.vn"]\n', "'name' is missing", "add name"),
    ("no address", 'name = "B"\n', "no address", "domains"),
    ("bad area code", 'name = "B"\ndomains = ["b.vn"]\narea = "2025:2x"\n', "is no code", "2025:20"),
    ("unknown code", 'name = "B"\ndomains = ["b.vn"]\narea = "2025:99"\n', "unknown area", "known"),
    ("unknown area", 'name = "B"\ndomains = ["b.vn"]\narea = "Lạng Sươn"\n', "unknown area", "Lạng Sơn"),
    ("ambiguous area", 'name = "B"\ndomains = ["b.vn"]\narea = "Châu Thành"\n', "names", "code"),
    ("unknown family", 'name = "B"\ndomains = ["b.vn"]\nfamily = "x"\n', "family 'x' is unknown", "a-id"),
    ("bad domain", 'name = "B"\ndomains = ["b.vn since 2025"]\n', "domains", "mend"),
    ("bad pattern", 'name = "B"\ndomains = ["b.vn"]\narticle = "("\n', "regular expression", "mend"),
    ("bad date", 'name = "B"\ndomains = ["b.vn"]\nverified = "mới đây"\n', "verified", "mend"),
    ("no such month", 'name = "B"\ndomains = ["b.vn"]\nverified = "2026-13"\n', "verified", "mend"),
    ("a search without words", 'name = "B"\ndomains = ["b.vn"]\nsearch = "/tim?q="\n', "{words}", "mend"),
    ("undated exception", 'name = "B"\ndomains = ["b.vn"]\ntls_unverified = "yes"\n', "tls_unverified", "mend"),
    ("its own agent", 'name = "B"\ndomains = ["b.vn"]\nuser_agent = "Mozilla"\n', "unknown key 'user_agent'", "known"),
    ("too slow", 'name = "B"\ndomains = ["b.vn"]\ninterval = 3600\n', "interval", "mend"),
    ("no such day", 'name = "B"\ndomains = ["b.vn"]\ntls_unverified = "2027-02-30 x"\n', "tls_unverified", "mend"),
    ("no such month of a domain", 'name = "B"\ndomains = ["b.vn until 2025-99"]\n', "is not 'host'", "mend"),
    ("no feed's address", 'name = "B"\ndomains = ["b.vn"]\nfeeds = ["http://[b"]\n', "in feeds is no http", "home on"),
    ("a file as section", 'name = "B"\ndomains = ["b.vn"]\nsections = ["file:///x"]\n', "in sections is no", "whole"),
    (
        "unknown key within",
        'name = "B"\ndomains = ["b.vn"]\nexpect = { article = 1 }\n',
        "expect.article",
        "known keys are articles_week, dated, figures",
    ),
    ("a text, not a list", 'name = "B"\ndomains = "b.vn"\n', "list in square brackets", "mend"),
    ("no TOML", 'name = "B\n', "not valid TOML", "mend"),
    ("an id", 'id = "b"\nname = "B"\ndomains = ["b.vn"]\n', "'id' is the file's name", "remove id"),
    ("merged into nothing", 'name = "B"\ndomains = ["b.vn"]\nmerged_into = "x"\n', "no source 'x'", "existing"),
    ("no web address", 'name = "B"\nhome = "file:///etc"\n', "not an http", "mend"),
]


@pytest.mark.parametrize(("text", "fault", "cure"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_wrong_declaration_stops_the_load_and_names_file_and_cure(tmp_path, text, fault, cure):
    write(tmp_path, "b", text)
    with pytest.raises(DeclarationError) as raised:
        load_sources(tmp_path, shipped=None)
    line = str(raised.value)
    assert "b.toml" in line and fault in line and cure in line and "\n" not in line


def test_the_known_keys_are_those_that_may_be_written(tmp_path):
    write(tmp_path, "b", 'name = "B"\ndomains = ["b.vn"]\nfeed = []\n')
    with pytest.raises(DeclarationError) as raised:
        load_sources(tmp_path, shipped=None)
    known = raised.value.cure.removeprefix("known keys are ").split(", ")
    assert "feeds" in known and "id" not in known


@pytest.mark.parametrize(
    ("one", "two", "says"),
    [
        (("a", 'name = "A"\ndomains = ["a.vn"]\n'), ("b", 'name = "B"\ndomains = ["www.a.vn"]\n'), "is also a.toml"),
        (("a", 'name = "A"\ndomains = ["a.vn"]\n'), ("b", 'name = "a"\ndomains = ["b.vn"]\n'), "is also a.toml"),
    ],
)
def test_twins_stop_the_load(tmp_path, one, two, says):
    write(tmp_path, *one)
    write(tmp_path, *two)
    with pytest.raises(DeclarationError, match=says):
        load_sources(tmp_path, shipped=None)


def test_a_name_that_ships_already_stops_the_load(tmp_path):
    write(tmp_path, "nhandan", 'name = "Khác"\ndomains = ["khac.vn"]\n')
    with pytest.raises(DeclarationError, match="exists already"):
        load_sources(tmp_path)


def test_an_area_s_code_becomes_its_name(tmp_path):
    write(tmp_path, "b", 'name = "B"\ndomains = ["b.vn"]\narea = "2024:24"\n')
    assert load_sources(tmp_path, shipped=None)["b"].area == "Bắc Giang"


def test_sources_are_chosen_by_id_name_or_host(sources):
    assert [one.id for one in choose(sources, ["nhandan", "https://www.nhandan.vn/", "Báo Nhân Dân"])] == ["nhandan"]
    with pytest.raises(UnknownNameError, match="nhandan"):
        choose(sources, ["nhandann"])
    with pytest.raises(UnknownNameError) as caught:
        choose(sources, ["zzzzqqq"])
    assert len(caught.value.near) == 3
    assert str(caught.value).count(",") < 3 and "'ansinh sources list' lists all" in str(caught.value)


def test_an_exception_for_a_broken_chain_ends_by_itself():
    from datetime import date

    table = {"id": "b", "name": "B", "domains": ["b.vn"], "tls_unverified": "2027-01-31 thiếu chứng thư trung gian"}
    source = make_source(table, where="b")
    assert source.accepts_broken_tls(date(2027, 1, 31)) and not source.accepts_broken_tls(date(2027, 2, 1))


def test_loading_needs_neither_scrapy_nor_lxml():
    code = "import sys, crawler; crawler.load_sources(); print({'scrapy', 'twisted', 'lxml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
