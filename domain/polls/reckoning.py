"""Exact arithmetic of a count: shares of a base, printed figures, ranks. No floating point anywhere."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

_Value = TypeVar("_Value", int, Fraction)

_FRACTION = re.compile(r"[0-9]{1,50}(?:/[0-9]{1,50}|\.[0-9]{1,50})?")


class Operator(StrEnum):
    """以上 includes the number, 超过 and 过半数 do not; so a rule always says which it means."""

    OVER = ">"
    AT_LEAST = ">="


def share_of(text: str) -> Fraction:
    """The exact share written as "2/3", "0.5" or "1".

    Raises ValueError for anything else, and for what is not a share of a whole (above 1, denominator 0).
    """
    if not _FRACTION.fullmatch(text):
        raise ValueError(text)
    try:
        share = Fraction(text)
    except ZeroDivisionError:
        raise ValueError(text) from None
    if share > 1:
        raise ValueError(text)
    return share


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A share of some base that must be reached (`>=`) or exceeded (`>`); the fraction is kept as written."""

    fraction: str
    operator: Operator

    @property
    def share(self) -> Fraction:
        """The fraction as an exact number; raises ValueError when it is none."""
        return share_of(self.fraction)

    def least(self, base: int) -> int:
        """The least whole number that meets the threshold: over 1/2 of 327 is 164, at least 2/3 is 218."""
        part = self.share * base
        if self.operator is Operator.AT_LEAST:
            return -(-part.numerator // part.denominator)
        return part.numerator // part.denominator + 1

    def is_met(self, number: int, base: int) -> bool:
        """Whether `number` of `base` is enough."""
        return number >= self.least(base)


def half_up(value: Fraction, places: int) -> str:
    """`value` with so many decimals, halves away from zero; rounding happens here only, when a figure is printed."""
    scale = 10**places
    magnitude = abs(value) * scale
    units = (2 * magnitude.numerator + magnitude.denominator) // (2 * magnitude.denominator)
    whole, decimals = divmod(units, scale)
    sign = "-" if value < 0 and units else ""
    return f"{sign}{whole}.{decimals:0{places}d}"


def dense_ranks(values: Iterable[_Value]) -> dict[_Value, int]:
    """The rank of each value, highest first, equal values equal rank, no rank left out: 97.1, 97.1, 95 → 1, 1, 2."""
    return {value: rank for rank, value in enumerate(sorted(set(values), reverse=True), start=1)}
