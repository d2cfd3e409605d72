"""What the pages of the sealed box show: the openings, and the columns only once two of them were made.

After one opening the page tells how many ballots were opened, not how they voted: a figure that nobody has
confirmed is no result, and what is not on a screen cannot be read from the hall. When two openings agree, the
scrutineers see the sums; when they differ, they see the items that differ, side by side.
"""

from dataclasses import dataclass

from application.polls.opening_the_box import columns_of_openings
from domain.polls.ballot_form import BallotForm
from domain.polls.box_opening import BoxOpened, OpenedOn
from domain.polls.count import form_of
from domain.polls.opening_the_box import OpeningsDiffer
from domain.polls.poll import PollStage
from domain.polls.raw_columns import RawColumns, RawItem
from domain.polls.rules import Form
from interfaces.web._base.language import gettext as _
from interfaces.web.polls.desk import PollDesk
from interfaces.web.polls.names import names, roll_of

PLACES = (OpenedOn.BROWSER, OpenedOn.OFFLINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One opening as it is shown; `opened` None: not yet made."""

    place: OpenedOn
    words: str
    opened: BoxOpened | None
    holders: tuple[str, ...] = ()
    undecodable: int | None = None
    void_ballots: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item, its marks by one opening, or by both where they differ."""

    id: str
    name: str
    marks: tuple[tuple[int, ...], ...]
    differs: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings:
    """Both openings and what they say together."""

    made: tuple[Opening, ...]
    mark_names: tuple[str, ...]
    agreed: tuple[Line, ...] = ()
    differing: tuple[Line, ...] = ()
    altered: bool = False
    """The workings are not what was recorded."""


def place_words(place: OpenedOn) -> str:
    """Where an opening is made."""
    return _("监票人的浏览器") if place is OpenedOn.BROWSER else _("另一台离线电脑")


def openings(desk: PollDesk) -> Openings:
    """The openings of a poll; their columns only while they are in the workings."""
    form = form_of(desk.id, desk.state.prepared)
    kept, altered = _kept(desk)
    made = tuple(_opening(desk, place, kept.get(place)) for place in PLACES)
    by_place = [kept[place] for place in PLACES if place in kept]
    both = len(by_place) == len(PLACES)
    return Openings(
        made=made,
        mark_names=mark_names(form),
        agreed=_agreed(form, by_place[0]) if both and desk.state.box.agrees else (),
        differing=_differing(form, by_place[0], by_place[1]) if both and desk.state.box.differs else (),
        altered=altered,
    )


def mark_names(form: BallotForm) -> tuple[str, ...]:
    """The marks in the order of their numbers."""
    match form.form:
        case Form.PER_ITEM:
            return (_("没有标记"), _("赞成"), _("反对"), _("弃权"))
        case Form.CHOOSE:
            return (_("没有标记"), _("选中"))
        case Form.GRADE:
            return (_("没有标记"), *(option.name for option in form.options))


def _kept(desk: PollDesk) -> tuple[dict[OpenedOn, RawColumns], bool]:
    if desk.stage is not PollStage.CLOSED:
        return {}, False
    try:
        return columns_of_openings(desk.house.private, desk.id, desk.state), False
    except OpeningsDiffer:
        return {}, True


def _opening(desk: PollDesk, place: OpenedOn, columns: RawColumns | None) -> Opening:
    opened = desk.state.box.openings.get(place)
    roll = roll_of(desk.house.office, desk.here.congress.id)
    return Opening(
        place=place,
        words=place_words(place),
        opened=opened,
        holders=tuple(names(roll, opened.holders)) if opened else (),
        undecodable=columns.undecodable if columns else None,
        void_ballots=columns.void_ballots if columns else None,
    )


def _agreed(form: BallotForm, columns: RawColumns) -> tuple[Line, ...]:
    found = _by_id(columns)
    return tuple(Line(id=item.id, name=item.name, marks=(found[item.id].marks,)) for item in form.items)


def _differing(form: BallotForm, one: RawColumns, other: RawColumns) -> tuple[Line, ...]:
    left, right = _by_id(one), _by_id(other)
    lines = []
    for item in form.items:
        pair = (left[item.id].marks, right[item.id].marks)
        differs = tuple(a != b for a, b in zip(*pair, strict=True))
        if any(differs):
            lines.append(Line(id=item.id, name=item.name, marks=pair, differs=differs))
    return tuple(lines)


def _by_id(columns: RawColumns) -> dict[str, RawItem]:
    return {item.id: item for item in columns.items}
