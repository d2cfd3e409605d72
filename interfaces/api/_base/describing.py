"""The parts of the OpenAPI document that are the same for all operations, in words."""

from typing import Any, Final

DESCRIPTION: Final = """\
本接口能办页面上能办的事，规则和提示与页面完全相同。

**令牌**　请求头 `Authorization: Bearer piaojue_…`。令牌代表一个账号，只能做账号此刻有权做、
且令牌范围（scope）之内的事；每项操作需要的范围见 `x-scope`。`/api/v1/public/` 之下的公开数据不需要令牌，允许跨域读取。

**改动**　POST、PUT、PATCH、DELETE 必须带 `Idempotency-Key`：同一个键、同样的内容再发一次，只办一次，
返回第一次的结果；同一个键换了内容，回 409。

**版本**　读取时得到 `ETag`；PUT、PATCH、DELETE 必须用 `If-Match` 带回，中途有人改过则回 412，不带回 428。
再次读取可带 `If-None-Match`，没有变化回 304。

**分页**　`limit` 和 `cursor`；下一页的游标在 `next`，完整地址在 `Link` 头。

**出错**　一律是 `application/problem+json`（RFC 9457）：`refused` 是给程序看的名称，`detail` 是给人看的话，
语言由 `Accept-Language` 决定（`zh-CN` 或 `en`），`errors` 逐项说明哪个字段不对。
"""

_TAGS: Final = r'^(\*|(W/)?"[!#-~]*"( *, *(W/)?"[!#-~]*"){0,9})$'

TAGS: Final[list[dict[str, Any]]] = [
    {"name": "me", "description": "令牌代表谁，能做什么。"},
    {"name": "tokens", "description": "自己的接口令牌。"},
    {"name": "accounts", "description": "账号和角色。"},
    {"name": "congresses", "description": "各级人民代表大会。"},
    {"name": "calendar", "description": "大会自己的年度日程。"},
    {"name": "year-reports", "description": "项目分析报告、研究报告和历年合计。"},
    {"name": "working-days", "description": "工作日历：放假和调休上班的日子。"},
    {"name": "units", "description": "大会的单位：政府部门和承办机构。"},
    {"name": "roll", "description": "代表名册：逐人增改，表格导入、核对和撤销，导出。"},
    {"name": "sessions", "description": "会议：召集、安排、签到和领票、签到证和签到册。"},
    {"name": "candidates", "description": "候选项目：卡片、导入、名单的公布和撤回。"},
    {"name": "screening", "description": "初筛清单、建议和候选项目的初筛、建议转为候选项目、审定意见和文件。"},
    {"name": "reading", "description": "代表阅读候选项目：卡片、已读、笔记、对照。"},
    {"name": "materials", "description": "会议材料：发送、更换、撤回、阅读情况、提醒；代表的已读。"},
    {"name": "deliberation", "description": "审议意见和会前提问：登记、交办、答复、退回、认可；综合和候选项目册。"},
    {"name": "agenda", "description": "会议议程：事项、发言、举手、结果，报送上级，街道自己的清单。"},
    {"name": "profiles", "description": "票决办法：起草、修改、登记通过、打印。"},
    {"name": "polls", "description": "票决：票卡、准备、监票、投票、计票、签名、宣布和报告。宣布以前没有得票。"},
    {"name": "lists", "description": "年度票决清单和由它打印的公告、标牌。"},
    {"name": "plans", "description": "实施计划：填报、退回、导入；责任分解清单的公布和打印。"},
    {"name": "adjustments", "description": "调整、暂缓、终止、恢复：提出、登记决定、向下次大会报告。"},
    {"name": "progress", "description": "项目实施：进度填报和照片、节点、亮灯、难题、领导小组会议、督办。"},
    {"name": "lights", "description": "进度办法：多久填报一次，怎样亮灯。"},
    {"name": "closing", "description": "验收、完成情况、三年回头看。"},
    {"name": "supervision", "description": "监督：代表小组、视察调研、现场监督记录、随机抽点、履职记录。"},
    {"name": "inquiries", "description": "专题询问和听证会：安排、提问、答复、举行、交办、纪要。"},
    {"name": "duties", "description": "交办事项：答复、退回、认可、催办督办、清单。"},
    {"name": "volunteers", "description": "群众义务监督员和他们反映的情况；只有编号，没有姓名。"},
    {"name": "visits", "description": "上级对下级的督导：安排、意见、答复、督导意见书。"},
    {"name": "asks", "description": "四问：发出、答复、退回、认可。"},
    {"name": "as-of", "description": "以前某一时刻的项目、名单、清单和表决，以及各自的沿革。"},
    {"name": "audit", "description": "操作记录：谁在什么时候做了什么。"},
    {"name": "calls", "description": "征集公告：发布、延长、更正、打印，各渠道收到的件数。"},
    {"name": "houses", "description": "代表之家：登记、更改、停用、门牌。"},
    {"name": "proposals", "description": "建议：录入、导入、合计、相近的建议、合并、转办、储备、不采纳、重新办理。"},
    {"name": "own-proposals", "description": "代表和单位自己提的建议，直到建成的项目。"},
    {
        "name": "public",
        "description": "公开数据：年度清单、票决结果、项目进展，公开的建议和附议，凭查询码看办理经过。不需要令牌。",
    },
]

