"""`ansinh digest`: what a day brought."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.commands.asked import OUTPUT, single
from monitor.language import report, say

if TYPE_CHECKING:
    import datetime


def app() -> typer.Typer:
    """Make the command."""
    return single(
        digest,
        vi="In bản tin của một ngày: số mới, thay đổi, mâu thuẫn, nơi im lặng, nguồn hỏng.",
        en="Print a day's digest: what is new, changed, contradicted, silent or broken.",
    )


SEND = typer.Option(
    "--send", help=say("Gửi cho người nhận; mặc định bản tin hôm qua.", "Send it; default yesterday's.")
)
DATE = typer.Option("--date", help=say("Ngày cần in; mặc định hôm nay.", "The day; default today."))

WHOLE = typer.Option("--all", help=say("Mọi dòng, không bớt.", "Every line, however many."))


def digest(
    date: Annotated[str | None, DATE] = None,
    send: Annotated[bool, SEND] = False,
    whole: Annotated[bool, WHOLE] = False,
    form: Annotated[str, typer.Option("--format", help="text, html, json")] = "text",
    output: Annotated[Path | None, OUTPUT] = None,
) -> None:
    """Print the digest, or send it to each reader who has not got it."""
    import json
    from dataclasses import asdict
    from datetime import datetime, timedelta

    from model.home import default_home
    from monitor.commands.asked import open_home_store, parse_day
    from monitor.digest import MOST, digest_of
    from monitor.digest_layout import html, plain_text
    from monitor.printing import check_format, emit, plain
    from monitor.words import VIETNAM

    check_format(form, ("text", "html", "json"), output)
    today = datetime.now(VIETNAM).date()
    if send:
        _send(parse_day(date, "--date") or today - timedelta(days=1))
        return
    day = parse_day(date, "--date") or today
    with open_home_store(default_home()) as store:
        found = digest_of(store, day, None if whole else MOST)
    if form == "json":
        emit(json.dumps(asdict(found), ensure_ascii=False, indent=1, default=plain) + "\n", output)
    else:
        emit(html(found) if form == "html" else plain_text(found), output)


def _send(day: "datetime.date") -> None:
    """Write the digest's files, send it by mail, and hand it to the webhook; a fault is told after all were tried."""
    from model.errors import AnsinhError
    from model.home import default_home
    from monitor.sending import send

    path, sent, faults = send(default_home(), day)
    typer.echo(report(f"{path}: đã gửi {sent} thư", f"{path}: {sent} mails sent"))
    if faults:
        raise AnsinhError("; ".join(faults), cure="mend [mail], [[readers]] or webhook in ansinh.toml and send again")
