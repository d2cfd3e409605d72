"""What was done about cards, polls, papers and counts, as sentences of the trail."""

from collections.abc import Callable
from typing import Any, Final

from domain.polls.accounting import IncidentDecided, IncidentReported
from domain.polls.box_opening import BoxOpened, SealedBallotsDeleted
from domain.polls.card_set import CardSetBound, CardSetDiscarded, CardSetPrinted, CardSetReleased
from domain.polls.paper import (
    BatchEntered,
    DoubtfulMarkDecided,
    KeypadTotalsEntered,
    PapersPrinted,
    PapersReturned,
    SpoiledPaperReplaced,
)
from domain.polls.places import AgainGivenUp, HeldAgain, PlacesDecided
from domain.polls.poll import (
    CardVoidingNoted,
    CountSigned,
    LastBallotsCalled,
    PollCancelled,
    PollClosed,
    PollCounted,
    PollDeclared,
    PollOpened,
    PollPrepared,
    ScrutineersApproved,
)
from domain.polls.sealing import SealingKeyMade, TrialBallotOpened
from domain.polls.voiding import VoidingNoted
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day, number
from interfaces.web.audit.values import Names, value_words

Told = Callable[[Any, Names], str]


def with_reason(said: str, reason: str) -> str:
    """The sentence with its reason, where one was given."""
    return _("%(said)s理由：%(reason)s", said=said, reason=reason) if reason else said


def _printed(fact: CardSetPrinted, names: Names) -> str:
    return _(
        "印制%(colour)s“%(word)s”%(number)s号票卡 %(n)s 张，%(present)s 在场。",
        colour=fact.colour,
        word=fact.word,
        number=fact.number,
        n=number(len(fact.cards)),
        present=names.all(fact.present),
    )


def _opened(fact: PollOpened, _names: Names) -> str:
    said = _(
        "开始投票：全体代表 %(all)s 人，实到 %(attending)s 人，发出 %(issued)s 张。",
        all=number(fact.all_delegates),
        attending=number(fact.attending),
        issued=number(fact.issued),
    )
    return said + (_("其中纸质票 %(n)s 张。", n=number(fact.papers)) if fact.papers else "")


def _closed(fact: PollClosed, _names: Names) -> str:
    said = _(
        "投票截止：票箱里 %(n)s 张；票卡印制 %(printed)s 张，作废 %(voided)s 张。",
        n=number(fact.ballots),
        printed=number(fact.cards_printed),
        voided=number(fact.cards_voided),
    )
    if not fact.papers:
        return said
    return said + _("发出纸质票 %(n)s 张，其中迟到的代表 %(late)s 张。", n=number(fact.papers), late=number(fact.late))


def _incident(fact: IncidentReported, names: Names) -> str:
    kind = value_words("incident_kind", fact.kind, names)
    return _("报告第 %(n)s 件异常：%(kind)s。%(note)s", n=fact.number, kind=kind, note=fact.note)


def _decided(fact: IncidentDecided, names: Names) -> str:
    said = _(
        "第 %(n)s 件异常：%(decision)s。",
        n=fact.number,
        decision=value_words("incident_decision", fact.decision, names),
    )
    return with_reason(said, fact.reason)


def _key_made(fact: SealingKeyMade, names: Names) -> str:
    return _(
        "生成票箱密钥：%(n)s 份，凑齐 %(threshold)s 份能打开，由%(holders)s保管。",
        n=len(fact.shares),
        threshold=fact.threshold,
        holders=names.all(fact.holders),
    )


def _box_opened(fact: BoxOpened, names: Names) -> str:
    return _(
        "在%(place)s打开票箱：选票 %(n)s 张，%(holders)s带来份额。",
        place=value_words("opened_on", fact.opened_on, names),
        n=number(fact.ballots),
        holders=names.all(fact.holders),
    )


def _deleted(fact: SealedBallotsDeleted, names: Names) -> str:
    said = _("删除密封的选票 %(n)s 张，回执保存。", n=number(fact.ballots))
    return said + (_("%(holders)s的份额已销毁。", holders=names.all(fact.destroyed)) if fact.destroyed else "")


def _returned(fact: PapersReturned, _names: Names) -> str:
    if not fact.batches:
        return _("登记收回纸质票：一张都没有。")
    return _("登记收回纸质票 %(n)s 张，分 %(batches)s 批。", n=number(sum(fact.batches)), batches=len(fact.batches))


