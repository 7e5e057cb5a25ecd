"""Pages of articles: one with every figure highlighted, the latest ones, and search."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from monitor.language import say
from monitor.web.reads import Reads
from monitor.web.shell import missing, page
from store import Store
from store.browse import Leaf
from store.search import Hit

FOUND = 20
"""Articles, and figures, that a search shows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A stretch of an article's text: plain, a figure, or a number that no rule claimed."""

    text: str
    figure: dict[str, Any] | None = None
    unclaimed: dict[str, Any] | None = None


def paragraphs(leaf: Leaf) -> list[list[Piece]]:
    """Cut the text into paragraphs of pieces; of spans that overlap the first is marked."""
    spans = [(f["start"], f["end"], "figure", f) for f in leaf.figures]
    spans += [(u["start"], u["end"], "unclaimed", u) for u in leaf.unclaimed]
    spans.sort(key=lambda span: (span[0], span[2]))
    out: list[list[Piece]] = [[]]
    at = 0
    for start, end, kind, row in spans:
        if start < at or end > len(leaf.text):
            continue
        _plain(out, leaf.text[at:start])
        piece = Piece(text=leaf.text[start:end], **{kind: row})
        out[-1].append(piece)
        at = end
    _plain(out, leaf.text[at:])
    return [pieces for pieces in out if any(piece.text.strip() for piece in pieces)]


def _plain(out: list[list[Piece]], text: str) -> None:
    """Add plain text, beginning a new paragraph at each blank line."""
    for number, part in enumerate(text.split("\n\n")):
        if number:
            out.append([])
        if part:
            out[-1].append(Piece(text=part))


class ArticlePages:
    """Pages that show articles."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads

    def one(self, request: Request) -> Response:
        """One article: `/bai?id=DOC`, figures anchored as `#s<id>`."""
        doc = request.query_params.get("id", "")
        leaf = self.reads.store().leaf(doc) if doc else None
        if leaf is None:
            what = say("Không có bài này trong kho", "No such article in the store")
            return missing(request, what, say("Tìm theo tựa đề hoặc địa chỉ.", "Search by title or address."))
        quoted = request.query_params.get("so", "")
        here = next((figure["id"] for figure in leaf.figures if quoted and figure["quote"] == quoted), None)
        return page(
            request, "article.html", title=leaf.title or leaf.doc, leaf=leaf, paragraphs=paragraphs(leaf), here=here
        )

    def latest(self, request: Request) -> Response:
        """The articles read last, of all sources or of one."""
        source = request.query_params.get("nguon")
        rows = self.reads.lately(("articles", source), lambda store: store.articles(source=source, limit=100))
        return page(request, "articles.html", title=say("Bài báo", "Articles"), rows=rows, source=source)

    def search(self, request: Request) -> Response:
        """Articles and figures that hold all the words, with or without diacritics."""
        words = request.query_params.get("q", "").strip()[:200]
        key = ("search", words)
        hits, figures = self.reads.lately(key, lambda store: self._found(store, words)) if words else ([], [])
        title = say("Tìm kiếm", "Search")
        return page(request, "search.html", title=title, words_asked=words, hits=hits, figures=figures, most=FOUND)

    def _found(self, store: Store, words: str) -> tuple[list[Hit], list[Hit]]:
        return store.search(words, limit=FOUND), store.search(words, figures=True, limit=FOUND)
