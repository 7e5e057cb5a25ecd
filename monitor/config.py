"""The service's settings, `ansinh.toml` in its home: jobs, mail, readers, pages. Unknown keys stop the load.

[jobs.crawl]
every = "20m"

[jobs.digest]
cron = "30 6 * * *"          # Asia/Ho_Chi_Minh; days of the week as words: mon-fri

[mail]
host = "mail.example.vn"
sender = "An sinh <ansinh@example.vn>"

[[readers]]
address = "truc-ban@example.vn"
areas = ["2025:20"]
"""

import os
import re
from datetime import timedelta
from email.utils import parseaddr
from ipaddress import ip_address
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from model.declarations import Declaration, declare, read_toml
from model.errors import DeclarationError
from model.home import Home

_EVERY = re.compile(r"(\d{1,4})(s|m|h)")
_SECONDS = {"s": 1, "m": 60, "h": 3600}
JOBS = ("crawl", "digest", "backup")
"""What can be scheduled."""


def duration(text: str) -> timedelta:
    """Read `90s`, `20m`, `2h`; ValueError for anything else and for nothing."""
    found = _EVERY.fullmatch(text.strip())
    if not found or not int(found[1]):
        raise ValueError("write it as 90s, 20m or 2h")
    return timedelta(seconds=int(found[1]) * _SECONDS[found[2]])


class Job(Declaration):
    """When a job runs: every so often, or by cron; and how long it may take before it is ended."""

    every: str | None = None
    cron: str | None = None
    longest: str = "45m"

    @field_validator("every", "longest")
    @classmethod
    def _is_a_duration(cls, value: str | None) -> str | None:
        if value is not None:
            duration(value)
        return value

    @field_validator("cron")
    @classmethod
    def _is_a_cron_line(cls, value: str | None) -> str | None:
        if value is None:
            return None
        from apscheduler.triggers.cron import CronTrigger

        fields = value.split()
        if len(fields) != 5:
            raise ValueError("write five fields: minute hour day month weekday")
        if any(letter.isdigit() for letter in fields[4]):
            # APScheduler counts weekdays from Monday, cron from Sunday: words cannot be misread.
            raise ValueError("write days of the week as words: mon,tue,wed,thu,fri,sat,sun")
        CronTrigger.from_crontab(value)
        return value

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.every is None) == (self.cron is None):
            raise ValueError("give either every or cron")
        return self


class Mail(Declaration):
    """The SMTP server that takes the digest. The password is read from the environment, never from the file."""

    host: str
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_env: str = "ANSINH_MAIL_PASSWORD"
    sender: str
    timeout: float = Field(default=30.0, gt=0, le=300)

    @field_validator("sender")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        return _address(value)

    @property
    def password(self) -> str:
        """The password, `""` where the environment holds none."""
        return os.environ.get(self.password_env, "")

    @property
    def doubts(self) -> list[str]:
        """What a person should look at before the login works or is safe, each with its cure."""
        found: list[str] = []
        if self.user and not self.password:
            where = f"set it there (for systemd in /etc/ansinh.env), or take user out where {self.host} wants no login"
            found.append(f"[mail] has a user, and no password is in {self.password_env}: {where}.")
        if self.user and self.security == "none" and not loopback(self.host):
            cure = 'set security = "starttls" or "tls"'
            found.append(f"[mail] security is none, so the password is readable on the way to {self.host}: {cure}.")
        return found


class Reader(Declaration):
    """One who gets the digest, and what of it."""

    address: str
    name: str = ""
    areas: tuple[str, ...] = ()
    """Codes; empty for all. A province stands for all below it."""
    indicators: tuple[str, ...] = ()
    """Keys; empty for all."""
    lang: Literal["vi", "en"] = "vi"

    @field_validator("address")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        return _address(value)


class Pages(Declaration):
    """Where the pages are served."""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    link: str = ""
    """Address under which readers reach the pages, for links in mail; `""`: http://host:port."""
    login: Literal["elsewhere", "always"] = "elsewhere"
    """Who must log in to read: whoever comes from another machine, or everybody (for a proxy on this one)."""

    @property
    def always(self) -> bool:
        """Whether reading asks for a login from this very machine too."""
        return self.login == "always"


class Crawling(Declaration):
    """How the service presents itself to newspapers."""

    contact: str = ""
    """Address or URL in the user agent."""
    sources: tuple[str, ...] = ()
    """Ids of the sources that the service asks; empty for all."""

    @property
    def unreachable(self) -> str:
        """What is amiss where no editor could reach who asks, with its cure; `""` where one could."""
        if self.contact.strip():
            return ""
        return "no contact stands in the user agent: set contact under [crawl] in ansinh.toml (docs/service.md)"


class Config(Declaration):
    """All settings; every one has a default."""

    jobs: dict[Literal["crawl", "digest", "backup"], Job] = Field(default_factory=dict)
    mail: Mail | None = None
    readers: tuple[Reader, ...] = ()
    pages: Pages = Pages()
    crawl: Crawling = Crawling()
    webhook: str = ""
    """Address that gets the digest as JSON; `""`: none."""

    @field_validator("webhook")
    @classmethod
    def _is_web(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("write an http:// or https:// address")
        return value

    def job(self, name: str) -> Job:
        """Give a job's times, the usual ones where none are set."""
        return self.jobs.get(name) or DEFAULTS[name]  # type: ignore[call-overload]


DEFAULTS = {
    "crawl": Job(every="20m", longest="40m"),
    "digest": Job(cron="30 6 * * *", longest="10m"),
    "backup": Job(cron="15 2 * * *", longest="30m"),
}


def load_config(home: Home) -> Config:
    """Load a home's settings, the defaults where it has no file; DeclarationError names key and cure."""
    if not home.config.exists():
        return Config()
    config = declare(Config, read_toml(home.config), where=home.config.name)
    if config.readers and config.mail is None:
        cure = "add [mail] with host and sender, or take the readers out"
        raise DeclarationError(f"{home.config.name}: readers are named but no [mail]", cure=cure)
    _one_mail_each(config, home)
    _known(config, home)
    return config


def _one_mail_each(config: Config, home: Home) -> None:
    """Refuse an address that stands twice: a reader gets one mail a day, so what the second asks for would be lost."""
    seen = set[str]()
    for reader in config.readers:
        bare = parseaddr(reader.address)[1].casefold()
        if bare in seen:
            cure = "join its areas and indicators in one [[readers]]"
            raise DeclarationError(f"{home.config.name}: the reader {bare} is named twice", cure=cure)
        seen.add(bare)


def _known(config: Config, home: Home) -> None:
    """Refuse sources, readers' areas and indicators that nobody knows."""
    from model.indicators import load_indicators
    from monitor.names import known_area

    if config.crawl.sources:
        from crawler.registry import choose
        from monitor.sources import home_sources

        choose(home_sources(home), config.crawl.sources)
    for reader in config.readers:
        for code in reader.areas:
            known_area(code)
        for key in reader.indicators:
            load_indicators(home.indicators).get(key)


def loopback(host: str) -> bool:
    """Tell whether an address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _address(value: str) -> str:
    """Give a mail address back where it is one and cannot break out of its header."""
    if any(ord(letter) < 32 for letter in value) or "@" not in parseaddr(value)[1]:
        raise ValueError("write an address like An sinh <ansinh@example.vn>")
    return value
