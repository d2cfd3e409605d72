"""What was done, as one sentence in words of the office. Kinds that need no more words than their own have no line."""

from typing import Final

from application.history.book import BOOK
from domain.accounts.account import (
    AccountDisabled,
    AccountEnabled,
    AccountOpened,
    AccountRenamed,
    RoleGranted,
    RoleRevoked,
    SlipIssued,
)
from domain.accounts.api_token import ApiTokenIssued
from domain.accounts.login import LoginTakenBy
from domain.backups.backup import BackupTaken
from domain.congress.calendar import CalendarEntryAdded, CalendarEntryChanged, CalendarEntryWithdrawn
from domain.congress.congress import (
    CongressDescribed,
    CongressFounded,
    CongressMoved,
    SlugTakenBy,
    UnitAdded,
    UnitChanged,
    UnitWithdrawn,
)
from domain.congress.look import CongressLookChosen
from domain.congress.rehearsal import RehearsalBegun, RehearsalEnded, RehearsalEntered
from domain.congress.roll import DelegateAdded, DelegateCorrected, DelegateLeft, DelegatesImported
from domain.congress.session import (
    CardDrawn,
    CardDrawUndone,
    CheckInUndone,
    DelegateCheckedIn,
    PaperIssued,
    PaperIssueUndone,
    SessionConvened,
    SessionEntered,
    SessionRescheduled,
)
from domain.polls.profile import ProfileAdopted, ProfileDrafted, ProfileRevised
from domain.projects.candidate_list import (
    CandidateListPublished,
    CandidateListPutToVote,
    CandidateListReleased,
    CandidateListWithdrawn,
    CardRead,
)
from domain.projects.project import (
    CandidateDrafted,
    CandidateRevised,
    CandidateWithdrawn,
    ProjectAdopted,
    ProjectEvaluated,
    ProjectListed,
    ProjectNotAdopted,
    ProjectUnlisted,
)
from domain.projects.voted_list import VotedListAnnounced, VotedListSupplemented
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day, moment, number, span
from interfaces.web.audit.telling_asks import ASKS
from interfaces.web.audit.telling_council import COUNCIL
from interfaces.web.audit.telling_deliberation import DELIBERATION
from interfaces.web.audit.telling_examined import EXAMINED
from interfaces.web.audit.telling_implementation import IMPLEMENTATION
from interfaces.web.audit.telling_inquiries import INQUIRIES
from interfaces.web.audit.telling_polls import POLLS, Told, with_reason
from interfaces.web.audit.telling_proposals import PROPOSALS
from interfaces.web.audit.telling_supervision import SUPERVISION
from interfaces.web.audit.telling_working_days import WORKING_DAYS
from interfaces.web.audit.telling_year_reports import YEAR_REPORTS
from interfaces.web.audit.values import Names, value_words
from interfaces.web.audit.words import fact_words


def sentence_of(fact: object, names: Names, subject: str = "") -> str:
    """One sentence; where the kind of fact says all, its words with what it is about."""
    tell = _TOLD.get(type(fact))
    if tell is not None:
        return tell(fact, names)
    words = fact_words(BOOK.entry_of(type(fact)).name)
    return _("%(act)s：%(subject)s。", act=words, subject=subject) if subject else _("%(act)s。", act=words)


def _granted(fact: RoleGranted | RoleRevoked, names: Names) -> str:
    role = value_words("role", fact.role, names)
    where = names.of(fact.congress) if fact.congress else _("全系统")
    if isinstance(fact, RoleRevoked):
        return _("收回“%(role)s”角色（%(where)s）。", role=role, where=where)
    unit = names.of(fact.unit) if fact.unit else ""
    return _("给予“%(role)s”角色（%(where)s）。", role=role, where=_("，").join(filter(None, (where, unit))))


def _moved(fact: CongressMoved, names: Names) -> str:
    if fact.parent is None:
        return _("这个大会不再有上级。")
    return _("这个大会改由%(parent)s为上级。", parent=names.of(fact.parent))


def _corrected(fact: DelegateCorrected, _names: Names) -> str:
    return _("更正代表 %(name)s（代表证号 %(number)s）的信息。", name=fact.entry.name, number=fact.entry.number)


