"""The fact book: the stable name and version under which each kind of fact is stored."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import msgspec

Raw = dict[str, Any]
Upcast = Callable[[Raw], Raw]


class UnknownFact(LookupError):
    """The history holds a fact of a name or version that this program does not know."""


class UnregisteredFact(LookupError):
    """A class of facts that has no entry in the book, so it cannot be recorded."""


class NotRecordable(TypeError):
    """A fact that would not read back equal to what was written, or not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """How one class of facts is stored today."""

    name: str
    version: int
    fact: type
    decoder: msgspec.json.Decoder[Any]


class FactBook:
    """Names never change and never follow a module's path; a changed shape is a new version with an upcast.

    A new field with a default needs neither: older facts are read with the default.
    """

    def __init__(self) -> None:
        self._by_class: dict[type, Entry] = {}
        self._by_name: dict[str, Entry] = {}
        self._upcasts: dict[tuple[str, int], Upcast] = {}

    def add(self, name: str, version: int, fact: type) -> None:
        """Enters a class of facts. Raises ValueError for a name or class that is in the book."""
        if name in self._by_name or fact in self._by_class:
            raise ValueError(f"{name} / {fact.__qualname__} is in the book already")
        decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(fact, dec_hook=_decoded)
        entry = Entry(name=name, version=version, fact=fact, decoder=decoder)
        self._by_name[name] = self._by_class[fact] = entry

    def upcast(self, name: str, version: int) -> Callable[[Upcast], Upcast]:
        """Enters the function that turns the raw fields of `version` into those of the next one."""

        def enter(function: Upcast) -> Upcast:
            if (name, version) in self._upcasts:
                raise ValueError(f"{name} has an upcast from version {version} already")
            self._upcasts[name, version] = function
            return function

        return enter

    def entries(self) -> Iterator[Entry]:
        """All entries, by name."""
        return iter(sorted(self._by_name.values(), key=lambda entry: entry.name))

    def entry_of(self, fact: type) -> Entry:
        """Raises UnregisteredFact."""
        try:
            return self._by_class[fact]
        except KeyError:
            raise UnregisteredFact(f"{fact.__module__}.{fact.__qualname__}") from None

    def encoded(self, fact: object) -> bytes:
        """The fact as JSON that is known to read back equal. Raises UnregisteredFact or NotRecordable.

        A fact that cannot be read would stop every later reader of the history, so the reading is
        tried before anything is written.
        """
        entry = self.entry_of(type(fact))
        try:
            state = msgspec.json.encode(fact, enc_hook=_encoded)
            again = entry.decoder.decode(state)
        except (msgspec.MsgspecError, TypeError, ValueError) as error:
            raise NotRecordable(f"{entry.name}: {error}") from error
        if again != fact:
            raise NotRecordable(f"{entry.name} reads back as {again!r} instead of {fact!r}")
        return state

    def decoded(self, name: str, version: int, state: bytes | msgspec.Raw) -> object:
        """The fact that was stored under this name and version. Raises UnknownFact."""
        entry = self._by_name.get(name)
        if entry is None or version > entry.version:
            raise UnknownFact(f"{name} version {version}")
        if version == entry.version:
            return entry.decoder.decode(state)
        raw: Raw = msgspec.json.decode(state)
        for step in range(version, entry.version):
            raw = self._upcast(name, step)(raw)
        return msgspec.convert(raw, entry.fact, str_keys=True, dec_hook=_decoded)

    def _upcast(self, name: str, version: int) -> Upcast:
        try:
            return self._upcasts[name, version]
        except KeyError:
            raise UnknownFact(f"{name} has no upcast from version {version}") from None


def _encoded(value: object) -> object:
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(f"facts hold no {type(value).__qualname__}")


def _decoded(wanted: type, value: object) -> object:
    if wanted is Fraction and isinstance(value, str):
        return Fraction(value)
    raise TypeError(f"facts hold no {wanted.__qualname__}")
