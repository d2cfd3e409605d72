"""The rules by which progress is reported and lights shine: ready-made schemes, changes, a trial on real projects."""

from dataclasses import replace
from decimal import Decimal
from typing import Any, Final, NamedTuple

from fastapi import APIRouter, Request, Response

from application.implementation import lights as commands
from domain.accounts.permissions import Act
from domain.projects.lights import SCHEMES, Band, Colour, LightRules, checked_lights
from domain.projects.periods import ProgressRules, Rhythm
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, Sheet, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import worded
from interfaces.web._base.pages import again, done, page
from interfaces.web.progress import views
from interfaces.web.progress.desk import Keeper, measure_of
from interfaces.web.progress.views import ShownProject
from interfaces.web.progress.words import COLOURS, LIGHT_KINDS, RHYTHMS, SCHEME_TITLES, band_words
from projections import progress_board

router = APIRouter()

PATH = "/staff/{slug}/lights"
BANDS: Final = 5
"""Rows of the form; most schemes need three."""

TRIED_YEARS: Final = 3
"""The newest years whose projects rules are tried on."""

CAUSES: Final = ("milestone_overdue", "accepted", "suspended", "terminated")


class Tried(NamedTuple):
    """A project under the rules in force and under those that are tried."""

    now: ShownProject
    then: ShownProject

    @property
    def changes(self) -> bool:
        """Whether its light would be another."""
        return (self.now.kind, self.now.words) != (self.then.kind, self.then.words)


@router.get(PATH)
def rules(request: Request, house: TheHouse, here: OfficeReader, scheme: str = "") -> Response:
    """The rules in force, the ready-made schemes, and what any of them would make of the congress's projects."""
    context = _context(house, here)
    current: ProgressRules = context["rules"]
    chosen = SCHEMES.get(scheme)
    offered = replace(current, lights=chosen, title=str(SCHEME_TITLES[scheme])) if chosen else current
    tried = _tried(house, here, offered) if chosen else []
    form = blank(request, **_typed_of(offered))
    return page(request, "progress/lights.html", form=form, tried=tried, scheme=scheme, **context)


@router.post(PATH)
def adopt(request: Request, house: TheHouse, here: Keeper, typed: Form) -> Response:
    """Tries the rules on the real projects, or adopts them."""
    context = _context(house, here)
    try:
        wanted = _read(typed)
        if typed.text("act") == "try":
            checked_lights(wanted.lights)
            form = Sheet(request=request, typed=typed.data)
            tried = _tried(house, here, wanted)
            return page(request, "progress/lights.html", form=form, tried=tried, scheme="", **context)
        position = commands.adopt_progress_rules(house.office, here.by(typed), here.congress.id, wanted)
    except Refused as refused:
        return again(request, "progress/lights.html", typed, refused, tried=[], scheme="", **context)
    return done(request, position, f"/staff/{here.congress.slug}/lights", _("进度办法已通过，从现在起按它亮灯。"))


def _tried(house: House, here: Place, wanted: ProgressRules) -> list[Tried]:
    measure = measure_of(house, here)
    with house.reading.connect() as conn:
        years = progress_board.years(conn, here.congress.id)[:TRIED_YEARS]
        rows = [row for year in years for row in progress_board.board(conn, here.congress.id, year)]
    then = replace(measure, rules=wanted)
    return [Tried(views.shown(row, measure), views.shown(row, then)) for row in rows if row.plan is not None]


