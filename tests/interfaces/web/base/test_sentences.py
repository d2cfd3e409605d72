"""Every refusal has a sentence, in both languages."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import fields
from types import ModuleType

import pytest

import application
import domain
import interfaces
from domain.shared import Invalid, Missing, NotFound, NotPermitted, Refused
from interfaces.locale import update
from interfaces.web._base import language
from interfaces.web._base.forms import errors_of
from interfaces.web._base.language import Lazy
from interfaces.web._base.sentences import known_words, sentence, status_of

SAMPLES: dict[str, object] = {"int": 3, "str": "甲", "float": 2.0, "tuple[str, ...]": ("甲", "乙")}


def _modules(package: ModuleType) -> Iterator[str]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if ".static" not in found.name and not found.name.endswith("__main__"):
            yield found.name


def _refusals() -> list[type[Refused]]:
    for package in (domain, application, interfaces):
        for name in _modules(package):
            importlib.import_module(name)
    found: list[type[Refused]] = []
    ahead: list[type[Refused]] = [Refused]
    while ahead:
        kind = ahead.pop()
        ahead.extend(kind.__subclasses__())
        found.append(kind)
    named = {f"{kind.__module__}.{kind.__qualname__}": kind for kind in found if kind is not Refused and _is_ours(kind)}
    return [named[name] for name in sorted(named)]


def _is_ours(kind: type[Refused]) -> bool:
    """The tally is a tool with a catalogue of its own."""
    return not kind.__module__.startswith(("tests.", "interfaces.tally")) and "<locals>" not in kind.__qualname__


REFUSALS = _refusals()


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_refusal_has_a_sentence_that_its_values_fill(kind: type[Refused]) -> None:
    assert kind.__name__ in known_words("SENTENCES"), f"add {kind.__name__} to a sentences.py"
    said = known_words("SENTENCES")[kind.__name__]
    if isinstance(said, Lazy) and kind not in {Missing, Invalid, NotFound}:
        for spoken in language.LANGUAGES:
            with language.speaking(spoken):
                assert said.filled(**{field.name: SAMPLES.get(str(field.type), "甲") for field in fields(kind)})


def test_a_sentence_names_the_fields_that_are_missing() -> None:
    assert sentence(Missing(fields=("name", "title"))) == "还没有填写：名称、标题。"
    with language.speaking("en"):
        assert sentence(Missing(fields=("name", "title"))) == "Not filled in yet: Name, Title."


def test_a_wrong_field_is_told_beside_the_field() -> None:
    assert errors_of(Invalid(field="starts_on", reason="date")) == {"starts_on": "请填写日期，例如 2026-01-24。"}
    assert errors_of(Missing(fields=("name",))) == {"name": "请填写。"}


def test_what_concerns_no_field_is_told_for_the_form() -> None:
    assert list(errors_of(NotPermitted(act="x"))) == [""]


def test_statuses_are_decided_in_one_table() -> None:
    assert status_of(NotFound(kind="page", id="")) == 404
    assert status_of(NotPermitted(act="x")) == 403
    assert status_of(Missing(fields=())) == 422
    assert status_of(Refused()) == 409


def test_every_sentence_of_the_pages_has_its_english() -> None:
    missing = sorted(update.missing())
    assert missing == [], "run: python -m interfaces.locale.update --missing"


def test_english_sentences_use_only_places_that_the_chinese_ones_fill() -> None:
    money = {"%(n)s 亿元", "%(n)s 万元"}  # shown in millions and thousands instead
    wrong = [
        message.id
        for message in update.english()
        if isinstance(message.id, str)
        and message.id not in money
        and not set(_places(str(message.string))) <= set(_places(message.id))
    ]
    assert wrong == []


def _places(text: str) -> list[str]:
    return [part.split(")")[0] for part in text.split("%(")[1:]]
