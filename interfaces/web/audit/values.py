"""Recorded values as people read them: enumerations, identities, money, days, digests."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from domain.accounts.scopes import Scope
from domain.changes import Change
from domain.congress.roll import DelegateEntry
from domain.files import FileType
from domain.polls.ballot import VoidReason
from domain.polls.box_opening import OpenedOn
from domain.polls.card_set import PrintAs
from domain.polls.places import Again, DecidedBy
from domain.polls.poll import PollItem, Sealing
from domain.projects.candidate_list import ListedCandidate
from domain.projects.voted_list import AdoptedProject
from interfaces.public.projects.timeline import ASKS, COMPLETIONS
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day, moment, money, number
from interfaces.web.accounts.words import ROLES
from interfaces.web.after_closing import words as incidents
from interfaces.web.api_tokens.words import told as scopes_told
from interfaces.web.asks import words as asks
from interfaces.web.audit.fields import HIDDEN, field_words
from interfaces.web.audit.fields_implementation import IMPLEMENTATION_VALUES
from interfaces.web.audit.fields_inquiries import INQUIRY_VALUES
from interfaces.web.audit.fields_supervision import SUPERVISION_VALUES
from interfaces.web.calls.words import CHANNELS
from interfaces.web.candidates.sentences import STAGES as PROJECT_STAGES
from interfaces.web.congress.words import COLOURS, KINDS, LEVELS
from interfaces.web.council.words import CHOSEN_BY, RESULTS
from interfaces.web.deliberation.words import REMARK_KINDS, REMARK_STAGES
from interfaces.web.polls.words import ROLES as SIGNERS
from interfaces.web.polls.words import STAGES as POLL_STAGES
from interfaces.web.polls.words import VOID
from interfaces.web.profiles import words as profiles
from interfaces.web.proposals.words import FORMS, OUTCOMES, SUPPORT_SOURCES
from interfaces.web.roll.views import GENDERS
from interfaces.web.screening import words as screening
from interfaces.web.working_days.words import DAY_KINDS
from interfaces.web.year_reports.words import KINDS as REPORT_KINDS
from projections import audit_trail

NOTHING: Final = "–"
LONGEST: Final = 300
"""Characters of one value; what is longer is cut and says how long it is."""
MOST_LISTED: Final = 12
MOST_ROWS: Final = 60

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_MONEY: Final = frozenset({"total_funds", "year_funds", "funds", "funds_spent", "estimated_funds"})
_PLAIN: Final = frozenset({"year", "first_year", "last_year", "term", "profile_version", "version", "number"})

_ENUMS: Final[dict[type[Enum], Mapping[str, Lazy]]] = {
    type(next(iter(words))): {str(key.value): said for key, said in words.items()}
    for words in (
        ROLES,
        LEVELS,
        COLOURS,
        KINDS,
        GENDERS,
        POLL_STAGES,
        SIGNERS,
        DAY_KINDS,
        REPORT_KINDS,
        asks.ADDRESSEES,
        asks.COUNTED_FROM,
        profiles.FORMS,
        profiles.OPERATORS,
        profiles.BASES,
        profiles.BLANKS,
        profiles.MAX_FOR,
        profiles.TIES,
        profiles.SHORTFALLS,
        profiles.PUBLICATIONS,
        profiles.LATE,
        profiles.SCRUTINEERS,
    )
}
_WORDS: Final[dict[str, Mapping[str, Lazy]]] = {
    **IMPLEMENTATION_VALUES,
    **INQUIRY_VALUES,
    **SUPERVISION_VALUES,
    "Stage": PROJECT_STAGES,
    "AskStage": asks.STAGES,
    "AskKind": ASKS,
    "Completion": COMPLETIONS,
    "VoidBecause": VOID,
    "Sealing": {Sealing.UNSEALED.value: lazy("未密封"), Sealing.SEALED.value: lazy("密封")},
    "OpenedOn": {
        OpenedOn.BROWSER.value: lazy("监票人的浏览器"),
        OpenedOn.OFFLINE.value: lazy("另一台离线电脑"),
    },
    "PrintAs": {PrintAs.ADDRESS.value: lazy("网址"), PrintAs.BARE_CODE.value: lazy("只有票卡号")},
    "VoidReason": {
        VoidReason.LEFT_OVER.value: lazy("剩余"),
        VoidReason.SPOILED.value: lazy("损坏"),
    },
    "IncidentKind": {kind.value: said for kind, said in incidents.KINDS.items()},
    "IncidentDecision": {decision.value: said for decision, said in incidents.DECISIONS.items()},
    "Again": {
        Again.TIE.value: lazy("末位得票相同"),
        Again.SHORTFALL.value: lazy("通过的项目不足"),
        Again.REPEAT.value: lazy("重新表决"),
    },
    "DecidedBy": {
        DecidedBy.PRESIDIUM.value: lazy("主席团"),
        DecidedBy.STANDING_COMMITTEE.value: lazy("常委会"),
    },
    "RemarkKind": REMARK_KINDS,
    "RemarkStage": REMARK_STAGES,
    "ApprovalKind": screening.APPROVALS,
    "ApprovalOutcome": screening.OUTCOMES,
    "Channel": CHANNELS,
    "ItemResult": {result.value: said for result, said in RESULTS.items()},
    "ChosenBy": {chosen.value: said for chosen, said in CHOSEN_BY.items()},
    "Outcome": OUTCOMES,
    "ProposalForm": FORMS,
    "SupportSource": SUPPORT_SOURCES,
    "FileType": {
        FileType.JPEG.value: lazy("照片（JPEG）"),
        FileType.PNG.value: lazy("图片（PNG）"),
        FileType.WEBP.value: lazy("图片（WebP）"),
        FileType.PDF.value: lazy("PDF 文件"),
        FileType.DOCX.value: lazy("Word 文档"),
        FileType.XLSX.value: lazy("Excel 表格"),
    },
    "SlipPurpose": {"activation": lazy("第一次启用"), "reset": lazy("重设密码")},
    "Way": {"page": lazy("在页面上"), "command": lazy("用命令行")},
}


class Names:
    """What identities are called today; of what the caller knows better it is told so."""

    def __init__(self, known: Mapping[UUID, str]) -> None:
        self._known = known

    def of(self, thing: UUID | None) -> str:
        """Its name, a dash where it has none."""
        return self._known.get(thing, NOTHING) if thing else NOTHING

    def all(self, things: Iterable[UUID]) -> str:
        """Several names; many are counted."""
        listed = list(things)
        if len(listed) > MOST_LISTED:
            return counted(len(listed))
        return _("、").join(self.of(thing) for thing in listed) or NOTHING


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a table of changes."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Rows:
    """What changed, in words; `more` further fields are not listed."""

    rows: tuple[Row, ...] = ()
    more: int = 0
    first: bool = field(default=False)
    """Whether nothing was there before."""


def names_in(connection: Connection, *told: object) -> Names:
    """The names of everything that is identified anywhere in facts or changes."""
    return Names(audit_trail.labels_of(connection, set(_identities(told))))


def rows_of(changes: Iterable[Change], names: Names, *, first: bool = False) -> Rows:
    """Every change in words, in the order of the fields."""
    told = told_rows(changes, names)
    return Rows(rows=tuple(row for _change, row in told[:MOST_ROWS]), more=max(0, len(told) - MOST_ROWS), first=first)


def told_rows(changes: Iterable[Change], names: Names) -> list[tuple[Change, Row]]:
    """Each change that may be told, with its row."""
    return [(change, _row(change, names)) for change in changes if not _is_hidden(change)]


def value_words(name: str, value: object, names: Names) -> str:
    """A value of a field; nothing is a dash."""
    match value:
        case None | "" | () | {}:
            return NOTHING
        case bool():
            return _("是") if value else _("否")
        case Enum():
            return _enum_words(value)
        case datetime():
            return moment(value)
        case date():
            return day(value)
        case UUID():
            return names.of(value)
        case Decimal() if name in _MONEY:
            return money(value)
        case int() if name in _PLAIN:
            return str(value)
        case int() | Decimal():
            return number(value)
        case str() if name == "void_because":
            return str(VOID[value]) if value in VOID else value
        case str():
            return shortened(value)
        case Fraction():
            return str(value)
        case tuple() | frozenset() | list():
            return _listed(name, value, names)
    return _record_words(value, names) if is_dataclass(value) else str(value)


def shortened(text: str) -> str:
    """A long text cut with its length, a file's or a count's digest by its beginning."""
    if _DIGEST.fullmatch(text):
        return f"SHA-256 {text[:16]}…"
    if len(text) > LONGEST:
        return _("%(text)s…（共 %(n)s 字）", text=text[:LONGEST], n=len(text))
    return text


def counted(n: int) -> str:
    """So many things that nobody wants to read one by one."""
    return _("共 %(n)s 项", n=number(n))


def _row(change: Change, names: Names) -> Row:
    called = [one for one in change.path if isinstance(one, str)]
    keys = [one for one in change.path if isinstance(one, UUID)]
    name = called[-1] if called else ""
    within = called[-2] if len(called) > 1 else ""
    label = field_words(name, within) if name else _("内容")
    for key in keys:
        held = next((str(one) for value in (change.after, change.before) if (one := getattr(value, "name", None))), "")
        is_whole = change.path[-1] == key
        label = f"{label} · {held or names.of(key)}" if is_whole else f"{names.of(key)} · {label}"
    return Row(label, value_words(name, change.before, names), value_words(name, change.after, names))


def _is_hidden(change: Change) -> bool:
    name = next((one for one in reversed(change.path) if isinstance(one, str)), "")
    if name == "lead_unit":  # its name stands beside it
        return isinstance(change.after, UUID) or isinstance(change.before, UUID)
    return name in HIDDEN


def _enum_words(value: Enum) -> str:
    if isinstance(value, Scope):
        return scopes_told((value,))[0]
    words = _ENUMS.get(type(value)) or _WORDS.get(type(value).__name__, {})
    return str(words.get(str(value.value), value.value))


def _listed(name: str, values: Iterable[object], names: Names) -> str:
    listed = list(values)
    if len(listed) > MOST_LISTED or all(isinstance(one, str) and _DIGEST.fullmatch(one) for one in listed):
        return counted(len(listed))
    return _("；").join(value_words(name, one, names) for one in listed)


def _record_words(value: object, names: Names) -> str:
    """A line of a list: 3 雨水管网 水务局; only what says something."""
    if isinstance(value, PollItem):
        return f"{value.id} {value.name}"
    if isinstance(value, (ListedCandidate, AdoptedProject)):
        return f"{value.number} {value.name}"
    if isinstance(value, DelegateEntry):
        return f"{value.number} {value.name} {value.delegation}"
    told = [
        value_words(one.name, held, names)
        for one in fields(value)  # type: ignore[arg-type]  # only records come here
        if one.name not in HIDDEN
        and (held := getattr(value, one.name)) not in (None, "", (), False)
        and not (isinstance(held, UUID) and names.of(held) == NOTHING)
    ]
    return " ".join(dict.fromkeys(told))


def _identities(told: object) -> Iterator[UUID]:
    match told:
        case UUID():
            yield told
        case Mapping():
            for key, value in told.items():
                yield from _identities(key)
                yield from _identities(value)
        case tuple() | list() | set() | frozenset():
            for one in told:
                yield from _identities(one)
        case _ if is_dataclass(told):
            for one in fields(told):
                yield from _identities(getattr(told, one.name))
