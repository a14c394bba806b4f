"""What a phrase may be written like, and what is said of one that is misspelt or never matches: a fault a test."""

import pytest

from trialog.language.manner import ANSWERS, EXACT, PLAIN, SIGNS, Manner
from trialog.language.notation import Beginning, Choice, Gap, Listed, PhraseError, Word, lists_in, literal, parse
from trialog.language.patterns import PatternMaker
from trialog.language.phrases import PhraseMatcher

LISTS = {"who": ["he", "she"], "fever": r"/(3[89]|4\d)([.,]\d+)?/"}


def test_every_part() -> None:
    assert parse(r"^ [very] (pale|as white) ... {who} limp~ \?") == (
        Beginning(),
        Choice(((Word("very"),),), optional=True),
        Choice(((Word("pale"),), (Word("as"), Word("white"))), optional=False),
        Gap(),
        Listed("who"),
        Word("limp", error=True),
        Word("?"),
    )


def test_lists_are_named_inside_brackets_too() -> None:
    assert lists_in(parse("{a} ({b}|[{c}] d)")) == {"a", "b", "c"}


@pytest.mark.parametrize("text", ["B-cell ALL (BCP-ALL)", "is it so? [yes] {no} ^ ~ | \\ ...", "snake_case"])
def test_any_text_can_be_a_phrase(text: str) -> None:
    assert PhraseMatcher({"title": [literal(text)]}, PLAIN).stand_in(f"well, {text}")


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("cd22 … positive", "the sign '…' is unknown"),
        ("# months", "the sign '#' is unknown"),
        ("is very? pale", "the sign '\\?' is unknown"),
        ("came .. back", "the sign '\\.\\.' is unknown"),
        ("came .... back", "the sign '\\.\\.' is unknown"),
        ("cant|cannot breathe", "'\\|' stands without an opening bracket"),
        ("cant) breathe", "'\\)' stands without an opening bracket"),
        ("(cant|cannot breathe", "'\\(' is not closed"),
        ("[very pale", "'\\[' is not closed"),
        ("(very] pale", "'\\(' is not closed"),
        ("{who fell", "'{' is not closed"),
        ("who} fell", "the sign '}' stands where it means nothing"),
        ("~ fell", "the sign '~' stands where it means nothing"),
        ("(cant||cannot) breathe", "nothing stands between"),
        ("() breathe", "nothing stands between"),
        ("(cold|icy)hands", "a space is missing between '\\)' and 'hands'"),
        ("cold{who}", "a space is missing between 'cold' and '{who}'"),
        ("", "none of its words is needed"),
        ("[very] [pale]", "none of its words is needed"),
        ("very ...", "'...' stands between two words"),
        ("... pale", "'...' stands between two words"),
        ("history ... [of]", "'...' stands between two words"),
        ("very ... ... pale", "two '...' stand in a row"),
        ("he ^ fell", "'\\^' stands in front of everything else"),
        ("{nobody} fell", "there is no list 'nobody'; there are: fever, number, who"),
        ("fit~", "'fit' is too short to be found through typing errors"),
        ("cd22+ is there", "'cd22\\+' holds a sign"),
        ("(a|b c) (a|b c) (a|b c) (a|b c) (a|b c) (a|b c)", "there are 64 ways to say it; 60 are the most"),
    ],
)
def test_a_sign_of_danger_that_would_never_be_heard(phrase: str, message: str) -> None:
    with pytest.raises(PhraseError, match=message):
        PatternMaker(SIGNS, LISTS).patterns(phrase)


@pytest.mark.parametrize("manner", [ANSWERS, EXACT, PLAIN])
def test_beginnings_are_known_only_of_sentences(manner: Manner) -> None:
    with pytest.raises(PhraseError, match="only where texts are read sentence by sentence"):
        PatternMaker(manner).patterns("^ does it")


@pytest.mark.parametrize("word", ["two words", "cd22+", "!"])
def test_a_word_of_a_list_that_would_never_be_heard(word: str) -> None:
    with pytest.raises(PhraseError):
        PatternMaker(SIGNS, {"bad": [word]}).check_list("bad")
