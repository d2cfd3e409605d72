"""What stands on the run sheet of a poll, made from what is known of it today."""

from collections.abc import Iterator
from uuid import UUID

from domain.congress.roll import Roll
from domain.polls import card_set as card_sets
from domain.polls.card_set import CardSet, PrintAs
from domain.polls.places import Again
from domain.polls.poll import Poll
from domain.polls.rules import LateArrivals
from interfaces.documents.run_sheet import RunSheet, SheetAdvice, SheetFact, SheetStep
from interfaces.public.ballot.views import page_hash
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day, number
from interfaces.web.polls.desk import PollDesk
from interfaces.web.polls.names import roll_of
from projections.card_shelf import ShelvedSet, sets_of

_GROUP = 4


def sheet_of(desk: PollDesk) -> RunSheet:
    """The sheet as of today."""
    roll = roll_of(desk.house.office, desk.here.congress.id)
    prepared = desk.state.prepared
    return RunSheet(
        congress=desk.here.congress.name,
        session=prepared.session_title,
        poll=prepared.title,
        made_on=day(desk.house.office.today()),
        rehearsal=prepared.rehearsal,
        facts=tuple(_facts(desk, roll)),
        steps=tuple(_steps(desk)),
        advice=tuple(_advice(desk)),
        phones=(
            _("总监票人"),
            _("大会秘书处"),
            _("会场网络和大屏"),
            _("系统运行维护"),
            _("票卡和纸质票保管"),
            _("电力保障"),
        ),
    )


def _facts(desk: PollDesk, roll: Roll) -> Iterator[SheetFact]:
    state, prepared = desk.state, desk.state.prepared
    yield SheetFact(words=_("票决办法"), value=prepared.profile.title)
    yield SheetFact(words=_("候选项目、应选"), value=_items(state))
    yield SheetFact(words=_("总监票人"), value=_people(roll, (state.chief,)) if state.chief else _("尚未通过"))
    yield SheetFact(words=_("监票人"), value=_people(roll, state.scrutineers) or _("尚未通过"))
    if prepared.keypad:
        yield SheetFact(words=_("表决方式"), value=_("会场表决器；两组分别录入总数"))
        return
    yield from _of_cards(desk)
    yield from _of_the_key(state, roll)
    printed = number(state.papers.printed) if state.papers.printed else _("未印")
    yield SheetFact(words=_("纸质表决票"), value=_("%(n)s（后到的代表、票卡损坏的代表用）", n=printed))
    yield SheetFact(words=_("会场网络"), value=_("主用：会场无线网  备用：手机移动网络  再备用：改用纸质表决票"))


def _items(state: Poll) -> str:
    quota, items = state.prepared.profile.quota, len(state.prepared.items)
    return _("%(n)s 项，不限名额", n=items) if quota is None else _("%(n)s 项，应选 %(q)s 项", n=items, q=quota)


def _of_cards(desk: PollDesk) -> Iterator[SheetFact]:
    if desk.state.prepared.card_set is None:
        return
    bound = desk.house.office.state_of(desk.state.prepared.card_set, card_sets.evolve)
    with desk.house.reading.connect() as connection:
        sets = sets_of(connection, desk.state.prepared.session)
    yield SheetFact(words=_("表决页面"), value=f"{desk.house.settings.public_url.rstrip('/')}/v")
    yield SheetFact(words=_("表决页面校验值"), value=_grouped(page_hash()), mono=True)
    if bound is not None:
        yield SheetFact(words=_("本次票卡"), value=_card_words(bound))
    spare = [one for one in sets if one.is_spare]
    yield SheetFact(words=_("备用票卡"), value="；".join(map(_spare_words, spare)) or _("没有备用的，建议再印一套"))
    if desk.state.prepared.profile.hall_word:
        yield SheetFact(words=_("会场口令"), value=_("六位数字，开始投票后只在会场大屏显示"))


def _card_words(bound: CardSet) -> str:
    how = _("二维码是网址") if bound.print_as is PrintAs.ADDRESS else _("二维码是编码，用会场公共二维码打开表决页再扫")
    name = bound.name
    return _(
        "%(colour)s · %(word)s 第%(n)s套，%(cards)s张，%(how)s",
        colour=name.colour,
        word=name.word,
        n=name.number,
        cards=number(len(bound.cards)),
        how=how,
    )


