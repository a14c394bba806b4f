"""How a text is read, and how the words of phrases are compared with it. Each file of phrases has one manner.

There are two ways to read a text, because one does not serve both. Beside answers and names, marks and capitals tell something
("cd22 -", "Mr. Haugen"), so spaCy's English tokenizer reads them. Danger is told at night and in haste, without apostrophes and with
commas everywhere, so only the words of a sentence are read, and "can't", "cant" and "CAN'T" are the same.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from trialog.language.vocabulary import pipeline

Token = dict[str, Any]

# As spaCy takes "don't", "dont" and "cannot" apart.
NEGATORS = ("not", "n't", "nt", "n’t", "never", "without", "no", "nor", "neither")

# Stands before the first word of a text that is read by its words alone.
_BEGINNING = "^"
BEGINNING: Token = {"LOWER": _BEGINNING}

# No word is that long; spaCy's tokenizer takes seconds over thousands of marks in a row.
_NO_WORD = re.compile(r"\S{61,}")

# "dont" is a slip for "don't"; "cant" and "wont" are, too. Alone, "n't" stands in phrases.
_SHORTENED = re.compile(
    r"\b(do|does|did|is|was|has|have|had|are|were|would|could|should|ca|can|wo|ai|might|must|need)(?:n'?t|(?<=can)not)\b", re.IGNORECASE
)
_WHOLE = {"ca": "can", "wo": "will", "ai": "is"}

# "CD19+/CD22-" are two.
_POSSIBLE = re.compile(r"(?<!\S)\?(?=[A-Za-z])")
_SIGNED = re.compile(r"\s*([+–-])\s?ve\b", re.IGNORECASE)
_JOINED_SIGNS = re.compile(r"(?<=[+±-])/(?=[A-Za-z])")

_WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")
_READ = re.compile(r"(?:[^\W_]|['’])+|\d+[.,]\d+")


@dataclass(frozen=True, eq=False)
class Manner:
    """How the texts of one kind are read, and the words of phrases compared with them.

    by_sentence    only the words of one sentence are read, and its beginning is known; else spaCy's English tokens of any text
    attribute      what of a token is compared: LOWER, or TEXT for letter by letter
    typing_errors  longer words are found through typing errors without being marked by "~"
    gap            what a token must be to stand in a gap
    spelt_out      "isn't", "isnt" and "cannot" are read as "is not" and "can not"
    """

    by_sentence: bool = False
    attribute: str = "LOWER"
    typing_errors: bool = False
    gap: Token = field(default_factory=dict)
    spelt_out: bool = False

    @property
    def language(self) -> str:
        """The language, as spaCy calls it, that texts are read in; "xx" is any."""
        return "xx" if self.by_sentence else "en"

    def doc(self, nlp: Language, text: str) -> Doc:
        """``text`` as phrases are looked for in it."""
        if self.by_sentence:
            return Doc(nlp.vocab, words=[_BEGINNING, *words(text)])
        shown = spell_out(text) if self.spelt_out else text
        return nlp.make_doc(_NO_WORD.sub(lambda run: " " * len(run[0]), shown))

    def words_of_phrase(self, text: str) -> list[str]:
        """The words of a phrase's ``text`` as ``doc`` reads them; none if it holds a sign that ``doc`` leaves out."""
        if self.by_sentence:
            return words(text) if _READ.fullmatch(text) else []
        return list(_tokens(self.language, spell_out(text) if self.spelt_out else text))

    def word_of_list(self, text: str) -> list[str]:
        """A list's ``text`` as ``doc`` reads it. Part of a spaCy token ("'m") is not taken apart as it would be alone."""
        return self.words_of_phrase(text) if self.by_sentence else text.split()


# Phrases share most of their words. Only what the content is written in is kept here.
@lru_cache(maxsize=8192)
def _tokens(language: str, text: str) -> tuple[str, ...]:
    return tuple(token.text for token in pipeline(language).make_doc(text))


def spell_out(text: str) -> str:
    """``text`` with straight quotes, the signs of two markers apart, and "not" for every shortened one: "isn't", "cannot", "ain't".

    Clinicians' signs are words, too: "?relapse" is a possible one, "-ve" is negative.
    """
    straight = _POSSIBLE.sub("possible ", text.replace("’", "'").replace("‘", "'"))
    straight = _SIGNED.sub(lambda found: " negative" if found[1] in "-–" else " positive", straight)
    apart = _JOINED_SIGNS.sub(" / ", straight)
    return _SHORTENED.sub(lambda found: f"{_WHOLE.get(found[1].lower(), found[1])} not", apart)


def words(text: str) -> list[str]:
    """The words and numbers of ``text`` in small letters, without accents and apostrophes."""
    letters = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in "'’‘`´")
    return _WORD.findall(plain)


# What families answer, and the words they ask about. A gap holds no "not": it is what "not tested ... cd22" says of "cd22 ... positive".
_NO_DENIAL: Token = {"LOWER": {"NOT_IN": [*NEGATORS, "but"]}, "IS_PUNCT": False}
ANSWERS = Manner(typing_errors=True, gap=_NO_DENIAL, spelt_out=True)

# What turns an answer: read beside it, but letter by letter, for "though" is no "thought".
CUES = Manner(gap=_NO_DENIAL, spelt_out=True)

# Letter by letter, capitals included.
EXACT = Manner(attribute="TEXT")

# As it is written, in any case: what stands around names and addresses, and what a follow-up asks about.
PLAIN = Manner()

# Danger.
SIGNS = Manner(by_sentence=True)
