"""What is found wrong in a record, and reading its files strictly."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from interfaces.tally.given import parsed_json

_S = TypeVar("_S", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that does not fit: in which file, what kind of thing, and the values its sentence needs."""

    file: str
    what: str
    values: dict[str, Any] = field(default_factory=dict)


class Shapeless(Exception):
    """A file does not hold what it must, so that nothing more can be said of it."""

    def __init__(self, file: str, what: str, **values: object) -> None:
        self.finding = Finding(file=file, what=what, values=values)


def shaped(shape: type[_S], name: str, text: str) -> _S:
    """The value in a text, strictly of this shape; doubled fields are refused by the reading before."""
    return modelled(shape, name, parsed_json(name, text).value)


def modelled(shape: type[_S], name: str, value: object) -> _S:
    try:
        return shape.model_validate(value)
    except ValidationError as problem:
        first = problem.errors()[0]
        raise Shapeless(name, "shape", place=".".join(map(str, first["loc"])), problem=first["type"]) from None
