"""只凭文件重新计票 / recounts a poll from files alone and prints the outcome as JSON, without a database."""

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from domain.polls.columns import DoesNotAddUp, FewerVoidThanBallots, ItemsDiffer, NotOfThisForm
from domain.polls.outcome import Outcome
from domain.polls.tally import EqualElectionNotWaived, MoreAttendingThanDelegates, MoreIssuedThanAttending, tally
from domain.polls.written import written_outcome
from domain.shared import Refused
from interfaces.tally.ballots_file import read_ballots
from interfaces.tally.columns_file import read_columns
from interfaces.tally.poll_file import read_poll
from interfaces.tally.profile_file import read_profile
from interfaces.tally.refusing import CannotBeCounted, KnownId
from interfaces.tally.sentences import Language, described, sentence

PROGRAM = "piaojue tally"
LANGUAGE_VARIABLE = "PIAOJUE_LANG"
COUNTED, NOT_COUNTED, INTERRUPTED = 0, 2, 130

_FILES = ("--profile", "--poll", "--ballots", "--columns", "--out")


def main(argv: Sequence[str]) -> int:
    """Runs the command with the arguments after its name and returns the exit status; never raises."""
    language = _language(argv, os.environ)
    try:
        chosen = _chosen(argv, language)
        _deliver(_recount(chosen), chosen)
    except CannotBeCounted as problem:
        print(sentence(problem, language), file=sys.stderr)
        return NOT_COUNTED
    except MemoryError:
        print(sentence(CannotBeCounted(file=PROGRAM, reason="too_large"), language), file=sys.stderr)
        return NOT_COUNTED
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit:  # argparse has shown the help it was asked for
        return COUNTED
    return COUNTED


def _language(argv: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language asked for, known before the arguments are, so that their refusal is in it too."""
    asked = environment.get(LANGUAGE_VARIABLE, "")
    for option, value in zip(argv, [*argv[1:], ""], strict=False):
        if option == "--lang":
            asked = value
        elif option.startswith("--lang="):
            asked = option.removeprefix("--lang=")
    return Language.ENGLISH if asked.lower().startswith("en") else Language.CHINESE


class _Once(argparse.Action):
    """An option that may be given once: the last of two files must not win silently."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[object] | None,
        option_string: str | None = None,
    ) -> None:
        if getattr(namespace, self.dest) is not None:
            raise CannotBeCounted(file=parser.prog, reason="doubled_option", values={"option": str(option_string)})
        setattr(namespace, self.dest, values)


def _chosen(argv: Sequence[str], language: Language) -> dict[str, str]:
    """The options given, by their name on the command line."""
    parser = argparse.ArgumentParser(
        prog=PROGRAM, description=described("tally", language), allow_abbrev=False, exit_on_error=False
    )
    for option in _FILES:
        parser.add_argument(option, action=_Once, metavar="FILE", help=described(option, language), dest=option)
    parser.add_argument("--lang", choices=("zh-CN", "zh", "en"), help=described("--lang", language))
    try:
        namespace, unknown = parser.parse_known_args(argv)
    except argparse.ArgumentError as problem:
        values: dict[str, object] = {"option": str(problem.argument_name)}
        raise CannotBeCounted(file=PROGRAM, reason="bad_option", values=values) from None
    if unknown:
        raise CannotBeCounted(file=PROGRAM, reason="unknown_arguments", values={"arguments": tuple(unknown)})
    chosen = {option: value for option, value in vars(namespace).items() if option in _FILES and value is not None}
    if missing := tuple(option for option in ("--profile", "--poll") if option not in chosen):
        raise CannotBeCounted(file=PROGRAM, reason="missing_options", values={"options": missing})
    if ("--ballots" in chosen) == ("--columns" in chosen):
        raise CannotBeCounted(file=PROGRAM, reason="one_source")
    return chosen


def _recount(chosen: Mapping[str, str]) -> Outcome:
    profile, poll = read_profile(chosen["--profile"]), read_poll(chosen["--poll"])
    try:
        if "--columns" in chosen:
            columns = read_columns(chosen["--columns"], profile)
        else:
            columns = read_ballots(chosen["--ballots"], profile, [item.id for item in poll.items])
        return tally(profile, poll.items, poll.turnout, columns)
    except Refused as refused:
        raise _explained(refused, chosen) from None


def _explained(refused: Refused, chosen: Mapping[str, str]) -> CannotBeCounted:
    """In which file the numbers stand that the count refused."""
    poll, columns = chosen["--poll"], chosen.get("--columns", "")
    values = dict(vars(refused))
    if "item" in values:
        values["item"] = KnownId(values["item"])
    match refused:
        case MoreAttendingThanDelegates():
            return CannotBeCounted(file=poll, reason="more_attending", values=values)
        case MoreIssuedThanAttending():
            return CannotBeCounted(file=poll, reason="more_issued", values=values)
        case EqualElectionNotWaived():
            return CannotBeCounted(file=poll, reason="equal_election", values=values)
        case DoesNotAddUp():
            reason = "short" if refused.short > 0 else "over"
            return CannotBeCounted(file=columns, reason=reason, values={**values, "difference": abs(refused.short)})
        case FewerVoidThanBallots():
            return CannotBeCounted(file=columns, reason="fewer_void", values=values)
        case NotOfThisForm():
            return CannotBeCounted(file=columns, reason="not_of_this_form", values=values)
        case ItemsDiffer():
            return _items_differ(refused, columns)
    raise refused


def _items_differ(differ: ItemsDiffer, columns: str) -> CannotBeCounted:
    if differ.unknown:
        return CannotBeCounted(file=columns, reason="unknown_item", values={"item": differ.unknown[0]})
    if differ.doubled:
        return CannotBeCounted(file=columns, reason="doubled_item", values={"item": differ.doubled[0]})
    return CannotBeCounted(file=columns, reason="missing_items", values={"items": differ.missing})


def _deliver(outcome: Outcome, chosen: Mapping[str, str]) -> None:
    text = json.dumps(written_outcome(outcome), ensure_ascii=False, indent=1)
    if "--out" in chosen:
        _write(chosen["--out"], text, [chosen[option] for option in chosen if option != "--out"])
    _print(text)


def _write(out: str, text: str, inputs: Sequence[str]) -> None:
    try:
        if any(Path(out).exists() and Path(out).samefile(file) for file in inputs):
            raise CannotBeCounted(file=out, reason="same_file")
        Path(out).write_bytes(text.encode())
    except (OSError, ValueError) as problem:
        said = getattr(problem, "strerror", None) or str(problem)
        raise CannotBeCounted(file=out, reason="unwritable_file", values={"problem": said}) from None


def _print(text: str) -> None:
    """UTF-8 whatever the locale says; a closed or full standard output is refused like a file."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(f"{text}\n".encode())
        sys.stdout.buffer.flush()
    except (OSError, AttributeError) as problem:
        with suppress(OSError, ValueError, AttributeError):  # so that Python's own flush at the end has a place to go
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        said = getattr(problem, "strerror", None) or "closed"
        raise CannotBeCounted(file="stdout", reason="unwritable_file", values={"problem": said}) from None
