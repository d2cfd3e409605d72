"""What a web server in front tells of the client, believed from those the settings trust and nobody else."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.types import Scope

from interfaces.settings import Network

Address = IPv4Address | IPv6Address


class Forwarded:
    """Puts the client's own address and scheme in place of the web server's.

    Of the addresses in X-Forwarded-For the last one that is no trusted proxy counts: what stands before it,
    the client may have made up.
    """

    def __init__(self, networks: Sequence[Network], *, trusts_unix: bool) -> None:
        self._networks = tuple(networks)
        self._trusts_unix = trusts_unix
        self.trusts_somebody = bool(networks) or trusts_unix
        self._is_trusted = lru_cache(maxsize=1024)(self._looked_up)

    def put_right(self, scope: Scope) -> None:
        """Changes `client` and `scheme` of a request that came from a trusted proxy."""
        client = scope.get("client")
        if not (self._is_trusted(client[0]) if client else self._trusts_unix):
            return
        ways = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
        if ways:
            address = self._origin(b",".join(ways))
            scope["client"] = (address, 0) if address else None
        scheme = next((value for name, value in reversed(scope["headers"]) if name == b"x-forwarded-proto"), b"")
        last = scheme.rsplit(b",", 1)[-1].strip().lower()
        if last in {b"http", b"https"}:
            scope["scheme"] = last.decode()

    def _origin(self, way: bytes) -> str | None:
        """The client's address, None when it cannot be made out."""
        found = None
        for part in reversed(way.decode("latin-1").split(",")):
            address = address_in(part.strip())
            if address is None:
                return found
            found = str(address)
            if not self._is_trusted(found):
                return found
        return found

    def _looked_up(self, address: str) -> bool:
        known = address_in(address)
        return known is not None and is_within(known, self._networks)


def is_within(address: Address, networks: Iterable[Network]) -> bool:
    """Whether the address lies in one of the networks."""
    return any(address in network for network in networks if network.version == address.version)


def address_in(text: str) -> Address | None:
    """An address as it may stand in a header or a scope: with a port, in brackets, an IPv4 address as IPv6."""
    bare = text[1 : text.find("]")] if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.split(":")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
