"""What the page of a poll says: the stages, the next thing to do, what blocks the opening."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from domain.accounts.permissions import Act
from domain.polls.card_set import SetNotReleased
from domain.polls.count import returned_in
from domain.polls.key_ceremony import SealingKeyMissing, TrialOpeningMissing, key_obstacles
from domain.polls.opening import (
    CardsNotAccounted,
    MoreCardsThanAttending,
    NothingIssued,
    QuorumNotMet,
    TooFewScrutineers,
)
from domain.polls.poll import SCRUTINEERS_NEEDED, PollStage
from domain.projects.candidate_list import PreReadingTooShort
from domain.projects.card import CandidateCard
from domain.shared import Refused
from interfaces.web._base.language import gettext as _
from interfaces.web._base.sentences import sentence
from interfaces.web._base.shown import money, number, rounded
from interfaces.web.polls import words
from interfaces.web.polls.afterwards import after_cancelling, after_declaring
from interfaces.web.polls.desk import Numbers, PollDesk
from interfaces.web.polls.next_thing import Next, permitted
from interfaces.web.polls.way_to_count import first_open, said_at_once

SIGNATURES_NEEDED: Final = 1 + SCRUTINEERS_NEEDED
_WAN: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stage of the rail; `css` is `now`, `later` or empty for what is done."""

    title: str
    figure: str
    small: str
    css: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One condition of opening, met or not, in words."""

    met: bool
    said: str


def rail(desk: PollDesk, shown: Numbers) -> tuple[Step, ...]:
    """准备→发卡→投票→截止→计票→签名→宣布, each with its figure."""
    state, at = desk.state, _stage_number(desk, shown)
    counted = _("第 %(n)s 次", n=state.counted.version) if state.counted else "–"
    signed = f"{len(state.signatures)}/{SIGNATURES_NEEDED}" if state.counted and not desk.is_void else "–"
    steps = (
        (_("准备"), str(len(state.prepared.items)), _("个候选项目")),
        (_("发卡"), _shown(shown.drawn), _("张已领出")),
        (_("投票"), _shown(shown.cast), _("张在票箱")),
        (_("截止"), _shown(returned_in(state) if state.closed else None), _("张收回")),
        (_("计票"), counted, _("整次无效") if desk.is_void else _("计票")),
        (_("签名"), signed, _("总监票人和监票人")),
        (
            _("宣布"),
            _("已宣布") if state.stage is PollStage.DECLARED else "–",
            desk.board.notice_number or _("公告编号"),
        ),
    )
    return tuple(
        Step(title=title, figure=figure, small=small, css="now" if place == at else "later" if place > at else "")
        for place, (title, figure, small) in enumerate(steps)
    )


def _shown(value: int | None) -> str:
    return "–" if value is None else number(value)


def _stage_number(desk: PollDesk, shown: Numbers) -> int:
    match desk.stage:
        case PollStage.PREPARED:
            ready = desk.state.chief is not None and shown.standing is not None and shown.standing.released
            return 1 if ready else 0
        case PollStage.OPEN:
            return 3 if desk.state.last_call else 2
        case PollStage.CLOSED:
            return 4
        case PollStage.COUNTED:
            return 4 if desk.is_void else 6 if desk.state.is_signed else 5
        case PollStage.DECLARED:
            return 7
        case PollStage.CANCELLED:
            return -1


def next_step(desk: PollDesk, shown: Numbers) -> Next:
    """The one thing that moves the poll on, for the office's side."""
    match desk.stage:
        case PollStage.PREPARED:
            return _before_opening(desk, shown)
        case PollStage.OPEN if desk.state.last_call:
            said = _("最后投票已经宣布。时间到后，请主持人宣布截止。")
            return permitted(
                desk, Act.CLOSE_POLL, Next(title=_("截止投票"), said=said, label=_("去截止"), url="/close")
            )
        case PollStage.OPEN:
            said = _("投票正在进行。代表投完后，先宣布最后投票；60秒后可以截止。")
            calling = Next(title=_("宣布最后投票"), said=said, label=_("宣布最后投票"), url="/last-call", post=True)
            return permitted(desk, Act.CLOSE_POLL, calling)
        case PollStage.CLOSED | PollStage.COUNTED if desk.state.cards.must_repeat:
            said = _("总监票人对异常情况的决定是重新投票。请取消这次表决，再用另一套票卡原样重新表决。")
            repeating = Next(title=_("须重新投票"), said=said, label=_("取消这次表决"), url="/cancel")
            return permitted(desk, Act.PREPARE_POLL, repeating)
        case PollStage.CLOSED if not desk.state.cards_add_up:
            said = cards_amiss(desk)
            repeating = Next(title=_("票卡对不上"), said=said, label=_("取消这次表决"), url="/cancel")
            return permitted(desk, Act.PREPARE_POLL, repeating)
        case PollStage.CLOSED:
            return _before_count(desk)
        case PollStage.COUNTED:
            return _after_count(desk)
        case PollStage.DECLARED:
            return after_declaring(desk)
        case PollStage.CANCELLED:
            return after_cancelling(desk)