def _paper(fact: PaperIssued, names: Names) -> str:
    said = {"name": names.of(fact.delegate), "poll": names.of(fact.poll)}
    if fact.late:
        return _("代表 %(name)s 在开始投票后到会，为“%(poll)s”领取一张纸质票。", **said)
    return _("代表 %(name)s 为“%(poll)s”领取一张纸质票。", **said)


def _adopted(fact: ProjectAdopted, _names: Names) -> str:
    return _(
        "票决列入年度清单第 %(n)s 项，赞成 %(votes)s 票（%(notice)s）。",
        n=fact.number,
        votes=number(fact.vote.votes_for),
        notice=fact.notice_number,
    )


def _supplemented(fact: VotedListSupplemented, _names: Names) -> str:
    return _(
        "增补 %(year)s 年度票决清单 %(n)s 项（%(notice)s）。",
        year=fact.year,
        n=len(fact.projects),
        notice=fact.notice_number,
    )


def _evaluated(fact: ProjectEvaluated, _names: Names) -> str:
    grade = fact.grade or _("没有有效票")
    return _("“%(title)s”：%(grade)s（%(notice)s）。", title=fact.title, grade=grade, notice=fact.notice_number)


_TOLD: Final[dict[type, Told]] = {
    **POLLS,
    **DELIBERATION,
    **PROPOSALS,
    **EXAMINED,
    **IMPLEMENTATION,
    **INQUIRIES,
    **SUPERVISION,
    **COUNCIL,
    **ASKS,
    **WORKING_DAYS,
    **YEAR_REPORTS,
    AccountOpened: lambda f, _n: _("为 %(name)s 开设账号，登录名 %(login)s。", name=f.name, login=f.login),
    LoginTakenBy: lambda f, _n: _("登录名 %(login)s 归一个账号使用，不再给别人。", login=f.login),
    AccountRenamed: lambda f, _n: _("账号的姓名更正为 %(name)s。", name=f.name),
    RoleGranted: _granted,
    RoleRevoked: _granted,
    AccountDisabled: lambda f, _n: with_reason(_("停用账号。"), f.reason),
    AccountEnabled: lambda f, _n: with_reason(_("恢复账号。"), f.reason),
    SlipIssued: lambda f, n: _(
        "发出启用条（%(purpose)s），%(until)s 前有效。",
        purpose=value_words("purpose", f.purpose, n),
        until=moment(f.expires_at),
    ),
    ApiTokenIssued: lambda f, _n: _(
        "发出接口令牌“%(name)s”，有效期至 %(until)s。", name=f.name, until=day(f.expires_on)
    ),
    BackupTaken: lambda f, n: _(
        "备份（%(way)s）：%(facts)s 条记录，%(ballots)s 张选票。",
        way=value_words("way", f.way, n),
        facts=number(f.facts),
        ballots=number(f.ballots),
    ),
    CongressFounded: lambda f, _n: _("建立 %(name)s（第 %(term)s 届）。", name=f.name, term=f.term),
    CongressDescribed: lambda f, _n: _("大会更正为 %(name)s，第 %(term)s 届。", name=f.name, term=f.term),
    SlugTakenBy: lambda f, _n: _("网址用词 %(slug)s 归这个大会使用。", slug=f.slug),
    CongressMoved: _moved,
    CongressLookChosen: lambda f, _n: _("选定大会形象：印记“%(emblem)s”。", emblem=f.emblem),
    CalendarEntryAdded: lambda f, _n: _(
        "写入日程“%(title)s”，%(span)s。", title=f.title, span=span(f.starts_on, f.ends_on)
    ),
    CalendarEntryChanged: lambda f, _n: _(
        "日程改为“%(title)s”，%(span)s。", title=f.title, span=span(f.starts_on, f.ends_on)
    ),
    CalendarEntryWithdrawn: lambda f, n: _("取消日程“%(title)s”。", title=n.of(f.entry)),
    UnitAdded: lambda f, _n: _("增加单位 %(name)s。", name=f.name),
    UnitChanged: lambda f, _n: _("更改单位 %(name)s 的名称或值班电话。", name=f.name),
    UnitWithdrawn: lambda f, n: _("停用单位 %(name)s。", name=n.of(f.unit)),
    DelegatesImported: lambda f, _n: _("从 %(source)s 导入代表 %(n)s 名。", source=f.source, n=number(len(f.entries))),
    DelegateAdded: lambda f, _n: _("增加代表 %(name)s（%(where)s）。", name=f.entry.name, where=f.entry.delegation),
    DelegateCorrected: _corrected,
    DelegateLeft: lambda f, n: _("%(name)s 的代表资格终止。", name=n.of(f.delegate)),
    SessionEntered: lambda f, n: _("%(title)s列入日程。", title=n.of(f.session)),
    SessionConvened: lambda f, _n: _(
        "召集%(title)s，%(from)s 至 %(to)s。", title=f.title, **{"from": day(f.starts_on), "to": day(f.ends_on)}
    ),
    SessionRescheduled: lambda f, _n: _(
        "会议改为%(title)s，%(from)s 至 %(to)s。", title=f.title, **{"from": day(f.starts_on), "to": day(f.ends_on)}
    ),
    RehearsalBegun: lambda f, n: _("开始第%(n)s次演练：%(session)s。", n=f.rehearsal, session=n.of(f.of)),
    RehearsalEnded: lambda f, _n: with_reason(_("作废第%(n)s次演练。", n=f.rehearsal), f.reason),
    RehearsalEntered: lambda f, n: _("登记“%(title)s”。", title=n.of(f.session)),
    DelegateCheckedIn: lambda f, n: _("代表 %(name)s 签到。", name=n.of(f.delegate)),
    CheckInUndone: lambda f, n: _("撤销代表 %(name)s 的签到。", name=n.of(f.delegate)),
    CardDrawn: lambda f, n: _("代表 %(name)s 为“%(poll)s”领取一张票卡。", name=n.of(f.delegate), poll=n.of(f.poll)),
    CardDrawUndone: lambda f, n: _(
        "撤销代表 %(name)s 为“%(poll)s”领取的票卡。", name=n.of(f.delegate), poll=n.of(f.poll)
    ),
    CandidateDrafted: lambda f, _n: _("登记 %(year)s 年候选项目“%(name)s”。", year=f.year, name=f.card.name),
    CandidateRevised: lambda f, _n: _("修改候选项目“%(name)s”的卡片。", name=f.card.name),
    CandidateWithdrawn: lambda f, _n: with_reason(_("撤下候选项目。"), f.reason),
    ProjectListed: lambda f, _n: _("列入候选项目名单，第 %(n)s 号。", n=f.number),
    ProjectUnlisted: lambda f, _n: with_reason(_("移出候选项目名单。"), f.reason),
    ProjectAdopted: _adopted,
    ProjectEvaluated: _evaluated,
    ProjectNotAdopted: lambda f, _n: _("票决没有列入年度清单，赞成 %(votes)s 票。", votes=number(f.vote.votes_for)),
    CandidateListPublished: lambda f, _n: _(
        "公布 %(year)s 年候选项目名单，%(n)s 个项目（%(decision)s）。",
        year=f.year,
        n=len(f.candidates),
        decision=f.decision or _("没有写决定"),
    ),
    CandidateListWithdrawn: lambda f, _n: with_reason(_("撤回候选项目名单。"), f.reason),
    CandidateListPutToVote: lambda f, n: _("名单交付“%(poll)s”票决。", poll=n.of(f.poll)),
    CandidateListReleased: lambda f, n: _("“%(poll)s”取消，名单解除票决。", poll=n.of(f.poll)),
    CardRead: lambda f, n: _("代表 %(name)s 阅读“%(title)s”。", name=n.of(f.delegate), title=n.of(f.project)),
    VotedListAnnounced: lambda f, _n: _(
        "公告 %(year)s 年度票决清单，%(n)s 项（%(notice)s）。",
        year=f.year,
        n=len(f.projects),
        notice=f.notice_number,
    ),
    VotedListSupplemented: _supplemented,
    PaperIssued: _paper,
    PaperIssueUndone: lambda f, n: _(
        "代表 %(name)s 退回“%(poll)s”的纸质票。", name=n.of(f.delegate), poll=n.of(f.poll)
    ),
    ProfileDrafted: lambda f, _n: _("起草《%(title)s》。", title=f.rules.title),
    ProfileRevised: lambda f, _n: _("修改《%(title)s》。", title=f.rules.title),
    ProfileAdopted: lambda f, n: _(
        "%(session)s通过票决办法（%(decision)s）。", session=n.of(f.session), decision=f.decision
    ),
}
