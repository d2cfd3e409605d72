"""The language of a request, and the catalogues. Chinese is the source: its sentences are the message ids.

A sentence always goes through `%`, with or without values, in Python as in templates: write `%%` for a per cent sign.
Where a street is asked for, every sentence is put into the words of its residents' council (street_words.py).
"""

import gettext as stdlib_gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from starlette.requests import cookie_parser
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from domain.congress.congress import Level
from interfaces.web._base import street_words

CHINESE: Final = "zh-CN"
ENGLISH: Final = "en"
LANGUAGES: Final = {CHINESE: "中文", ENGLISH: "English"}
COOKIE: Final = "piaojue_language"
_LONGEST_LIST: Final = 250
"""Bytes of a browser's list of languages that are read."""
LOCALE = Path(__file__).parents[2] / "locale"


class _Voice:
    """In what one request is answered: the language, and whether in a street's words. Threads of a request share it."""

    __slots__ = ("language", "of_street")

    def __init__(self, language: str, *, of_street: bool = False) -> None:
        self.language = language
        self.of_street = of_street


_current: ContextVar[_Voice | None] = ContextVar("voice", default=None)


@cache
def catalogue(language: str) -> stdlib_gettext.NullTranslations:
    """The sentences of one language, read from its .po file once; Chinese needs none."""
    path = LOCALE / language / "LC_MESSAGES" / "messages.po"
    if language == CHINESE or not path.exists():
        return stdlib_gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return stdlib_gettext.GNUTranslations(compiled)


def current_language() -> str:
    """The language this request is answered in."""
    voice = _current.get()
    return voice.language if voice else CHINESE


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within the block every sentence is in this language, and of whom it speaks stays."""
    around = _current.get()
    chosen = language if language in LANGUAGES else CHINESE
    token = _current.set(_Voice(chosen, of_street=around is not None and around.of_street))
    try:
        yield
    finally:
        _current.reset(token)


def speak_of(level: str) -> None:
    """From now on this request speaks of a body of this level: of a street in the words of its council.

    To be called as soon as the body is known, within `speaking`; requests are. Elsewhere nothing changes.
    """
    voice = _current.get()
    if voice is not None:
        voice.of_street = level == Level.STREET


@contextmanager
def speaking_of(level: str) -> Iterator[None]:
    """Within the block every sentence speaks of a body of this level."""
    with speaking(current_language()):
        speak_of(level)
        yield


def worded(text: str) -> str:
    """A text of ours, with its places still empty, in the words of the body that is spoken of."""
    voice = _current.get()
    if voice is None or not voice.of_street:
        return text
    said = street_words.in_chinese(text)
    return street_words.in_english(said) if voice.language == ENGLISH else said


def sentence_of(message: str) -> str:
    """The sentence in the language and words of the request, its places still empty."""
    return worded(catalogue(current_language()).gettext(message))


def sentence_for(one: str, many: str, n: int) -> str:
    """The same for a sentence that comes in two numbers."""
    return worded(catalogue(current_language()).ngettext(one, many, n))


def gettext(message: str, /, **values: object) -> str:
    """The sentence in the language of the request, its named places filled."""
    return sentence_of(message) % values


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """The sentence that fits the number `n`, which is also a named place."""
    return sentence_for(one, many, n) % {"n": n, "num": n, **values}


class Lazy:
    """A sentence named where no language is known yet; it speaks when it is printed."""

    __slots__ = ("message",)

    def __init__(self, message: str) -> None:
        self.message = message

    def __str__(self) -> str:
        return gettext(self.message)

    def __html__(self) -> str:
        return str(self)

    def filled(self, **values: object) -> str:
        """The sentence now, with its named places filled."""
        return gettext(self.message, **values)


def lazy(message: str) -> Lazy:
    """Marks a sentence for the catalogue without translating it yet."""
    return Lazy(message)


def preferred(cookie: str | None, accepted: str | None) -> str:
    """The language asked for: by the cookie, else by the browser's list, else Chinese."""
    return str(cookie) if cookie in LANGUAGES else _first_known((accepted or "")[:_LONGEST_LIST])


@lru_cache(maxsize=512)
def _first_known(accepted: str) -> str:
    for part in _by_weight(accepted):
        if part.startswith("zh"):
            return CHINESE
        if part.startswith("en"):
            return ENGLISH
    return CHINESE


def _by_weight(accepted: str) -> list[str]:
    weighed: list[tuple[float, str]] = []
    for part in accepted.lower().split(",")[:20]:
        name, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((float(weight) if weight else 1.0, name))
        except ValueError:
            continue
    return [name for weight, name in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]


def remember(response: Response, language: str) -> None:
    """The browser asks for this language from now on."""
    response.set_cookie(COOKIE, language, max_age=31_536_000, path="/", httponly=True, samesite="lax")


class InTheirLanguage:
    """Sets the language before a request is answered; `?lang=en` asks for one page in another language."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with speaking(language_of(scope)):
            await self.app(scope, receive, send)


def language_of(scope: Scope) -> str:
    """The language a request asks for: by its address, its cookie or what its browser prefers."""
    chosen, accepted = _asked(scope), ""
    chosen = chosen if chosen in LANGUAGES else None
    for name, value in reversed(scope["headers"]):
        if name == b"accept-language":
            accepted = value.decode("latin-1")
        elif name == b"cookie" and chosen is None and COOKIE.encode() in value:
            chosen = cookie_parser(value.decode("latin-1")).get(COOKIE)
    return preferred(chosen, accepted)


def _asked(scope: Scope) -> str | None:
    for part in scope.get("query_string", b"").split(b"&"):
        if part.startswith(b"lang="):
            return str(part[5:].decode("ascii", "replace"))
    return None
