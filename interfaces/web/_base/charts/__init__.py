"""Charts from plain data: inline SVG with a table behind, readable in black and white, the same one in documents."""

from interfaces.web._base.charts.bars import Bar, bars, funds, votes
from interfaces.web._base.charts.chart import NARROW, WIDE, Chart
from interfaces.web._base.charts.inks import Kind
from interfaces.web._base.charts.lines import Reached, plan_line
from interfaces.web._base.charts.matrix import Cell, mark, matrix
from interfaces.web._base.charts.stacks import Part, stacked

__all__ = [
    "NARROW",
    "WIDE",
    "Bar",
    "Cell",
    "Chart",
    "Kind",
    "Part",
    "Reached",
    "bars",
    "funds",
    "mark",
    "matrix",
    "plan_line",
    "stacked",
    "votes",
]
