"""What bodies are made of: every field with its meaning, an example and its bounds; nothing is guessed or converted.

In answers money is a text of yuan, exact to the last digit, and moments carry China's zone.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, Strict

LINE = r"^[^\x00-\x1F\x7F]*[^\s\x00-\x1F\x7F][^\x00-\x1F\x7F]*$"
"""One line in which something is written."""

MAYBE_LINE = r"^[^\x00-\x1F\x7F]*$"
LINES = r"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*$"


def _text_only(value: Any) -> Any:
    """A day or an identity is written as text; a number is none. Raises ValueError."""
    if isinstance(value, (int, float)):
        raise ValueError("text is wanted")  # noqa: TRY004  # pydantic takes a ValueError as a wrong field
    return value


Whole = Annotated[int, Strict()]
"""A whole number, never a text of digits."""

Flag = Annotated[bool, Strict()]
Day = Annotated[date, BeforeValidator(_text_only)]
Moment = Annotated[datetime, BeforeValidator(_text_only)]
Id = Annotated[UUID, BeforeValidator(_text_only)]
Money = Annotated[
    Decimal,
    BeforeValidator(_text_only),
    PlainSerializer(str, return_type=str, when_used="json"),
]
"""Yuan as a text of digits, e.g. `23000000` or `8500.50`."""


class Asked(BaseModel):
    """The body of a request: fields it does not know are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=20_000)


class Shown(BaseModel):
    """The body of an answer. Fields may be added to it without a new version of the API."""

    model_config = ConfigDict(frozen=True)


class Named(Shown):
    """Something that is named elsewhere, with its identity."""

    id: UUID = Field(description="标识。", examples=["4f16c9c2-a017-52b7-9d4b-f5491a8e542a"])
    name: str = Field(description="名称。", examples=["市教育局"])
