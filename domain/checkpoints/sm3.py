"""SM3 (GB/T 32905-2016) in plain Python, for verifiers that have nothing but the standard library.

Slow, about 10 KB in 50 ms: who hashes a whole history takes a library's.
"""

from typing import Final

_WORD: Final = 0xFFFFFFFF
_BLOCK: Final = 64
_START: Final[tuple[int, ...]] = (
    *(0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600),
    *(0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E),
)
_FIRST_ROUNDS: Final = 16
_T_FIRST: Final = 0x79CC4519
_T_LATER: Final = 0x7A879D8A


def sm3(data: bytes) -> bytes:
    """The digest, 32 bytes."""
    padded = data + b"\x80" + b"\0" * (-(len(data) + 9) % _BLOCK) + (8 * len(data)).to_bytes(8, "big")
    state = _START
    for start in range(0, len(padded), _BLOCK):
        state = _compressed(state, padded[start : start + _BLOCK])
    return b"".join(word.to_bytes(4, "big") for word in state)


def _compressed(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    words = _expanded(block)
    a, b, c, d, e, f, g, h = state
    for turn in range(_BLOCK):
        constant = _T_FIRST if turn < _FIRST_ROUNDS else _T_LATER
        ss1 = _left((_left(a, 12) + e + _left(constant, turn)) & _WORD, 7)
        ss2 = ss1 ^ _left(a, 12)
        if turn < _FIRST_ROUNDS:
            ff, gg = a ^ b ^ c, e ^ f ^ g
        else:
            ff, gg = (a & b) | (a & c) | (b & c), (e & f) | (~e & _WORD & g)
        tt1 = (ff + d + ss2 + (words[turn] ^ words[turn + 4])) & _WORD
        tt2 = (gg + h + ss1 + words[turn]) & _WORD
        a, b, c, d = tt1, a, _left(b, 9), c
        e, f, g, h = _p0(tt2), e, _left(f, 19), g
    return tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True))


def _expanded(block: bytes) -> list[int]:
    words = [int.from_bytes(block[start : start + 4], "big") for start in range(0, _BLOCK, 4)]
    for turn in range(16, 68):
        mixed = words[turn - 16] ^ words[turn - 9] ^ _left(words[turn - 3], 15)
        words.append(_p1(mixed) ^ _left(words[turn - 13], 7) ^ words[turn - 6])
    return words


def _left(word: int, by: int) -> int:
    by %= 32
    return (word << by | word >> (32 - by)) & _WORD


def _p0(word: int) -> int:
    return word ^ _left(word, 9) ^ _left(word, 17)


def _p1(word: int) -> int:
    return word ^ _left(word, 15) ^ _left(word, 23)
