"""The canonical text of a count: what is signed."""

import hashlib
import json
from dataclasses import replace

import pytest

from domain.polls.count import FORMAT, canonical_count, count_hash, form_hash_of, form_of, open_items, read_count
from domain.polls.outcome import NoOutcome, Turnout
from domain.polls.parts import Parts
from domain.polls.rules import Form, MaxFor, Publication, TieAtCut
from domain.polls.tally import tally
from tests.support.poll_facts import (
    POLL,
    ROOT,
    columns_of,
    count_after,
    folded,
    prepared,
    until_closed,
    until_counted,
    with_rules,
)

COUNT = count_after(*until_counted())


def test_the_text_is_canonical_json_in_utf8() -> None:
    said = json.loads(COUNT.count)
    assert COUNT.count == json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert "项目1" in COUNT.count


def test_the_hash_is_sha256_over_the_bytes_of_the_text() -> None:
    assert COUNT.count_hash == hashlib.sha256(COUNT.count.encode("utf-8")).hexdigest() == count_hash(COUNT.count)


def test_the_text_holds_everything_the_result_rests_on() -> None:
    said = read_count(COUNT.count)
    assert said["format"] == FORMAT
    assert (said["all_delegates"], said["attending"], said["issued"]) == (327, 314, 314)
    assert said["box"] == {"ballots": 313, "root": ROOT}
    assert said["columns"]["returned"] == 313
    assert said["outcome"]["adopted"] == [str(number) for number in range(1, 11)]
    assert [item["id"] for item in said["items"]] == [str(number) for number in range(1, 13)]
    assert said["profile"]["quota"] == 10
    assert said["sealing"] == "unsealed"


def test_a_poll_is_recounted_from_its_text_alone() -> None:
    said = read_count(COUNT.count)
    poll = folded(*until_closed())
    turnout = Turnout(all_delegates=said["all_delegates"], attending=said["attending"], issued=said["issued"])
    columns = columns_of(said["columns"]["returned"], 12)
    assert poll.closed is not None
    outcome = tally(poll.prepared.profile, poll.prepared.items, turnout, columns)
    again = canonical_count(POLL, poll, turnout, Parts(electronic=columns), outcome)
    assert again == COUNT.count


def test_a_single_vote_more_is_another_hash() -> None:
    poll = folded(*until_closed())
    assert poll.closed is not None
    turnout = Turnout(all_delegates=327, attending=314, issued=314)
    columns = columns_of(313, 12)
    first = columns.items[0]
    moved = replace(columns, items=(replace(first, votes_for=301, against=12), *columns.items[1:]))
    texts = {
        canonical_count(
            POLL,
            poll,
            turnout,
            Parts(electronic=one),
            tally(poll.prepared.profile, poll.prepared.items, turnout, one),
        )
        for one in (columns, moved)
    }
    assert len({count_hash(text) for text in texts}) == 2


@pytest.mark.parametrize("ballots", [315])
def test_rule_2_a_void_poll_says_only_why(ballots: int) -> None:
    counted = count_after(*until_counted(ballots))
    said = read_count(counted.count)
    assert said["columns"] is None
    assert said["outcome"] == {"valid": False, "reason": "returned_exceeds_issued"}
    assert '"for":' not in counted.count


def test_rule_1_a_count_without_quorum_shows_nothing() -> None:
    poll = folded(*until_closed(ballots=200, issued=200))
    assert poll.closed is not None
    turnout = Turnout(all_delegates=327, attending=217, issued=200)
    columns = columns_of(200, 12)
    outcome = tally(poll.prepared.profile, poll.prepared.items, turnout, columns)
    assert isinstance(outcome, NoOutcome)
    said = read_count(canonical_count(POLL, poll, turnout, Parts(electronic=columns), outcome))
    assert said["outcome"] == {"valid": False, "reason": "quorum"}
    assert said["columns"] is None


def test_what_a_tie_leaves_open_is_neither_adopted_nor_passed_over() -> None:
    """Items 10 and 11 have 210 votes each: nine are adopted, the last place stays open."""
    rules = with_rules(tie_at_cut=TieAtCut.SECOND_BALLOT)
    poll = folded(*until_closed())
    columns = columns_of(313, 12)
    tenth, eleventh = columns.items[9], columns.items[10]
    tied = replace(eleventh, votes_for=tenth.votes_for, against=tenth.against)
    columns = replace(columns, items=(*columns.items[:10], tied, columns.items[11]))
    turnout = Turnout(all_delegates=327, attending=314, issued=314)
    assert poll.closed is not None
    text = canonical_count(
        POLL, poll, turnout, Parts(electronic=columns), tally(rules, poll.prepared.items, turnout, columns)
    )
    said = read_count(text)
    assert said["outcome"]["adopted"] == [str(number) for number in range(1, 10)]
    assert open_items(said) == {"10", "11"}


def test_a_plain_result_leaves_nothing_open() -> None:
    assert open_items(read_count(COUNT.count)) == frozenset()


def test_the_form_of_a_ballot_follows_the_profile() -> None:
    form = form_of(POLL, prepared())
    assert [item.name for item in form.items][:2] == ["项目1", "项目2"]
    assert form.most_for is None
    limited = form_of(POLL, prepared(rules=with_rules(max_for=MaxFor.QUOTA)))
    chosen = form_of(POLL, prepared(rules=with_rules(form=Form.CHOOSE)))
    assert (limited.most_for, chosen.most_for) == (10, 10)


def test_the_forms_hash_changes_with_what_the_voter_is_asked_and_with_nothing_else() -> None:
    fact = prepared()
    asked = [
        fact,
        prepared(candidates=11),
        prepared(rules=with_rules(form=Form.CHOOSE)),
        prepared(rules=with_rules(max_for=MaxFor.QUOTA)),
    ]
    hashes = [form_hash_of(POLL, one) for one in asked]
    assert len(set(hashes)) == len(asked)
    for other in (replace(fact, title="另题"), replace(fact, waiver="主席团决定")):
        assert form_hash_of(POLL, other) == hashes[0]
    quiet = prepared(rules=with_rules(publication=Publication.ADOPTED_ONLY))
    assert form_hash_of(POLL, quiet) == hashes[0]
