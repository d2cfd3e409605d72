"""What refusals about accounts say."""

from interfaces.web._base.language import lazy

SENTENCES = {
    "SignInRefused": lazy("登录名或密码不对。请检查大小写，再试一次。"),
    "WrongPassword": lazy("密码不对。"),
    "TooManyAttempts": lazy("试的次数较多，请过 %(seconds)s 秒再试。"),
    "WrongCode": lazy("验证码不对，或者已经用过。请看手机上现在的 6 位数字；手机时间要准。也可以用一个恢复码。"),
    "HalfSignInEnded": lazy("输入密码后等得太久，请重新登录。"),
    "SecretUnreadable": lazy("系统现在读不出二次验证的密钥。请用一个恢复码登录，或者请管理员重置二次验证。"),
    "SlipSpent": lazy("这张启用条不能再用：可能已经用过、已经补发新条，或者已过有效期。请向本级人大办公室领取新条。"),
    "SlipsAlreadyPrinted": lazy(
        "这批启用条已经印过，请用刚才下载的文件。如果没有收到，请刷新页面再印一次，先印的随即作废。"
    ),
    "NoSlipsDue": lazy("没有需要印启用条的代表：都已经启用。个别代表遗失的，请在名单中单独补发。"),
    "LoginTaken": lazy("登录名“%(login)s”已经有人使用，请换一个。"),
    "RoleHeld": lazy("%(name)s已经有这个角色。"),
    "OwnAccount": lazy("不能停用自己的账号，也不能收回自己的管理员角色，以免无人管理。请由另一位管理员办理。"),
    "AlreadyDisabled": lazy("%(name)s的账号已经停用。"),
    "NotDisabled": lazy("%(name)s的账号正在使用，无需启用。"),
    "SecondFactorIsOn": lazy("二次验证已经开启。换手机请先关闭，再重新设置。"),
    "SecondFactorIsOff": lazy("这个账号没有开启二次验证。"),
    "IdentityCancelled": lazy("统一认证没有完成，没有登录。可以再试一次，或者用登录名和密码。"),
    "IdentityStepLost": lazy("这次统一认证已经用过、隔得太久，或者不是从这个浏览器开始的。请重新点按钮登录。"),
    "IdentityUnproven": lazy("统一认证的答复无法核实，没有登录。请再试一次；反复出现请告诉管理员（%(why)s）。"),
    "IdentityProviderSilent": lazy("统一认证系统现在没有正常答复。请过一会儿再试，或者用登录名和密码登录。"),
    "IdentityUnknown": lazy("您的统一认证身份还没有关联本系统的账号，或者账号已停用。请联系管理员。"),
    "IdentityTaken": lazy("这个统一认证身份已经关联了另一个账号。"),
    "NotLinked": lazy("这个账号没有关联统一认证。"),
    "AccountIsDisabled": lazy("%(name)s的账号已停用，不能发启用条。请先恢复使用。"),
}

REASONS = {
    "login": lazy("登录名由字母、数字、点和连字符组成，不能只是数字，不要用手机号或邮箱。"),
    "password_short": lazy("密码至少 %(value)s 位。"),
    "password_long": lazy("密码最多 128 位。"),
    "password_common": lazy(
        "整个密码只由常用词、姓名拼音、生日、电话、连续的键这类最先被猜到的部分组成，请换一个。可以用几个不相干的词连起来。"
    ),
    "password_near": lazy(
        "整个密码只由登录名、姓名或大会名称加上容易猜到的部分组成，请换一个。可以用几个不相干的词连起来。"
    ),
    "first_code_wrong": lazy("验证码不对。请等验证器换下一个数字再试；手机时间要准。"),
    "code_wrong": lazy("验证码不对，或者已经用过。请看手机上现在的 6 位数字；手机时间要准。也可以用一个恢复码。"),
    "password_differs": lazy("两次输入的密码不一样。"),
}

FIELDS = {
    "login": lazy("登录名"),
    "password": lazy("密码"),
    "role": lazy("角色"),
    "unit": lazy("单位"),
    "subject": lazy("身份标识"),
    "code": lazy("验证码"),
}

KINDS = {
    "account": lazy("这个账号"),
    "delegate": lazy("这位代表"),
    "grant": lazy("这个角色"),
    "unit": lazy("这个单位"),
}

STATUS = {
    "TooManyAttempts": 429,
    "SignInRefused": 403,
    "WrongPassword": 403,
    "WrongCode": 403,
    "SlipSpent": 410,
    "IdentityCancelled": 403,
    "IdentityStepLost": 403,
    "IdentityUnproven": 403,
    "IdentityUnknown": 403,
    "IdentityProviderSilent": 503,
}

FIELD_OF = {
    "LoginTaken": "login",
    "WrongPassword": "old",
    "WrongCode": "code",
}
