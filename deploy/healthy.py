"""Exits with 0 when the web process in this container answers: the image has no curl, and needs none."""

import os
import sys
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

SECONDS = 4


def main() -> int:
    """Asks as the proxy would; /healthz names no database, so that a pause of it restarts nothing."""
    connection = HTTPConnection("127.0.0.1", int(os.environ.get("PIAOJUE_PORT", "8000")), timeout=SECONDS)
    try:
        connection.request("GET", "/healthz")
        status = connection.getresponse().status
    except (OSError, HTTPException):
        return 1
    finally:
        connection.close()
    return 0 if status == HTTPStatus.OK else 1


if __name__ == "__main__":
    sys.exit(main())
