"""What is said when no turn can say it: made at the start, when nothing is broken, for each country.

Signs of danger are looked for in a thread of their own, so that an emergency is answered whatever waits, hangs or breaks.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import queue
import sys
import threading
from collections.abc import Mapping, Sequence

from trialog.assistant.message import Message
from trialog.assistant.reading import shortened
from trialog.content.deployment import Deployment
from trialog.content.model import DANGER
from trialog.content.replies.reply import Reply
from trialog.content.replies.safety import broken, safety
from trialog.content.wording import Variation, Wording
from trialog.nlu.danger.signs import DangerFinder
from trialog.nlu.evidence import DangerEvidence
from trialog.operation import faults

# Somebody in an emergency writes no more at once. What has more characters is not even looked at: others may wait for the look.
WORDS_OF_A_CRY, CHARACTERS_OF_A_CRY = 12, 200

# Longer than any message.
_LAST = sys.maxsize


class Standby:
    """The replies, by the country whose help lines they name; the empty one stands for the configured country."""

    def __init__(self, responses: Mapping[str, Sequence[Variation]], deployment: Deployment, finder: DangerFinder) -> None:
        self._finder = finder
        # By length, then in the order in which they came.
        self._waiting: queue.PriorityQueue[tuple[int, int, str, asyncio.Future[DangerEvidence | None] | None]] = queue.PriorityQueue()
        self._number = itertools.count()
        threading.Thread(target=self._read, name="danger", daemon=True).start()
        library, settings, wording = deployment.library, deployment.settings, Wording(responses)
        lines = {country: library.lines_of(country, settings.country) for country in ("", *library.help_lines)}
        self._broken = {country: _message(wording, broken(numbers)) for country, numbers in lines.items()}
        self._danger = {
            (danger, country): _message(wording, safety(danger.partition("/")[2], numbers, settings.hospital_line))
            for country, numbers in lines.items()
            for danger in DANGER
        }

    async def reply_to_danger(self, text: str, country: str) -> Message | None:
        """What a sign of danger in ``text`` is answered with; None where there is none. What is short goes first."""
        evidence = await self._evidence(text)
        return self._danger[evidence.sign.danger, country] if evidence and evidence.sign else None

    async def reply_to_cry(self, text: str, country: str) -> Message | None:
        """As ``reply_to_danger``, where somebody cries for help: a long story holds signs that may be long over."""
        evidence = await self._evidence(text) if len(text) <= CHARACTERS_OF_A_CRY else None
        if evidence is None or evidence.sign is None or not (evidence.urgent or evidence.length <= WORDS_OF_A_CRY):
            return None
        return self._danger[evidence.sign.danger, country]

    async def _evidence(self, text: str) -> DangerEvidence | None:
        found: asyncio.Future[DangerEvidence | None] = asyncio.get_running_loop().create_future()
        self._waiting.put((len(text), next(self._number), text, found))
        return await found

    def is_grave(self, clause: str) -> bool:
        """True if a sign of danger stands in ``clause``."""
        return self._finder.sign_in(clause) is not None

    def close(self) -> None:
        """End the thread once it has looked at what still waits."""
        self._waiting.put((_LAST, next(self._number), "", None))

    def _read(self) -> None:
        """One message after the other, until ``close``."""
        while True:
            *_, text, found = self._waiting.get()
            if found is None:
                return
            evidence = None
            try:
                evidence = self._finder.evidence(shortened(text, self.is_grave), {})
            except Exception as error:
                faults.report("standby", error)
            with contextlib.suppress(RuntimeError):  # the server has stopped meanwhile
                found.get_loop().call_soon_threadsafe(_settle, found, evidence)

    def broken(self, country: str) -> Message:
        """The reply to a turn that failed."""
        return self._broken[country]


def _message(wording: Wording, reply: Reply) -> Message:
    variation, text = next(wording.texts(reply))
    about = variation.get("custom") or {}
    return Message(text, about.get("kind", "fallback"), about.get("topic"))


def _settle(found: asyncio.Future[DangerEvidence | None], evidence: DangerEvidence | None) -> None:
    if not found.done():
        found.set_result(evidence)
