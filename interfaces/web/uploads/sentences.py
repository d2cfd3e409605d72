"""What is said about a file that is not taken: which one, why, and what to do."""

from interfaces.web._base.language import lazy

SENTENCES = {
    "UploadTooLarge": lazy("“%(name)s”太大（最多 %(limit)s），没有收下。请压缩后，或者换一个小一些的文件再上传。"),
    "UploadOfWrongType": lazy("“%(name)s”的格式不能接收。请换成 %(taken)s 格式的文件再上传。"),
    "UploadUnreadable": lazy("“%(name)s”打不开，可能已经损坏或者没有传完。请在自己的设备上确认能打开后再上传。"),
    "UploadWithMacros": lazy(
        "“%(name)s”里含有宏、脚本或者嵌入的文件，不能接收。请另存为不含宏的文件，或者打印成 PDF 再上传。"
    ),
    "UploadEncrypted": lazy("“%(name)s”设有密码，别人打不开。请去掉密码后再上传。"),
}

STATUS = {
    "UploadTooLarge": 413,
    "UploadOfWrongType": 422,
    "UploadUnreadable": 422,
    "UploadWithMacros": 422,
    "UploadEncrypted": 422,
}
