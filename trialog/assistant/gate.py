"""What families get of what is switched off or not approved: the one place where a reply is let through, or another takes its place.

A turn goes its usual way, so that danger is heard as at any time. What may not be said is then taken out of it; where nothing is
left, the turn is as if it had never been, and a kind sentence says whom to call.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor

from trialog.assistant.conversations import Conversation
from trialog.assistant.isolation import is_abandoned
from trialog.assistant.message import Message
from trialog.assistant.rasa_parts import Replies
from trialog.content.deployment import Deployment
from trialog.content.model import DANGER, Study
from trialog.content.replies import switched_off as said
from trialog.content.replies.reply import payload_of
from trialog.content.replies.talk import START
from trialog.eligibility.questionnaire import Questionnaire, Stage
from trialog.operation.switches import ALL, QUESTIONNAIRE, Notice, State

# Topics of the replies to danger; those that end it have none.
_OF_DANGER = (None, *(topic.partition("/")[2] for topic in DANGER))

# What is said about a study; the rest is said whatever the study.
_ABOUT_A_STUDY = ("answer", "not_on_page", "question", "review", "result", "cancelled", "fallback", "welcome")

# Small talk that invites to ask about the study.
_INVITING = ("greet", "capabilities")

# What buttons send that begin the questionnaire or go on with it.
_OFFERS = (f"/{START}", "/questionnaire")
_STOP = '/questionnaire{"command": "stop"}'


class Gate:
    """Lets replies through by the ``State`` of the switches."""

    def __init__(self, deployment: Deployment) -> None:
        self._settings, self._library = deployment.settings, deployment.library

    def welcome(self, messages: list[Message], live: Conversation, off: State) -> list[Message]:
        """The welcome as it may be said."""
        study = self._study(live)
        if off.closed(study.id):
            return [Message(said.welcome(self._library, self._whom(live)), "welcome")]
        return self._offered(messages, study, unoffered=QUESTIONNAIRE in off.off)

    def with_notices(self, messages: list[Message], live: Conversation, off: State) -> list[Message]:
        """``messages`` with the notices that were not told yet: in the welcome, else before a reply, and never beside danger."""
        notices = [notice for notice in off.notices_at(datetime.now().astimezone()) if not live.told[_name(notice)]]
        if not notices or any(message.kind == "safety" for message in messages):
            return messages
        live.told.update(map(_name, notices))
        told = [said.notice(self._library, notice.text) for notice in notices]
        if messages[0].kind == "welcome":
            return [replace(messages[0], text="\n\n".join([messages[0].text, *told])), *messages[1:]]
        return [*(Message(text, "smalltalk") for text in told), *messages]

    def lets_all_through(self, off: State) -> bool:
        """True where a turn can go its way without the gate."""
        return not off.off and not any(self._library.kept_back.values())

    async def handle(self, processor: MessageProcessor, message: UserMessage, live: Conversation, off: State) -> None:
        """Handle ``message`` as ``processor`` does; its channel, which is a ``Replies``, gets what may be said."""
        turn = _Turn(live, processor, message)
        waits, told = await turn.questionnaire(), await turn.take(message.text)
        study = self._study(live, told.trial)
        closed = off.closed(study.id)
        unoffered = bool(closed) or QUESTIONNAIRE in off.off or self._library.keeps_back(START, study)
        kept, heard = told.messages, told.heard
        if unoffered and not told.delete and not await turn.in_danger():
            if closed:
                kept = self._beside_closed(told.messages, live, study, closed, waits=waits is not None)
            elif any(one.kind == "safety" for one in told.messages):
                # Who is in sorrow hears of the questions when they speak of something else.
                kept = _beside_questionnaire(told.messages)
            elif waits:
                kept, told = await self._end(turn, waits, study, live, asks=bool(_beside_questionnaire(told.messages)))
            else:
                kept = self._unoffered(told.messages, live)
        kept = [self._approved(one, live, study) for one in kept]
        out = message.output_channel
        out.heard, out.switched_off = heard, any(one not in told.messages for one in kept)
        out.messages = self._offered(kept, study, unoffered=unoffered)
        if any(one in told.messages for one in kept):
            out.delete, out.trial = told.delete, told.trial
        else:
            turn.undo()

    async def _end(
        self, turn: _Turn, waits: Questionnaire, study: Study, live: Conversation, *, asks: bool
    ) -> tuple[list[Message], Replies]:
        """Ends the questions as if the family had stopped them, gives back what was noted, and then answers where it ``asks``."""
        turn.undo()
        told = await turn.take(_STOP)
        turn.settle()
        if asks:
            told = await turn.take(turn.message.text)
        asked = _beside_questionnaire(told.messages) if asks else []
        points = [] if self._library.keeps_back(START, study) else waits.points(study, self._library.interview)
        text = said.ended(self._library, self._whom(live), points, unnoted=not asked)
        return [Message(text, "cancelled", START), *asked], told

    def _unoffered(self, messages: list[Message], live: Conversation) -> list[Message]:
        """``messages``, with a kind sentence in place of the questionnaire."""
        kept = _beside_questionnaire(messages)
        if len(kept) == len(messages):
            return kept
        text = said.questionnaire_off(self._library, self._whom(live), _again(live, QUESTIONNAIRE))
        return [*kept, Message(text, "cancelled", START)]

    def _beside_closed(self, messages: list[Message], live: Conversation, study: Study, closed: str, *, waits: bool) -> list[Message]:
        """``messages``, with a kind sentence in place of what is not said while ``closed`` (all, or ``study``) is off."""
        kept = _beside_study(messages, everything=closed == ALL)
        if len(kept) == len(messages):
            return kept
        whom, time = self._whom(live), _again(live, closed)
        if closed == ALL:
            return [*kept, Message(said.all_off(self._library, whom, time, waits=waits), "fallback")]
        return [*kept, Message(said.study_off(self._library, study, whom, time, waits=waits), "fallback")]

    def _approved(self, message: Message, live: Conversation, study: Study) -> Message:
        """``message``, or a kind sentence where it is about something that is kept back."""
        topic = message.topic
        if topic is None or topic == START or not self._library.keeps_back(topic, study):
            return message
        title = self._library.title(topic, study)
        return Message(said.unapproved(self._library, title, _again(live, f"{study.id} {topic}")), "fallback", topic)

    def _offered(self, messages: Iterable[Message], study: Study, *, unoffered: bool) -> list[Message]:
        """``messages`` without the buttons that lead to what is not told; with ``unoffered`` the questionnaire is not, either."""
        untold = self._library.kept_back.get(study.id, ())
        kept = without_offers(messages) if unoffered or START in untold else list(messages)
        payloads = {payload_of(self._library, topic) for topic in untold}
        return [replace(one, buttons=[button for button in one.buttons if button["payload"] not in payloads]) for one in kept]

    def _study(self, live: Conversation, chosen: str = "") -> Study:
        return self._library.study_of(chosen, live.about.get("trial", ""))

    def _whom(self, live: Conversation) -> said.Whom:
        settings, country = self._settings, live.about.get("country", "")
        emergency = self._library.lines_of(country, settings.country).emergency
        return said.Whom(settings.contact_phone or settings.hospital_line, emergency)


class _Turn:
    """A turn that can be undone: the dialogue is again what it was before."""

    def __init__(self, live: Conversation, processor: MessageProcessor, message: UserMessage) -> None:
        self.message = message
        self._live, self._processor = live, processor
        self.settle()

    async def take(self, text: str | None) -> Replies:
        """What is replied to ``text``."""
        replies, message = Replies(), self.message
        await self._processor.handle_message(UserMessage(text, replies, message.sender_id, metadata=message.metadata))
        return replies

    def settle(self) -> None:
        """What is stored now is what ``undo`` goes back to."""
        self._before = self._live.dialogue

    def undo(self) -> None:
        """As if nothing had been said since."""
        # A turn that was given up has stored nothing, and another may have stored meanwhile.
        if not is_abandoned():
            self._live.dialogue = self._before

    async def questionnaire(self) -> Questionnaire | None:
        """The questionnaire that the family is in the middle of."""
        kept = (await self._processor.get_tracker(self.message.sender_id)).get_slot("questionnaire")
        found = Questionnaire.from_json(kept) if kept else None
        return found if found and found.stage in (Stage.ASKING, Stage.REVIEW) else None

    async def in_danger(self) -> bool:
        """True while danger lasts."""
        return bool((await self._processor.get_tracker(self.message.sender_id)).get_slot("danger_lasts"))


def without_offers(messages: Iterable[Message]) -> list[Message]:
    """``messages`` without the buttons that lead into the questionnaire."""
    return [replace(one, buttons=[button for button in one.buttons if not button["payload"].startswith(_OFFERS)]) for one in messages]


def _beside_study(messages: Iterable[Message], *, everything: bool) -> list[Message]:
    """What may be said while a study is off; while ``everything`` is, only what is said to danger."""
    if everything:
        return [one for one in messages if one.kind == "safety" and one.topic in _OF_DANGER]
    return [one for one in messages if _leads_elsewhere(one) or (one.kind not in _ABOUT_A_STUDY and one.topic not in _INVITING)]


def _leads_elsewhere(message: Message) -> bool:
    """True for a reply that offers another study."""
    return any(button["payload"].startswith("/switch_study") for button in message.buttons)


def _beside_questionnaire(messages: Iterable[Message]) -> list[Message]:
    """What may be said while the questionnaire is off."""
    return [one for one in messages if one.topic != START or one.kind == "cancelled"]


def _name(notice: Notice) -> str:
    return f"{notice.begins} {notice.text}"


def _again(live: Conversation, name: str) -> int:
    """How often ``name`` was told before; it is told now."""
    live.told[name] += 1
    return live.told[name] - 1
