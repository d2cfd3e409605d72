"""A street speaks in the words of its residents' council; everybody else in their own, and typed data stay as typed."""

from functools import cache
from re import sub

import pytest
from babel.messages.pofile import read_po

from interfaces.web._base import street_words
from interfaces.web._base.language import (
    CHINESE,
    ENGLISH,
    LOCALE,
    gettext,
    lazy,
    ngettext,
    speak_of,
    speaking,
    speaking_of,
    worded,
)
from interfaces.web._base.pages import environment

CONGRESS_WORDS = (
    "专门委员会",
    "每团",
    "人大",
    "代表大会",
    "大会",
    "主席团",
    "常委会",
    "代表团",
    "代表证",
    "票决",
    "审议",
)
MEANS_TO_STAND_FOR = ("所代表的", "令牌代表", "代表账号办事", "代表您", "代表谁", "居民代表", "群众代表", "市民代表")


@cache
def sentences(language: str) -> tuple[str, ...]:
    with (LOCALE / "en" / "LC_MESSAGES" / "messages.po").open("rb") as source:
        entries = [entry for entry in read_po(source, locale="en") if entry.id]
    texts = (entry.id if language == CHINESE else entry.string for entry in entries)
    return tuple(one for text in texts if text for one in ((text,) if isinstance(text, str) else text))


def test_no_sentence_of_a_street_has_a_word_of_a_congress_left() -> None:
    for sentence in sentences(CHINESE):
        said = street_words.in_chinese(sentence)
        said = sub("|".join(MEANS_TO_STAND_FOR), "", said)
        assert not [word for word in (*CONGRESS_WORDS, "代表") if word in said], said
    for sentence in sentences(ENGLISH):
        said = sub(r"%\([a-z_]+\)", "", street_words.in_english(sentence).lower())
        assert not [word for word in ("congress", "delegat", "presidium", "standing committee") if word in said], said


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("每位代表一张，按代表团分页", "每位成员一张，按小组分页"),
        ("%(name)s已经领过票卡，一位代表只领一张。", "%(name)s已经领过票卡，一位成员只领一张。"),
        ("您签的是下面这个哈希所代表的全部数字", "您签的是下面这个哈希所代表的全部数字"),
        (
            "按本次会议的票决办法，由主席团在得票相同的项目中决定。",
            "按本次会议的会商办法，由召集人会议在得票相同的项目中决定。",
        ),
        ("会议与票决", "会议与会商"),
        ("已代表本代表团提交审议意见。", "已以本小组名义提交会商意见。"),
        ("代表本团提意见", "以本组名义提意见"),
        ("代表单位提", "以单位名义提"),
    ],
)
def test_the_longest_term_wins_and_nothing_is_put_in_twice(sentence: str, said: str) -> None:
    assert street_words.in_chinese(sentence) == said


def test_what_people_typed_is_never_touched() -> None:
    with speaking(CHINESE), speaking_of("street"):
        assert (
            gettext("增加代表 %(name)s（%(where)s）。", name="代表大会", where="票决")
            == "增加议事会成员 代表大会（票决）。"
        )
        assert lazy("代表 %(name)s 签到。").filled(name="人大") == "议事会成员 人大 签到。"
        assert ngettext("%(n)s 位代表", "%(n)s 位代表", 3) == "3 位成员"
        template = environment().from_string('{{ _("代表 %(name)s 签到。", name=who) }}')
        assert template.render(who="代表团<b>") == "议事会成员 代表团&lt;b&gt; 签到。"


def test_the_places_of_an_english_sentence_keep_their_names() -> None:
    assert (
        street_words.in_english("The delegate %(delegate)s of this Congress")
        == "The member %(delegate)s of this Council"
    )


def test_a_congress_speaks_as_ever_beside_a_street_and_after_one() -> None:
    with speaking(CHINESE):
        assert worded("全体代表") == "全体代表"
        with speaking_of("street"):
            with speaking(ENGLISH):
                assert gettext("代表名册") == "Roll of members"
            assert worded("全体代表") == "全体成员"
            with speaking_of("county"):
                assert worded("全体代表") == "全体代表"
        assert worded("全体代表") == "全体代表"
    speak_of("street")
    assert worded("全体代表") == "全体代表", "outside of a request nothing changes"
