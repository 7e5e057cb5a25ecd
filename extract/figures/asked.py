"""What `find_figures` is asked with: checked at the door, and the day of publication."""

from datetime import date, datetime
from types import NoneType
from zoneinfo import ZoneInfo

from extract.text import expect

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def check_asked(text: object, title: object, published: object, area: object) -> None:
    """Let what can be read pass; TypeError says in one line what cannot."""
    expect(text, (str,), "text", "hand in the text itself; of a page it is read_article(html, url).text")
    expect(title, (str, NoneType), "title", "hand in the title, or leave it out")
    expect(published, (date, str, NoneType), "published", "hand in a date, an instant or ISO text, or leave it out")
    expect(area, (str, NoneType), "area", "hand in the name of the area that the outlet serves, or leave it out")


def day_of(published: date | datetime | str | None) -> date | None:
    """Give the civil day in Vietnam of a publication date; None where it is none."""
    if isinstance(published, str):
        try:
            published = datetime.fromisoformat(published.strip())
        except ValueError:
            return None
    if not isinstance(published, datetime):
        return published
    return (published.astimezone(VIETNAM) if published.tzinfo else published).date()
