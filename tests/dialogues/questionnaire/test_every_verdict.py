"""Every verdict on every point, through the real dialogue; all combinations are worked out in tests/eligibility/test_verdicts.py.

One conversation: after each result one answer is changed, checked and confirmed.
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


def changes() -> Iterator[tuple[str, str]]:
    """Each point goes through all verdicts while the others fit; at the end one is open, one does not fit."""
    for name in SAID:
        yield from ((name, verdict) for verdict in ("does_not_fit", "not_known", "fits"))
    yield from (("age", "not_known"), ("diagnosis", "does_not_fit"))


async def confirm(ask: Ask, replies: list[Message]) -> Message:
    assert replies[-1].kind == "review"
    (result,) = await ask('/questionnaire{"command": "confirm"}')
    return result


def check(result: Message, verdicts: dict[str, str]) -> None:
    assert result.kind == "result"
    assert {point["id"]: point["verdict"] for point in result.criteria or []} == verdicts
    assert result.outcome == expected(tuple(verdicts.values()))
    assert "only" in result.text.lower()
    assert "doctor" in result.text


async def test_every_verdict_through_the_dialogue(ask: Ask) -> None:
    verdicts = dict.fromkeys(SAID, "fits")
    replies = await ask("Can my child take part?")
    for name in SAID:
        replies = await ask(SAID[name]["fits"])
    check(await confirm(ask, replies), verdicts)
    for name, verdict in changes():
        (question,) = await ask(f'/questionnaire{{"change": "{name}"}}')
        assert question.criterion == name
        verdicts[name] = verdict
        check(await confirm(ask, await ask(SAID[name][verdict])), verdicts)
