"""`ansinh extract`: the observations of documents, stateless."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.commands.asked import OUTPUT, single
from monitor.language import say

if TYPE_CHECKING:
    from model.records import Reading
    from monitor.documents import Document, Trouble

COLUMNS = (
    "doc", "quote", "indicator", "measure", "obs_value", "unit", "qualifier", "area", "area_name", "period_start",
    "period_end", "publish", "flags",
)  # fmt: skip
"""What a table of observations shows."""


def app() -> typer.Typer:
    """Make the command."""
    return single(
        extract,
        vi="Đọc tài liệu (.txt, .html, .jsonl, hoặc - cho đầu vào chuẩn) và in số liệu tìm thấy, không lưu gì.",
        en="Read documents (.txt, .html, .jsonl, or - for standard input), print their observations, store nothing.",
    )


PATHS = typer.Argument(metavar="PATH...", help=say("Tệp cần đọc, hoặc -.", "Files, or -."))
TEXT = typer.Option("--text", help=say("In văn bản mà vị trí trỏ vào.", "Print the text that spans refer to."))
ORIGIN = typer.Option(
    "--origin",
    help=say(
        "Thêm cho mỗi số liệu chỗ đứng của nó trong trang: xpath, source_start, source_end.",
        "Add to each figure where it stands in its page: xpath, source_start, source_end.",
    ),
)
UNCLAIMED = typer.Option("--unclaimed", help=say("In các con số chưa quy tắc nào nhận.", "Print unclaimed numbers."))


def extract(
    paths: Annotated[list[str], PATHS],
    text: Annotated[bool, TEXT] = False,
    unclaimed: Annotated[bool, UNCLAIMED] = False,
    origin: Annotated[bool, ORIGIN] = False,
    form: Annotated[str | None, typer.Option("--format", help="jsonl, json, table, csv")] = None,
    output: Annotated[Path | None, OUTPUT] = None,
) -> int:
    """Print observations, texts or unclaimed numbers."""
    from monitor.documents import Trouble, check_paths, complain
    from monitor.printing import check_format, emit, emit_rows, json_line

    plain = text and form is None
    form = check_format(form or "jsonl", output=output)
    check_paths(paths)
    troubles: list[Trouble] = []
    read = 0
    rows: list[dict[str, Any]] = []
    told: list[str] = []
    for document, reading in _readings(paths, troubles):
        read += 1
        found = _rows(reading, text=text, unclaimed=unclaimed)
        if origin and not text:
            found = list(_with_origins(document, found))
        if form != "jsonl":
            rows += found
            continue
        said = reading.article.text + "\n" if plain else "".join(map(json_line, found))
        if output is None:
            emit(said)
        else:
            told.append(said)
    if form != "jsonl":
        emit_rows(rows, form, output, COLUMNS if not (text or unclaimed) else ())
    elif output is not None:
        emit("".join(told), output)
    return complain(troubles, read)


def _readings(paths: list[str], troubles: "list[Trouble]") -> "Iterator[tuple[Document, Reading]]":
    """Read the documents one by one; what cannot be read goes to `troubles`."""
    from datetime import UTC, datetime

    from model.home import default_home
    from monitor.documents import Trouble, read_documents
    from monitor.reading import read_document, rules_of

    rules = rules_of(default_home())
    for document in read_documents(paths):
        if isinstance(document, Trouble):
            troubles.append(document)
            continue
        yield document, read_document(document, rules, datetime.now(UTC))


def _rows(reading: "Reading", *, text: bool, unclaimed: bool) -> list[dict[str, Any]]:
    """Give what is printed of one document."""
    article = reading.article
    if text:
        return [{"doc": article.doc, "title": article.title, "published": article.published, "text": article.text}]
    if unclaimed:
        return [
            {"doc": article.doc, "start": u.start, "end": u.end, "quote": u.quote, "sentence": u.sentence,
             "reason": u.reason}
            for u in reading.unclaimed
        ]  # fmt: skip
    return [figure.as_dict() for figure in reading.observations]


def _with_origins(document: "Document", rows: list[dict[str, Any]]) -> "Iterator[dict[str, Any]]":
    """Give rows with their place in the page; null where the document is no page, or the place is not sure."""
    from extract import trace_article

    trace = trace_article(document.html, document.url or "") if document.html is not None and rows else None
    for row in rows:
        there = trace.locate(row["start"], row["end"]) if trace is not None else None
        place = (there.xpath, there.start, there.end) if there is not None else (None, None, None)
        yield row | dict(zip(("xpath", "source_start", "source_end"), place, strict=True))
