"""How danger goes on: from the alarm until the family says that it is over. Knows neither Rasa nor sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from trialog.content.replies.safety import ENDED, LET_BE

# What somebody does who asks or tells nothing that has a reply of its own.
ELSE = "else"

# What people also do who were never in danger: an alarm that was doubtful stays so.
CONFIRMS_NOTHING = (ELSE, "ok", "feeling", "secret", "bye", "what_to_do", "alone")

# What our reply to something else asks: if everyone is safe.
SAFE = "safe"

# What a "yes" and a "no" mean, by what was asked.
_YES = {SAFE: "over", "company": "help_coming", "help": "help_coming", "taken": "worse", "there": "over"}
_NO = {"company": "alone", "help": "no", "taken": "ok", "there": "waiting"}

# What our replies ask, by danger and reply; a reply that is not here asks nothing.
_ASKS = {
    **{("emergency", says): asked for says, asked in {"ok": "help", "mean_it": "help", ELSE: SAFE, "waiting": "there"}.items()},
    **{("crisis", says): asked for says, asked in {"ok": "company", "bye": "company", "amount": "taken", ELSE: SAFE}.items()},
    ("crisis", "waiting"): "there",
}


@dataclass(frozen=True)
class Alarm:
    """Which danger it is ("emergency" or "crisis"), whether help is on its way, and what our last reply asked.

    ``doubtful`` is True where unsure opinions raised the alarm and nothing has confirmed it; ``taken`` where something was swallowed or
    given that may harm later: it is not over because somebody looks well.
    """

    danger: str
    helped: bool = False
    asked: str = ""
    doubtful: bool = False
    taken: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain data for a slot."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> Alarm | None:
        """The alarm that ``to_json`` wrote; None where there was none."""
        return cls(**data) if data else None

    def take(self, does: Sequence[str], alarmed: str | None = None, asks_on: bool = False) -> Step:
        """What follows on a message that ``does`` one thing or several; ``alarmed`` is the danger it was taken for by itself.

        ``asks_on`` is True where it surely is a question about the study.
        """
        if alarmed not in (None, self.danger):
            # Who thinks of death and is hurt, too, stays in a crisis: both numbers are told there.
            return self._says("alarm", danger="crisis" if self.danger == "crisis" else str(alarmed), told=str(alarmed))
        goes_on = "go_on" in does
        meant = [self._meant(act) for act in does if act != "go_on"]
        if self.taken and not self.helped:
            meant = ["refuse" if act == "over" else act for act in meant]
        ended = next((act for act in meant if act in ENDED), None)
        # "It stopped, but now she is blue" ends nothing, nor does what is danger by itself; "false alarm, she is up to it again" does.
        if ended and not alarmed and ("worse" not in meant or ended == "false_alarm"):
            return Step(None, self.danger, ended, goes_on)
        if goes_on and (self.helped or "help_coming" in meant):
            return Step(None, self.danger, "over", True)
        says = next((act for act in meant if act not in (ELSE, *ENDED)), None)
        is_else = says is None or (says == "ok" and asks_on)
        if is_else and self.doubtful and not alarmed and (self.asked == SAFE or (asks_on and self.danger == "emergency")):
            # Who was never in danger must not be kept in it: they ask about the study, or speak of something else again.
            return Step(None, self.danger, LET_BE, goes_on)
        if says is None:
            says = "worse" if alarmed else "waiting" if self.helped else ELSE
        return self._says(says, helped=self.helped or says == "help_coming")

    def _meant(self, act: str) -> str:
        """A "yes" or "no" answers what was asked."""
        if act == "yes":
            return _YES.get(self.asked, "ok")
        return _NO.get(self.asked, "no") if act == "no" else act

    def _says(self, says: str, danger: str = "", helped: bool = False, told: str = "") -> Step:
        asked = _ASKS.get((self.danger, says), "")
        now = replace(self, danger=danger or self.danger, helped=helped, asked=asked, doubtful=self.doubtful and says in CONFIRMS_NOTHING)
        return Step(now, told or now.danger, says)


@dataclass(frozen=True)
class Step:
    """What a message changes: ``alarm`` is None when danger is over; ``says`` names the reply for ``danger``.

    ``goes_on`` is True when the family wants to take up again what waited.
    """

    alarm: Alarm | None
    danger: str
    says: str
    goes_on: bool = False
