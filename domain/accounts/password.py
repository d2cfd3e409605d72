"""Which passwords are accepted: long ones, and none that are among the first to be guessed.

The rules follow NIST SP 800-63B-4 (July 2025), section 3.1.1.2: length counts and nothing else does. No kinds
of characters are demanded, no password has to be changed because time has passed, spaces and every script are
welcome, and the whole password is compared with what is known to be common, expected or leaked. That standard
asks for 15 characters where the password stands alone and for 8 beside a second factor; ten is our usual
figure for people who type on phones, and an installation may set its own (PIAOJUE_PASSWORD_SHORTEST).
"""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from re import compile as pattern

from domain.accounts.common_words import COMMON, KEY_RUNS, NAME_IN_PINYIN
from domain.shared import Invalid

_MOST_PARTS = 3
_LONGEST_PART = 24
_FEWEST_NEAR = 3
_LOOKALIKES = dict(zip("@4301$57!", "aaeoissti", strict=True))
_DATE = pattern(
    r"(?:19|20)\d\d(?:(?:0?[1-9]|1[0-2])(?:0?[1-9]|[12]\d|3[01])?)?"
    r"|\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
)
_FEW_DIGITS = pattern(r"\d{1,4}")
_TELEPHONE = pattern(r"(?:86)?1[3-9]\d{9}")
_PERSONAL_NUMBER = pattern(r"\d{17}[\dx]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordRules:
    """What an installation demands. `leaked` are further passwords it refuses, each as `folded_password` gives it."""

    shortest: int = 10
    longest: int = 128
    leaked: frozenset[str] = frozenset()


USUAL = PasswordRules()


def check_password(password: str, rules: PasswordRules, near: Collection[str]) -> None:
    """Raises Invalid for a password that is too short, too long, or easily guessed.

    `near` are the words somebody would try first for this account: its sign-in name, its owner's name, the
    congress. Every character counts as one, whatever its script.
    """
    if len(password) < rules.shortest:
        raise Invalid(field="password", reason="password_short", value=str(rules.shortest))
    if len(password) > rules.longest:
        raise Invalid(field="password", reason="password_long", value=str(rules.longest))
    folded = folded_password(password)
    if folded in rules.leaked or is_guessable(folded, ()):
        raise Invalid(field="password", reason="password_common")
    if is_guessable(folded, near):
        raise Invalid(field="password", reason="password_near")


def folded_password(password: str) -> str:
    """A password as guessers see it: without case, full-width forms folded."""
    return unicodedata.normalize("NFKC", password).casefold()


def is_guessable(password: str, near: Collection[str]) -> bool:
    """Whether the whole password is one or two things that everybody tries, in a row.

    A well-known word, a name in pinyin, a birthday, a telephone or personal number, keys that lie side by side,
    a repetition, a word near to the person: with signs between them, and with the usual signs for letters.
    Words that only contain such a part are fine.
    """
    letters = "".join(sign for sign in password if sign.isalnum())
    if len(set(letters)) <= 2 or _TELEPHONE.fullmatch(letters) or _PERSONAL_NUMBER.fullmatch(letters):
        return True
    return _is_made_of_few([sign for sign in password if _letter(sign).isalnum()], frozenset(_words_of(near)))


def _words_of(near: Collection[str]) -> Iterator[str]:
    """Each word as it is, and its pieces: `qc-016` stands for `qc016` and `016` too."""
    for name in near:
        pieces = "".join(sign if sign.isalnum() else " " for sign in folded_password(name)).split()
        yield "".join(pieces)
        yield from (piece for piece in pieces if len(piece) >= _FEWEST_NEAR)


def _is_made_of_few(signs: Sequence[str], near: frozenset[str]) -> bool:
    fewest = {0: 0}
    for start in range(len(signs)):
        if start not in fewest:
            continue
        for end in range(start + 1, min(len(signs), start + _LONGEST_PART) + 1):
            part = signs[start:end]
            plain = "".join(sign for sign in part if sign.isalnum())
            counted = fewest[start] + min(_parts(plain, near), _parts("".join(map(_letter, part)), near))
            if counted <= _MOST_PARTS:
                fewest[end] = min(counted, fewest.get(end, counted))
    return len(signs) in fewest


def _letter(sign: str) -> str:
    """The letter a sign stands for, as in `p@ssw0rd`."""
    return _LOOKALIKES.get(sign, sign)


def _parts(part: str, near: frozenset[str]) -> int:
    """How much of a password's allowance the part takes up; more than all of it for what nobody would guess.

    A name in pinyin counts twice: two of them in a row are as good as two words.
    """
    if part in COMMON or part in near or _FEW_DIGITS.fullmatch(part) or _DATE.fullmatch(part) or _is_run(part):
        return 1
    return 2 if NAME_IN_PINYIN.fullmatch(part) else _MOST_PARTS + 1


def _is_run(part: str) -> bool:
    """Three and more keys side by side, or characters that follow each other, or one that is repeated."""
    if len(part) < 3:
        return False
    if any(part in run or part in run[::-1] for run in KEY_RUNS):
        return True
    steps = {ord(later) - ord(earlier) for earlier, later in pairwise(part)}
    return steps in ({0}, {1}, {-1})
