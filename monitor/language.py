"""Which language people are spoken to: Vietnamese, unless `--lang en` or `ANSINH_LANG=en` says otherwise."""

import os
from typing import Literal

Language = Literal["vi", "en"]

_chosen: list[Language] = []


def choose_language(name: str) -> None:
    """Speak this language from now on; anything but `vi` and `en` is a ValueError."""
    if name not in ("vi", "en"):
        raise ValueError(name)
    _chosen[:] = ["en" if name == "en" else "vi"]


def language() -> Language:
    """Give the language in force."""
    if _chosen:
        return _chosen[0]
    return "en" if os.environ.get("ANSINH_LANG", "").lower().startswith("en") else "vi"


def report(vi: str, en: str) -> str:
    """Say what a command did: in English where the service asked for it, whose logs are English."""
    return en if os.environ.get("ANSINH_SERVICE") else say(vi, en)


def say(vi: str, en: str) -> str:
    """Give the text in the language in force."""
    return vi if language() == "vi" else en
