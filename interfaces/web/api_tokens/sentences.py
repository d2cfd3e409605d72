"""What refusals about API tokens, and about requests to the API, say."""

from interfaces.api._base.refusals import STATUS as _STATUS
from interfaces.web._base.language import lazy

STATUS = dict(_STATUS)

SENTENCES = {
    "TokenNotGiven": lazy("这里需要接口令牌：Authorization: Bearer piaojue_…。"),
    "TokenNotValid": lazy("令牌无效：可能已撤销或过期，或者账号已停用。"),
    "ScopeMissing": lazy("这个令牌的范围不含“%(scope)s”。"),
    "TokenAlreadyShown": lazy("这个令牌的内容已经显示过，不能再看。如果没有记下，请撤销它，另做一个。"),
    "TokenRevoked": lazy("令牌“%(name)s”已经撤销了。"),
    "BeyondToken": lazy("用令牌制作的令牌，范围、大会和期限都不能超过它自己。"),
    "SecondFactorNotSetUp": lazy("这个账号的角色要求二次验证，本人设置好以后令牌才能使用。"),
    "KeyNotGiven": lazy("请在 Idempotency-Key 头里给这件事一个键：1 至 128 个可见的 ASCII 字符。"),
    "VersionNotGiven": lazy("请用 If-Match 带上读取时的 ETag。"),
    "NotJson": lazy("内容类型不对：须为 application/json，上传文件的须为 multipart/form-data。"),
    "TooManyRequests": lazy("请求太频繁，请稍候再发。"),
    "NotShownYet": lazy("已经办成，但各列表还没有显示出来。请过几秒用同一个幂等键再发，不会办两次。"),
}

REASONS = {
    "token_life": lazy("请选择今天起一年以内的日期。"),
    "unknown_field": lazy("这里没有这一项。"),
    "out_of_range": lazy("超出了允许的范围。"),
    "malformed": lazy("格式不对。"),
}

FIELDS = {
    "scopes": lazy("范围"),
    "expires_on": lazy("到期日"),
    "cursor": lazy("游标"),
    "If-Match": lazy("If-Match"),
}

KINDS = {"api_token": lazy("这个令牌")}
