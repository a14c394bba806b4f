"""Which language a text is in, as far as its letters tell."""

from __future__ import annotations

from functools import cached_property

from py3langid.langid import MODEL_FILE
from py3langid.langid import LanguageIdentifier as LangId

from trialog.operation.memory import give_memory_back

ENGLISH = "en"

# Languages that have replies of their own.
REPLIES = ("nl", "de", "fr", "es", "it", "pl", "tr", "ar", "uk", "pt", "ru")

# More that must not be taken for one of them.
OTHERS = ("ro", "zh", "hi", "so", "fa", "el")

# Letters that only one of two languages has that are spelled much alike.
_OWN_LETTERS = {"uk": "іїєґ", "ru": "ыэёъ"}

# Given when the language is none of those that have a reply of their own.
OTHER = "other"


class Languages:
    """Tells languages apart; what it needs is loaded with the first text, and takes 9 MB."""

    @cached_property
    def _identifier(self) -> LangId:
        identifier = LangId.from_pickled_model(MODEL_FILE, norm_probs=True)
        identifier.set_languages([ENGLISH, *REPLIES, *(code for code in OTHERS if code in identifier.nb_classes)])
        give_memory_back()
        return identifier

    def of(self, text: str) -> tuple[str, float]:
        """The likeliest language (ISO 639-1), English among them, and its probability."""
        code, share = self._identifier.classify(text)
        return _by_its_letters(text, str(code)), float(share)

    def not_english(self, text: str) -> str:
        """The likeliest language of a ``text`` that is known not to be English; ``other`` if it has no reply."""
        ranking = self._identifier.rank(text)
        code = _by_its_letters(text, next(str(code) for code, _ in ranking if code != ENGLISH))
        return code if code in REPLIES else OTHER


def _by_its_letters(text: str, code: str) -> str:
    """``code``, or its neighbour if ``text`` has letters of the neighbour and none of its own."""
    found = [language for language, letters in _OWN_LETTERS.items() if set(text.lower()) & set(letters)]
    return found[0] if code in _OWN_LETTERS and len(found) == 1 else code
