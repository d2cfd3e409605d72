"""From a box file and enough shares to raw columns: in memory only, and no opened ballot leaves this module."""

from collections.abc import Iterator, Sequence
from itertools import islice

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from domain.polls.box_file import BoxFile, require_whole
from domain.polls.raw_columns import RawColumns, added_up
from domain.polls.sealing import key_fingerprint
from domain.polls.share import Share, SharesDoNotOpen, combined


def opened_columns(box: BoxFile, shares: Sequence[Share]) -> RawColumns:
    """The columns of the box, once it is whole and the shares are the key.

    The first shares that suffice are used. Raises what `require_whole` does, and SharesDoNotOpen.
    """
    require_whole(box)
    key = _key(box, list(islice(shares, box.threshold)))
    return added_up(
        box.poll,
        box.form,
        key=key_fingerprint(box.public_key),
        root=box.root,
        ballots=_opened(box.sealed, SealedBox(key)),
    )


def _key(box: BoxFile, shares: Sequence[Share]) -> PrivateKey:
    try:
        key = PrivateKey(combined(shares))
    except ValueError:
        raise SharesDoNotOpen from None
    if bytes(key.public_key).hex() != box.public_key:
        raise SharesDoNotOpen
    return key


def _opened(sealed: Sequence[bytes], opener: SealedBox[PrivateKey]) -> Iterator[bytes | None]:
    for ballot in sealed:
        try:
            yield opener.decrypt(ballot)
        except (CryptoError, ValueError, TypeError):
            yield None