def _spare_words(one: ShelvedSet) -> str:
    return _(
        "%(colour)s · %(word)s 第%(n)s套（%(cards)s张）",
        colour=one.colour,
        word=one.word,
        n=one.number,
        cards=one.cards,
    )


def _of_the_key(state: Poll, roll: Roll) -> Iterator[SheetFact]:
    if not state.is_sealed:
        yield SheetFact(words=_("密封"), value=_("未密封：谁掌握数据库，谁就可能在计票之前读到选票上的标记"))
        return
    if state.key is None:
        yield SheetFact(words=_("密钥"), value=_("尚未生成"))
        return
    tried = _("已试开") if state.key.tried else _("尚未试开")
    yield SheetFact(words=_("密钥指纹"), value=_grouped(state.key.fingerprint), mono=True)
    shares = _(
        "%(n)s 份，任意 %(t)s 份可以开箱；%(tried)s", n=len(state.key.holders), t=state.key.threshold, tried=tried
    )
    yield SheetFact(words=_("密钥分存"), value=shares)
    for place, holder in enumerate(state.key.holders, start=1):
        yield SheetFact(words=_("第 %(n)s 份由", n=place), value=_people(roll, (holder,)))


def _people(roll: Roll, delegates: tuple[UUID, ...]) -> str:
    """Names with the numbers of their certificates."""
    known = (roll.entries[one] for one in delegates if one in roll.entries)
    return "、".join(_("%(name)s（证号 %(number)s）", name=entry.name, number=entry.number) for entry in known)


def _grouped(text: str) -> str:
    return " ".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def _steps(desk: PollDesk) -> Iterator[SheetStep]:
    yield from _before(desk.state)
    yield from _voting(desk.state)
    yield from _afterwards(desk.state)


def _before(state: Poll) -> Iterator[SheetStep]:
    office, both = _("工作人员"), _("总监票人、1名监票人")
    again = state.prepared.again in (Again.TIE, Again.SHORTFALL)
    yield SheetStep(
        when=_("宣布后立即") if again else _("前一天"),
        what=_("核对本单与系统一致") if again else _("在会场用会场网络演练一遍，核对本单与系统一致"),
        who=office,
    )
    yield SheetStep(when=_("大会通过后"), what=_("登记总监票人、监票人，各自登录“监票”页面"), who=office)
    if state.is_sealed:
        how = _("全体持份人在场；每人只看、只印自己的一份；每人交回扫一次，每种组合都试开")
        yield SheetStep(when=_("发卡前"), what=_("生成密钥、分存、试开测试票"), who=_("持份监票人"), how=how)
    if state.prepared.card_set is not None:
        yield SheetStep(
            when=_("发卡前"), what=_("启用票卡"), who=both, how=_("核对颜色、标识词、套号、张数；各用自己的密码")
        )
        yield SheetStep(when=_("签到时"), what=_("签到，凭证抽取一张票卡，正面朝下"), who=_("签到人员、监票人"))
        yield SheetStep(when=_("签到结束"), what=_("剩余票卡逐张扫描作废，可用＝领出"), who=_("监票人"))
        how = _("用自己的手机打开表决页，与本单的校验值比对")
        yield SheetStep(when=_("开始前"), what=_("核对表决页面校验值"), who=_("监票人"), how=how)
    yield SheetStep(
        when=_("开始前"),
        what=_("会场大屏打开本次表决，核对到会、法定人数、票卡颜色"),
        who=_("会场人员"),
        how=_("有会场口令时，大屏要用工作人员账号登录后打开"),
    )


def _voting(state: Poll) -> Iterator[SheetStep]:
    yield SheetStep(when=_("主持人宣布"), what=_("开始投票"), who=_("工作人员"), how=_("条件不齐时系统会列出还缺什么"))
    late = state.prepared.profile.late_arrivals is LateArrivals.PAPER and not state.prepared.keypad
    if late:
        yield SheetStep(when=_("投票中"), what=_("后到的代表签到、领纸质表决票"), who=_("签到人员"))
    yield SheetStep(when=_("投完后"), what=_("宣布最后投票（60秒），大屏倒数"), who=_("主持人、总监票人"))
    how = _("先问：有没有人已经提交、还没有看到回执")
    yield SheetStep(when=_("倒数结束"), what=_("截止投票，票箱封闭"), who=_("主持人、总监票人"), how=how)


