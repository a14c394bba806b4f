"""The study a message is about, and what is made for one study: nothing of another one is looked for in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

from rasa.shared.nlu.training_data.message import Message

from trialog.content.model import Library, Study
from trialog.eligibility.reader import Reader

T = TypeVar("T")


def study_at_hand(message: Message, library: Library) -> Study:
    """The study of the conversation that ``message`` is said in, as its metadata name it; without any, the default one."""
    return library.study_of(str((message.get("metadata") or {}).get("trial") or ""))


class ForStudies(Generic[T]):
    """What ``make`` makes of a study, made when the study is first talked about: a hospital may have hundreds."""

    def __init__(self, make: Callable[[Study], T], library: Library) -> None:
        self._make, self._library = make, library
        self._made: dict[str, T] = {}
        # The first family of the day shall not wait for it.
        self.of(library.study_of())

    def of(self, study: Study) -> T:
        """What was made of ``study``."""
        if study.id not in self._made:
            self._made[study.id] = self._make(study)
        return self._made[study.id]

    def at_hand(self, message: Message) -> tuple[Study, T]:
        """The study ``message`` is about, and what was made of it."""
        study = study_at_hand(message, self._library)
        return study, self.of(study)


# By the number of their library, as long as somebody has them.
_readers: WeakValueDictionary[int, ForStudies[Reader]] = WeakValueDictionary()


def readers_of(library: Library) -> ForStudies[Reader]:
    """The readers of the studies of ``library``: whatever reads what families tell has the same, for each takes half a second to make."""
    readers = _readers.get(id(library))
    if readers is None:
        # They hold the library, so no other one has its number as long as they are there.
        readers = _readers[id(library)] = ForStudies(lambda study: Reader(study, library.interview, library.statements), library)
    return readers
