"""An object store of the S3 kind, made up by moto, that answers over HTTP on this computer."""

from collections.abc import Iterator
from contextlib import contextmanager
from logging import ERROR, getLogger
from secrets import token_hex

import boto3
from moto.server import ThreadedMotoServer

from application.private.file_store_s3 import Bucket

ACCESS, SECRET = "made-up", "made-up-too"


@contextmanager
def object_store() -> Iterator[str]:
    """Its address."""
    getLogger("werkzeug").setLevel(ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def bucket(endpoint: str, prefix: str = "piaojue/") -> Bucket:
    """A new bucket there."""
    name = f"files-{token_hex(4)}"
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=ACCESS,
        aws_secret_access_key=SECRET,
    )
    client.create_bucket(Bucket=name)
    client.close()
    return Bucket(name=name, endpoint=endpoint, prefix=prefix, access_key=ACCESS, secret_key=SECRET)
