"""What is to be done once a poll has ended: places left open, a void poll to repeat, the list to look at."""

from uuid import UUID

from application.polls.preparing import known_poll
from domain.accounts.permissions import Act
from domain.polls.places import DecidedBy
from domain.polls.poll import PollStage
from domain.polls.rules import Form
from domain.polls.second_ballots import OpenPlaces, open_places, waits_for_decision, waits_for_second_ballot
from interfaces.web._base.language import gettext as _
from interfaces.web.polls.desk import PollDesk
from interfaces.web.polls.next_thing import Next, permitted
from interfaces.web.polls.sequel import BODIES


def after_declaring(desk: PollDesk) -> Next:
    """A second ballot or a decision where places are open, else the list."""
    state, left = desk.state, open_places(desk.state)
    if left is not None and state.again_in is not None and not _is_settled(desk, state.again_in):
        said = _("空缺的名额由再次票决产生。")
        url = f"/{desk.area}/{desk.here.congress.slug}/polls/{state.again_in}"
        return Next(title=_("再次票决"), said=said, label=_("看再次票决"), url=url)
    if left is not None and state.places is None and state.again_in is None:
        return _open_places(desk, left)
    if state.prepared.profile.form is Form.GRADE:
        said = _("测评结果已经宣布，记入每个项目的进程并公开。")
        return _public(desk, said)
    said = _("结果已经宣布，年度票决清单已经生成。")
    if state.prepared.rehearsal:
        return Next(title=_("已经宣布"), said=_("演练到此结束，没有改动任何项目、清单和四问。"))
    url = f"/staff/{desk.here.congress.slug}/lists/{state.prepared.year}"
    label = _("看年度票决清单") if desk.area == "staff" else ""
    return Next(title=_("已经宣布"), said=said, label=label, url=url)


def _is_settled(desk: PollDesk, again: UUID) -> bool:
    """Whether the second ballot was declared and left nothing open that nobody has decided."""
    child = known_poll(desk.house.office, again)
    return child.stage is PollStage.DECLARED and not (waits_for_second_ballot(child) or waits_for_decision(child))


def _public(desk: PollDesk, said: str) -> Next:
    url = f"/{desk.here.congress.slug}/polls/{desk.id}"
    return Next(title=_("已经宣布"), said=said, label=_("看公开结果"), url=url)


def _open_places(desk: PollDesk, left: OpenPlaces) -> Next:
    if left.by is None:
        said = _(
            "还有%(n)s个名额，须就%(items)s项再次票决。项目、名额、监票人都已填好，选一套备用票卡即可。",
            **_numbers(left),
        )
        holding = Next(title=_("准备再次票决"), said=said, label=_("准备再次票决"), url="/again")
        return permitted(desk, Act.PREPARE_POLL, holding)
    who = BODIES[left.by.value]
    said = _(
        "还有%(n)s个名额，由%(who)s在%(items)s项中决定。作出决定后在这里登记文号和日期。", who=who, **_numbers(left)
    )
    title = _("登记主席团的决定") if left.by is DecidedBy.PRESIDIUM else _("登记常委会的决定")
    return permitted(desk, Act.DECIDE_PLACES, Next(title=title, said=said, label=title, url="/places"))


def _numbers(left: OpenPlaces) -> dict[str, int]:
    return {"n": left.places, "items": len(left.items)}


def after_cancelling(desk: PollDesk) -> Next:
    """A void poll is repeated in one step; another one is prepared afresh."""
    reason = desk.board.reason
    ended = reason if reason.endswith(("。", "！", ".")) else reason + _("。")
    title = _("这次表决已取消")
    if desk.state.opened is not None:
        said = _("原因：%(reason)s 这次表决没有结果，可以用另一套票卡原样重新表决。", reason=ended)
        repeating = Next(title=title, said=said, label=_("准备重新表决"), url="/again")
        return permitted(desk, Act.PREPARE_POLL, repeating)
    said = _("原因：%(reason)s 候选项目清单已经放开，可以另行准备表决。", reason=ended)
    url = f"/staff/{desk.here.congress.slug}/sessions/{desk.state.prepared.session}/polls"
    return Next(title=title, said=said, label=_("回到本次会议的票决"), url=url)
