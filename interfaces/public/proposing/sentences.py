"""What refusals of the public form say."""

from interfaces.web._base.language import lazy

SENTENCES = {
    "TooOften": lazy("这个网络上的提交太频繁，请过 %(seconds)s 秒再试。填写的内容都会保留。"),
    "QueueFull": lazy(
        "现在提交的人太多，请过 %(seconds)s 秒再按一次提交，填写的内容都会保留；也可以通过电话、来信等方式提出。"
    ),
    "FilledTooFast": lazy("提交得太快了。请再看一遍填写的内容，然后按提交。"),
    "FormTooOld": lazy("这张表单打开得太久了。填写的内容都还在，请再按一次提交；照片需要重新选择。"),
    "AlreadySuggested": lazy(
        "内容完全相同的建议已经收到，不必重复提交。如果是您提交的，请用查询码查看进展；如果想补充，请改写后再提交。"
    ),
    "AlreadySent": lazy(
        "这张表单里的上一条建议已经收到（查询码 %(code)s）。如果现在写的是另一条，请再按一次提交；照片需要重新选择。"
    ),
    "TooManyPhotos": lazy("最多上传 %(most)s 张照片，多出的没有收下。"),
    "WrongPhotos": lazy("有几处需要改正。"),
    "NothingToForget": lazy("这条建议没有保存联系方式，或者已经删除。"),
    "NotTheNumber": lazy("这不是提出建议时留下的电话。请核对后再试。"),
}

STATUS = {
    "TooOften": 429,
    "QueueFull": 429,
    "FilledTooFast": 422,
    "FormTooOld": 422,
    "WrongPhotos": 422,
    "TooManyPhotos": 422,
    "NotTheNumber": 422,
}

FIELD_OF = {"NotTheNumber": "phone", "AlreadySuggested": "title"}

REASONS = {
    "phone": lazy("请填写能够打通的电话号码，例如 13812345678 或 0471-1234567。"),
    "signatories": lazy("请填写 1 到 %(value)s 之间的人数。"),
}

FIELDS = {
    "photos": lazy("照片"),
}
