"""What the page of a tracking code and the slip show."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from application.private import contacts, supporters
from domain.projects.project import Stage
from domain.proposals.proposal import Outcome
from domain.shared import project_code
from interfaces.composition import House
from interfaces.public import device
from interfaces.public.projects import standing as works
from interfaces.public.projects import views as projects
from interfaces.public.projects.standing import Status
from interfaces.public.supporting.standing import standing
from interfaces.public.tracking.trail import Step, last_taker, trail
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import speak_of
from interfaces.web.proposals.words import OUTCOMES
from interfaces.web.session.codes import drawn
from projections import calls, proposal_register, public_page
from projections.calls import CallRow
from projections.congress_directory import ListedCongress, congresses_named
from projections.proposal_register import ProposalRow
from projections.public_page import PublicPage

_KINDS = {
    Outcome.MERGED: "info",
    Outcome.TRANSFERRED: "info",
    Outcome.RESERVE: "warn",
    Outcome.DECLINED: "idle",
    Outcome.BECAME_CANDIDATE: "ok",
}


class End(NamedTuple):
    """What a proposal goes on as, and that one's project page where there is one."""

    row: ProposalRow
    page: PublicPage | None


class State(NamedTuple):
    """Where a proposal stands, and how it came there."""

    congress: ListedCongress
    status: Status
    steps: list[Step]


class Part(NamedTuple):
    """Another matter that stood in the same proposal and goes its own way."""

    code: str
    title: str


def context(conn: Connection, house: House, row: ProposalRow, device_number: str) -> dict[str, Any]:
    """Everything about one proposal that its author may see."""
    end = end_of(conn, row)
    state = state_of(conn, house.office.today(), row, end)
    congress = state.congress
    name = house.seals.public_name(row.proposal)
    mine = device.device_hash(house, device_number, row.proposal)
    kept = contacts.contact_of(house.private, row.contact) if row.contact else None
    return {
        "row": row,
        "congress": congress,
        "code": grouped(row.code),
        "state": state.status,
        "steps": state.steps,
        "page": end.page,
        "parts": [Part(part.code, part.title) for part in proposal_register.parts_of(conn, row.proposal)],
        "standing": standing(conn, row),
        "supported": bool(device_number) and bool(supporters.has_supported(house.private, {mine})),
        "share": f"{house.settings.public_url}/{congress.slug}/{row.year}/proposals/{name}" if row.shown else "",
        "contact": kept,
    }


def end_of(conn: Connection, row: ProposalRow) -> End:
    """What it goes on as after mergers and transfers."""
    last = last_taker(conn, row)
    return End(last, public_page.page(conn, project_code(last.project)) if last.project else None)


def state_of(conn: Connection, today: date, row: ProposalRow, end: End) -> State:
    """Its state and every step, the next one at the end."""
    congress = _congress(conn, row)
    call = calls.call_of(conn, end.row.congress, end.row.year)
    steps = [*trail(conn, row, end.page, end.row.project), *_ahead(end.row, end.page, call, today)]
    return State(congress, _status(row, end.row, end.page, today), steps)


class Receipt(NamedTuple):
    """What the slip says of a proposal."""

    congress: UUID
    year: int
    code: str
    title: str
    received_on: date
    has_contact: bool


def receipt_of(row: ProposalRow) -> Receipt:
    """Of one that lists show."""
    return Receipt(row.congress, row.year, row.code, row.title, row.received_on, row.contact is not None)


def slip(conn: Connection, house: House, receipt: Receipt) -> dict[str, Any]:
    """The code to keep, and what happens next."""
    address = f"{house.settings.public_url}/t/{receipt.code}"
    return {
        "row": receipt,
        "congress": _congress(conn, receipt),
        "code": grouped(receipt.code),
        "address": address,
        "picture": drawn(address, _("查询码 %(code)s", code=receipt.code)),
        "call": calls.call_of(conn, receipt.congress, receipt.year),
        "has_contact": receipt.has_contact,
    }


def grouped(code: str) -> str:
    """ABCD EFGH JKM: easier to read out and to copy by hand."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def _congress(conn: Connection, row: ProposalRow | Receipt) -> ListedCongress:
    """Whose it is; the page speaks in its words from here on."""
    (found,) = congresses_named(conn, {row.congress})
    speak_of(found.level)
    return found


def _status(row: ProposalRow, end: ProposalRow, page: PublicPage | None, today: date) -> Status:
    """Where it stands now, in the words of whatever it goes on as."""
    if page is not None:
        return projects.status(page, today)
    if end.outcome is None:
        return Status("info", _("正在办理") if row.outcome is None else _("合并后正在办理"))
    if end.outcome == Outcome.BECAME_CANDIDATE:
        return Status("ok", _("已成为候选项目"))
    return Status(_KINDS[Outcome(end.outcome)], str(OUTCOMES[end.outcome]))


def _ahead(end: ProposalRow, page: PublicPage | None, call: CallRow | None, today: date) -> list[Step]:
    """The one thing to come next, at the end of the way."""
    if page is not None:
        lines = projects.ahead(page, works.shown(page.work, page.progress, today))
        if lines:
            return [Step(line.on, f"{line.heading}{_('：')}{line.said}", line.more, done=False) for line in lines[::-1]]
        waits = _("下一步：人大代表票决。") if page.stage == Stage.LISTED else ""
    elif end.outcome is None and call is not None and call.is_open(today):
        return [Step(call.closes_on, _("征集截止，之后逐条研究，结果写在这里。"), done=False)]
    elif end.outcome is None:
        waits = _("下一步：逐条研究，结果和理由写在这里。")
    else:
        waits = _("下一步：确定候选项目名单。") if end.outcome == Outcome.BECAME_CANDIDATE else ""
    return [Step(date.max, waits, done=False)] if waits else []
