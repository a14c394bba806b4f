"""Signs of danger and harmless frames around them, found in a text.

The phrases are data (content/general/danger.yml). A sign counts where it stands in a clause without a harmless frame
("what if", "last year", "no fever"); a message is harmless where such a frame stands in each of its clauses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from trialog.content.general import Danger
from trialog.language.manner import SIGNS
from trialog.language.phrases import PhraseMatcher
from trialog.language.sentences import clauses_in
from trialog.nlu.evidence import CRISIS, EMERGENCY, DangerEvidence, Sign

# Somebody who takes their life is in both: the crisis reply names the emergency number, too.
_FIRST = (CRISIS, EMERGENCY)

# What a label of a phrase begins with.
_SIGN, _CALM, _URGENT = "sign", "calm", "urgent"


class DangerFinder:
    """Judges a text by the phrases of the content."""

    def __init__(self, danger: Danger) -> None:
        # All phrases are looked for at once; a label says of which kind they are.
        signs = {_label(_SIGN, name, group): texts for name in _FIRST for group, texts in danger.groups(_kind(name)).items()}
        frames = {_label(_CALM, group): texts for group, texts in danger.calm.items()}
        self._phrases = PhraseMatcher({**signs, **frames, _URGENT: danger.urgent}, SIGNS, danger.lists)
        self._signs = [
            (_label(_SIGN, name, group), Sign(name, group), _label(_CALM, group if group in danger.calm else _kind(name)))
            for name in _FIRST
            for group in danger.groups(_kind(name))
        ]

    def evidence(self, text: str, opinion: Mapping[str, float]) -> DangerEvidence:
        """What the phrases say about ``text``, beside the danger model's ``opinion`` of it."""
        clauses = [self._phrases.labels_in(clause) for clause in clauses_in(text)]
        sign, urgent = self._sign(clauses), any(_URGENT in found for found in clauses)
        calm = tuple(name for name in _FIRST if all(_label(_CALM, _kind(name)) in found for found in clauses))
        return DangerEvidence(opinion, sign, () if sign or urgent else calm, urgent, len(text.split()))

    def sign_in(self, text: str) -> Sign | None:
        """The sign of danger that stands in one clause of ``text`` without a harmless frame; None if none does."""
        return self._sign([self._phrases.labels_in(clause) for clause in clauses_in(text)])

    def _sign(self, clauses: Sequence[AbstractSet[str]]) -> Sign | None:
        found = (sign for label, sign, calm in self._signs if any(label in clause and calm not in clause for clause in clauses))
        return next(found, None)


def _kind(danger: str) -> str:
    """As the content calls it: "crisis"."""
    return danger.partition("/")[2]


def _label(*parts: str) -> str:
    return " ".join(parts)
