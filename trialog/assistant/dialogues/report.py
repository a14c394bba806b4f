"""What is told of dialogues that were played: a readable difference, JUnit XML, and their expectations brought up to date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

from trialog.assistant.dialogues.form import load, save
from trialog.assistant.dialogues.play import Played, PlayedTurn
from trialog.assistant.message import Message

# An answer is told by its first words; what was expected of it stands below.
_SHOWN = 76

# XML has no place for these.
_NOT_IN_XML = {code: None for code in range(32) if code not in (9, 10, 13)}


def difference(played: Played) -> Iterator[str]:
    """The conversation up to its last fault, each fault under the replies it is about."""
    yield f"{played.dialogue.path}:{played.dialogue.line}: {played.dialogue.name}"
    last = max(place for place, turn in enumerate(played.turns) if turn.faults)
    for turn in played.turns[: last + 1]:
        yield f"    family: {turn.turn.text}"
        yield from (f"    replies [{named(reply)}]: {first_words(reply.text)}" for reply in turn.replies)
        yield from (f"  ! {fault}" for fault in turn.faults)


def named(reply: Message) -> str:
    """What a reply is, in codes."""
    return " ".join(filter(None, (reply.kind, reply.topic, reply.criterion, reply.outcome)))


def junit(all_played: Sequence[Played]) -> str:
    """The result in the form that build servers read."""
    failed = sum(not played.passed for played in all_played)
    suite = ElementTree.Element("testsuite", name="trialog replay", tests=str(len(all_played)), failures=str(failed))
    for played in all_played:
        about = {"classname": played.dialogue.path.as_posix(), "name": played.dialogue.name, "time": f"{played.seconds:.3f}"}
        case = ElementTree.SubElement(suite, "testcase", about)
        if not played.passed:
            faults = [fault for turn in played.turns for fault in turn.faults]
            failure = ElementTree.SubElement(case, "failure", message=faults[0].translate(_NOT_IN_XML))
            failure.text = "\n".join(difference(played)).translate(_NOT_IN_XML)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True)


def as_it_is(turn: PlayedTurn) -> dict[str, Any]:
    """What a turn may expect so that it passes: the fields it names, as the first reply has them."""
    (first, *_) = turn.replies
    return {name: getattr(first, name) for name in ("topic", "kind", "criterion", "outcome") if getattr(turn.turn, name) is not None}


def update(played: Played, place: int) -> None:
    """Write what turn ``place`` was answered as into the file of the dialogue; words and buttons are a person's to change."""
    data = load(played.dialogue.path)
    one = data[played.dialogue.number - 1]
    turns = one["turns"] if isinstance(one, dict) else one
    turns[place].update(as_it_is(played.turns[place]))
    save(played.dialogue.path, data)


def first_words(text: str) -> str:
    """How a long text begins."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rsplit(' ', 1)[0]} ..."
