"""What the page behind a project's QR code shows."""

from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from domain.asks.answers import Completion
from domain.polls.places import Again
from domain.projects.card import Target
from domain.projects.implementation import Standing
from domain.projects.project import Stage
from domain.proposals.support import SupportIndex
from interfaces.public.projects import standing, timeline
from interfaces.public.projects.standing import Shown, Status
from interfaces.public.projects.timeline import COMPLETIONS, Line
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import speak_of
from interfaces.web._base.shown import day, money, number, percent
from interfaces.web.polls.sequel import BODIES
from projections import progress_timeline, public_page
from projections.congress_directory import congresses_named
from projections.public_page import PublicPage

NEWEST: Final = 8
"""Lines on the page itself; all of them stand on a page of their own."""

_COMPLETION_KINDS = {
    "completed": "info",
    "basically_completed": "info",
    "not_completed": "bad",
    "carried_over": "warn",
}


class Promise(NamedTuple):
    """One figure of what was promised."""

    label: str
    value: str
    small: str = ""


def status(page: PublicPage, today: date) -> Status:
    """Where the project stands on this day: how it ended, else its light, else its stage."""
    if page.stage == Stage.LISTED:
        return Status("idle", _("候选项目，待票决"))
    if page.stage == Stage.NOT_ADOPTED:
        return Status("idle", _("未列入年度清单"))
    now = standing.shown(page.work, page.progress, today)
    stopped = page.work.standing != Standing.UNDER_WAY
    goes_on = now is not None and page.completion == Completion.CARRIED_OVER
    if page.completion is not None and not stopped and not goes_on:
        return Status(_COMPLETION_KINDS[page.completion], str(COMPLETIONS[page.completion]))
    if now is not None:
        return now.status
    if page.progress is not None:
        return Status("ok", _("正在实施"))
    return Status("ok", _("已列入年度清单"))


def promises(card: dict[str, Any], now: Shown | None, spent: Decimal | None) -> list[Promise]:
    """Scale, beneficiaries, money and time: of the plan in force, and what was voted where that differs."""
    voted = [_scale(target) for target in card["targets"]] or ["–"]
    scales = [_target(target) for target in now.plan.targets] if now and now.plan.targets else voted
    total = now.plan.total_funds if now else _decimal(card["total_funds"])
    ends = now.plan.deadline if now else _date_or_none(card["finishes_on"])
    starts = now.plan.starts_on if now else _date_or_none(card["starts_on"])
    return [
        Promise(_("建设规模"), scales[0], _beside("、".join(scales[1:]), "、".join(scales), "、".join(voted))),
        Promise(_("受益群众"), people(card["beneficiary_count"]), card["beneficiaries"]),
        Promise(
            _("总投资"),
            money(total),
            _beside(
                _("已支出 %(spent)s", spent=money(spent)) if spent is not None else "",
                money(total),
                money(_decimal(card["total_funds"])),
            ),
        ),
        Promise(
            _("完成时间"),
            day(ends),
            _beside(_("%(day)s 开工", day=day(starts)) if starts else "", day(ends), _day(card["finishes_on"])),
        ),
        *_this_year(now),
    ]


def _this_year(now: Shown | None) -> list[Promise]:
    """Of a project that crosses years what was planned for the running one, and how much of it is done (rule 21)."""
    if now is None or now.annual is None:
        return []
    spent, rate = now.last.spent, now.rate
    done = "" if rate is None else _("已支出 %(spent)s，占 %(rate)s", spent=money(spent), rate=percent(rate * 100, 1))
    return [Promise(_("%(year)s 年投资", year=now.year), money(now.annual.funds), done)]


def _beside(small: str, now: str, voted: str) -> str:
    """What stands in small type; what was voted, where an adjustment has changed it."""
    return small if now == voted else "；".join(filter(None, (small, _("票决时为 %(value)s", value=voted))))


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


def context(conn: Connection, code: str, today: date) -> dict[str, Any] | None:
    """Everything the template needs; None for a code without a public page."""
    page = public_page.page(conn, code)
    if page is None:
        return None
    (congress,) = congresses_named(conn, (page.congress,))
    speak_of(congress.level)
    entries = progress_timeline.timeline(conn, page.project, progress_timeline.Reader.RESIDENT)
    now = standing.shown(page.work, page.progress, today)
    spent = now.spent if now else _decimal(page.progress["funds_spent"]) if page.progress else None
    found = timeline.lines(entries, with_counts=page.full_counts)
    return {
        "page": page,
        "congress": congress,
        "now": now,
        "status": status(page, today),
        "promises": promises(page.card, now, spent),
        "by": responsible(page, now),
        "sources": "、".join(f"{name} {part}%" for name, part in page.card["sources"]),
        "story": story(page),
        "support": SupportIndex(proposals=page.card["support_proposals"], supporters=page.card["supporters"]),
        "shown": public_page.shown_proposals(conn, page.project),
        "ahead": ahead(page, now),
        "lines": found,
        "newest": NEWEST,
        "progress_on": _date_or_none(page.progress["on"]) if page.progress else None,
    }


class Responsible(NamedTuple):
    """Who does it, and whom to call."""

    lead: str
    assisting: list[str]
    person: str
    phone: str


def responsible(page: PublicPage, now: Shown | None) -> Responsible:
    """Of the plan in force; what it leaves open, of the card and the unit."""
    card, plan = page.card, now.plan if now else None
    return Responsible(
        lead=(plan.lead_unit_name if plan else "") or card["lead_unit_name"],
        assisting=list(plan.assisting_units) if plan else card["assisting_units"],
        person=(plan.responsible if plan else "") or card["responsible"],
        phone=(plan.duty_phone if plan else "") or page.duty_phone or "",
    )


def ahead(page: PublicPage, now: Shown | None) -> list[Line]:
    """What is still to come, the farthest first: the promise as a whole, and before it the next step of the plan."""
    ended = page.completion not in (None, Completion.CARRIED_OVER)
    if page.stage != Stage.ADOPTED or ended or (now and now.is_over):
        return []
    ends = now.plan.deadline if now else _date_or_none(page.card["finishes_on"])
    found = [Line(ends, _("承诺"), _("全部完成"), (), done=False)] if ends else []
    if now and now.coming:
        late = (_("已经逾期。"),) if now.is_late else ()
        found.append(Line(now.coming.due_on, _("下一个节点"), now.coming.name, late, done=False))
    return found


def _scale(target: list[str]) -> str:
    name, amount, unit = target
    return f"{name} {number(Decimal(amount))} {unit}" if amount else "–"


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _target(target: Target) -> str:
    return f"{target.name} {number(target.amount)} {target.unit}"


def _date_or_none(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _day(text: str | None) -> str:
    return day(_date_or_none(text))
