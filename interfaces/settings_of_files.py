"""The settings of where photos and documents lie; part of `Settings`."""

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings


class FilesSettings(BaseSettings):
    """A folder, or a bucket of an object store that speaks S3."""

    files: Path | None = None
    """The folder of photos and documents; empty: `piaojue-files` beside the database file, or in the data folder."""

    s3_bucket: str = ""
    """The bucket of photos and documents, in an object store that speaks S3; empty: they lie in a folder."""

    s3_endpoint: str = ""
    """https://… of the object store; empty: Amazon's."""

    s3_region: str = ""
    s3_prefix: str = ""
    """Put before every name in the bucket, e.g. `piaojue/`."""

    s3_access_key: str = Field(default="", validate_default=True)
    s3_secret_key: SecretStr = SecretStr("")
    s3_addressing: Literal["auto", "path", "virtual"] = "auto"
    """Whether the bucket stands in the path of addresses or in the host."""

    @field_validator("s3_endpoint")
    @classmethod
    def _is_an_object_store(cls, text: str) -> str:
        parts = urlsplit(text)
        if text and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment):
            message = "https://host or https://host:port"
            raise ValueError(message)
        return text.rstrip("/")

    @field_validator("s3_prefix")
    @classmethod
    def _is_a_folder(cls, text: str) -> str:
        return f"{text.strip('/')}/" if text.strip("/") else ""

    @field_validator("s3_access_key")
    @classmethod
    def _is_there_with_a_bucket(cls, text: str, info: ValidationInfo) -> str:
        if not text and info.data.get("s3_bucket") and info.data.get("s3_endpoint"):
            message = "needed with PIAOJUE_S3_BUCKET, and PIAOJUE_S3_SECRET_KEY (or …_SECRET_KEY_FILE) with it"
            raise ValueError(message)
        return text
