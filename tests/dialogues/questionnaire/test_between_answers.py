"""Whatever is typed between answers changes nothing that was noted, unless it states it: through the real dialogue."""

from tests.banks import held_out
from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine

NOTED = {"age": "108-119", "diagnosis": "bcp_all", "cd22": "positive"}
LINES = 300


def everything() -> list[str]:
    """Small talk, questions about all sorts of things, and what a nurse would note nothing of: evenly out of each."""
    kinds = [[str(line) for lines in held_out(name).values() for line in lines] for name in ("everyday", "questions", "elsewhere")]
    kinds.append(
        [line["say"] for lines in held_out("assertions").values() for line in lines if not line["notes"] and not line.get("ask_back")]
    )
    share = LINES // len(kinds)
    return [line for lines in kinds for line in lines[:: max(1, len(lines) // share)][:share]]


async def with_answers(engine: Engine) -> str:
    """A conversation with three answers noted and the fourth question open."""
    conversation = new_id()
    await engine.start(conversation)
    for text in ("can my child take part?", "she is 9", "B-cell precursor ALL", "CD22 is positive"):
        await engine.say(conversation, text)
    return conversation


async def test_what_is_typed_between_answers_notes_nothing(engine: Engine) -> None:
    changed, conversation = [], await with_answers(engine)
    assert (await engine.slot(conversation, "questionnaire"))["answers"] == NOTED
    for line in everything():
        await engine.say(conversation, line)
        now = await engine.slot(conversation, "questionnaire")
        if now["answers"] != NOTED:
            changed.append((line, now["answers"]))
        if now["answers"] != NOTED or now["stage"] != "asking" or now["unsure"] or now["unread"] or now["reopened"] or now["paused"]:
            await engine.conversations.forget(conversation)
            conversation = await with_answers(engine)
    await engine.conversations.forget(conversation)
    assert changed == []
