"""Which asks of the year are out, whose turn is each, what was answered, and how do congresses stand side by side?"""

from projections.asks_board.asking import (
    AskRow,
    Step,
    ask,
    asks_of,
    asks_of_project,
    asks_of_units,
    asks_open_or_of,
    asks_put_below,
    late_asks,
    steps_of,
    years,
)
from projections.asks_board.batch import PROJECTION
from projections.asks_board.matrix import Cell, cells, years_among

__all__ = [
    "PROJECTION",
    "AskRow",
    "Cell",
    "Step",
    "ask",
    "asks_of",
    "asks_of_project",
    "asks_of_units",
    "asks_open_or_of",
    "asks_put_below",
    "cells",
    "late_asks",
    "steps_of",
    "years",
    "years_among",
]
