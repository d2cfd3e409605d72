"""Every setting of an installation, read once from PIAOJUE_… environment variables.

Each may also come from a file, for what shall not stand in one: `PIAOJUE_DATABASE_URL_FILE=/run/secrets/url`.
"""

import os
from collections.abc import Mapping
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from string import hexdigits
from typing import Any, Final, Literal
from urllib.parse import quote, urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import SettingsConfigDict

from application.checkpoint_key import read_private_key
from domain.accounts.permissions import Role
from domain.checkpoints.note import KeyUnreadable, VerifierKey, read_key
from interfaces.settings_of_files import FilesSettings

PREFIX: Final = "PIAOJUE_"
UNIX: Final = "unix"
"""Among the trusted proxies: whoever connects by the unix socket."""

Network = IPv4Network | IPv6Network

_KEY_DIGITS: Final = 64
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1", ""})


class WrongSettings(ValueError):
    """The program cannot start with these; the text has a sentence for each and holds no value that could be secret."""


class Settings(FilesSettings):
    """What differs between installations; the defaults run one embedded office on this computer."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    def __init__(self, **given: Any) -> None:
        """Raises WrongSettings."""
        try:
            super().__init__(**(_from_files(type(self).model_fields) | given))
        except ValidationError as wrong:
            raise WrongSettings("\n".join(_sentences(wrong))) from None

    data: Path = Path("data")
    """The folder of the embedded stores; not used with PostgreSQL except for what is private to this computer."""

    database_url: str = ""
    """`sqlite:////absolute/file.db` or `postgresql://…`; empty: `piaojue.db` in the data folder."""

    database_password: SecretStr = SecretStr("")
    """Goes into a `postgresql://user@host/…` address that has none, so that the secret can lie in a file of its own."""

    public_url: str = "http://localhost:8000"
    """How people outside reach this installation; goes into every QR code. The Host header is never trusted."""

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)

    unix_socket: Path | None = None
    """Listen here instead of host and port; for a web server on the same computer."""

    processes: int = Field(default=1, ge=1, le=64)
    """Web processes; more than one needs PostgreSQL."""

    stop_seconds: int = Field(default=20, ge=1, le=600)
    """After a request to stop: how long what was accepted may take to be answered."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"

    trusted_proxies: str = ""
    """Addresses and networks of web servers in front whose X-Forwarded-For and -Proto are believed; `unix` for those
    that come by the unix socket. Parted by commas or spaces."""

    metrics_token: SecretStr = SecretStr("")
    """Whoever shows it as a bearer token reads /metrics and what /readyz knows."""

    metrics_networks: str = ""
    """Addresses and networks that read them without a token. Where no token is set, this computer itself does, too."""

    idle_minutes: int = Field(default=240, ge=1)
    """A sign-in ends after this long without a request."""

    signed_in_hours: int = Field(default=14, ge=1)
    """A sign-in ends after this long in any case."""

    slip_days: int = Field(default=30, ge=1)
    """How long an activation slip can be used."""

    password_shortest: int = Field(default=10, ge=8, le=64)
    """How many characters a password has at least (NIST SP 800-63B-4 asks for 15 where it stands alone)."""

    leaked_passwords: Path | None = None
    """A list of further passwords nobody may choose, one a line."""

    second_factor_for: str = ""
    """Roles that must have a second factor, e.g. `administrator,staff`. Parted by commas or spaces."""

    second_factor_key: SecretStr = SecretStr("")
    """Seals the secrets of second factors, 64 hexadecimal digits; empty: made once in the data folder."""

    tree_hash: Literal["sha256", "sm3"] = "sha256"
    """The hash function of the tree over the history; SM3 where national algorithms are asked for."""

    checkpoint_key: SecretStr = SecretStr("")
    """Signs checkpoints, as `piaojue checkpoint new-key` prints it; empty: made once in the data folder."""

    checkpoint_former_keys: str = ""
    """Verification keys of keys that were in use before, parted by spaces."""

    sign_in_log_days: int = Field(default=184, ge=1)
    """How long it is kept who signed in when; six months are the least that China's Cybersecurity Law demands."""

    oidc_issuer: str = ""
    """The address of the provider of identities; empty: nobody signs in through one."""

    oidc_client_id: str = Field(default="", validate_default=True)
    oidc_client_secret: SecretStr = SecretStr("")

    oidc_name: str = ""
    """What people call the provider, on the button of the sign-in page."""

    oidc_claim: str = "sub"
    """`sub`: accounts are linked one by one. Any other claim must hold the sign-in name."""

    contact_days: int = Field(default=540, ge=1)
    """How long it is kept how to reach whoever proposed: from the call until the project of the next year is built."""

    max_body_bytes: int = Field(default=32 * 1024 * 1024, ge=1024)
    """Larger requests are refused; the largest honest ones are three photos, attachments and imported tables."""

    api_per_minute: int = Field(default=1200, ge=6)
    """How many requests a minute one API token may make in the long run; a sixth of them at once."""

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            message = "PIAOJUE_PUBLIC_URL must look like https://host or https://host/path"
            raise ValueError(message)
        return text.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_a_known_database(cls, text: str) -> str:
        if text and not text.startswith(("sqlite:///", "postgresql://", "postgres://")):
            message = "sqlite:////absolute/file.db or postgresql://…"
            raise ValueError(message)
        return text

    @field_validator("trusted_proxies", "metrics_networks")
    @classmethod
    def _are_networks(cls, text: str) -> str:
        _networks(text)
        return text

    @field_validator("second_factor_for")
    @classmethod
    def _are_roles(cls, text: str) -> str:
        unknown = sorted(set(_words(text)) - {role.value for role in Role})
        if unknown:
            message = f"unknown: {', '.join(unknown)}; roles are {', '.join(role.value for role in Role)}"
            raise ValueError(message)
        return text

    @field_validator("second_factor_key")
    @classmethod
    def _is_a_key(cls, secret: SecretStr) -> SecretStr:
        text = secret.get_secret_value()
        if text and not (len(text) == _KEY_DIGITS and set(text.lower()) <= set(hexdigits)):
            message = f"{_KEY_DIGITS} hexadecimal digits, as `openssl rand -hex 32` prints them"
            raise ValueError(message)
        return secret

    @field_validator("checkpoint_key")
    @classmethod
    def _is_a_checkpoint_key(cls, secret: SecretStr) -> SecretStr:
        try:
            if secret.get_secret_value():
                read_private_key(secret.get_secret_value())
        except KeyUnreadable:
            message = "PRIVATE+KEY+name+…, as `piaojue checkpoint new-key` prints it"
            raise ValueError(message) from None
        return secret

    @field_validator("checkpoint_former_keys")
    @classmethod
    def _are_verification_keys(cls, text: str) -> str:
        try:
            for word in text.split():
                read_key(word)
        except KeyUnreadable:
            message = "name+xxxxxxxx+base64, as /checkpoints shows it; several are parted by spaces"
            raise ValueError(message) from None
        return text

    @field_validator("oidc_issuer")
    @classmethod
    def _is_a_safe_issuer(cls, text: str) -> str:
        parts = urlsplit(text)
        if text and (parts.query or parts.fragment or not parts.hostname):
            message = "https://host or https://host/path"
            raise ValueError(message)
        if text and parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL_HOSTS):
            message = "https://… only: who listens on the way would be let in"
            raise ValueError(message)
        return text

    @field_validator("oidc_client_id")
    @classmethod
    def _is_there_with_an_issuer(cls, text: str, info: ValidationInfo) -> str:
        if not text and info.data.get("oidc_issuer"):
            message = "needed with PIAOJUE_OIDC_ISSUER: what the provider calls this installation"
            raise ValueError(message)
        return text

    @cached_property
    def files_folder(self) -> Path:
        """Where photos and documents lie when no bucket is set."""
        if self.files is not None:
            return self.files
        beside = Path(self.storage_url.removeprefix("sqlite:///")).parent if self.is_embedded else self.data
        return beside / "piaojue-files"

    @cached_property
    def roles_with_second_factor(self) -> frozenset[Role]:
        """The roles that must have one."""
        return frozenset(map(Role, _words(self.second_factor_for)))

    @cached_property
    def former_checkpoint_keys(self) -> tuple[VerifierKey, ...]:
        """Those that signed checkpoints before the present one."""
        return tuple(map(read_key, self.checkpoint_former_keys.split()))

    @property
    def checkpoint_name(self) -> str:
        """What a checkpoint key that is made here is called: where the installation is, without the scheme."""
        parts = urlsplit(self.public_url)
        return quote(f"{parts.netloc.rpartition('@')[2]}{parts.path}/history", safe="/:.-_[]")

    @cached_property
    def proxy_networks(self) -> tuple[Network, ...]:
        """The networks among the trusted proxies."""
        return _networks(self.trusted_proxies)

    @cached_property
    def trusts_unix(self) -> bool:
        """Whether the web server in front comes by the unix socket."""
        return UNIX in _words(self.trusted_proxies)

    @cached_property
    def networks_of_metrics(self) -> tuple[Network, ...]:
        """Who reads /metrics without a token."""
        return _networks(self.metrics_networks)

    @property
    def is_embedded(self) -> bool:
        """Whether the stores are SQLite files: one process then does everything."""
        return self.storage_url.startswith("sqlite:")

    @cached_property
    def storage_url(self) -> str:
        """The database address with its default and its password filled in."""
        if not self.database_url:
            return f"sqlite:///{(self.data / 'piaojue.db').absolute()}"
        return _with_password(self.database_url, self.database_password.get_secret_value())

    @property
    def is_https(self) -> bool:
        """Whether people reach the installation over TLS, so that cookies may demand it."""
        return self.public_url.startswith("https:")

    @property
    def is_local(self) -> bool:
        """Whether QR codes would lead phones to themselves instead of to this computer."""
        return (urlsplit(self.public_url).hostname or "") in _LOCAL_HOSTS