def cards_amiss(desk: PollDesk) -> str:
    """Why a closed box is not counted: a card that was drawn has been voided after all."""
    issued = desk.state.cards_drawn if desk.state.opened else 0
    live = desk.state.closed.cards_live if desk.state.closed else 0
    return _(
        "开始投票时发出%(issued)s张票卡，截止时可用的是%(live)s张，对不上，票箱不能打开计票。请总监票人决定重新投票。",
        issued=issued,
        live=live,
    )


def _before_count(desk: PollDesk) -> Next:
    """The first thing that is not settled, else the count."""
    waiting = first_open(desk)
    if waiting is None:
        counting = Next(title=_("计票"), said=said_at_once(desk), label=_("计票"), url="/count", post=True)
        return permitted(desk, Act.COUNT_POLL, counting)
    return Next(title=waiting.title, said=waiting.said, label=waiting.label if waiting.url else "", url=waiting.url)


def _before_opening(desk: PollDesk, shown: Numbers) -> Next:
    standing = shown.standing
    if desk.state.chief is None:
        said = _("全体会议通过总监票人和监票人以后，在这里登记。")
        naming = Next(title=_("登记监票人"), said=said, label=_("登记监票人"), url="/scrutineers")
        return permitted(desk, Act.PREPARE_POLL, naming)
    if key_obstacles(desk.state):
        said = _("选票用监票人的公钥密封。请总监票人和监票人登录“监票”页面，生成密钥、分好份额，当场试开。")
        return Next(title=_("等待生成票箱密钥"), said=said)
    if standing is None or not standing.released:
        said = _("票卡印好时是停用的。请总监票人登录“监票”页面，和一名监票人一起启用，然后开始发卡。")
        return Next(title=_("等待启用票卡"), said=said)
    kinds = {type(refused) for refused in standing.obstacles}
    if kinds & {NothingIssued, QuorumNotMet} or _still_drawing(desk, shown):
        session = f"/staff/{desk.here.congress.slug}/sessions/{desk.state.prepared.session}"
        return Next(title=_("签到、发票"), said=_handing_out(desk), label=_("去签到发票"), url=session)
    if CardsNotAccounted in kinds:
        said = _("发卡结束后，把剩余的票卡逐张扫描作废；可用票卡等于领出的票卡时，才能开始投票。")
        return permitted(
            desk, Act.VOID_CARD, Next(title=_("作废剩余票卡"), said=said, label=_("去作废票卡"), url="/void-cards")
        )
    if standing.obstacles:
        return Next(title=_("还不能开始投票"), said="".join(sentence(refused) for refused in standing.obstacles))
    said = _("条件都已具备。开始后，全体代表和到会人数就此固定。")
    return permitted(desk, Act.OPEN_POLL, Next(title=_("开始投票"), said=said, label=_("开始投票"), url="/open"))


def _handing_out(desk: PollDesk) -> str:
    if desk.state.prepared.keypad:
        return _("代表签到入座，用表决器表决，不发票卡和纸质票。")
    if desk.state.prepared.card_set is None:
        return _("代表签到时领一张纸质票。先在“纸质票”里印好；系统只记谁领过票。")
    return _("代表签到时凭证抽取一张票卡。系统只记谁领过卡，不记领的是哪一张。")


