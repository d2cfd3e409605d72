"""A counted evaluation as pages show it: marks, labelled rates, scores, ranks, grades (rules 23 and 24)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from domain.polls.grading import Graded, graded
from domain.polls.reckoning import half_up
from domain.polls.rules import EvaluationRules, PassBase, RuleProfile
from interfaces.documents.count_report import ReportGrade, ReportGrades
from interfaces.documents.workbook import sheet
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy

SCALE: Final = 1000
"""Units across a bar's full width."""

_SHADES: Final = ("f-best", "f-mid", "f-worst")

BASES: Final = {
    PassBase.ALL_DELEGATES: lazy("全体组成人员"),
    PassBase.ATTENDING: lazy("到会人员"),
    PassBase.RETURNED: lazy("收回的票"),
    PassBase.VALID_MARKS: lazy("有效票"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GradePart:
    """One option's stretch of a bar."""

    css: str
    x: int
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRow:
    """One evaluated project; what needs a valid mark is a dash without one."""

    id: str
    name: str
    marks: tuple[int, ...]
    valid: int
    void: int
    base: int
    satisfaction: str
    overall: str
    score: str
    rank: int | None
    grade: str
    css: str
    """`ok`, `warn` or `bad`, for the tag of the grade."""
    band: str
    parts: tuple[GradePart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grades:
    """An evaluation's result, by rank; `remarks` say what each figure is measured against."""

    options: tuple[str, ...]
    rows: tuple[GradeRow, ...]
    bands: bool
    remarks: tuple[str, ...]


def grades_of(profile: RuleProfile, count: Mapping[str, Any]) -> Grades | None:
    """None for a void evaluation and for a vote."""
    rules, results = profile.evaluation, graded(profile, count)
    if rules is None or not results:
        return None
    last = len(results) + 1
    return Grades(
        options=tuple(option.name or option.id for option in rules.options),
        rows=tuple(_row(rules, one) for one in sorted(results, key=lambda one: one.rank or last)),
        bands=bool(rules.score_bands),
        remarks=tuple(_remarks(rules)),
    )


def _row(rules: EvaluationRules, one: Graded) -> GradeRow:
    marks = tuple(one.counts[option.id] for option in rules.options)
    order = [rule.grade for rule in rules.grades]
    place = order.index(one.grade) if one.grade in order else -1
    return GradeRow(
        id=one.id,
        name=one.name,
        marks=marks,
        valid=one.valid_marks,
        void=one.void + one.blank,
        base=one.base,
        satisfaction=in_percent(one.satisfaction),
        overall=in_percent(one.overall),
        score="–" if one.score is None else str(one.score),
        rank=one.rank,
        grade=one.grade_name or "–",
        css="" if place < 0 else "ok" if place == 0 else "bad" if place == len(order) - 1 else "warn",
        band=one.band or "–",
        parts=_parts(marks),
    )


def _parts(marks: tuple[int, ...]) -> tuple[GradePart, ...]:
    whole, before, parts = max(sum(marks), 1), 0, []
    for place, number in enumerate(marks):
        css = _SHADES[min(place, len(_SHADES) - 1)]
        x, end = before * SCALE // whole, (before + number) * SCALE // whole
        parts.append(GradePart(css=css, x=x, width=end - x))
        before += number
    return tuple(parts)


def in_percent(rate: Fraction | None) -> str:
    """78.83%: a rate as rule 24 prints it; a dash where there is none."""
    return "–" if rate is None else f"{half_up(rate * 100, 2)}%"


def _remarks(rules: EvaluationRules) -> list[str]:
    names = [option.name or option.id for option in rules.options]
    scores = "、".join(f"{option.name or option.id} {option.score:f}" for option in rules.options)
    said = [
        _("等次以%(base)s为基数计算。", base=BASES[rules.base]),
        _("满意率＝%(best)s票÷有效票；总体满意率＝（%(two)s）票÷有效票。", best=names[0], two="＋".join(names[:2])),
        _("得分＝各档分值（%(scores)s）按有效票平均；得分相同的名次相同。", scores=scores),
    ]
    if rules.score_bands:
        table = "、".join(_band_words(band.name, band.at_least) for band in rules.score_bands)
        said.append(_("按得分分档：%(table)s（“以上”含本数）。", table=table))
    return said


def _band_words(name: str, at_least: Decimal) -> str:
    return _("%(score)s分以上为%(name)s", score=f"{at_least:f}", name=name)


def printed_grades(grades: Grades) -> ReportGrades:
    """The same on paper."""
    return ReportGrades(
        options=grades.options,
        remarks=grades.remarks,
        items=tuple(
            ReportGrade(
                number=int(row.id) if row.id.isdecimal() else place,
                name=row.name,
                marks=row.marks,
                shares=tuple(part.width / SCALE for part in row.parts),
                void=row.void,
                valid=row.valid,
                satisfaction=row.satisfaction,
                overall=row.overall,
                score=row.score,
                rank="–" if row.rank is None else str(row.rank),
                grade=row.grade,
                band=row.band,
            )
            for place, row in enumerate(grades.rows, 1)
        ),
    )


def grades_sheet(title: str, grades: Grades) -> bytes:
    """The evaluation as a workbook; rates and scores are the numbers that are printed."""
    bands = (_("分档"),) if grades.bands else ()
    rates = (_("满意率（%%）"), _("总体满意率（%%）"), _("得分"), _("名次"), _("等次"), *bands)
    headings = (_("序号"), _("项目"), *grades.options, _("无效"), _("有效票"), *rates)
    rows = [
        (
            int(row.id) if row.id.isdecimal() else row.id,
            row.name,
            *row.marks,
            row.void,
            row.valid,
            _figure(row.satisfaction),
            _figure(row.overall),
            _figure(row.score),
            row.rank,
            row.grade,
            *((row.band,) if grades.bands else ()),
        )
        for row in grades.rows
    ]
    return sheet(title, headings, rows, caption=title, notes=grades.remarks)


def _figure(printed: str) -> Decimal | None:
    return None if printed == "–" else Decimal(printed.removesuffix("%"))
