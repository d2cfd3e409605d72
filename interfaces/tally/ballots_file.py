"""ballots.csv: one row per returned ballot under a header of item ids."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from domain.polls.columns import Columns, ItemsDiffer, RaggedBallot, UnknownMark, add_up, same_items
from domain.polls.rules import RuleProfile
from interfaces.tally.given import read_text
from interfaces.tally.refusing import CannotBeCounted, KnownId

_BARE_CR = re.compile(r"\r(?!\n)")
_HEADER_ROWS = 1


def read_ballots(file: str, profile: RuleProfile, items: Sequence[str]) -> Columns:
    """The ballots in the file, added up. Rows are counted as a spreadsheet does, the header is row 1.

    A line without any character is a row with one empty cell: in a file of one column a blank ballot, otherwise
    ragged. Raises CannotBeCounted.
    """
    rows = _rows(file, read_text(file))
    header = next(rows, None)
    if header is None:
        raise CannotBeCounted(file=file, reason="empty_file")
    try:
        same_items(items, header)
        return add_up(profile, header, rows)
    except ItemsDiffer as differ:
        raise _header_refused(file, header, differ) from None
    except RaggedBallot as ragged:
        values = {"row": ragged.ballot + _HEADER_ROWS, "cells": ragged.cells, "expected": ragged.expected}
        raise CannotBeCounted(file=file, reason="ragged_row", values=dict(values)) from None
    except UnknownMark as unknown:
        row, column = unknown.ballot + _HEADER_ROWS, header.index(unknown.item) + 1
        found: dict[str, object] = {"row": row, "column": column, "item": KnownId(unknown.item), "value": unknown.mark}
        raise CannotBeCounted(file=file, reason="unknown_mark", values=found) from None


def _rows(file: str, text: str) -> Iterator[list[str]]:
    if bare := _BARE_CR.search(text):
        at = text.count("\n", 0, bare.start()) + 1
        raise CannotBeCounted(file=file, reason="bare_carriage_return", values={"row": at})
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            yield row or [""]
    except csv.Error:
        raise CannotBeCounted(file=file, reason="broken_csv", values={"row": reader.line_num}) from None


def _header_refused(file: str, header: list[str], differ: ItemsDiffer) -> CannotBeCounted:
    values: dict[str, object]
    for reason, ids in (("unknown_column", differ.unknown), ("doubled_column", differ.doubled)):
        if ids:
            last = len(header) - header[::-1].index(ids[0])
            values = {"row": 1, "column": last, "item": ids[0]}
            return CannotBeCounted(file=file, reason=reason, values=values)
    return CannotBeCounted(file=file, reason="missing_columns", values={"row": 1, "items": differ.missing})