def _with_password(url: str, password: str) -> str:
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    if not password or not at or ":" in user or parts.scheme == "sqlite":
        return url
    return parts._replace(netloc=f"{user}:{quote(password, safe='')}@{host}").geturl()


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _networks(text: str) -> tuple[Network, ...]:
    return tuple(ip_network(word, strict=False) for word in _words(text) if word != UNIX)


def _from_files(names: Mapping[str, object]) -> dict[str, str]:
    """What `PIAOJUE_…_FILE` variables lead to, without the newline at the end. Raises WrongSettings."""
    found = {}
    for name in names:
        variable = f"{PREFIX}{name.upper()}"
        file = os.environ.get(f"{variable}_FILE")
        if not file:
            continue
        if variable in os.environ:
            raise WrongSettings(f"{variable} 和 {variable}_FILE 只能设置一个 / set only one of the two")
        try:
            found[name] = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as problem:
            reason = getattr(problem, "strerror", None) or type(problem).__name__
            raise WrongSettings(f"{variable}_FILE：读不了 {file} / cannot be read: {reason}") from None
    return found


def _sentences(wrong: ValidationError) -> list[str]:
    """Names of variables and what is expected; never the values."""
    found = wrong.errors(include_url=False, include_context=False, include_input=False)
    return [
        f"{PREFIX}{'_'.join(map(str, error['loc'])).upper()}：设置不对 / is wrong: "
        + error["msg"].removeprefix("Value error, ")
        for error in found
    ]
