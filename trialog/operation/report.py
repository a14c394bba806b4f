"""The weekly page for staff: what families asked and did not get, without a word of theirs and without small numbers."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from trialog.operation.counts import Asked, Begun, Clear, Counted, Step
from trialog.operation.metrics import LEAST_SHOWN

K = TypeVar("K", bound=Hashable)

# Rows of one table; what comes after them is summed up.
MOST_ROWS = 15

OTHERS = "All others"

LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "nl": "Dutch",
    "de": "German",
    "fr": "French",
    "tr": "Turkish",
    "ar": "Arabic",
    "es": "Spanish",
    "it": "Italian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "uk": "Ukrainian",
}
CHANNELS: Mapping[str, str] = {"web": "On the web page", "kiosk": "At the kiosk", "cli": "At the command line"}
CONTEXTS: Mapping[str, str] = {"first": "First message", "after": "Later message", "questionnaire": "In the questions"}
BANDS: Mapping[str, str] = {"sure": "sure", "likely": "fairly sure", "unsure": "not sure", "button": "by a button"}
REASONS: Mapping[str, str] = {
    "hard_words": "hard words",
    "not_my_question": "not what was asked",
    "too_little": "too little",
    "none": "no reason given",
}
ENDS: Mapping[str, str] = {
    "begun": "Begun",
    "finished": "Finished, with a result",
    "stopped": "Stopped by the family",
    "left": "Left without a word",
    "switched_off": "Ended because it was switched off",
}

_TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined)


@dataclass(frozen=True)
class Row:
    """One line of a table, with the length of its bar in percent of the longest."""

    name: str
    number: int
    percent: int


@dataclass(frozen=True)
class Table:
    """One question that the page answers."""

    id: str
    title: str
    about: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Titles:
    """How a topic, and a question of the questionnaire of a study, are called."""

    topic: Callable[[str], str]
    step: Callable[[str, str], str]


@dataclass(frozen=True)
class Report:
    """What was counted from ``first`` to ``last``."""

    first: date
    last: date
    tables: tuple[Table, ...]

    def as_html(self) -> str:
        """One page that needs nothing else."""
        return _TEMPLATES.get_template("report.html").render(report=self, least=LEAST_SHOWN)

    def as_csv(self) -> str:
        """The same for a spreadsheet."""
        text = io.StringIO()
        rows = csv.writer(text)
        rows.writerow(("from", "until", "table", "name", "number"))
        rows.writerows((self.first, self.last, table.id, row.name, row.number) for table in self.tables for row in table.rows)
        return text.getvalue()


def report_of(counted: Counted, first: date, last: date, titles: Titles) -> Report:
    """The page about what was ``counted``."""
    asked = [(event, day, number) for (day, event), number in counted.items() if isinstance(event, Asked)]
    tables = (*_in_short(counted), *_topics(asked, titles), *_clear(counted, titles), *_questionnaire(counted, titles), *_around(asked))
    return Report(first, last, (*tables, _days(asked, first, last)))


_AskedRows = list[tuple[Asked, date, int]]


def _in_short(counted: Counted) -> Iterator[Table]:
    begun = sum(number for (_, event), number in counted.items() if isinstance(event, Begun))
    asked = Counter(dict.fromkeys(("answer", "not_on_page", "asked_back", "safety"), 0))
    for (_, event), number in counted.items():
        if isinstance(event, Asked):
            asked[event.kind] += number
    names = {"answer": "Answered from the page", "not_on_page": "The page does not say", "asked_back": "Not understood, asked back"}
    names |= {"safety": "Danger, worry, personal details", "switched_off": "Not answered, because it was switched off or not approved"}
    told = Counter({"Conversations": begun} | {name: asked[kind] for kind, name in names.items()})
    yield Table("in_short", "In short", "Conversations, and what became of the messages in them.", _rows(told, others=False))


def _topics(asked: _AskedRows, titles: Titles) -> Iterator[Table]:
    def by_topic(*kinds: str) -> tuple[Row, ...]:
        return _rows(_summed((titles.topic(event.topic), number) for event, _, number in asked if event.kind in kinds))

    yield Table("asked", "What was asked most", "Questions about the study, answered or not.", by_topic("answer", "not_on_page"))
    about = "The assistant said that the page does not tell this, and gave a question to take to the doctor. What stands first here is "
    yield Table("not_on_page", "What the page does not answer", about + "worth a sentence on the page.", by_topic("not_on_page"))
    about = "The message was not understood. It was likeliest about this, which may be wrong: try such questions in `trialog chat`."
    yield Table("asked_back", "What was not understood", about, by_topic("asked_back"))
    title = "What was asked while it was switched off, or not approved"
    yield Table("switched_off", title, "It got a kind sentence only.", by_topic("switched_off"))
    about = "These have replies of their own: danger, worry, prognosis, personal details."
    yield Table("safety", "Danger and worry", about, by_topic("safety"))
    yield Table("beside", "What cannot be answered here", "Another subject, or another language: it was said kindly.", by_topic("fallback"))


def _clear(counted: Counted, titles: Titles) -> Iterator[Table]:
    presses = [(event, number) for (_, event), number in counted.items() if isinstance(event, Clear)]
    total = _summed(({"yes": "Clear", "no": "Not clear"}[event.clear], number) for event, number in presses)
    yield Table("helped", "Was this clear?", "Some families press a button under an answer.", _rows(total))
    unclear = (
        (f"{titles.topic(event.topic)}: {REASONS.get(event.reason, event.reason)}", number)
        for event, number in presses
        if event.clear == "no"
    )
    yield Table("unclear", "Which answers were not clear", "With the reason that was chosen.", _rows(_summed(unclear)))


def _questionnaire(counted: Counted, titles: Titles) -> Iterator[Table]:
    steps = [(event, number) for (_, event), number in counted.items() if isinstance(event, Step)]
    ends = _summed((ENDS.get(event.how, event.how), number) for event, number in steps)
    yield Table("questionnaires", "The questions about the published points", "How they ended.", _rows(ends))
    left = _summed((titles.step(event.study, event.step), number) for event, number in steps if event.how in ("stopped", "left"))
    yield Table("left", "Where the questions were left", "The question that was open when a family stopped, or went away.", _rows(left))


def _around(asked: _AskedRows) -> Iterator[Table]:
    languages = _summed((LANGUAGES.get(event.language, event.language), number) for event, _, number in asked)
    yield Table("languages", "Languages", "In which messages were typed, as far as it was recognised.", _rows(languages))
    channels = _summed((CHANNELS.get(event.channel, event.channel), number) for event, _, number in asked)
    yield Table("channels", "Where it was asked", "Messages by place.", _rows(channels))
    where = _summed(
        (f"{CONTEXTS.get(event.context, event.context)}, {BANDS.get(event.band, event.band)}", number) for event, _, number in asked
    )
    yield Table("certainty", "How sure the assistant was", "Messages by where they stood in the conversation.", _rows(where))


def _days(asked: _AskedRows, first: date, last: date) -> Table:
    """In the order of the days; one with few messages stands with none."""
    by_day = _summed((day, number) for _, day, number in asked)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    told = [(f"{day:%A} {day}", by_day[day] if by_day[day] >= LEAST_SHOWN else 0) for day in days]
    return Table(
        "days", "Messages by day", f"A day with fewer than {LEAST_SHOWN} shows none.", _with_bars(told) if any(by_day.values()) else ()
    )


def _summed(pairs: Iterable[tuple[K, int]]) -> Counter[K]:
    found: Counter[K] = Counter()
    for name, number in pairs:
        found[name] += number
    return found


def _rows(counted: Counter[str], *, others: bool = True) -> tuple[Row, ...]:
    """The largest first; small ones are summed up with what does not fit, and left out where that is small, too."""
    large = [(name, number) for name, number in counted.most_common() if number >= LEAST_SHOWN]
    rest = sum(counted.values()) - sum(number for _, number in large[:MOST_ROWS])
    return _with_bars([*large[:MOST_ROWS], *([(OTHERS, rest)] if others and rest >= LEAST_SHOWN else [])])


def _with_bars(told: list[tuple[str, int]]) -> tuple[Row, ...]:
    """A bar beside each number; a sum of small ones would dwarf all others, so it has none."""
    longest = max((number for name, number in told if name != OTHERS), default=0) or 1
    return tuple(Row(name, number, 0 if name == OTHERS else round(100 * number / longest)) for name, number in told)
