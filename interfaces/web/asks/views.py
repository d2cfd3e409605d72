"""The asks as lists and pages show them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from domain.asks.answers import Completion, SummaryAnswer
from domain.asks.ask import AskKind, AskStage
from domain.asks.next_year import NextYearMatter, matters_of
from domain.asks.rules import Addressee, AskRules
from interfaces.composition import House
from interfaces.public.projects.timeline import ASKS, COMPLETIONS
from interfaces.web._base.asking import Place
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day, money, wan
from interfaces.web.asks.words import ADDRESSEES, ENDINGS, LABELS, MATTERS, STAGES
from projections import congress_directory, proposal_register
from projections.asks_board import AskRow, Step
from projections.congress_directory import ListedCongress
from projections.proposal_register import ProposalRow

_KIND_OF_STAGE = {
    AskStage.ISSUED: "idle",
    AskStage.ANSWERED: "info",
    AskStage.SENT_BACK: "warn",
    AskStage.APPROVED: "ok",
    AskStage.WITHDRAWN: "idle",
}
_MONEY = ("funds", "funds_spent")
_ELSEWHERE = ("photos", "replies", "counts", "poll")
_WRITTEN = frozenset(
    {
        "channels",
        "rule_profile_draft",
        "training",
        "remarks",
        "milestones",
        "problems",
        "adjustments",
        "results",
        "evaluation",
        "leftovers",
        "lessons",
        "proposals",
    }
)


class ShownAsk(NamedTuple):
    """One ask with its state in words."""

    row: AskRow
    title: str
    addressee: str
    tag: str
    state: str
    is_open: bool
    overdue: bool
    late: bool


class Offices:
    """What congresses are called, looked up once a page."""

    def __init__(self, house: House, here: Place) -> None:
        self._house = house
        self._here = here

    def name(self, congress: UUID) -> str:
        """Its short name, the own one without a look."""
        return (
            self._here.congress.short_name if congress == self._here.congress.id else self.congress(congress).short_name
        )

    def congress(self, congress: UUID) -> ListedCongress:
        """One of them."""
        return self._here.congress if congress == self._here.congress.id else self._known[congress]

    def place(self, congress: UUID) -> int:
        """Its place among all, in the order of founding."""
        return list(self._known).index(congress)

    @cached_property
    def _known(self) -> Mapping[UUID, ListedCongress]:
        with self._house.reading.connect() as conn:
            return {one.id: one for one in congress_directory.all_congresses(conn)}


def shown(row: AskRow, today: date, office_name: str) -> ShownAsk:
    """An ask on a day; `office_name` of the congress it is about."""
    stage = AskStage(row.stage)
    overdue = row.is_overdue(today)
    state = str(STAGES[row.stage])
    if overdue:
        state = _("逾期 %(days)s 天", days=(today - row.due_on).days)
    elif today < row.opens_on and stage is AskStage.ISSUED:
        state = _("%(day)s 起答复", day=day(row.opens_on))
    return ShownAsk(
        row=row,
        title=str(ASKS[row.kind]),
        addressee=_addressee(row, office_name),
        tag="bad" if overdue else _KIND_OF_STAGE[stage],
        state=state,
        is_open=today >= row.opens_on and stage not in (AskStage.APPROVED, AskStage.WITHDRAWN),
        overdue=overdue,
        late=row.answered_late(),
    )


def _addressee(row: AskRow, office_name: str) -> str:
    if row.unit_name:
        return row.unit_name
    if row.asked_by is None and row.addressee == Addressee.GOVERNMENT:
        return str(ADDRESSEES[Addressee.GOVERNMENT])
    return office_name


class Tally(NamedTuple):
    """How far one of the four asks is."""

    kind: str
    title: str
    issued: int
    answered: int
    overdue: int


def tallies(asks: list[ShownAsk]) -> list[Tally]:
    """The four asks in their order, with how many are out, answered and overdue."""
    return [
        Tally(
            kind.value,
            str(ASKS[kind.value]),
            sum(ask.row.kind == kind for ask in asks),
            sum(ask.row.kind == kind and ask.row.stage in (AskStage.ANSWERED, AskStage.APPROVED) for ask in asks),
            sum(ask.row.kind == kind and ask.overdue for ask in asks),
        )
        for kind in AskKind
    ]


_STEPS: dict[str, tuple[Lazy, str]] = {
    "issued": (lazy("开始答复"), ""),
    "answered": (lazy("答复"), ""),
    "sent_back": (lazy("退回重报"), "warn"),
    "approved": (lazy("认可"), "done"),
    "urged": (lazy("催办"), ""),
    "fell_overdue": (lazy("逾期"), "bad"),
    "handed_over": (lazy("转办"), ""),
    "escalated": (lazy("提级督办"), "bad"),
    "withdrawn": (lazy("撤回"), ""),
}


class ShownStep(NamedTuple):
    """One line of what happened to an ask."""

    on: date
    title: str
    words: str
    css: str


def shown_step(step: Step) -> ShownStep:
    """A step in words."""
    title, css = _STEPS[step.kind]
    words = step.words
    if step.kind == "escalated":
        words = _("第 %(n)s 级：%(to)s", n=step.number, to=step.words)
    return ShownStep(step.happened_on, str(title), words, css)


def next_step(rules: AskRules, row: AskRow) -> str:
    """To whom the next step up leads; the last one may be repeated."""
    steps = rules.escalation[row.escalated :] or rules.escalation[-1:]
    return steps[0].to if steps else ""


class Line(NamedTuple):
    """One field of an answer. `long`: written words, which stand over the whole width."""

    label: str
    text: str
    long: bool


def answer_lines(row: AskRow) -> list[Line]:
    """The answer, field by field, as far as it says something."""
    if row.answer is None:
        return []
    told = ((name, label, _text(name, row.answer)) for name, label in LABELS[AskKind(row.kind)].items())
    return [Line(str(label), text, name in _WRITTEN) for name, label, text in told if text]


def reply_lines(row: AskRow) -> list[tuple[str, str]]:
    """Additional questions with what was said to each."""
    questions = {question["code"]: question["words"] for question in row.questions}
    replies = (row.answer or {}).get("replies", [])
    return [(questions.get(reply["question"], ""), reply["words"]) for reply in replies]


def counted_lines(row: AskRow) -> list[dict[str, Any]]:
    """The votes by item of ask 2; the endings of ask 4 with their words."""
    counts: list[dict[str, Any]] = (row.answer or {}).get("counts", [])
    if row.kind == AskKind.SUMMARY:
        return [{"words": COMPLETIONS[one["completion"]], "projects": one["projects"]} for one in counts]
    return counts


def form_values(row: AskRow) -> dict[str, Any]:
    """The last answer as its form shows it: money in 万元, replies under the codes of their questions."""
    answer = dict(row.answer or {})
    for name in _MONEY:
        if answer.get(name) not in (None, ""):
            answer[name] = wan(Decimal(answer[name]))
    for reply in answer.get("replies", []):
        answer[reply["question"]] = reply["words"]
    if row.kind == AskKind.SUMMARY:
        answer |= {f"count_{one['completion']}": one["projects"] for one in answer.get("counts", [])}
    return answer


def in_form(known: dict[str, Any]) -> dict[str, Any]:
    """What the system knows, as the form shows it."""
    return {name: wan(value) if name in _MONEY and value is not None else value for name, value in known.items()}


def ending_choices() -> list[tuple[str, str]]:
    """How a project may have ended."""
    return [(one.value, str(words)) for one, words in ENDINGS.items()]


class ShownMatter(NamedTuple):
    """A matter of a summary that may go into next year's file."""

    matter: NextYearMatter
    part: str
    chosen: bool


