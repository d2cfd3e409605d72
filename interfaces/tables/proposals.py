"""Proposals as a table, one row a proposal; money in 万元. How to reach somebody is read apart from the proposal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from application.private.contacts import LONGEST, Contact
from domain.proposals import deciding
from domain.proposals.call import Channel
from domain.proposals.proposal import ProposalForm, ProposalReceived, Suggestion
from domain.shared import Invalid, Missing, Year
from interfaces.tables import cells
from interfaces.tables.faults import Fault, Reason
from interfaces.tables.lines import Column, Line, lay_out
from interfaces.tables.table import Table

COLUMNS: Final = (
    Column(field="title", heading="标题", aliases=("建议标题", "项目名称", "名称"), required=True),
    Column(field="content", heading="内容", aliases=("建议内容", "具体内容"), required=True),
    Column(field="place", heading="地点", aliases=("建设地点",)),
    Column(field="category", heading="类别", aliases=("项目类别",)),
    Column(field="channel", heading="渠道", aliases=("来源", "征集渠道")),
    Column(field="received_on", heading="收到日期", aliases=("日期", "收件日期")),
    Column(field="beneficiaries", heading="受益群众", aliases=("受益人群",)),
    Column(field="estimated_funds", heading="估算资金(万元)", aliases=("估算投资(万元)",)),
    Column(field="signatories", heading="联名人数"),
    Column(field="unit_name", heading="单位名称", aliases=("提出单位",)),
    Column(field="name", heading="姓名", aliases=("建议人", "联系人")),
    Column(field="phone", heading="电话", aliases=("联系电话", "手机")),
    Column(field="address", heading="地址", aliases=("住址", "联系地址")),
)

TYPED: Final[Mapping[str, Channel]] = {
    "书面": Channel.PAPER,
    "书面递交": Channel.PAPER,
    "纸质": Channel.PAPER,
    "电话": Channel.TELEPHONE,
    "来信": Channel.LETTER,
    "信件": Channel.LETTER,
    "座谈会": Channel.MEETING,
    "座谈": Channel.MEETING,
    "网上": Channel.WEB,
    "扫码": Channel.QR,
}
"""What offices write for the ways on which a list of proposals can have come."""

_NAMED: Final = ("title", "content", "place", "beneficiaries", "estimated_funds", "signatories")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """The call for which a list is read."""

    congress: UUID
    year: int
    opens_on: date
    closes_on: date
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadProposal:
    """One row that can be received, and how to reach its author."""

    fact: ProposalReceived
    contact: Contact


def read_proposals(table: Table, taker: Taker) -> tuple[tuple[ReadProposal, ...], tuple[Fault, ...]]:
    """The rows without a mistake, and every mistake with its row and column.

    What a proposal must hold is judged by the domain itself, so that the form and the import never differ. A row
    without a way came on paper, one without a day today.
    """
    layout = lay_out(table, COLUMNS)
    faults = list(layout.faults)
    read: list[ReadProposal] = []
    if any(fault.reason is Reason.HEADING_MISSING for fault in faults):
        return (), tuple(faults)
    seen: dict[tuple[str, str], int] = {}
    for row in layout.rows:
        line = Line(row, layout)
        found = _proposal(line, taker)
        _refuse_repeated(line, found, seen)
        faults += line.in_order()
        if not line.faults:
            read.append(found)
    return tuple(read), tuple(faults)


def _proposal(line: Line, taker: Taker) -> ReadProposal:
    line.need("title", "content")
    received_on = line.read("received_on", cells.day, min(taker.today, taker.closes_on))
    if not taker.opens_on <= received_on <= min(taker.closes_on, taker.today):
        window = f"{taker.opens_on.isoformat()}—{min(taker.closes_on, taker.today).isoformat()}"
        line.refuse("received_on", Reason.OUTSIDE_THE_WINDOW, received_on.isoformat(), window)
    unit_name = line.text("unit_name")
    fact = ProposalReceived(
        congress=taker.congress,
        year=Year(taker.year),
        code="",
        form=ProposalForm.UNIT if unit_name else ProposalForm.PERSON,
        channel=line.read("channel", _channel, Channel.PAPER),
        received_on=received_on,
        suggestion=Suggestion(
            title=line.text("title"),
            content=line.text("content"),
            place=line.text("place"),
            category=line.text("category"),
            beneficiaries=line.text("beneficiaries"),
            estimated_funds=line.read("estimated_funds", cells.ten_thousand_yuan, None),
        ),
        signatories=line.read("signatories", cells.whole_number, 1),
        unit_name=unit_name,
    )
    contact = Contact(name=line.text("name"), phone=line.text("phone"), address=line.text("address"))
    for field, most in LONGEST.items():
        if len(getattr(contact, field)) > most:
            line.refuse(field, Reason.TOO_LONG, getattr(contact, field), str(most))
    return ReadProposal(fact=_judged(line, fact), contact=contact)


def _judged(line: Line, fact: ProposalReceived) -> ProposalReceived:
    """As the domain takes it in; what it refuses becomes a fault of its cell, told once."""
    try:
        return deciding.receive(fact)
    except Missing as missing:
        for name in missing.fields:
            if not line.is_wrong(name):
                line.refuse(name, Reason.MISSING)
    except Invalid as wrong:
        reasons = {"too_long": Reason.TOO_LONG, "personal": Reason.PERSONAL, "not_positive": Reason.NOT_POSITIVE}
        reason = reasons.get(wrong.reason, Reason.OUT_OF_RANGE)
        hint = wrong.value if reason is Reason.TOO_LONG else ""
        if wrong.field in _NAMED and not line.is_wrong(wrong.field):
            line.refuse(wrong.field, reason, wrong.value, hint)
    return fact


def _refuse_repeated(line: Line, found: ReadProposal, seen: dict[tuple[str, str], int]) -> None:
    """The same words twice in one file are a slip of copying."""
    said = replace(found.fact.suggestion, category="")
    key = (said.title, said.content)
    if all(key) and key in seen:
        line.refuse("title", Reason.TWICE, said.title, str(seen[key]))
    seen.setdefault(key, line.row.number)


def _channel(text: str) -> Channel:
    if text not in TYPED:
        raise cells.CellRefused(reason=Reason.NOT_A_CHANNEL, hint="书面、电话、来信、座谈会、网上、扫码")
    return TYPED[text]


REQUIRED_COLUMNS: Final = tuple(column.heading for column in COLUMNS if column.required)
"""The headings a template marks as required."""