PARAMETERS: Final[dict[str, Any]] = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "由调用方选定，每件事一个，如 UUID。重发同一个键不会办两次。",
        "schema": {"type": "string", "pattern": "^[!-~]{1,128}$", "minLength": 1, "maxLength": 128},
        "example": "7d4b1f0e-5a0c-4c39-9c1b-0a8f1f3f7f55",
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": "读取时得到的 `ETag`；`*` 表示不论哪个版本。",
        "schema": {"type": "string", "pattern": _TAGS},
        "example": '"4-9f86d081884c7d65"',
    },
    "IfMatchOptional": {
        "name": "If-Match",
        "in": "header",
        "required": False,
        "description": "读取时得到的 `ETag`：只有此后没有改动才办理。",
        "schema": {"type": "string", "pattern": _TAGS},
        "example": '"4-9f86d081884c7d65"',
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": "已有的 `ETag`：没有变化则回 304。",
        "schema": {"type": "string"},
        "example": '"4-9f86d081884c7d65"',
    },
    "AcceptLanguage": {
        "name": "Accept-Language",
        "in": "header",
        "required": False,
        "description": "提示用的语言：`zh-CN`（默认）或 `en`。",
        "schema": {"type": "string"},
        "example": "zh-CN",
    },
}

HEADERS: Final[dict[str, Any]] = {
    "ETag": {"description": "版本。", "schema": {"type": "string"}, "example": '"4-9f86d081884c7d65"'},
    "Location": {
        "description": "新建的内容的地址。",
        "schema": {"type": "string"},
        "example": "/api/v1/congresses/qingcheng",
    },
    "Position": {
        "description": "记录中最后一条事实的序号；各列表已显示到这里。",
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
        "example": "1024",
    },
    "Link": {
        "description": "下一页的地址，rel=next；最后一页没有。",
        "schema": {"type": "string"},
        "example": '</api/v1/congresses?cursor=WyJhIiwgMF0>; rel="next"',
    },
}

PROBLEMS: Final[dict[int, tuple[str, str, tuple[str, str] | None]]] = {
    400: ("请求有误", "请求不完整或格式不对。", None),
    401: ("需要令牌", "令牌无效：可能已撤销或过期，或者账号已停用。", ("TokenNotValid", "token-not-valid")),
    403: ("没有权限", "这个令牌的范围不含“units:write”。", ("ScopeMissing", "scope-missing")),
    404: ("没有找到", "没有找到这个大会，可能已被撤回，或者地址有误。", ("NotFound", "not-found")),
    409: ("现在不能办理", "已经有名为“市教育局”的单位。", ("UnitExists", "unit-exists")),
    412: (
        "内容已有改动",
        "您看过以后，这里又有了改动，所以没有办理。请重新读取后再试。",
        ("ChangedMeanwhile", "changed-meanwhile"),
    ),
    413: ("内容太大", "请求的内容太大。", None),
    415: ("内容类型不对", "内容须为 application/json。", ("NotJson", "not-json")),
    422: ("需要改正", "有几处需要改正。", None),
    428: ("缺少版本", "请用 If-Match 带上读取时的 ETag。", ("VersionNotGiven", "version-not-given")),
    429: ("请稍候", "请求太频繁，请稍候再发。", ("TooManyRequests", "too-many-requests")),
    500: ("系统故障", "系统出了故障，刚才的操作可能没有完成。", None),
    503: ("请稍候", "现在办理的人较多，请过几秒再提交；同一份表单重复提交不会办两次。", ("Busy", "busy")),
}
"""Each problem with its title, an example of its sentence, and the refusal it names."""
