"""Why a file is not taken; each names the file."""

from dataclasses import dataclass

from domain.shared import Refused


@dataclass(eq=False)
class UploadTooLarge(Refused):
    """More bytes, points or unpacked bytes than the limit; `limit` says which in a person's words, e.g. 10 MB."""

    name: str
    limit: str


@dataclass(eq=False)
class UploadOfWrongType(Refused):
    """Not one of the types that are taken, whatever its name says; `taken` lists them."""

    name: str
    taken: str


@dataclass(eq=False)
class UploadUnreadable(Refused):
    """It begins like a known type and then cannot be read: cut off or damaged."""

    name: str


@dataclass(eq=False)
class UploadWithMacros(Refused):
    """The document holds a program."""

    name: str


@dataclass(eq=False)
class UploadEncrypted(Refused):
    """Nobody could open it without a password."""

    name: str
