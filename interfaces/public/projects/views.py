"""What the page behind a project's QR code shows."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection

from domain.polls.places import Again
from domain.projects.project import Stage
from domain.proposals.support import SupportIndex
from interfaces.public.projects import timeline
from interfaces.public.projects.timeline import COMPLETIONS, Line
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import speak_of
from interfaces.web._base.shown import day, money, number
from interfaces.web.polls.sequel import BODIES
from projections import progress_timeline, public_page
from projections.congress_directory import congresses_named
from projections.public_page import PublicPage

_COMPLETION_KINDS = {
    "completed": "info",
    "basically_completed": "info",
    "not_completed": "bad",
    "carried_over": "warn",
}


class Status(NamedTuple):
    """A state by shape and words."""

    kind: str
    words: str


class Promise(NamedTuple):
    """One figure of what was promised."""

    label: str
    value: str
    small: str = ""


def status(page: PublicPage) -> Status:
    """Where the project stands, from its stage and the last approved answer."""
    if page.stage == Stage.LISTED:
        return Status("idle", _("候选项目，待票决"))
    if page.stage == Stage.NOT_ADOPTED:
        return Status("idle", _("未列入年度清单"))
    if page.completion is not None:
        return Status(_COMPLETION_KINDS[page.completion], str(COMPLETIONS[page.completion]))
    if page.progress is not None:
        return Status("ok", _("正在实施"))
    return Status("ok", _("已列入年度清单"))


def promises(card: dict[str, Any], spent: str | None) -> list[Promise]:
    """Scale, beneficiaries, money and time, large figures first."""
    first, *others = card["targets"] or [["", "", ""]]
    return [
        Promise(_("建设规模"), _scale(first), "、".join(_scale(other) for other in others)),
        Promise(_("受益群众"), people(card["beneficiary_count"]), card["beneficiaries"]),
        Promise(
            _("总投资"),
            money(_decimal(card["total_funds"])),
            _("已支出 %(spent)s", spent=money(_decimal(spent))) if spent else "",
        ),
        Promise(_("完成时间"), _day(card["finishes_on"]), _("%(day)s 开工", day=_day(card["starts_on"]))),
    ]


def people(count: int | None) -> str:
    """9.3 万人, 7,000 人."""
    if count is None:
        return "–"
    if count >= 10_000:
        return _("%(n)s 万人", n=number((Decimal(count) / 10_000).quantize(Decimal("0.1"))), people=number(count))
    return _("%(n)s 人", n=number(count))


def story(page: PublicPage) -> str:
    """How the project came to be decided, in one paragraph."""
    card, vote = page.card, page.vote
    told = _(
        "%(proposals)s 条群众建议、%(supporters)s 人支持",
        proposals=number(card["support_proposals"]),
        supporters=number(card["supporters"]),
    )
    if vote is None and not card["support_proposals"] and not card["supporters"]:
        return _("已列入候选项目名单，等待代表票决。")
    if vote is None:
        return told + _("，已列入候选项目名单，等待代表票决。")
    told += _(
        " → %(candidates)s 个候选项目之一 → %(day)s%(session)s无记名票决，%(all)s 名代表中 %(attending)s 人到会",
        candidates=(vote["first"] or vote)["candidates"],
        day=_day(vote["on"]),
        session=page.session_title,
        all=vote["all_delegates"],
        attending=vote["attending"],
    )
    if not page.full_counts:
        return told + (_("，列入年度清单。") if page.stage == Stage.ADOPTED else _("，未列入年度清单。"))
    if vote["first"] is not None:
        told += _("，首轮赞成 %(votes)s 票", votes=vote["first"]["votes_for"])
        again = vote["first"]["again"] == Again.TIE
        told += _("，与别的项目得票相同，再次票决") if again else _("，未达到通过票数，再次票决")
    told += _("，赞成 %(votes)s 票", votes=vote["votes_for"])
    if vote["needed"] is not None:
        told += _("，须 %(needed)s 票", needed=vote["needed"])
    told += _("，列第 %(rank)s 位", rank=vote["rank"])
    if vote.get("decided_by"):
        by = {"who": BODIES[vote["decided_by"]], "number": vote["notice_number"]}
        adopted = page.stage == Stage.ADOPTED
        told += _("；名额由%(who)s决定（%(number)s），", **by) + (_("列入年度清单") if adopted else _("没有列入"))
        return told + _("。")
    if page.stage == Stage.NOT_ADOPTED:
        told += _("；达到通过票数，但名次在应选数之后") if vote["passed"] else _("；未达到通过票数")
    return told + _("。")


def context(conn: Connection, code: str) -> dict[str, Any] | None:
    """Everything the template needs; None for a code without a public page."""
    page = public_page.page(conn, code)
    if page is None:
        return None
    (congress,) = congresses_named(conn, (page.congress,))
    speak_of(congress.level)
    entries = progress_timeline.timeline(conn, page.project, progress_timeline.Reader.RESIDENT)
    spent = page.progress["funds_spent"] if page.progress else None
    return {
        "page": page,
        "congress": congress,
        "status": status(page),
        "promises": promises(page.card, spent),
        "sources": "、".join(f"{name} {percent}%" for name, percent in page.card["sources"]),
        "story": story(page),
        "support": SupportIndex(proposals=page.card["support_proposals"], supporters=page.card["supporters"]),
        "shown": public_page.shown_proposals(conn, page.project),
        "lines": [*_ahead(page), *timeline.lines(entries, with_counts=page.full_counts)],
        "progress_on": _date(page.progress["on"]) if page.progress else None,
    }


def _ahead(page: PublicPage) -> list[Line]:
    """The promise that is still open stands at the end of the way."""
    if page.stage != Stage.ADOPTED or page.completion is not None or page.card["finishes_on"] is None:
        return []
    return [Line(_date(page.card["finishes_on"]), _("承诺"), _("全部完成"), (), done=False)]


def _scale(target: list[str]) -> str:
    name, amount, unit = target
    return f"{name} {number(Decimal(amount))} {unit}" if amount else "–"


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _date(text: str) -> date:
    return date.fromisoformat(text)


def _day(text: str | None) -> str:
    return day(None if text is None else _date(text))
