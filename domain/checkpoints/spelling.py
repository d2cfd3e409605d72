"""Bytes as base64 (RFC 4648, section 4), of which each has exactly one spelling."""

import base64


def base64_of(content: bytes) -> str:
    """The spelling."""
    return base64.b64encode(content).decode("ascii")


def bytes_of(text: str) -> bytes:
    """Raises ValueError for anything but the one spelling."""
    content = base64.b64decode(text, validate=True)
    if base64_of(content) != text:
        message = "another spelling"
        raise ValueError(message)
    return content
