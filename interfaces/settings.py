"""Every setting of an installation, read once from PIAOJUE_… environment variables."""

from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1", ""})


class Settings(BaseSettings):
    """What differs between installations; the defaults run one embedded office on this computer."""

    model_config = SettingsConfigDict(env_prefix="PIAOJUE_", frozen=True, extra="ignore")

    data: Path = Path("data")
    """The folder of the embedded stores; not used with PostgreSQL except for what is private to this computer."""

    database_url: str = ""
    """`sqlite:////absolute/file.db` or `postgresql://…`; empty: `piaojue.db` in the data folder."""

    public_url: str = "http://localhost:8000"
    """How people outside reach this installation; goes into every QR code. The Host header is never trusted."""

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)

    idle_minutes: int = Field(default=240, ge=1)
    """A sign-in ends after this long without a request."""

    signed_in_hours: int = Field(default=14, ge=1)
    """A sign-in ends after this long in any case."""

    slip_days: int = Field(default=30, ge=1)
    """How long an activation slip can be used."""

    max_body_bytes: int = Field(default=12 * 1024 * 1024, ge=1024)
    """Larger requests are refused; the largest honest ones are imported tables and attachments."""

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            message = "PIAOJUE_PUBLIC_URL must look like https://host or https://host/path"
            raise ValueError(message)
        return text.rstrip("/")

    @cached_property
    def storage_url(self) -> str:
        """The database address with its default filled in."""
        return self.database_url or f"sqlite:///{(self.data / 'piaojue.db').absolute()}"

    @property
    def is_https(self) -> bool:
        """Whether people reach the installation over TLS, so that cookies may demand it."""
        return self.public_url.startswith("https:")

    @property
    def is_local(self) -> bool:
        """Whether QR codes would lead phones to themselves instead of to this computer."""
        return (urlsplit(self.public_url).hostname or "") in _LOCAL_HOSTS
