"""The scrutineers' day in its order: what is done, what is next and for whom, what comes later."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.polls.box_opening import OpenedOn
from domain.polls.poll import SCRUTINEERS_NEEDED, Poll, PollStage
from interfaces.web._base.language import gettext as _
from interfaces.web.polls.desk import Numbers, PollDesk

SIGNATURES_NEEDED = 1 + SCRUTINEERS_NEEDED


@dataclass(frozen=True, slots=True, kw_only=True)
class DayStep:
    """One step. `css` is `done`, `now` or empty for what comes later; `url` is where it is done, by this person."""

    title: str
    who: str
    is_done: bool
    url: str = ""
    figure: str = ""
    css: str = ""
    may_wait: bool = False
    """Whether the next steps need not wait for it."""


def day_of(desk: PollDesk, shown: Numbers) -> tuple[DayStep, ...]:
    """Every step of this poll; the first that is not done is the one to do now.

    The pages of the part that has come are linked, whatever its order: a card that is never handed in holds up nobody.
    """
    if desk.stage is PollStage.CANCELLED:
        return ()
    parts = (
        (PollStage.PREPARED, _before(desk, shown)),
        (PollStage.OPEN, _voting(desk)),
        (PollStage.CLOSED, _afterwards(desk)),
    )
    here = PollStage.CLOSED if desk.state.closed is not None else desk.stage
    steps = [_linked(step, has_come=stage is here) for stage, part in parts for step in part]
    now = next((place for place, step in enumerate(steps) if not step.is_done and not step.may_wait), len(steps))
    return tuple(replace(step, css=_css(step, is_now=place == now)) for place, step in enumerate(steps))


def _linked(step: DayStep, *, has_come: bool) -> DayStep:
    return step if has_come and not step.is_done else replace(step, url="")


def _css(step: DayStep, *, is_now: bool) -> str:
    return "done" if step.is_done else "now" if is_now else ""


def _before(desk: PollDesk, shown: Numbers) -> Iterator[DayStep]:
    state, root = desk.state, desk.root
    opened, standing = state.opened is not None, shown.standing
    yield DayStep(title=_("登记总监票人和监票人"), who=_("工作人员"), is_done=state.chief is not None)
    if state.is_sealed:
        holders = len(state.key.holders) if state.key else 0
        yield DayStep(
            title=_("生成密钥、分存"),
            who=_("持份监票人"),
            is_done=state.key is not None,
            url=f"{root}/key",
            figure=_("%(n)s 份", n=holders) if holders else "",
        )
        tried = state.key is not None and state.key.tried
        yield DayStep(title=_("试开测试票"), who=_("持份监票人"), is_done=tried, url=f"{root}/key")
    if state.prepared.card_set is not None:
        released = opened or (standing is not None and standing.released)
        yield DayStep(title=_("启用票卡"), who=_("总监票人、监票人"), is_done=released, url=f"{root}/release")
        drawn = _("%(n)s 张", n=shown.drawn) if shown.drawn else ""
        enough = opened or (bool(shown.drawn) and (shown.drawn or 0) + (shown.papers or 0) >= (shown.attending or 1))
        yield DayStep(title=_("签到、领票卡"), who=_("签到人员"), is_done=enough, figure=drawn)
        voided = opened or (bool(shown.drawn) and shown.live == shown.drawn)
        yield DayStep(title=_("剩余票卡作废"), who=_("监票人"), is_done=voided, url=f"{root}/void-cards")
    yield DayStep(title=_("开始投票"), who=_("主持人、工作人员"), is_done=opened)


def _voting(desk: PollDesk) -> Iterator[DayStep]:
    state, root = desk.state, desk.root
    chiefs = desk.is_chief
    closed = state.closed is not None
    calling = root if chiefs else ""
    yield DayStep(title=_("宣布最后投票"), who=_("总监票人"), is_done=state.last_call or closed, url=calling)
    yield DayStep(title=_("截止投票"), who=_("总监票人"), is_done=closed, url=f"{root}/close" if chiefs else "")


def _afterwards(desk: PollDesk) -> Iterator[DayStep]:
    state, root = desk.state, desk.root
    counted, signed = state.counted is not None, len(state.signatures)
    if state.prepared.card_set is not None:
        handed = state.cards.handed_in
        yield DayStep(
            title=_("回收没有用过的票卡"),
            who=_("监票人"),
            is_done=counted or _all_cards_are_back(state),
            url=f"{root}/unused-cards",
            may_wait=True,
            figure=_("已收 %(n)s 张", n=handed) if handed else "",
        )
        undecided = len(state.cards.undecided)
        if state.cards.incidents:
            figure = _("%(n)s 件未决定", n=undecided) if undecided else ""
            done = not undecided and state.closed is not None
            yield DayStep(title=_("异常情况"), who=_("总监票人"), is_done=done, url=f"{root}/incidents", figure=figure)
    if state.prepared.keypad or (state.closed is not None and state.papers_issued):
        title = _("录入表决器总数") if state.prepared.keypad else _("清点、录入纸质票")
        yield DayStep(title=title, who=_("两个录入组"), is_done=counted or _papers_entered(state), url=f"{root}/papers")
    if state.is_sealed and not (state.closed is not None and state.closed.ballots == 0):
        openings = state.box.openings
        first = OpenedOn.BROWSER in openings
        yield DayStep(title=_("在看守的电脑上开箱"), who=_("持份监票人"), is_done=first, url=f"{root}/box")
        yield DayStep(title=_("离线电脑第二次开箱"), who=_("持份监票人"), is_done=state.box.agrees, url=f"{root}/box")
    yield DayStep(title=_("计票"), who=_("工作人员"), is_done=counted)
    signing = "" if desk.has_signed or not counted else f"{root}/sign"
    yield DayStep(
        title=_("核对报告单并签名"),
        who=_("总监票人、两名监票人"),
        is_done=state.is_signed,
        url=signing,
        figure=f"{signed}/{SIGNATURES_NEEDED}" if counted else "",
    )
    yield DayStep(title=_("宣布结果"), who=_("主持人、工作人员"), is_done=state.declared is not None)


def _all_cards_are_back(state: Poll) -> bool:
    """Every card that was drawn lies in the box or was handed in; a card that stays out is nobody's duty."""
    if state.closed is None:
        return False
    return state.closed.ballots + state.cards.handed_in >= state.cards_drawn


def _papers_entered(state: Poll) -> bool:
    if state.prepared.keypad:
        return len({entry.digest for entry in state.papers.keypad.values()}) == 1 and len(state.papers.keypad) > 1
    batches = range(1, len(state.papers.batches) + 1)
    pairs = [[state.papers.entries.get((batch, team)) for team in (1, 2)] for batch in batches]
    return bool(pairs) and all(one and two and one.digest == two.digest for one, two in pairs)
