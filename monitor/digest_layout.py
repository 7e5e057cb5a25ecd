"""Laying a digest out: as plain text, and as HTML for mail and screen."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.digest import Digest
from monitor.language import say
from monitor.words import STEPS, steady

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_COURSE = re.compile(f"[{STEPS}]{{3,}}")


def sparked(text: str) -> "Markup":
    """Escape a text and hide its drawn course from screen readers, who would hear eight block names."""
    from markupsafe import Markup, escape

    return Markup(_COURSE.sub(r'<span class="course" aria-hidden="true">\g<0></span>', str(escape(text))))


def plain_text(digest: Digest) -> str:
    """Lay a digest out as plain text."""
    return _templates().get_template("digest.txt.jinja").render(digest=digest)


def html(digest: Digest, pictures: Sequence[tuple[str, str, str]] = (), base: str = "") -> str:
    """Lay a digest out as a page for mail and screen: one column, no scripts, no outside files.

    `pictures` are (content id, title, words) of charts that the mail carries; `base` is the address of the
    pages: with it every sentence leads to its archived article, and the digest to its own page.
    """
    template = _templates().get_template("digest.html.jinja")
    return template.render(digest=digest, pictures=pictures, base=base.rstrip("/"), say=say)


@cache
def _templates() -> "Environment":
    """Give the templates' environment."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=lambda name: bool(name and ".html" in name),
        undefined=StrictUndefined,
        finalize=steady,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["sparked"] = sparked
    return made
