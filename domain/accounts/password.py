"""Which passwords are accepted: long enough, and not among the first to be guessed."""

from itertools import pairwise

from domain.shared import Invalid

SHORTEST = 8
LONGEST = 128

_TOO_COMMON = frozenset(
    {
        "password",
        "passw0rd",
        "password1",
        "qwertyui",
        "qwerty123",
        "iloveyou",
        "1q2w3e4r",
        "admin123",
        "abc12345",
        "a1234567",
    }
)


def check_password(password: str, login: str) -> None:
    """Raises Invalid for a password that is too short, too long, or easily guessed."""
    if len(password) < SHORTEST:
        raise Invalid(field="password", reason="password_short")
    if len(password) > LONGEST:
        raise Invalid(field="password", reason="password_long")
    if _is_guessable(password.lower(), login):
        raise Invalid(field="password", reason="password_common")


def _is_guessable(password: str, login: str) -> bool:
    """A well-known one, the sign-in name, one or two characters repeated, or a run such as 12345678."""
    if password in _TOO_COMMON or password == login or len(set(password)) <= 2:
        return True
    steps = {ord(later) - ord(earlier) for earlier, later in pairwise(password)}
    return steps in ({1}, {-1})
