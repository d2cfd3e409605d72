"""What the screen in the hall shows of a poll at one moment: never a mark before the declaration."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from application.checkpoints import read_checkpoint
from application.polls.cards import card_numbers
from application.polls.preparing import known_poll
from application.polls.standing import standing_of
from domain.congress import congress as congresses
from domain.polls import card_set as card_sets
from domain.polls.card_set import CardSet, PrintAs, SetName
from domain.polls.count import read_count
from domain.polls.poll import Poll, PollStage
from domain.polls.rules import Form, Publication
from interfaces.composition import House
from interfaces.documents.cards import INKS
from interfaces.web._base.language import Lazy, lazy, speak_of
from interfaces.web.polls import words
from interfaces.web.polls.grades import Grades, grades_of
from interfaces.web.polls.results import Result, result_of
from interfaces.web.polls.turnout import turnouts_of
from projections import poll_board
from projections.poll_board import BoardPoll

GROUP: Final = 4
"""Signs of a hash that are read out in one breath."""

FEW: Final = 12
MANY: Final = 18
"""So many items fit in large type, so many in smaller type; more stand in two columns."""

_CLASSES: Final = ("red", "orange", "green", "teal", "blue", "purple", "pink", "brown", "grey")
_INK_NAMES: Final = dict(zip(INKS, _CLASSES, strict=True))

HEADINGS: Final[dict[PollStage, Lazy]] = {
    PollStage.PREPARED: lazy("即将投票"),
    PollStage.OPEN: lazy("正在投票"),
    PollStage.CLOSED: lazy("投票已经截止"),
    PollStage.COUNTED: lazy("投票已经截止"),
    PollStage.DECLARED: lazy("表决结果"),
    PollStage.CANCELLED: lazy("本次表决没有结果"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """The card set in force, as the whole hall has to recognise it."""

    name: SetName
    ink: str
    """The colour's class in the style sheet."""
    is_bare: bool
    """Whether the codes are read by the ballot page, which is opened from the one QR code on this screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """Issued beside in the box; the latter changes in steps."""

    issued: int
    cast: int
    papers: int
    seconds_left: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """N, A and the quorum; `short` delegates more have to come."""

    all_delegates: int
    attending: int
    needed: int

    @property
    def short(self) -> int:
        """How many are missing."""
        return max(0, self.needed - self.attending)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """The closed box as it is read aloud: how many ballots, its root, and the checkpoint over the history."""

    ballots: int
    papers: int
    """Papers handed out, which are being counted."""
    root: tuple[str, ...]
    checkpoint: tuple[str, ...]
    events: int | None
    has_box: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One screenful."""

    poll: UUID
    stage: PollStage
    title: str
    session: str
    congress: str
    rehearsal: bool
    keypad: bool
    is_evaluation: bool
    attendance: Attendance | None
    drawn: int
    papers: int
    cards: Cards | None
    turnout: Turnout | None
    sealed: Sealed | None
    result: Result | None
    grades: Grades | None
    quota: int | None
    numbers: tuple[tuple[Lazy, int], ...]
    """N, A, issued and returned of a declared vote."""
    names: tuple[str, ...]
    """What was declared where the rules publish no counts: adopted projects, or projects with their grades."""
    void_because: str

    @property
    def heading(self) -> Lazy:
        """What is going on, in the largest letters."""
        return HEADINGS[self.stage]

    @property
    def density(self) -> str:
        """How closely the rows of the result stand."""
        shown = self.result or self.grades
        rows = len(shown.rows) if shown else 0
        return "few" if rows <= FEW else "many" if rows <= MANY else "most"


def board_of(house: House, poll: UUID) -> Board:
    """The screen as of now. Raises NotFound, or TryAgain while the box does not answer."""
    state = known_poll(house.office, poll)
    with house.reading.connect() as connection:
        listed = poll_board.poll_at(connection, state.prepared.congress, poll)
    congress = house.office.state_of(state.prepared.congress, congresses.evolve)
    speak_of(congress.level if congress else "")
    declared = state.stage is PollStage.DECLARED
    full = state.prepared.profile.publication is Publication.FULL_COUNTS
    return Board(
        poll=poll,
        stage=state.stage,
        title=state.prepared.title,
        session=state.prepared.session_title,
        congress=congress.name if congress else "",
        rehearsal=state.prepared.rehearsal,
        keypad=state.prepared.keypad,
        is_evaluation=state.prepared.profile.form is Form.GRADE,
        cards=_cards(house, state),
        sealed=_sealed(house, state),
        result=_result(state) if declared and full else None,
        grades=_grades(state) if declared and full else None,
        numbers=_numbers(state) if declared and full else (),
        names=tuple(_names(state)) if declared and not full else (),
        quota=state.prepared.profile.quota,
        void_because=_void(state),
        **_moving(house, poll, state, listed),
    )


