"""Every combination of fitting, not fitting and open answers, through the real dialogue.

One conversation: after each result one answer is changed (a Gray code), checked and confirmed, so each of the 3^5
combinations comes up once.
"""

from collections.abc import Iterator

from tests.conftest import Ask
from tests.eligibility.test_verdicts import expected
from trialog.assistant.message import Message

SAID = {
    "age": {"fits": "9", "does_not_fit": "19", "not_known": "I don't know"},
    "diagnosis": {"fits": "B-ALL", "does_not_fit": "T-ALL", "not_known": "I don't know"},
    "cd22": {"fits": "positive", "does_not_fit": "negative", "not_known": "not tested"},
    "relapsed": {"fits": "it came back", "does_not_fit": "it never came back", "not_known": "it never went away"},
    "very_high_risk": {"fits": "very high risk", "does_not_fit": "standard risk", "not_known": "I don't know"},
}
VERDICTS = ("fits", "does_not_fit", "not_known")


def combinations(length: int) -> Iterator[tuple[str, ...]]:
    """All tuples of verdicts, each differing from the one before in a single place."""
    if length == 0:
        yield ()
        return
    for number, shorter in enumerate(combinations(length - 1)):
        for verdict in VERDICTS if number % 2 == 0 else VERDICTS[::-1]:
            yield (*shorter, verdict)


async def confirm(ask: Ask, replies: list[Message]) -> Message:
    assert replies[-1].kind == "review"
    (result,) = await ask('/questionnaire{"command": "confirm"}')
    return result


def check(result: Message, verdicts: tuple[str, ...]) -> None:
    assert result.kind == "result"
    assert tuple(point["verdict"] for point in result.criteria or []) == verdicts
    assert result.outcome == expected(verdicts)
    assert "only" in result.text.lower()
    assert "doctor" in result.text


async def test_every_combination_through_the_dialogue(ask: Ask) -> None:
    seen: list[tuple[str, ...]] = []
    replies = await ask("Can my child take part?")
    for verdicts in combinations(len(SAID)):
        if not seen:
            for name, verdict in zip(SAID, verdicts, strict=True):
                replies = await ask(SAID[name][verdict])
        else:
            (name,) = [name for name, old, new in zip(SAID, seen[-1], verdicts, strict=True) if old != new]
            (question,) = await ask(f'/questionnaire{{"change": "{name}"}}')
            assert question.criterion == name
            replies = await ask(SAID[name][verdicts[list(SAID).index(name)]])
        check(await confirm(ask, replies), verdicts)
        seen.append(verdicts)
    assert len(set(seen)) == 3**5
