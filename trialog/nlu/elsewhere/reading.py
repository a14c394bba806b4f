"""Whether a message is in another language, and what it says then."""

from __future__ import annotations

import unicodedata

from trialog.nlu.elsewhere.language import ENGLISH, Languages
from trialog.nlu.elsewhere.model import ElsewhereModel
from trialog.nlu.evidence import FOREIGN, ElsewhereEvidence, Ranking, TopicEvidence
from trialog.nlu.ranking import danger_share, without_danger

# The letters alone take one English message in forty for another language, and the topics alone miss one foreign one in eight:
# where only the letters say so, they must be as sure as this, and the topics must have thought of it, too.
SURE_LETTERS, HINT = 0.95, 0.05

# Where danger leaves no room for a hint, letters alone must be surer: of 844 dangers in English two reach 0.98, and none this.
SURER_LETTERS = 0.99


def read_elsewhere(text: str, topics: TopicEvidence, model: ElsewhereModel, languages: Languages) -> ElsewhereEvidence | None:
    """What ``text`` says if it seems not to be in English; None if it is English."""
    language = language_of(text, topics.whole, languages)
    if not language:
        return None
    ranking, danger = model.read(text)
    return ElsewhereEvidence(language, ranking, danger)


def _is_latin(text: str) -> bool:
    """True if most letters are those of English: Russian and Ukrainian are hard to tell apart, and neither is English."""
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters) >= len(letters)


def language_of(text: str, ranking: Ranking, languages: Languages) -> str | None:
    """The language of ``text`` (``other`` if it has no reply); None for English."""
    # Danger is read in any language; what else it is says which.
    has_no_room = danger_share(ranking) > 1 - HINT
    ranking = without_danger(ranking)
    foreign = dict(ranking).get(FOREIGN, 0.0)
    if foreign < HINT and not has_no_room:
        return None
    code, share = languages.of(text)
    least = SURE_LETTERS if foreign >= HINT else SURER_LETTERS
    by_letters = code != ENGLISH and (share >= least or not _is_latin(text))
    return languages.not_english(text) if ranking[0][0] == FOREIGN or by_letters else None
