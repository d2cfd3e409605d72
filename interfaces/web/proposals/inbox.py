"""The inbox: totals that visibly add up, filters, search, many at once, and the list on paper or as a workbook."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.office import By
from application.proposals import handling
from domain.accounts.permissions import Act
from domain.proposals.proposal import DeclineReason
from domain.shared import Invalid, Refused
from interfaces.composition import House
from interfaces.documents.workbook import SheetHeading, sheet
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web._base.paging import Pager, pager
from interfaces.web.calls.words import CHANNELS
from interfaces.web.proposals.desk import STAFF, UNIT, Decider, ProposalReader, chosen_year, ids_in, in_order, root_of
from interfaces.web.proposals.words import DECLINE_REASONS, FORMS, STATES, TAGS
from interfaces.web.roll.views import as_workbook
from projections import calls, proposal_register
from projections.proposal_register import CLEAN, HIT, OPEN, UNSCREENED, ProposalRow, likeness

router = APIRouter()

MOST_EXPORTED: Final = 50_000
ALL: Final = "all"


class Asked(NamedTuple):
    """What the list is narrowed to."""

    year: int
    outcome: str
    channel: str
    category: str | None
    screening: str
    words: str

    @property
    def narrowing(self) -> dict[str, Any]:
        """As the register is asked."""
        return {
            "outcome": "" if self.outcome == ALL else self.outcome,
            "channel": self.channel,
            "category": self.category,
            "screening": self.screening,
            "words": self.words,
        }


@router.get(STAFF)
@router.get(UNIT)
def inbox(request: Request, house: TheHouse, here: ProposalReader, year: int = 0) -> Response:
    """The year's proposals; those that wait for a decision unless something else is asked for."""
    likeness.get_ready()
    return page(request, "proposals/inbox.html", **_listed(request, house, here, year))


@router.post(f"{STAFF}/many")
@router.post(f"{UNIT}/many")
def many(request: Request, house: TheHouse, here: Decider, typed: Form) -> Response:
    """One decision for every proposal that was ticked."""
    by, year = here.by(typed), typed.integer("year")
    try:
        chosen = ids_in(typed, "chosen")
        reason = typed.text("words")
        match typed.text("act"):
            case "merge":
                position = _merge(house, by, chosen, reason)
            case "reserve":
                position = handling.reserve(house.office, by, chosen, reason)
            case "decline":
                why = typed.choice("decline_reason", DeclineReason)
                typed.settle()
                position = handling.decline(house.office, by, chosen, why, reason)
            case _:
                typed.required("act")
                typed.settle()
                raise AssertionError
    except Refused as refused:
        return again(request, "proposals/inbox.html", typed, refused, **_listed(request, house, here, year))
    return done(request, position, f"{root_of(request, here)}?year={year}", _("已办理 %(n)s 件建议。", n=len(chosen)))


def _merge(house: House, by: By, chosen: Sequence[UUID], reason: str) -> int:
    """Into the one that was received first."""
    with house.reading.connect() as conn:
        found = [row.proposal for row in in_order(conn, chosen)]
    if len(found) < 2:
        raise Invalid(field="proposals", reason="two_to_merge")
    return handling.merge(house.office, by, found[1:], found[0], reason)


@router.get(f"{STAFF}/proposals.xlsx")
@router.get(f"{UNIT}/proposals.xlsx")
def export(request: Request, house: TheHouse, here: ProposalReader, year: int = 0) -> Response:
    """What the filters show, as a workbook; contact data are not in it."""
    with house.reading.connect() as conn:
        chosen, _years = chosen_year(conn, here, house.office.today(), year)
        asked = asked_for(request, chosen, default=ALL)
        found = proposal_register.proposals_of(
            conn, here.congress.id, asked.year, limit=MOST_EXPORTED, **asked.narrowing
        )
        takers = proposal_register.proposals_at(conn, list({row.into for row in found if row.into}))
    content = sheet(_("建议"), [*_HEADINGS], [_cells(row, takers) for row in found])
    return as_workbook(content, f"建议-{here.congress.short_name}-{asked.year}.xlsx")


def asked_for(request: Request, year: int, default: str = OPEN) -> Asked:
    """What the address narrows the list to; what means nothing is left out."""
    given = request.query_params
    outcome, words = given.get("outcome", ""), given.get("words", "").strip()[:200]
    narrowed = bool(words or given.get("channel") or given.get("screening") or given.get("category"))
    channel, screening = given.get("channel", ""), given.get("screening", "")
    return Asked(
        year=year,
        outcome=outcome if outcome in STATES else ALL if narrowed or outcome == ALL else default,
        channel=channel if channel in CHANNELS else "",
        category=given.get("category") or None,
        screening=screening if screening in {CLEAN, HIT, UNSCREENED} else "",
        words=words,
    )


def _listed(request: Request, house: House, here: Place, year: int) -> dict[str, Any]:
    with house.reading.connect() as conn:
        chosen, years = chosen_year(conn, here, house.office.today(), year)
        asked = asked_for(request, chosen)
        totals = proposal_register.totals(conn, here.congress.id, chosen)
        if asked.outcome == OPEN and not totals.open and "outcome" not in request.query_params:
            asked = asked._replace(outcome=ALL)
        number = proposal_register.count_of(conn, here.congress.id, chosen, **asked.narrowing)
        listed: Pager = pager(request, number)
        found = proposal_register.proposals_of(
            conn, here.congress.id, chosen, offset=listed.offset, limit=listed.per_page, **asked.narrowing
        )
        categories = proposal_register.categories(conn, here.congress.id, chosen)
        call = calls.call_of(conn, here.congress.id, chosen)
    return {
        "asked": asked,
        "chose_outcome": "outcome" in request.query_params,
        "year": chosen,
        "years": years,
        "totals": totals,
        "proposals": found,
        "pager": listed,
        "number": number,
        "call": call,
        "categories": [category for category, _number in categories if category],
        "channels": CHANNELS,
        "states": STATES,
        "tags": TAGS,
        "open_state": OPEN,
        "all_states": ALL,
        "screenings": [(UNSCREENED, _("还没有初筛")), (CLEAN, _("不在负面清单之内")), (HIT, _("在负面清单之内"))],
        "decline_reasons": [(code.value, DECLINE_REASONS[code]) for code in DeclineReason],
        "may_decide": here.may(Act.DECIDE_PROPOSALS),
        "may_receive": here.may(Act.RECEIVE_PROPOSALS) and request.url.path.startswith("/staff/"),
        "root": root_of(request, here),
        "query": request.url.query,
    }


_HEADINGS = (
    "查询码",
    SheetHeading(words="收到日期", number_format="yyyy-mm-dd"),
    "渠道",
    "建议表",
    SheetHeading(words="标题", width=36),
    SheetHeading(words="内容", width=60),
    "地点",
    "类别",
    "单位名称",
    "联名人数",
    "附议人数",
    "并入几件",
    "初筛",
    "结果",
    "并入的查询码",
)


def _cells(row: ProposalRow, takers: dict[UUID, ProposalRow]) -> list[Any]:
    hits = "；".join(f"{code} {name}" for code, name in row.hits)
    taker = takers.get(row.into) if row.into else None
    return [
        row.code,
        row.received_on,
        str(CHANNELS[row.channel]),
        str(FORMS[row.form]),
        row.title,
        row.content,
        row.place,
        row.category,
        row.unit_name,
        row.signatories,
        row.supporters,
        row.taken_in,
        hits or (_("不在负面清单之内") if row.screened else ""),
        str(STATES[row.outcome or OPEN]),
        taker.code if taker else "",
    ]
