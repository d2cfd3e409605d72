"""What passwords are made of before anybody thinks: words, keys side by side, names in pinyin.

Gathered by hand from what published studies of leaked passwords, Chinese ones among them, find again and
again: `woaini`, `5201314`, a name in pinyin with a birthday. An installation may add a list of its own.
"""

from re import compile as pattern
from typing import Final

_WORDS: Final = """
    abc admin administrator aini alibaba amor andrew angel apple ashley asshole autumn baby bailey baobao baobei
    baseball basketball batman beijing buster changeme charlie cheese chelsea china chocolate computer congress
    cookie daibiao daniel dashi default delegate diamond donald dragon family flower football forever freedom
    friend fuckyou ginger google guangdong guest hannah happy hello hockey huhehaote hunter iloveyou internet jennifer
    jessica jesus jordan joshua keyboard killer king letmein liverpool login love loveme lovely lucky manager master
    matrix michael michelle mima monday money monkey mustang naruto neimeng neimenggu nicole office orange pass passw
    passwd password pepper piaojue pokemon princess purple qazwsx qazwsxedc qwe qwer qwert qwerty qwertyuiop rainbow
    renda renmin renmindaibiao root samsung secret server shadow shanghai soccer spring staff starwars summer sunshine
    superman system tencent test thomas tigger trustno user vote wechat weixin welcome whatever winter woaini woaiwojia
    wodemima woshishui xiaomi yellow zaq zhongguo zhonghuarenmin
    q1w2e3r4 q1w2e3r4t5 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 zaq12wsx abc123 a123456
    520 521 1314 5201314 7758521 147258369 147258 159357 159753 112233 123123 123321 168168 666888 888666 100200
    中国 人大 代表 密码 我爱你 我爱中国 人民代表大会 民生实事 票决
"""
COMMON: Final = frozenset(_WORDS.split())

KEY_RUNS: Final = (
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "qazwsxedcrfvtgbyhnujm",
    "147258369",
    "甲乙丙丁戊己庚辛壬癸",
    "一二三四五六七八九十",
)

NAME_IN_PINYIN: Final = pattern(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uan|uai|an|en|in|un|ai|ei|ui|ao|ou|iu|ie|ue|er|ia|ua|uo|[aoeiuv])){2,3}"
)
"""A surname and a given name: two or three syllables, each as pinyin writes it or nearly so."""
