"""Every slot of invented pages: each family of newspapers with each way to write a date and with each hardship."""

import pytest

from extract.article.read import read_article
from extract.pages.look import worth_reading
from tests.extract.made_pages import Page, all_pages

PAGES = list(all_pages())


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_every_slot(page: Page) -> None:
    article = read_article(page.html, page.url)
    assert article.title == page.story.title
    assert article.lead == page.story.lead
    assert article.outlet == page.story.outlet
    assert article.text.split("\n\n") == page.paragraphs
    assert [article.text[start:end] for start, end in article.captions] == page.captions
    assert (article.published.isoformat() if article.published else None) == page.published
    assert worth_reading(page.html)
