"""Kept files in a bucket of an object store that speaks S3: MinIO, Ceph, OBS, OSS, COS and others."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from application.private.file_store import FilesNotAnswering

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_CONNECT_SECONDS: Final = 3
_ANSWER_SECONDS: Final = 20
_ATTEMPTS: Final = 3

Addressing = Literal["auto", "path", "virtual"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Where it is and who may use it."""

    name: str
    endpoint: str = ""
    """https://… of the service; empty: Amazon's own."""
    region: str = ""
    prefix: str = ""
    """Put before every name, e.g. `piaojue/`, where the bucket holds other things too."""
    access_key: str = ""
    secret_key: str = ""
    addressing: Addressing = "auto"
    """Whether the bucket stands in the host (`virtual`) or in the path of addresses."""


class S3Files:
    """Objects in a bucket. Threads may use it together."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._client = _client(bucket)

    def put(self, place: str, sealed: bytes) -> None:
        with _answering():
            self._client.put_object(Bucket=self._bucket.name, Key=self._key(place), Body=sealed)

    def get(self, place: str) -> bytes | None:
        with _answering():
            try:
                return self._client.get_object(Bucket=self._bucket.name, Key=self._key(place))["Body"].read()
            except self._client.exceptions.NoSuchKey:
                return None

    def remove(self, place: str) -> None:
        """A bucket that keeps versions must be told to drop old ones; without its key nobody reads them."""
        with _answering():
            self._client.delete_object(Bucket=self._bucket.name, Key=self._key(place))

    def listed(self) -> Iterator[tuple[str, int]]:
        pages = self._client.get_paginator("list_objects_v2")
        with _answering():
            for page in pages.paginate(Bucket=self._bucket.name, Prefix=self._bucket.prefix):
                for found in page.get("Contents", ()):
                    yield found["Key"].rpartition("/")[2], found["Size"]

    def told(self) -> str:
        return f"{self._bucket.endpoint or 's3'} {self._bucket.name}/{self._bucket.prefix}"

    def _key(self, place: str) -> str:
        return f"{self._bucket.prefix}{place[:2]}/{place}"


def _client(bucket: Bucket) -> "S3Client":
    """Checksums only where the protocol demands them: older services refuse the newer ones."""
    import boto3  # noqa: PLC0415  # takes half a second, and most installations have no bucket
    from botocore.config import Config  # noqa: PLC0415  # as above

    config = Config(
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_ANSWER_SECONDS,
        retries={"total_max_attempts": _ATTEMPTS, "mode": "standard"},
        s3={"addressing_style": bucket.addressing},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        max_pool_connections=16,
    )
    return boto3.client(
        "s3",
        endpoint_url=bucket.endpoint or None,
        region_name=bucket.region or "us-east-1",
        aws_access_key_id=bucket.access_key or None,
        aws_secret_access_key=bucket.secret_key or None,
        config=config,
    )


@contextmanager
def _answering() -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415  # as above

    try:
        yield
    except ClientError as error:
        raise FilesNotAnswering(reason=str(error.response.get("Error", {}).get("Code", "S3"))) from error
    except (BotoCoreError, OSError) as error:
        raise FilesNotAnswering(reason=type(error).__name__) from error