def _moving(house: House, poll: UUID, state: Poll, listed: BoardPoll | None) -> dict[str, Any]:
    """What changes while people come in and vote; A and I still grow by the papers of late arrivals."""
    nothing: dict[str, Any] = {"attendance": None, "drawn": 0, "papers": 0, "turnout": None}
    if state.stage is PollStage.PREPARED:
        standing = standing_of(house.office, house.box, poll, state)
        here = Attendance(all_delegates=standing.all_delegates, attending=standing.attending, needed=standing.quorum)
        return nothing | {"attendance": here, "drawn": standing.cards.drawn, "papers": standing.cards.papers}
    if state.stage is not PollStage.OPEN or state.opened is None:
        return nothing
    opened, now = state.opened, card_numbers(house.office.desk(), house.box, poll, state)
    here = Attendance(
        all_delegates=opened.all_delegates,
        attending=opened.attending + now.late,
        needed=state.prepared.profile.quorum.least(opened.all_delegates),
    )
    turnout = Turnout(
        issued=opened.issued if state.prepared.keypad else now.issued,
        cast=turnouts_of(house).cast(poll),
        papers=now.papers,
        seconds_left=_seconds_left(house, state, listed),
    )
    return nothing | {"attendance": here, "turnout": turnout}


def _seconds_left(house: House, state: Poll, listed: BoardPoll | None) -> int | None:
    called, lasting = (listed.last_called_at, listed.last_call_seconds) if listed else (None, None)
    if not state.last_call or called is None or lasting is None:
        return None
    gone = max(0, int((house.office.now() - called).total_seconds()))  # a clock that was set back begins anew
    return max(0, lasting - gone)


def _cards(house: House, state: Poll) -> Cards | None:
    known: CardSet | None = None
    if state.prepared.card_set is not None:
        known = house.office.state_of(state.prepared.card_set, card_sets.evolve)
    if known is None:
        return None
    ink = _INK_NAMES.get(known.name.colour.removesuffix("色"), "grey")
    return Cards(name=known.name, ink=ink, is_bare=known.print_as is PrintAs.BARE_CODE)


def _sealed(house: House, state: Poll) -> Sealed | None:
    if state.closed is None:
        return None
    kept = house.history.tree_store.last_checkpoint(house.notary.algorithm)
    checkpoint = read_checkpoint(kept) if kept else None
    return Sealed(
        ballots=state.closed.ballots,
        papers=state.closed.papers,
        root=in_groups(state.closed.root),
        checkpoint=in_groups(checkpoint.root.hex()) if checkpoint else (),
        events=checkpoint.size if checkpoint else None,
        has_box=state.prepared.card_set is not None,
    )


def in_groups(text: str) -> tuple[str, ...]:
    """A hash as it is read aloud and copied down."""
    return tuple(text[start : start + GROUP] for start in range(0, len(text), GROUP))


def _result(state: Poll) -> Result | None:
    """Called for a declared poll alone."""
    if state.counted is None or state.prepared.profile.form is Form.GRADE:
        return None
    outcome = read_count(state.counted.count)["outcome"]
    return result_of(outcome, state.prepared.profile) if outcome["valid"] else None


def _grades(state: Poll) -> Grades | None:
    """Called for a declared evaluation alone."""
    return grades_of(state.prepared.profile, read_count(state.counted.count)) if state.counted else None


def _names(state: Poll) -> Iterator[str]:
    """Without a figure, whatever the form."""
    if state.prepared.profile.form is Form.GRADE:
        found = _grades(state)
        yield from (f"{row.name} {row.grade}" for row in (sorted(found.rows, key=lambda row: row.id) if found else ()))
        return
    adopted = set(state.declared.adopted if state.declared else ())
    yield from (item.name for item in state.prepared.items if item.project in adopted)


def _numbers(state: Poll) -> tuple[tuple[Lazy, int], ...]:
    if state.counted is None:
        return ()
    count = read_count(state.counted.count)
    outcome = count["outcome"]
    return (
        (lazy("全体代表"), count["all_delegates"]),
        (lazy("到会"), count["attending"]),
        (lazy("发出"), count["issued"]),
        (lazy("收回"), outcome["returned"]),
    )


def _void(state: Poll) -> str:
    """Why the whole vote was void, once that has been said: the poll has ended."""
    if state.stage is not PollStage.CANCELLED or state.counted is None or not state.counted.void_because:
        return ""
    return str(words.VOID[state.counted.void_because])