def _still_drawing(desk: PollDesk, shown: Numbers) -> bool:
    """Fewer cards and papers are out than delegates attend, and nobody has begun to void the cards that are left."""
    if desk.state.prepared.card_set is None or shown.drawn is None or shown.attending is None:
        return False
    return shown.drawn + (shown.papers or 0) < shown.attending and not shown.voided


def _after_count(desk: PollDesk) -> Next:
    counted = desk.state.counted
    if counted is not None and desk.is_void:
        said = str(words.VOID[counted.void_because])
        return permitted(
            desk, Act.PREPARE_POLL, Next(title=_("本次表决无效"), said=said, label=_("取消这次表决"), url="/cancel")
        )
    if not desk.state.is_signed:
        said = _(
            "计票完成。请总监票人和至少两名监票人登录“监票”页面，核对报告单并签名；已签%(n)s人。",
            n=len(desk.signatures),
        )
        label = _("看计票报告单") if desk.sees_count else ""
        return Next(title=_("等待签名"), said=said, label=label, url=f"{desk.root}/report")
    said = _("签名已齐。主持人宣布结果后，在这里登记公告编号，生成年度票决清单。")
    return permitted(desk, Act.DECLARE_POLL, Next(title=_("宣布结果"), said=said, label=_("登记宣布"), url="/declare"))


def checks(desk: PollDesk, shown: Numbers) -> tuple[Check, ...]:
    """Opens when every line is met; what is not says what to do."""
    standing, prepared = shown.standing, desk.state.prepared
    if standing is None:
        return ()
    blocking: dict[type[Refused], Refused] = {type(refused): refused for refused in standing.obstacles}
    met: dict[type[Refused], str] = {
        TooFewScrutineers: _("总监票人和监票人已经通过"),
        PreReadingTooShort: _("材料已按规定提前送达代表"),
    }
    if desk.state.is_sealed:
        met[SealingKeyMissing] = _("票箱密钥已生成，份额已分别保管")
        if SealingKeyMissing not in blocking:
            met[TrialOpeningMissing] = _("票箱密钥已试开")
    if prepared.card_set is not None:
        met[SetNotReleased] = _("票卡已经启用")
    met[QuorumNotMet] = _("到会%(a)s人，达到法定人数%(q)s人", a=standing.attending, q=standing.quorum)
    if not prepared.keypad:
        met[MoreCardsThanAttending] = _("领出的票卡和纸质票不多于到会代表")
        met[NothingIssued] = _("已有代表领票")
    if prepared.card_set is not None:
        met[CardsNotAccounted] = _("可用票卡等于领出的票卡，剩余的都已作废")
    unmet: dict[type[Refused], str] = {SetNotReleased: _("票卡还没有启用，由总监票人和一名监票人在“监票”页面启用")}
    known = [
        Check(met=kind not in blocking, said=_said(blocking.get(kind), said, unmet.get(kind)))
        for kind, said in met.items()
    ]
    others = [Check(met=False, said=sentence(refused)) for kind, refused in blocking.items() if kind not in met]
    return (*known, *others)


def _said(refused: Refused | None, met: str, unmet: str | None) -> str:
    if refused is None:
        return met
    return unmet or sentence(refused)


def people(count: int) -> str:
    """18.6 万人, 8,500 人."""
    if count >= _WAN:
        return _("%(n)s 万人", n=number(rounded(Decimal(count) / _WAN, 1)), thousand=number(count // 1000))
    return _("%(n)s 人", n=number(count))


def summary(card: CandidateCard) -> str:
    """水务局 · 5.04 亿元 · 18.6 万人受益: what the ballot shows under a name."""
    parts = [card.lead_unit_name]
    if card.total_funds is not None:
        parts.append(money(card.total_funds))
    if card.beneficiary_count is not None:
        parts.append(_("%(people)s受益", people=people(card.beneficiary_count)))
    return " · ".join(part for part in parts if part)
