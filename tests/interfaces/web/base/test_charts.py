"""Charts are read by everybody: in black and white, without a script, by ear and in a document."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from markupsafe import Markup

from interfaces.documents.typesetting import pictures
from interfaces.web._base import charts
from interfaces.web._base.charts import Bar, Cell, Chart, Part, Reached, inks
from interfaces.web._base.charts.canvas import cut, reach
from interfaces.web._base.charts.lines import planned_on

_SHEETS = (Path("interfaces/static/css/tokens.css"), Path("interfaces/static/css/lights.css"))
_BAD = "<script>alert('x')</script>&\"路\""

_PLAN = (
    Reached(on=date(2026, 3, 1), percent=0),
    Reached(on=date(2026, 8, 8), percent=60, words="主体完工"),
    Reached(on=date(2026, 12, 20), percent=100, words="竣工"),
)
_LIGHTS = (Part(words="按计划", kind="ok"), Part(words="滞后", kind="bad"), Part(words="偏慢", kind="warn"))
ALL = (
    charts.plan_line("进度", _PLAN, [Reached(on=date(2026, 6, 22), percent=31)], today=date(2026, 10, 18)),
    charts.stacked("亮灯", _LIGHTS, [("市教育局", (3, 1, 0)), (_BAD, (0, 2, 0))], names="单位"),
    charts.funds("资金", [("农村公路", Decimal(382_000_000), Decimal(241_000_000))], names="项目"),
    charts.votes("得票", [("农村公路", 288, True), (_BAD, 140, False)], base=327, needed=164),
    charts.bars("类别", [Bar(label="教育", value=12), Bar(label="交通", value=0)], names="类别", values="件"),
    charts.matrix("四问", ["问计划"], [("东河区", [Cell(kind="bad", words="逾期", small="6天")])], names="大会"),
)
EMPTY = (
    charts.plan_line("进度", (), ()),
    charts.stacked("亮灯", _LIGHTS, (), names="单位"),
    charts.votes("得票", (), base=0, needed=None),
    charts.matrix("四问", (), (), names="大会"),
)


@pytest.mark.parametrize("chart", [*ALL, *EMPTY], ids=lambda chart: chart.title)
@pytest.mark.parametrize("width", [charts.NARROW, charts.WIDE])
def test_a_drawing_has_a_name_and_neither_style_nor_script(chart: Chart, width: float) -> None:
    drawn = ET.fromstring(chart.svg(width))
    assert drawn.get("role") == "img"
    assert str(drawn.get("aria-label")).startswith(chart.title)
    assert not [one for one in drawn.iter() if "style" in one.attrib or one.tag in ("script", "style", "image")]
    assert float(drawn.get("width", "0")) == width


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.title)
def test_every_figure_stands_in_a_table_behind_the_drawing(chart: Chart) -> None:
    figure = Markup(chart.__html__())
    table = ET.fromstring(re.search(r"<table.*</table>", figure, re.DOTALL)[0])  # type: ignore[index]  # it is there
    assert [one.text for one in table.iter("th") if one.get("scope") == "col"] == list(chart.headings)
    assert len(list(table.iter("tr"))) == len(chart.rows) + 1
    assert all(len(row) == len(chart.headings) for row in chart.rows)
    assert "<script" not in figure


def test_patterns_of_two_drawings_have_ids_of_their_own() -> None:
    page = "".join(chart.large() for chart in ALL)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) >= 2
    assert set(re.findall(r"url\(#([^)]+)\)", page)) == set(ids)


def test_kinds_differ_by_shape_and_not_by_colour_alone() -> None:
    shapes = {re.sub(r"#[0-9a-f]{6}", "", inks.shape(kind, 8, 8, 10)) for kind in inks.COLOURS if kind != "accent"}
    assert len(shapes) == len(inks.COLOURS) - 1


def test_the_colours_are_those_of_the_style_sheets() -> None:
    normal = "".join(sheet.read_text(encoding="utf-8").split("html.large", maxsplit=1)[0] for sheet in _SHEETS)
    tokens = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", normal))
    named = ("green", "amber", "orange", "red", "blue", "accent", "ink")
    assert {tokens[token] for token in named} == {inks.COLOURS[kind] for kind in inks.COLOURS if kind != "idle"}
    ours = (inks.INK, inks.MUTED, inks.LINE, inks.TRACK, inks.PAPER)
    assert tuple(tokens[name] for name in ("ink", "muted", "line", "track", "paper")) == ours


def test_the_plan_is_linear_between_its_points_and_a_missed_report_keeps_the_last_actual() -> None:
    """Rule 22."""
    assert planned_on(_PLAN, date(2026, 2, 1)) == 0
    assert planned_on(_PLAN, date(2026, 5, 20)) == Decimal(30)
    assert planned_on(_PLAN, date(2027, 1, 1)) == 100
    assert ALL[0].says.startswith("实际 31%")
    assert "今天" in ALL[0].svg(charts.NARROW)


def test_words_end_where_their_room_does() -> None:
    assert cut("市卫生健康委员会", 60) == "市卫生…"
    assert cut("市教育局", 60) == "市教育局"
    assert reach(cut("Bureau of housing", 60)) <= 60 + 13


def test_the_same_drawings_are_pictures_for_documents() -> None:
    made = pictures([chart.picture() for chart in ALL])
    assert len(made) == len(ALL)
    assert all(one.startswith(b"\x89PNG") for one in made)
    assert pictures([]) == []
    assert made == pictures([chart.picture() for chart in ALL])
