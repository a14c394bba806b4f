"""How names and house numbers look: the built-in names that phrases of personal data may use.

No model knows names: a name is a word with a capital in a place where names stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from trialog.language.manner import Token
from trialog.language.patterns import Slots

_CAPITAL = r"^[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]*[a-zß-öø-žа-я]"
_WORD = r"^[^\W\d][\w'’-]+$"
_INITIAL = r"^[A-Z]\.$"
_INITIALS = r"^(?:[A-Z]\.){2,}$"
_HOUSE = r"^\d{1,4}[a-zA-Z]?$"


def name_slots(no_names: Collection[str], particles: Iterable[str]) -> Slots:
    """``no_names``: words that are nobody's name, whatever their place; ``particles`` stand between the parts of a name ("van")."""
    no_name = {"LOWER": {"NOT_IN": sorted(no_names)}}
    name: Token = {"TEXT": {"REGEX": _CAPITAL}, **no_name}
    particle: Token = {"LOWER": {"IN": list(particles)}, "OP": "{0,2}"}
    return {
        "name": [name],
        "full_name": [name, particle, name],
        "word": [{"TEXT": {"REGEX": _WORD}, **no_name}],
        "initial": [{"TEXT": {"REGEX": _INITIAL}}],
        "initials": [{"TEXT": {"REGEX": _INITIALS}}],
        "house_number": [{"TEXT": {"REGEX": _HOUSE}}],
    }
