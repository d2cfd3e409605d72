"""Every kind of fact in words, as the trail shows it. A new fact adds its line here (a test asks for it)."""

from interfaces.web._base.language import Lazy, lazy

FACTS: dict[str, Lazy] = {
    "accounts.account-opened": lazy("开设账号"),
    "accounts.login-taken": lazy("登记登录名"),
    "accounts.role-granted": lazy("增加角色"),
    "accounts.role-revoked": lazy("收回角色"),
    "accounts.account-disabled": lazy("停用账号"),
    "accounts.account-enabled": lazy("恢复账号"),
    "accounts.slip-issued": lazy("发出启用条"),
    "accounts.account-activated": lazy("启用账号"),
    "accounts.password-changed": lazy("更换密码"),
    "accounts.account-renamed": lazy("更正账号姓名"),
    "accounts.sign-ins-ended": lazy("退出账号的登录"),
    "accounts.second-factor-turned-on": lazy("开启二次验证"),
    "accounts.second-factor-turned-off": lazy("关闭二次验证"),
    "accounts.second-factor-reset": lazy("重置二次验证"),
    "accounts.recovery-codes-renewed": lazy("更换恢复码"),
    "accounts.identity-linked": lazy("关联统一认证"),
    "accounts.identity-unlinked": lazy("解除统一认证关联"),
    "accounts.api-token-issued": lazy("发出接口令牌"),
    "accounts.api-token-revoked": lazy("撤销接口令牌"),
    "backups.backup-taken": lazy("下载或写出备份"),
    "congress.congress-founded": lazy("建立大会"),
    "congress.congress-described": lazy("更正大会名称或届次"),
    "congress.slug-taken": lazy("登记网址用词"),
    "congress.unit-added": lazy("增加单位"),
    "congress.unit-changed": lazy("更改单位"),
    "congress.unit-withdrawn": lazy("停用单位"),
    "congress.delegates-imported": lazy("导入代表名册"),
    "congress.import-undone": lazy("撤回名册导入"),
    "congress.delegate-added": lazy("增加代表"),
    "congress.delegate-corrected": lazy("更正代表信息"),
    "congress.delegate-left": lazy("代表资格终止"),
    "congress.session-entered": lazy("会议列入日程"),
    "congress.session-convened": lazy("召集会议"),
    "congress.session-rescheduled": lazy("更改会议安排"),
    "congress.delegate-checked-in": lazy("代表签到"),
    "congress.check-in-undone": lazy("撤销签到"),
    "congress.card-drawn": lazy("领取票卡"),
    "congress.card-draw-undone": lazy("撤销领取票卡"),
    "asks.ask-issued": lazy("发出四问"),
    "asks.plan-answered": lazy("答复问计划"),
    "asks.result-answered": lazy("答复问结果"),
    "asks.progress-answered": lazy("答复问进展"),
    "asks.summary-answered": lazy("答复问总结"),
    "asks.ask-sent-back": lazy("退回四问答复"),
    "asks.ask-approved": lazy("认可四问答复"),
    "polls.card-set-printed": lazy("印制票卡"),
    "polls.card-set-released": lazy("启用票卡"),
    "polls.card-set-bound": lazy("票卡用于表决"),
    "polls.card-set-discarded": lazy("整套票卡作废"),
    "polls.poll-prepared": lazy("准备表决"),
    "polls.scrutineers-approved": lazy("确认监票人"),
    "polls.poll-opened": lazy("开始投票"),
    "polls.card-voiding-noted": lazy("作废一张票卡"),
    "polls.last-ballots-called": lazy("提示即将截止"),
    "polls.poll-closed": lazy("投票截止"),
    "polls.poll-counted": lazy("计票"),
    "polls.count-signed": lazy("签署计票结果"),
    "polls.poll-declared": lazy("宣布结果"),
    "polls.poll-cancelled": lazy("取消表决"),
    "polls.profile-drafted": lazy("起草票决办法"),
    "polls.profile-revised": lazy("修改票决办法"),
    "polls.profile-adopted": lazy("通过票决办法"),
    "projects.candidate-list-published": lazy("公布候选项目名单"),
    "projects.candidate-list-withdrawn": lazy("撤回候选项目名单"),
    "projects.candidate-list-put-to-vote": lazy("候选项目名单交付票决"),
    "projects.candidate-list-released": lazy("候选项目名单解除票决"),
    "projects.card-read": lazy("阅读候选项目"),
    "projects.candidate-drafted": lazy("登记候选项目"),
    "projects.candidate-revised": lazy("修改候选项目"),
    "projects.candidate-withdrawn": lazy("撤下候选项目"),
    "projects.project-listed": lazy("列入候选名单"),
    "projects.project-unlisted": lazy("移出候选名单"),
    "projects.project-adopted": lazy("票决列入"),
    "projects.project-not-adopted": lazy("票决未列入"),
    "projects.voted-list-announced": lazy("公告票决清单"),
}

CONCEPTS: dict[str, Lazy] = {
    "accounts": lazy("账号"),
    "congress": lazy("大会、名册与会议"),
    "projects": lazy("项目"),
    "polls": lazy("票决"),
    "asks": lazy("四问"),
}


def fact_words(fact: str) -> str:
    """A fact's stable name in words."""
    return str(FACTS[fact]) if fact in FACTS else fact


def facts_of(concept: str) -> tuple[str, ...]:
    """The facts of one concept."""
    return tuple(fact for fact in FACTS if fact.split(".", maxsplit=1)[0] == concept)
