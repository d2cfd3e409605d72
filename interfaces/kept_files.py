"""The place of photos and documents that the settings name."""

from application.private.file_store import FileStore, LocalFiles
from application.private.file_store_s3 import Bucket, S3Files
from interfaces.settings import Settings


def file_store(settings: Settings) -> FileStore:
    """A bucket where one is set, else a folder. Nothing is asked of it yet."""
    if not settings.s3_bucket:
        return LocalFiles(settings.files_folder)
    return S3Files(
        Bucket(
            name=settings.s3_bucket,
            endpoint=settings.s3_endpoint,
            region=settings.s3_region,
            prefix=settings.s3_prefix,
            access_key=settings.s3_access_key,
            secret_key=settings.s3_secret_key.get_secret_value(),
            addressing=settings.s3_addressing,
        )
    )
