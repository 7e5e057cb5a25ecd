"""From a page to an `Article`: headline, standfirst, text, captions, tables, byline.

trafilatura says what on a page is text; the page's own tree says how it is laid out, so that nothing between its first
and last paragraph is lost and every cell and line break stands where the reader sees it.
"""

from collections.abc import Sequence
from functools import cache

from extract.article.blocks import Block
from extract.article.body import find_body, main_text
from extract.article.byline import find_byline
from extract.article.page import PageTree, parse_page
from extract.article.parts import choose_blocks, laid_out
from extract.article.title import find_lead, find_title, site_name
from extract.text import contract_text, expect
from model.records import Article, Table

_BETWEEN = "\n\n"
CELLS = " | "


def read_article(html: bytes | str, url: str) -> Article:
    """Give the article of a page, as it came (`bytes`) or decoded (`str`); `url` may be `""`.

    Text is NFC, paragraphs apart by a blank line, a table's row a line with its cells apart by ` | `. A page that holds
    no article gives one with empty text; no page raises.
    """
    return settle(html, url)[0]


def settle(html: bytes | str, url: str) -> tuple[Article, PageTree | None, list[Block]]:
    """Give the article of a page, the page's tree, and the blocks of which the text was made, in order."""
    expect(html, (bytes, str), "html", "hand in the page as it came, or decoded")
    expect(url, (str,), "url", 'hand in the address of the page, or ""')
    page = parse_page(html)
    if page is None:
        return Article(doc=url, url=url), None, []
    title, title_block = find_title(page)
    spoken_for = [title_block] if title_block is not None else []
    said = cache(lambda: main_text(page))
    body = find_body(page, said, spoken_for)
    lead = find_lead(page, title_block, body)
    if lead:
        body = find_body(page, said, [*spoken_for, *lead])
    byline = find_byline(page, url, title_block, body)
    chosen = [block for block in choose_blocks(page, body, title_block, lead) if block.order not in byline.blocks]
    text, captions, tables = _compose(laid_out(chosen))
    article = Article(
        doc=url,
        url=url,
        title=contract_text(title) if title else None,
        lead=_BETWEEN.join(contract_text(block.text) for block in lead) or None,
        text=text,
        captions=captions,
        tables=tables,
        outlet=_composed(site_name(page)),
        published=byline.published,
        published_evidence=byline.evidence,
        modified=byline.modified,
    )
    return article, page, chosen


def _composed(text: str | None) -> str | None:
    return contract_text(text) if text else None


def _compose(blocks: Sequence[Block]) -> tuple[str, tuple[tuple[int, int], ...], tuple[Table, ...]]:
    """Lay blocks out as one text and say where captions and tables stand in it."""
    pieces: list[str] = []
    captions: list[tuple[int, int]] = []
    tables: list[Table] = []
    at = 0
    for block in blocks:
        if block.grid is None:
            piece = contract_text(block.text)
        else:
            rows = tuple(tuple(contract_text(cell) for cell in row) for row in block.grid.rows)
            piece = "\n".join(CELLS.join(row) for row in rows)
            tables.append(Table(start=at, end=at + len(piece), rows=rows, headings=block.grid.headings))
        if block.kind == "caption":
            captions.append((at, at + len(piece)))
        pieces.append(piece)
        at += len(piece) + len(_BETWEEN)
    return _BETWEEN.join(pieces), tuple(captions), tuple(tables)