def _entered(fact: BatchEntered, _names: Names) -> str:
    said = {"team": fact.team, "batch": fact.batch}
    if fact.scanned:
        return _("第 %(team)s 组用扫描件录入第 %(batch)s 批纸质票。", **said)
    return _("第 %(team)s 组录入第 %(batch)s 批纸质票。", **said)


def _doubt(fact: DoubtfulMarkDecided, _names: Names) -> str:
    said = _(
        "总监票人决定第 %(batch)s 批项目 %(item)s 的第 %(n)s 处存疑标记。",
        batch=fact.batch,
        item=fact.item,
        n=fact.number,
    )
    return with_reason(said, fact.reason)


def _counted(fact: PollCounted, names: Names) -> str:
    if fact.void_because:
        why = value_words("void_because", fact.void_because, names)
        return _("第 %(n)s 次计票，整次表决无效：%(why)s", n=fact.version, why=why)
    return _("第 %(n)s 次计票。得票情况看计票报告单。", n=fact.version)


def _signed(fact: CountSigned, names: Names) -> str:
    role = value_words("role", fact.role, names)
    return _("%(role)s %(name)s 签署第 %(n)s 次计票的结果。", role=role, name=fact.name, n=fact.version)


def _places(fact: PlacesDecided, names: Names) -> str:
    told = {"who": value_words("by", fact.by, names), "number": fact.number, "day": day(fact.on)}
    if not fact.adopted:
        return _("%(who)s决定空缺的名额不再补足（%(number)s，%(day)s）。", **told)
    return _("%(who)s决定列入%(projects)s（%(number)s，%(day)s）。", projects=names.all(fact.adopted), **told)


POLLS: Final[dict[type, Told]] = {
    PlacesDecided: _places,
    HeldAgain: lambda f, n: _("空缺的名额由“%(poll)s”再次票决。", poll=n.of(f.poll)),
    AgainGivenUp: lambda f, n: _("“%(poll)s”没有结果，名额仍然空缺。", poll=n.of(f.poll)),
    CardSetPrinted: _printed,
    CardSetReleased: lambda f, n: _(
        "总监票人 %(chief)s 和监票人 %(other)s 启用票卡。", chief=n.of(f.chief), other=n.of(f.scrutineer)
    ),
    CardSetBound: lambda f, n: _("票卡用于“%(poll)s”。", poll=n.of(f.poll)),
    CardSetDiscarded: lambda f, _n: with_reason(_("整套票卡作废。"), f.reason),
    PollPrepared: lambda f, _n: _(
        "准备表决“%(title)s”，%(n)s 个候选项目，按《%(profile)s》。",
        title=f.title,
        n=len(f.items),
        profile=f.profile.title,
    ),
    ScrutineersApproved: lambda f, n: _(
        "通过总监票人 %(chief)s，监票人 %(others)s。", chief=n.of(f.chief), others=n.all(f.scrutineers)
    ),
    CardVoidingNoted: lambda f, n: _("作废一张票卡：%(reason)s。", reason=value_words("reason", f.reason, n)),
    VoidingNoted: lambda f, n: _("作废一张票卡：%(reason)s。", reason=value_words("reason", f.reason, n)),
    PollOpened: _opened,
    LastBallotsCalled: lambda f, _n: _("宣布最后投票，%(n)s 秒后可以截止。", n=f.seconds),
    PollClosed: _closed,
    PapersPrinted: lambda f, _n: _("印制纸质表决票 %(n)s 张。", n=number(f.papers)),
    SpoiledPaperReplaced: lambda _f, _n: _("换发一张损坏的纸质票。"),
    PapersReturned: _returned,
    BatchEntered: _entered,
    DoubtfulMarkDecided: _doubt,
    KeypadTotalsEntered: lambda f, _n: _("第 %(team)s 人录入表决器总数：%(n)s 人。", team=f.team, n=number(f.returned)),
    IncidentReported: _incident,
    IncidentDecided: _decided,
    SealingKeyMade: _key_made,
    TrialBallotOpened: lambda f, _n: _("试开票箱密钥：%(n)s 种组合都打开了测试选票。", n=f.combinations),
    BoxOpened: _box_opened,
    SealedBallotsDeleted: _deleted,
    PollCounted: _counted,
    CountSigned: _signed,
    PollDeclared: lambda f, _n: _("宣布结果：列入 %(n)s 项（%(notice)s）。", n=len(f.adopted), notice=f.notice_number),
    PollCancelled: lambda f, _n: with_reason(_("取消这次表决。"), f.reason),
}
