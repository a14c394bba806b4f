"""When a message is taken for one in another language, and for which."""

import pytest

from trialog.nlu.elsewhere.language import Languages
from trialog.nlu.elsewhere.reading import language_of
from trialog.nlu.evidence import FOREIGN, Ranking


@pytest.fixture(scope="module")
def languages() -> Languages:
    return Languages()


def ranking(foreign: float) -> Ranking:
    """What the English models think: so much that it is another language, else that it is about the costs."""
    return sorted([(FOREIGN, foreign), ("ask/cost", 1 - foreign)], key=lambda pair: -pair[1])


@pytest.mark.parametrize(
    ("text", "foreign", "language"),
    [
        ("Wie betaalt de reis naar het ziekenhuis?", 0.9, "nl"),
        ("Wie betaalt de reis naar het ziekenhuis?", 0.1, "nl"),
        ("Кто платит за дорогу, если мы живём далеко?", 0.1, "ru"),
        ("Who pays for the journey to the hospital?", 0.1, None),
        # Ours say that it is no English, so the letters may only say which language it is then.
        ("ik wil dood", 0.9, "nl"),
        # The letters alone are not believed: the topics see no other language at all.
        ("non voglio più vivere", 0.01, None),
        ("Πόσο κοστίζει η μελέτη;", 0.9, "other"),
    ],
)
def test_which_language_it_is(languages: Languages, text: str, foreign: float, language: str | None) -> None:
    assert language_of(text, ranking(foreign), languages) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("je pense à me suicider", "fr"),
        ("quiero morir", "es"),
        ("she is suicidal", None),
        # The letters are those of another language, and not sure enough.
        ("let me die already", None),
        ("he vomitted bloood", None),
    ],
)
def test_danger_that_leaves_no_room_is_told_by_its_letters(languages: Languages, text: str, language: str | None) -> None:
    assert language_of(text, [("safety/crisis", 0.999), ("ask/cost", 0.001)], languages) == language