def matters(row: AskRow, ask: ShownAsk) -> list[ShownMatter]:
    """Everything the answer offers for next year; of an own summary all is chosen, of one from below nothing."""
    if row.kind != AskKind.SUMMARY or row.answer is None:
        return []
    told = row.answer
    answer = SummaryAnswer(
        completion=Completion(told["completion"]),
        results=told["results"],
        leftovers=told["leftovers"],
        lessons=told["lessons"],
        proposals=told["proposals"],
    )
    offered = matters_of(answer, row.project_name or ask.addressee)
    return [ShownMatter(one, str(MATTERS[one.kind]), row.asked_by is None) for one in offered]


def carried(house: House, row: AskRow) -> list[ProposalRow]:
    """The proposals of next year that came from this ask."""
    with house.reading.connect() as conn:
        found = [proposal_register.proposal_at(conn, UUID(one)) for one in row.carried]
    return [one for one in found if one is not None]


def _text(name: str, answer: Mapping[str, Any]) -> str:
    value = answer.get(name)
    if value is None or value == "" or name in _ELSEWHERE:
        return ""
    if name in _MONEY:
        return money(Decimal(value))
    if name.endswith(("_on", "_from", "_until")):
        return day(date.fromisoformat(value))
    if name == "percent":
        return f"{value}%"
    if name == "completion":
        return str(COMPLETIONS[value])
    return str(value)


_STATES: dict[str, Lazy] = {
    "overdue": lazy("逾期"),
    "waiting": lazy("待答复"),
    "answered": lazy("待认可"),
    "sent_back": lazy("退回重报"),
    "approved": lazy("已认可"),
}


def is_picked(ask: ShownAsk, kind: str, state: str) -> bool:
    """Whether the filters leave it; filters that mean nothing leave everything."""
    return (kind not in LABELS or ask.row.kind == kind) and (state not in _STATES or _is_in(ask, state))


def state_choices(asks: list[ShownAsk]) -> list[tuple[str, str, int]]:
    """Each state with its words and how many of the asks are in it."""
    return [(state, str(words), sum(_is_in(ask, state) for ask in asks)) for state, words in _STATES.items()]


def _is_in(ask: ShownAsk, state: str) -> bool:
    if state == "overdue":
        return ask.overdue
    if state == "waiting":
        return ask.row.is_waiting
    return ask.row.stage == state
