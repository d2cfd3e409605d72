"""A process of its own that casts ballots and says every receipt it was given, one a line.

`python casting.py URL POLL FIRST COUNT [at_once]`. It ends with "closed" when the gate has closed.
"""

import asyncio
import sys
from itertools import count
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parents[3]))

from application.history.box import Box, Busy, TryAgain, open_box
from domain.polls.ballot import BoxClosed, Receipt
from tests.support.ballots import ballot, card


async def cast_patiently(box: Box, poll: UUID, number: int) -> Receipt:
    while True:
        try:
            return await box.cast_soon(poll, card(number), ballot(number))
        except (Busy, TryAgain):
            await asyncio.sleep(0.05)


async def hall(box: Box, poll: UUID, first: int, last: int, at_once: int) -> None:
    numbers = count(first)

    async def one_phone_after_another() -> None:
        while (number := next(numbers)) < last:
            given = await cast_patiently(box, poll, number)
            sys.stdout.write(f"{number} {given}\n")
            sys.stdout.flush()

    answers = await asyncio.gather(*(one_phone_after_another() for _ in range(at_once)), return_exceptions=True)
    for answer in answers:
        if isinstance(answer, BaseException) and not isinstance(answer, BoxClosed):
            raise answer
    sys.stdout.write("closed\n" if any(answers) else "done\n")


if __name__ == "__main__":
    url, poll, first, how_many, *rest = sys.argv[1:]
    with open_box(url) as box:
        width = int(rest[0]) if rest else 40
        asyncio.run(hall(box, UUID(poll), int(first), int(first) + int(how_many), width))