def _afterwards(state: Poll) -> Iterator[SheetStep]:
    scrutineers = _("监票人")
    if state.prepared.keypad:
        yield SheetStep(when=_("截止后"), what=_("两人分别录入表决器总数，含未按键"), who=scrutineers)
    if state.prepared.card_set is not None:
        yield SheetStep(when=_("截止后"), what=_("大屏念读、抄录票数、票箱根和检查点"), who=scrutineers)
        yield SheetStep(when=_("截止后"), what=_("回收没有用过的票卡，逐张扫描"), who=scrutineers)
    if not state.prepared.keypad:
        how = _("打散、清点、按批两组独立录入；不一致重点；存疑标记由总监票人决定")
        yield SheetStep(when=_("截止后"), what=_("有纸质票的，清点录入"), who=_("两个录入组"), how=how)
    if state.is_sealed:
        yield SheetStep(
            when=_("抄录之后"), what=_("开票箱：持份人带各自的一份，在看守的电脑上开箱"), who=_("持份监票人")
        )
        how = _("box.json 拷到不联网的电脑，运行 piaojue open，两次结果必须一致")
        yield SheetStep(when=_("随后"), what=_("离线电脑第二次开箱"), who=_("持份监票人"), how=how)
    yield SheetStep(when=_("齐备后"), what=_("计票，打印计票报告单"), who=_("工作人员"))
    how = _("系统内用密码签，纸上手签；核对校验码")
    yield SheetStep(when=_("计票后"), what=_("核对报告单并签名"), who=_("总监票人、2名监票人"), how=how)
    yield SheetStep(when=_("签名齐后"), what=_("宣布结果，登记公告编号；大屏显示结果"), who=_("主持人、工作人员"))
    if state.prepared.rehearsal:
        yield SheetStep(when=_("演练结束"), what=_("作废这次演练，票卡收回销毁"), who=_("工作人员"))
        return
    yield SheetStep(when=_("如有并列、空缺"), what=_("用备用票卡另行表决（5分钟内可开）"), who=_("工作人员、监票人"))
    yield SheetStep(
        when=_("会后"), what=_("公开记录、张贴回执清单；异议期满后删除密封选票、销毁份额"), who=_("工作人员")
    )


def _advice(desk: PollDesk) -> Iterator[SheetAdvice]:
    state = desk.state
    yield SheetAdvice(case=_("到会不足法定人数"), what=_("不能开始；等候，或由主席团决定另行表决。"))
    if state.prepared.card_set is not None:
        yield SheetAdvice(
            case=_("会场网络断了"), what=_("选票留在手机里自动重发，不会重复；切到备用网络；仍不行，改发纸质表决票。")
        )
        yield SheetAdvice(case=_("页面打不开、手机没电"), what=_("借用会场平板投票；或在开始前换纸质表决票。"))
        yield SheetAdvice(case=_("票卡污损（开始前）"), what=_("当面扫描作废，换一张；开始后改用纸质表决票。"))
        yield SheetAdvice(case=_("票卡遗失"), what=_("找不到就不补；计入发出、未收回。"))
        yield SheetAdvice(
            case=_("提示“已用过”但本人没投"), what=_("不撤任何选票；登记异常，开箱前由总监票人决定是否重投。")
        )
        yield SheetAdvice(case=_("颜色不对、提示是另一套"), what=_("这张卡没有用掉；收好，换本次颜色的票卡。"))
        yield SheetAdvice(case=_("页面校验值不一致"), what=_("不要开始；通知系统运行维护，查明之前改用纸质表决票。"))
    if state.is_sealed:
        yield SheetAdvice(
            case=_("持份不够、两次开箱不一致"), what=_("不能签名；持份实在凑不齐，本次表决无效，重新表决。")
        )
    yield SheetAdvice(case=_("服务器重启、停电"), what=_("有回执的选票都在；恢复后继续，没有回执的自动重发。"))
    yield SheetAdvice(case=_("收回多于发出"), what=_("整次无效，不显示得票；用备用票卡重新表决。"))
