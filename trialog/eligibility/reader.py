"""Reads a message against the criteria of a study: the reply to the open question, and whatever else it states."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from trialog.content.criteria import DECLINED, UNKNOWN, Criterion, Interview, Kind
from trialog.eligibility.choices import ChoiceReader
from trialog.eligibility.commands import SELF, Phrases, straight
from trialog.eligibility.verdicts import age_answer, is_vague
from trialog.language.ages.reading import Age, find_ages, read_age
from trialog.language.manner import ANSWERS
from trialog.language.notation import literal
from trialog.language.phrases import PhraseMatcher


class Reader:
    """Reads what families type, for the criteria of one study. Made once a study: it builds its matchers."""

    def __init__(self, criteria: Mapping[str, Criterion], interview: Interview) -> None:
        self._criteria = criteria
        self.phrases = Phrases(interview)
        self._choices = {c.id: ChoiceReader(c, interview) for c in criteria.values() if c.kind != Kind.AGE}
        self._titles = PhraseMatcher(
            {criterion.id: (literal(criterion.title), *criterion.named) for criterion in criteria.values()}, ANSWERS
        )
        self._open = PhraseMatcher({label: interview.phrases[label] for label in (UNKNOWN, DECLINED)}, ANSWERS)

    def answer(self, criterion: str, text: str, today: date, yes_no: bool = True) -> str | None:
        """The answer in ``text`` to the question about ``criterion``; None if it holds none.

        ``yes_no`` is False where a bare yes or no would answer nothing ("which disease?").
        """
        if reader := self._choices.get(criterion):
            return reader.answer(straight(text), yes_no)
        age = read_age(straight(text), today)
        left_open = self._open.find(straight(text))
        return age_answer(age.least, age.most) if age else left_open[0].label_ if left_open else None

    def stated(self, text: str, today: date, bare: bool = False) -> dict[str, str]:
        """Every clear answer that ``text`` gives without being asked, by criterion; a ``bare`` number is an age, too."""
        found = {name: reader.stated(straight(text)) for name, reader in self._choices.items()}
        # "That last one was wrong" is about no age of one year.
        is_number = bare and any(character.isdigit() for character in text)
        age = self._stated_age(straight(text), today) or (read_age(straight(text), today) if is_number else None)
        found |= {name: age_answer(age.least, age.most) for name in self._criteria if age and name not in self._choices}
        return {name: answer for name, answer in found.items() if answer and self._is_clear(name, answer)}

    def _stated_age(self, text: str, today: date) -> Age | None:
        """The age that ``text`` gives outright ("she is 9"), not a bare number, and not that of a grown-up who writes."""
        outright = [found for found in find_ages(text, today) if found.explicit]
        if self.phrases.person(text) not in (None, SELF):
            outright = [found for found in outright if not found.speaker]
        return (read_age(text, today) or outright[-1].age) if outright else None

    def named(self, text: str) -> list[str]:
        """The criteria that ``text`` calls by their titles, each once."""
        return list(dict.fromkeys(span.label_ for span in self._titles.find(straight(text))))

    def _is_clear(self, criterion: str, answer: str) -> bool:
        return answer not in (UNKNOWN, DECLINED) and not is_vague(self._criteria[criterion], answer)
