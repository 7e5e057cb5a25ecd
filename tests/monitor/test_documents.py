import gzip
import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import InputError
from monitor.documents import LONGEST, Document, Trouble, check_paths, complain, parse_published, read_documents
from monitor.words import VIETNAM


def read(path):
    return list(read_documents([str(path)]))


def rows(tmp_path, *lines):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
    return path


def test_the_id_of_a_file_is_its_stem(tmp_path):
    (tmp_path / "lang-son.2020.txt").write_text("Toàn tỉnh có 8.475 người.", "utf-8")
    (tmp_path / "trang.html").write_text("<p>Toàn tỉnh</p>", "utf-8")
    (one,) = read(tmp_path / "lang-son.2020.txt")
    (two,) = read(tmp_path / "trang.html")
    assert (one.doc, one.text, one.title, one.published) == ("lang-son.2020", "Toàn tỉnh có 8.475 người.", None, None)
    assert (two.doc, two.html) == ("trang", b"<p>To\xc3\xa0n t\xe1\xbb\x89nh</p>")


def test_any_key_may_be_null_or_absent(tmp_path):
    nothing = dict.fromkeys(["id", "text", "html", "url", "title", "published", "area"])
    found = read(rows(tmp_path, nothing, {}, {"id": "a", "text": "x", "more": 1}))
    assert [document.doc for document in found] == ["rows:1", "rows:2", "a"]
    assert all(isinstance(document, Document) for document in found)


def test_a_broken_line_is_told_and_the_rest_is_read(tmp_path):
    found = read(
        rows(tmp_path, {"id": "a", "text": "x"}, b"{broken", b"[1]", b"\xff\xfe{", {"id": "b", "text": 5}, {"id": "c"})
    )
    assert [one.doc for one in found if isinstance(one, Document)] == ["a", "c"]
    troubles = [one for one in found if isinstance(one, Trouble)]
    assert [trouble.where.rsplit(" ", 1)[1] for trouble in troubles] == ["2", "3", "4", "5"]
    assert not any(trouble.whole for trouble in troubles)


def test_a_wrong_date_is_told_and_the_document_read_without_it(tmp_path):
    trouble, document = read(rows(tmp_path, {"id": "a", "text": "x", "published": "hôm qua"}))
    assert "published" in trouble.fault
    assert document.published is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("", None),
        ("2020-05-18", date(2020, 5, 18)),
        ("2020-05-18T07:45:00", datetime(2020, 5, 18, 7, 45, tzinfo=VIETNAM)),
        ("2020-05-18T00:45:00Z", datetime.fromisoformat("2020-05-18T00:45:00+00:00")),
        ("2020-05-18T07:45:00+07:00", datetime(2020, 5, 18, 7, 45, tzinfo=VIETNAM)),
    ],
)
def test_publication_dates(value, expected):
    assert parse_published(value) == expected


@pytest.mark.parametrize("value", [5, "18/5/2020", [], "2020-13-01", "2020"])
def test_what_is_no_publication_date(value):
    with pytest.raises(ValueError):
        parse_published(value)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\r\n", "is empty"),
        ("empty.jsonl", b"\n\n", "is empty"),
        ("binary.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 40, "is a binary file"),
        ("binary.html", bytes(range(256)) * 20, "is a binary file"),
        ("binary.jsonl", b"\0\1\2\3" * 200, "is a binary file"),
        ("long.txt", b"a" * (LONGEST + 1), "is longer than"),
        ("cut.html.gz", gzip.compress(b"<p>" + b"tin " * 9999 + bytes(range(256)) * 9)[:-40], "is cut off or damaged"),
        ("no.jsonl.gz", b"no gzip at all", "is cut off or damaged"),
    ],
)
def test_unusable_files_are_told(tmp_path, name, content, fault):
    path = tmp_path / name
    path.write_bytes(content)
    (trouble,) = read(path)
    assert isinstance(trouble, Trouble)
    assert trouble.whole
    assert fault in trouble.fault


def test_a_line_that_is_too_long_does_not_hide_the_next(tmp_path):
    long = b'{"id": "long", "text": "' + b"9 " * (LONGEST // 2 + 10) + b'"}'
    found = read(rows(tmp_path, {"id": "a"}, long, {"id": "b"}))
    assert [one.doc for one in found if isinstance(one, Document)] == ["a", "b"]
    (trouble,) = [one for one in found if isinstance(one, Trouble)]
    assert trouble.where.endswith("line 2")


def test_packed_files_are_read(tmp_path):
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": "a", "text": "x"}\n'))
    assert [one.doc for one in read(path)] == ["a"]


def test_old_encodings_and_half_characters_are_read(tmp_path):
    (tmp_path / "a.txt").write_bytes("tỉnh".encode("utf-16"))
    (tmp_path / "b.txt").write_bytes("\ufeffLạng Sơn".encode())
    assert read(tmp_path / "a.txt")[0].text == "tỉnh"
    assert read(tmp_path / "b.txt")[0].text == "Lạng Sơn"
    (document,) = read(rows(tmp_path, b'{"id": "a", "text": "x\\ud800y"}'))
    assert document.text == "x\ufffdy"


@pytest.mark.parametrize("name", ["missing.txt", ".", "picture.png", "news.pdf"])
def test_paths_are_checked_first(tmp_path, name):
    (tmp_path / "picture.png").write_bytes(b"x")
    with pytest.raises(InputError):
        check_paths([str(tmp_path / name)])


def test_the_status_says_how_bad_it_was(capsys):
    line = Trouble(where="a.jsonl line 2", fault="is not JSON", cure="mend it", whole=False)
    whole = Trouble(where="b.txt", fault="is empty", cure="write it", whole=True)
    assert complain([], 3) == 0
    assert complain([line], 3) == 1
    assert capsys.readouterr().err == "ansinh: a.jsonl line 2 is not JSON: mend it.\n"
    with pytest.raises(InputError, match="line 2"):
        complain([line], 0)
    with pytest.raises(InputError, match=r"b\.txt is empty \(and 1 more\)"):
        complain([whole, line], 3)


@given(st.binary(max_size=300))
def test_no_bytes_raise(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("fuzz")
    for name in ("a.txt", "a.html", "a.jsonl", "a.jsonl.gz"):
        (folder / name).write_bytes(content)
        assert all(isinstance(one, Document | Trouble) for one in read(folder / name))
