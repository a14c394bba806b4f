"""Signs of danger and harmless frames around them, found in a text.

The phrases are data (content/general/danger.yml). A sign counts where it stands in a clause without a harmless frame
("what if", "last year", "no fever"); a message is harmless where such a frame stands in each of its clauses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trialog.content.general import Danger
from trialog.language.manner import SIGNS
from trialog.language.phrases import PhraseMatcher
from trialog.language.sentences import clauses_in
from trialog.nlu.evidence import CRISIS, EMERGENCY, DangerEvidence, Sign

# Somebody who takes their life is in both: the crisis reply names the emergency number, too.
_FIRST = (CRISIS, EMERGENCY)


class DangerFinder:
    """Judges a text by the phrases of the content."""

    def __init__(self, danger: Danger) -> None:
        frames = {group: self._matcher(phrases, danger) for group, phrases in danger.calm.items()}
        self._calm = {name: frames[name.partition("/")[2]] for name in _FIRST}
        self._signs = {
            name: [
                (group, self._matcher(signs, danger), frames.get(group, self._calm[name]))
                for group, signs in danger.groups(name.partition("/")[2]).items()
            ]
            for name in _FIRST
        }
        self._urgent = self._matcher(danger.urgent, danger)

    @staticmethod
    def _matcher(phrases: Sequence[str], danger: Danger) -> PhraseMatcher:
        return PhraseMatcher({"sign": phrases}, SIGNS, danger.lists)

    def evidence(self, text: str, opinion: Mapping[str, float]) -> DangerEvidence:
        """What the phrases say about ``text``, beside the danger model's ``opinion`` of it."""
        sign = self.sign_in(text)
        harmless_for = () if sign else tuple(danger for danger in _FIRST if self.is_harmless(text, danger))
        return DangerEvidence(opinion, sign, harmless_for, self.is_urgent(text), len(text.split()))

    def sign_in(self, text: str) -> Sign | None:
        """The sign of danger that stands in one clause of ``text`` without a harmless frame; None if none does."""
        clauses = clauses_in(text)
        for danger in _FIRST:
            for group, signs, calm in self._signs[danger]:
                if any(signs.stand_in(clause) and not calm.stand_in(clause) for clause in clauses):
                    return Sign(danger, group)
        return None

    def is_harmless(self, text: str, alarm: str) -> bool:
        """True if every clause of ``text`` has a harmless frame for ``alarm`` and nobody cries for help."""
        return all(map(self._calm[alarm].stand_in, clauses_in(text))) and not self.is_urgent(text)

    def is_urgent(self, text: str) -> bool:
        """True if somebody cries for help."""
        return any(map(self._urgent.stand_in, clauses_in(text)))
