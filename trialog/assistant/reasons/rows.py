"""The reasons for staff to read: rows of a label and a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from trialog.assistant.reasons.evidence import Data
from trialog.content.criteria import DECLINED, UNKNOWN
from trialog.nlu.elsewhere.language import ENGLISH
from trialog.nlu.evidence import AT_QUESTION, IN_DANGER, TALK

Row = tuple[str, str]

# A longer value of a slot is cut.
_LONGEST = 60

# A smaller share of danger or of a runner-up is none.
_HINT = 0.01

NONE = "none"

# What of the context makes the moment at which such acts mean something.
_AT = {IN_DANGER: "danger_lasts", AT_QUESTION: "question"}


def rows(told: Data) -> Iterator[Row]:
    """What the pipeline found, then the decision, then what the turn made of it."""
    if not told["ended"]:
        yield "turn", "was answered before it ended: its reasons are not known"
    elif "pressed" in told:
        yield "pressed", _pairs(told["pressed"])
    else:
        yield from _found(told)
        yield "decision", _decision(told["decision"])
    if told["ended"]:
        yield from _made(told)
    yield "reply", "; ".join(" ".join(str(reply[name]) for name in reply if name != "source") for reply in told["replies"])
    sources = dict.fromkeys(", ".join(reply["source"].values()) for reply in told["replies"] if "source" in reply)
    yield "source", "; ".join(sources) or NONE


def _found(told: Data) -> Iterator[Row]:
    yield "topic", _ranked(told["topics"])
    if told["questions"]:
        yield "questions", "; ".join(_shared(first) for first in told["questions"])
    if told["beside_personal_data"]:
        yield "beside it", _ranked(told["beside_personal_data"])
    yield "danger", _danger(told["danger"]) if told["danger"] else NONE
    acts = {moment: acts for moment, acts in told["acts"].items() if _AT.get(moment, moment) in (TALK, *told["context"])}
    yield "act", "; ".join(f"{moment}: {_ranked(ranking, 'act')}" for moment, ranking in acts.items()) or NONE
    yield "words", ", ".join(told["words"]) or NONE
    yield "facts", "; ".join(map(_fact, told["facts"])) or NONE
    yield "personal data", ", ".join(told["personal_data"]) or NONE
    yield "language", _language(told)
    if told["typing"]:
        yield "typing", told["typing"]
    if told["studies"]:
        yield "studies", ", ".join(told["studies"])


def _made(told: Data) -> Iterator[Row]:
    yield "context", _pairs(told["context"])
    yield "rule", "; ".join(f"{one['by']} ({one['action']})" for one in told["actions"]) or NONE
    yield "changed", "; ".join(f"{name}: {short(after)}" for name, (_, after) in told["changed"].items()) or NONE


def _ranked(ranking: Sequence[Data], kind: str = "topic") -> str:
    """The first, and its runners-up."""
    first, *others = ranking
    return ", then ".join([_shared(first, kind), *(_shared(one, kind) for one in others if one["share"] >= _HINT)])


def _shared(one: Data, kind: str = "topic") -> str:
    return f"{one[kind]} {one['share']:.2f}"


def _danger(danger: Data) -> str:
    """Both opinions, and what the phrases say."""
    both = [(name, share, danger["topics"][name]) for name, share in danger["model"].items()]
    shares = [f"{name} {share:.2f} ({by_topics:.2f} by the topics)" for name, share, by_topics in both if max(share, by_topics) >= _HINT]
    sign = [f"sign of {danger['sign']['danger']}: {danger['sign']['group']}"] if danger["sign"] else []
    calm = [f"sounds harmless for {', '.join(danger['harmless_for'])}"] if danger["harmless_for"] else []
    return "; ".join(filter(None, [", ".join(shares), *sign, *(["a cry for help"] if danger["urgent"] else []), *calm])) or NONE


def _fact(fact: Data) -> str:
    """An answer and how it stands."""
    answer = fact["answer"] or " or ".join(fact["several"])
    how = "noted" if fact["noted"] else "left open" if answer in (UNKNOWN, DECLINED) else "asked back" if answer else "not noted"
    return f"{fact['criterion']} {answer}".rstrip() + f" ({', '.join([how, *fact['stands']])})"


def _language(told: Data) -> str:
    if told["language"] == ENGLISH:
        return ENGLISH
    elsewhere = told["elsewhere"]
    dangers = ", ".join(f"{name} {share:.2f}" for name, share in elsewhere.items() if name != "topics")
    return f"{told['language']}, read as {_ranked(elsewhere['topics'])}; {dangers}"


def _decision(decision: Data | None) -> str:
    if decision is None:
        return NONE
    first, *_ = decision["ranking"]
    share = f" {first['share']:.2f}" if first["topic"] == decision["topic"] else ""
    also = f"; and {short(decision['also_asked'])}" if "also_asked" in decision else ""
    return f"{decision['topic']}{share}: {decision['rule']}{also}"


def _pairs(data: Data) -> str:
    return ", ".join(f"{name} {short(value)}" for name, value in data.items()) or NONE


def short(value: Any) -> str:
    """A value as it fits into a line."""
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else NONE if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."
