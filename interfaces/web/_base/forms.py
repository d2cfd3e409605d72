"""Forms: what was typed, what is wrong with it, and how both come back to the page."""

import re
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import Enum
from hashlib import sha256
from typing import Annotated, TypeVar
from unicodedata import normalize
from uuid import UUID, uuid4

from fastapi import Depends
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from domain.shared import CHINA, MOST_YUAN, Invalid, Missing, Money, Refused
from interfaces.web._base import sentences, tokens

KEY_FIELD = "command_key"
_WAN = Decimal(10_000)
_UNWRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no key writes: controls, changes of direction that would turn the words around, halves of characters."""

_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,12})?")
E = TypeVar("E", bound=Enum)


@dataclass(eq=False)
class FormExpired(Refused):
    """The form does not come from a page this browser was given, or the sign-in has changed since."""


@dataclass(eq=False)
class ChangedWhileTyped(Refused):
    """Somebody else has changed what the form began with; sent once more, what was typed counts."""


@dataclass(eq=False)
class WrongFields(Refused):
    """Several fields at once."""

    refusals: tuple[Missing | Invalid, ...]


class Typed:
    """What a person typed, after its token was checked.

    Reading a field that is wrong notes it and gives a harmless value; `settle()` then refuses all of
    them together, so call it before using anything.
    """

    def __init__(self, data: FormData) -> None:
        self.data = data
        self.key = self.text(KEY_FIELD)
        self._wrong: list[Missing | Invalid] = []

    @property
    def fingerprint(self) -> str:
        """Twelve digits that stand for everything typed, secrets left out."""
        typed = sorted(
            f"{name}={value}" if isinstance(value, str) else f"{name}:{value.filename}:{value.size}"
            for name, value in self.data.multi_items()
            if name not in (KEY_FIELD, tokens.FIELD) and "password" not in name
        )
        return sha256("\n".join(typed).encode()).hexdigest()[:12]

    def text(self, name: str) -> str:
        """The words of a field, without spaces around and what no key writes; empty when it is not there."""
        value = self.data.get(name)
        return _written(value) if isinstance(value, str) else ""

    def secret(self, name: str) -> str:
        """A password, exactly as typed."""
        value = self.data.get(name)
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """The words of every field of this name that holds some."""
        found = (_written(value) for value in self.data.getlist(name) if isinstance(value, str))
        return [value for value in found if value]

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self.text(name))

    def required(self, name: str) -> str:
        """The words of a field that must not be empty."""
        value = self.text(name)
        if not value:
            self._wrong.append(Missing(fields=(name,)))
        return value

    def integer(self, name: str) -> int:
        """A whole number."""
        value = self.decimal(name)
        return int(value) if value == int(value) else self._noted(name, "number", 0)

    def decimal(self, name: str) -> Decimal:
        """A number with or without decimals."""
        try:
            return _decimal(self.required(name))
        except InvalidOperation:
            return self._noted(name, "number", Decimal(0))

    def money_in_wan(self, name: str) -> Money:
        """An amount typed in 万元, as yuan."""
        try:
            yuan = Money(_decimal(self.required(name)) * _WAN)
        except InvalidOperation:
            return self._noted(name, "money", Money(Decimal(0)))
        return yuan if abs(yuan) < MOST_YUAN else self._noted(name, "money", Money(Decimal(0)))

    def date(self, name: str) -> date:
        """A day."""
        try:
            return date.fromisoformat(self.required(name))
        except ValueError:
            return self._noted(name, "date", date.min)

    def moment(self, name: str) -> datetime:
        """A day and a time of day in China, from a field of the kind `datetime-local`."""
        try:
            return datetime.fromisoformat(self.required(name)).replace(tzinfo=CHINA)
        except ValueError:
            return self._noted(name, "date", datetime.combine(date.min, time(), CHINA))

    def choice(self, name: str, kind: type[E]) -> E:
        """One of the values of an enumeration."""
        try:
            return kind(self.required(name))
        except ValueError:
            return self._noted(name, "choice", next(iter(kind)))

    def id(self, name: str) -> UUID:
        """An identity, as selects and hidden fields hold it."""
        try:
            return UUID(self.required(name))
        except ValueError:
            return self._noted(name, "choice", UUID(int=0))

    def file(self, name: str) -> UploadFile | None:
        """A file that was chosen, noted as wrong when there is none."""
        value = self.data.get(name)
        if isinstance(value, UploadFile) and value.filename:
            return value
        return self._noted(name, "file", None)

    def wrong(self, name: str, why: str, value: str = "") -> None:
        """Notes a field for a reason of the catalogue."""
        self._wrong.append(Invalid(field=name, reason=why, value=value))

    def settle(self) -> None:
        """Raises WrongFields when anything read so far was wrong."""
        if self._wrong:
            raise WrongFields(refusals=tuple(self._wrong))

    T = TypeVar("T")

    def _noted(self, name: str, why: str, harmless: T) -> T:
        if not any(isinstance(wrong, Missing) and name in wrong.fields for wrong in self._wrong):
            self.wrong(name, why, self.text(name))
        return harmless


async def typed_form(request: Request) -> AsyncIterator[Typed]:
    """The form of a request; files that came with it are gone after it. Raises FormExpired for one not of our pages."""
    if request.headers.get("sec-fetch-site") == "cross-site" or not _is_plain(request):
        raise FormExpired
    async with request.form(max_files=20, max_fields=5000) as data:
        given = data.get(tokens.FIELD)
        if not isinstance(given, str) or not tokens.is_ours(request, given):
            raise FormExpired
        yield Typed(data)


def _is_plain(request: Request) -> bool:
    """Whether the form is written as our pages ask for it; in other characters it could say what no field holds."""
    _kind, options = parse_options_header(request.headers.get("content-type", ""))
    return options.get(b"charset", b"utf-8").lower() == b"utf-8"


Form = Annotated[Typed, Depends(typed_form)]


@dataclass(kw_only=True)
class Sheet:
    """A form as the macros draw it: values, sentences about them, token and a key a form."""

    request: Request
    values: Mapping[str, object] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    """Sentence by field; under the empty name what concerns the form as a whole."""
    typed: FormData | None = None
    labels: dict[str, str] = field(default_factory=dict)

    def labelled(self, name: str, label: object) -> str:
        """Remembers the label of a field for the summary of errors; draws nothing."""
        self.labels[name] = str(label)
        return ""

    def label(self, name: str) -> str:
        """The label of a field in the summary of errors."""
        return self.labels.get(name) or sentences.field_name(name)

    def value(self, name: str, otherwise: object = "") -> str:
        """What stands in a field: what was typed, else what is known."""
        known = self.values.get(name, otherwise) if self.typed is None else self.typed.get(name, "")
        return "" if known is None or isinstance(known, UploadFile) else str(getattr(known, "value", known))

    def all_values(self, name: str) -> list[str]:
        """What is ticked or chosen under a name that may come several times."""
        if self.typed is not None:
            return [value for value in self.typed.getlist(name) if isinstance(value, str)]
        known = self.values.get(name, ())
        several = known if isinstance(known, Iterable) and not isinstance(known, str) else (known,)
        return [str(getattr(value, "value", value)) for value in several if value not in (None, False)]

    def token(self) -> str:
        """The token that shows the form is ours."""
        return tokens.token(self.request)

    def new_key(self) -> str:
        """The key of one submission of one form."""
        return str(uuid4())


def blank(request: Request, **values: object) -> Sheet:
    """A form nobody has filled in yet, with what the system knows."""
    return Sheet(request=request, values=values)


def refilled(request: Request, typed: Typed, refused: Refused) -> Sheet:
    """The form as it was typed, with what was wrong."""
    return Sheet(request=request, typed=typed.data, errors=errors_of(refused))


def seen_as(shown: object) -> str:
    """Sixteen digits for what a form began with, for its hidden field `seen`: whether others changed it meanwhile."""
    return sha256(repr(shown).encode()).hexdigest()[:16]


def require_seen(typed: Typed, now: object, wanted: object) -> None:
    """Raises ChangedWhileTyped where the form began with something else than what is there now.

    Nothing is said against what is there already: the same form sent twice.
    """
    if typed.text("seen") not in ("", seen_as(now)) and wanted != now:
        raise ChangedWhileTyped


def errors_of(refused: Refused) -> dict[str, str]:
    """The sentences of a refusal by the fields they concern."""
    match refused:
        case WrongFields():
            return {name: said for one in refused.refusals for name, said in errors_of(one).items()}
        case Missing():
            return {name: sentences.reason(Invalid(field=name, reason="required")) for name in refused.fields}
        case Invalid():
            return {refused.field: sentences.reason(refused)}
    said = getattr(refused, "said", None)  # a refusal that brings the sentence of each field
    if isinstance(said, dict):
        return said
    return {sentences.field_of(refused): sentences.sentence(refused)}


def _written(value: str) -> str:
    return _UNWRITTEN.sub("", value).replace("\r\n", "\n").strip()


def _decimal(text: str) -> Decimal:
    """Ordinary numbers only, full-width ones too: no exponents, no underscores. Raises InvalidOperation."""
    plain = normalize("NFKC", text).replace(",", "").strip()
    if not _NUMBER.fullmatch(plain):
        raise InvalidOperation
    return Decimal(plain)