def _read(typed: Typed) -> ProgressRules:
    """What was typed. Raises WrongFields."""
    title, rhythm, report_day = typed.required("title"), typed.choice("rhythm", Rhythm), typed.integer("report_day")
    bands = []
    for place in range(BANDS):
        if not typed.text(f"words_{place}"):
            continue
        limit = typed.decimal(f"at_least_{place}") if typed.text(f"at_least_{place}") else None
        colour = typed.choice(f"colour_{place}", Colour)
        bands.append(Band(colour=colour, words=typed.text(f"words_{place}"), at_least=limit))
    remind_after = typed.integer("remind_after") if typed.text("remind_after") else None
    causes = {cause: typed.choice(cause, Colour) for cause in CAUSES}
    typed.settle()
    lights = LightRules(bands=tuple(bands), **causes)
    return ProgressRules(title=title, rhythm=rhythm, report_day=report_day, lights=lights, remind_after=remind_after)


def _typed_of(known: ProgressRules) -> dict[str, Any]:
    values: dict[str, Any] = {"title": known.title, "rhythm": known.rhythm, "report_day": known.report_day}
    values["remind_after"] = "" if known.remind_after is None else known.remind_after
    for place, band in enumerate(known.lights.bands):
        values[f"words_{place}"] = band.words
        values[f"colour_{place}"] = band.colour
        values[f"at_least_{place}"] = "" if band.at_least is None else views.plain(band.at_least)
    return values | {cause: getattr(known.lights, cause) for cause in CAUSES}


def plain_words(known: LightRules) -> list[tuple[str, str, str, str]]:
    """The rules as sentences: kind, colour, what it is called, when it shines; in the order in which they are asked."""

    def line(colour: Colour, words: str, when: str) -> tuple[str, str, str, str]:
        return LIGHT_KINDS[colour], str(COLOURS[colour]), words, when

    found = [
        line(known.terminated, _("已终止"), _("项目被决定终止")),
        line(known.suspended, _("已暂缓"), _("项目被决定暂缓")),
        line(known.accepted, _("已验收"), _("项目通过验收")),
        line(known.milestone_overdue, _("节点逾期"), _("有一个节点过了日期没有完成")),
    ]
    above: Decimal | None = None
    for band in known.bands:
        found.append(line(band.colour, band_words(band), _band_when(band, above)))
        above = band.at_least
    return found


def _band_when(band: Band, above: Decimal | None) -> str:
    if band.at_least is None:
        return _("其他：比这更慢") if above is None else _("实际减计划低于 %(n)s 个百分点", n=_signed(above))
    if above is None:
        return _("实际减计划在 %(n)s 个百分点以上（含）", n=_signed(band.at_least))
    low, high = _signed(band.at_least), _signed(above)
    return _("实际减计划在 %(low)s（含）到 %(high)s（不含）个百分点之间", low=low, high=high)


def _signed(value: Decimal) -> str:
    text = views.plain(value)
    return text.replace("-", "−") if value < 0 else text


def _context(house: House, here: Place) -> dict[str, Any]:
    with house.reading.connect() as conn:
        adopted = progress_board.adopted_rules_of(conn, here.congress.id)
    return {
        "adopted": adopted,
        "rules": adopted.rules,
        "rules_title": worded(adopted.rules.title),
        "plain": plain_words(adopted.rules.lights),
        "schemes": [(key, str(title), SCHEMES[key]) for key, title in SCHEME_TITLES.items()],
        "scheme_bands": {key: [LIGHT_KINDS[band.colour] for band in known.bands] for key, known in SCHEMES.items()},
        "band_words": band_words,
        "kinds": LIGHT_KINDS,
        "rhythms": [(rhythm.value, str(words)) for rhythm, words in RHYTHMS.items()],
        "rhythm_words": RHYTHMS,
        "colours": [(colour.value, str(words)) for colour, words in COLOURS.items()],
        "bands": BANDS,
        "causes": [
            ("milestone_overdue", _("节点逾期")),
            ("accepted", _("已验收")),
            ("suspended", _("已暂缓")),
            ("terminated", _("已终止")),
        ],
        "root": f"/staff/{here.congress.slug}/lights",
        "board": f"/staff/{here.congress.slug}/implementation",
        "may_keep": here.may(Act.KEEP_IMPLEMENTATION),
    }
