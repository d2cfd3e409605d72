"""What a scrutineer is to do now."""

from domain.polls.key_ceremony import SealingKeyMissing, key_obstacles
from domain.polls.opening import CardsNotAccounted
from domain.polls.poll import PollStage
from interfaces.web._base.language import gettext as _
from interfaces.web.polls import words
from interfaces.web.polls.desk import Numbers, PollDesk
from interfaces.web.polls.next_thing import Next
from interfaces.web.polls.views import cards_amiss
from interfaces.web.polls.way_to_count import first_open


def next_step(desk: PollDesk, shown: Numbers) -> Next:
    """The one thing this person is to do, or what is waited for."""
    match desk.stage:
        case PollStage.PREPARED:
            return _before_opening(desk, shown)
        case PollStage.OPEN:
            return _while_open(desk)
        case PollStage.CLOSED if not desk.state.cards_add_up:
            return Next(title=_("票卡对不上"), said=cards_amiss(desk))
        case PollStage.CLOSED:
            return _before_count(desk)
        case PollStage.COUNTED:
            return _after_count(desk)
        case PollStage.DECLARED:
            return Next(
                title=_("已经宣布"), said=_("结果已经宣布。"), label=_("看计票报告单"), url=f"{desk.root}/report"
            )
        case PollStage.CANCELLED:
            return Next(title=_("这次表决已取消"), said=desk.board.reason)


def _before_count(desk: PollDesk) -> Next:
    """The first thing that is not settled; then the office counts."""
    waiting = first_open(desk)
    if waiting is not None:
        return Next(title=waiting.title, said=waiting.said, label=waiting.label if waiting.url else "", url=waiting.url)
    said = _("请核对票箱里的票数，抄录票箱根。工作人员计票后，请回来核对报告单并签名。")
    return Next(title=_("等待计票"), said=said)


def _before_opening(desk: PollDesk, shown: Numbers) -> Next:
    standing = shown.standing
    if key_obstacles(desk.state):
        return _key_first(desk)
    if standing is not None and not standing.released:
        said = _(
            "票卡印好时是停用的。核对颜色、标识词和张数后，由总监票人和一名监票人各用自己的密码启用，然后开始发卡。"
        )
        return Next(title=_("启用票卡"), said=said, label=_("启用票卡"), url=f"{desk.root}/release")
    waiting = standing is not None and CardsNotAccounted in {type(refused) for refused in standing.obstacles}
    if waiting and shown.drawn:
        said = _("发卡结束后，把剩余的票卡逐张扫描作废。可用票卡等于领出的票卡时，才能开始投票。")
        return Next(title=_("作废剩余票卡"), said=said, label=_("去作废票卡"), url=f"{desk.root}/void-cards")
    return Next(title=_("等待开始投票"), said=_("请看守发卡处，核对下面的数字。"))


def _key_first(desk: PollDesk) -> Next:
    if desk.state.key is None or SealingKeyMissing in {type(one) for one in key_obstacles(desk.state)}:
        said = _("代表的选票用公钥密封，打开的私钥分成几份由监票人员保管。请在监票人保管的电脑上生成，逐人领取份额。")
        return Next(title=_("生成票箱密钥"), said=said, label=_("去生成"), url=f"{desk.root}/key/new")
    said = _("请每位保管人带回份额，当场打开测试选票。试开成功，才能开始投票。")
    return Next(title=_("试开票箱密钥"), said=said, label=_("去试开"), url=f"{desk.root}/key/trial")


def _while_open(desk: PollDesk) -> Next:
    if not desk.is_chief:
        return Next(title=_("投票正在进行"), said=_("请巡视会场。代表遇到问题，请对照选票页面上的提示处理。"))
    if desk.state.last_call:
        said = _("最后投票已经宣布。时间到后截止。")
        return Next(title=_("截止投票"), said=said, label=_("去截止"), url=f"{desk.root}/close")
    said = _("代表投完后，先宣布最后投票；60秒后可以截止。")
    url = f"{desk.root}/last-call"
    return Next(title=_("投票正在进行"), said=said, label=_("宣布最后投票"), url=url, post=True)


def _after_count(desk: PollDesk) -> Next:
    counted = desk.state.counted
    if counted is not None and desk.is_void:
        return Next(title=_("本次表决无效"), said=str(words.VOID[counted.void_because]))
    if desk.has_signed:
        said = _("您已签名。总监票人和至少两名监票人都签名后，由主持人宣布。")
        return Next(title=_("您已签名"), said=said, label=_("看计票报告单"), url=f"{desk.root}/report")
    said = _("请逐项核对报告单，然后用自己的密码签名；打印的报告单也请手签。")
    return Next(title=_("核对并签名"), said=said, label=_("核对并签名"), url=f"{desk.root}/sign")
