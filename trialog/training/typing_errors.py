"""Writes a line as hurried or unpractised people do, so that a model learns to read them."""

from __future__ import annotations

import random
import re

from trialog.language.by_ear import as_it_sounds

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

# The keys beside each key.
NEIGHBOURS = {key: row[max(place - 1, 0) : place] + row[place + 1 : place + 2] for row in _ROWS for place, key in enumerate(row)}

# One word in so many is misspelt, and one in every line.
WORDS_A_MISTAKE = 8

# One line in so many is written by ear, and in it so many of its words.
LINES_BY_EAR = 0.25
WORDS_BY_EAR = 0.7

# Shorter words are hardly misspelt, and would become others.
SHORTEST = 4


def with_typing_errors(text: str, chance: random.Random) -> str:
    """``text`` with some words misspelt and, often, without capitals, apostrophes or other marks; some are written as they sound."""
    if chance.random() < LINES_BY_EAR:
        return re.sub(r"[a-z']+", lambda word: _maybe_heard(word[0], chance), text.lower())
    if chance.random() < 0.5:
        text = text.lower()
    for marks, share in (("'’", 0.5), (",.?", 0.3)):
        if chance.random() < share:
            text = text.translate(dict.fromkeys(map(ord, marks)))
    words = text.split()
    for _ in range(max(1, len(words) // WORDS_A_MISTAKE)):
        place = chance.randrange(len(words)) if words else 0
        words[place : place + 1] = [misspelt(word, chance) for word in words[place : place + 1]]
    return " ".join(words)


def _maybe_heard(word: str, chance: random.Random) -> str:
    return as_it_sounds(word, chance) if chance.random() < WORDS_BY_EAR else word


def misspelt(word: str, chance: random.Random) -> str:
    """``word`` with a letter left out, doubled, swapped with the next or replaced by a key beside it; short ones as they are."""
    if len(word) < SHORTEST or not word.isalpha():
        return word
    place = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    mistakes = (after, letter * 2 + after, after[0] + letter + after[1:], chance.choice(NEIGHBOURS.get(letter.lower(), letter)) + after)
    return before + chance.choice(mistakes)
