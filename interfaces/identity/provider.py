"""The outside provider of identities (OpenID Connect): asked who somebody is, and never simply believed.

Authorization code with PKCE (S256), state and nonce, as OAuth 2.0 Security Best Current Practice (RFC 9700) asks
for. What the provider is, its addresses and keys, is looked up at the issuer (Discovery 1.0) and kept for an hour;
a key that is not known is looked for once more at most each half minute, so that keys may change at any time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import get_well_known_url
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidClaimError, JoseError, MissingClaimError
from joserfc.jwk import KeySet

from application.private.identities import IdentityStep
from interfaces.identity.refusals import IdentityProviderSilent, IdentityUnproven

ALGORITHMS: Final = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA", "Ed25519"),
)
"""Signatures by the provider's own key only: no shared secret, and never `none`."""

CLOCKS_DIFFER: Final = 120
"""Seconds by which the provider's clock may be wrong."""

KEPT_FOR: Final = timedelta(hours=1)
LOOKED_UP_EVERY: Final = timedelta(seconds=30)
_TIMEOUT = httpx2.Timeout(5.0)
_LONGEST_ANSWER = 512 * 1024
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of the provider, and since when."""

    metadata: Mapping[str, Any]
    keys: KeySet
    at: datetime


@dataclass(kw_only=True)
class Provider:
    """One provider, at which this installation is registered as a client."""

    issuer: str
    client_id: str
    client_secret: str
    back: str
    """The address of ours that the provider leads back to."""
    clock: Callable[[], datetime]
    _known: _Known | None = None
    _lock: Lock = field(default_factory=Lock)

    def address(self, step: IdentityStep) -> str:
        """Where the browser is sent. Raises IdentityProviderSilent."""
        address: str = prepare_grant_uri(
            self._endpoint("authorization_endpoint"),
            client_id=self.client_id,
            response_type="code",
            redirect_uri=self.back,
            scope="openid",
            state=step.state,
            nonce=step.nonce,
            code_challenge=create_s256_code_challenge(step.verifier),
            code_challenge_method="S256",
        )
        return address

    def claims(self, code: str, step: IdentityStep) -> Mapping[str, Any]:
        """What the provider vouches for, proven. Raises IdentityProviderSilent or IdentityUnproven."""
        answered = self._exchange(code, step)
        token = answered.get("id_token")
        if not isinstance(token, str):
            raise IdentityUnproven(why="id_token")
        try:
            proven = self._verified(token)
            claims = CodeIDToken(
                proven.claims,
                proven.header,
                options={
                    "iss": {"essential": True, "value": self.issuer},
                    "aud": {"essential": True, "value": self.client_id},
                },
                params={
                    "nonce": step.nonce,
                    "client_id": self.client_id,
                    "access_token": answered.get("access_token"),
                },
            )
            claims.validate(now=int(self.clock().timestamp()), leeway=CLOCKS_DIFFER)
        except ExpiredTokenError:
            raise IdentityUnproven(why="exp") from None
        except (InvalidClaimError, MissingClaimError) as wrong:
            raise IdentityUnproven(why=str(wrong.claim)) from None
        except (JoseError, ValueError):
            raise IdentityUnproven(why="signature") from None
        vouched: Mapping[str, Any] = claims
        return vouched

    def _verified(self, token: str) -> jwt.Token:
        """The token as one of the provider's keys signed it, newer ones too. Raises JoseError or ValueError."""
        known = self._look_up()
        try:
            return jwt.decode(token, known.keys, algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            newer = self._look_up(older_than=LOOKED_UP_EVERY)
            if newer is known:
                raise
            return jwt.decode(token, newer.keys, algorithms=ALGORITHMS)

    def _exchange(self, code: str, step: IdentityStep) -> Mapping[str, Any]:
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.back,
            "code_verifier": step.verifier,
        }
        methods = self._look_up().metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        basic = None
        if self.client_secret and "client_secret_basic" in methods:
            basic = httpx2.BasicAuth(self.client_id, self.client_secret)
        else:
            asked["client_id"] = self.client_id
            if self.client_secret:
                asked["client_secret"] = self.client_secret
        answer = _asked("POST", self._endpoint("token_endpoint"), data=asked, auth=basic)
        if answer.status_code in {400, 401, 403}:
            raise IdentityUnproven(why="code")
        return _read(answer)

    def _endpoint(self, name: str) -> str:
        address = self._look_up().metadata.get(name)
        if not isinstance(address, str) or not _is_safe(address):
            raise IdentityProviderSilent
        return address

    def _look_up(self, older_than: timedelta = KEPT_FOR) -> _Known:
        with self._lock:
            now = self.clock()
            if self._known is None or now >= self._known.at + older_than:
                metadata = _read(_asked("GET", str(get_well_known_url(self.issuer, external=True))))
                where = metadata.get("jwks_uri")
                if metadata.get("issuer") != self.issuer or not isinstance(where, str) or not _is_safe(where):
                    raise IdentityProviderSilent
                self._known = _Known(metadata=metadata, keys=_keys(_read(_asked("GET", where))), at=now)
            return self._known


def _keys(told: Mapping[str, Any]) -> KeySet:
    """The keys this program can use; those of kinds it does not know are passed over."""
    usable = [key for key in told.get("keys", ()) if isinstance(key, dict) and key.get("use", "sig") == "sig"]
    known = [key for key in usable if key.get("kty") in {"RSA", "EC", "OKP"}]
    try:
        return KeySet.import_key_set({"keys": known})
    except (JoseError, ValueError, TypeError, KeyError):
        raise IdentityProviderSilent from None


def _asked(method: str, address: str, **more: Any) -> httpx2.Response:
    try:
        with httpx2.Client(timeout=_TIMEOUT, follow_redirects=False) as client:
            return client.request(method, address, headers={"Accept": "application/json"}, **more)
    except httpx2.HTTPError:
        raise IdentityProviderSilent from None


def _read(answer: httpx2.Response) -> Mapping[str, Any]:
    try:
        told = answer.json() if answer.is_success and len(answer.content) <= _LONGEST_ANSWER else None
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise IdentityProviderSilent
    return told


def _is_safe(address: str) -> bool:
    """Whether nobody on the way can listen; the own computer is no way."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)
