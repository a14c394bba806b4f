"""Writes a line as hurried or unpractised people do, so that a model learns to read them."""

from __future__ import annotations

import random

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

# The keys beside each key.
NEIGHBOURS = {key: row[max(place - 1, 0) : place] + row[place + 1 : place + 2] for row in _ROWS for place, key in enumerate(row)}

# One word in so many is misspelt, and one in every line.
WORDS_A_MISTAKE = 8

# Shorter words are hardly misspelt, and would become others.
SHORTEST = 4


def with_typing_errors(text: str, chance: random.Random) -> str:
    """``text`` with some words misspelt and, often, without capitals, apostrophes or other marks."""
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


def misspelt(word: str, chance: random.Random) -> str:
    """``word`` with a letter left out, doubled, swapped with the next or replaced by a key beside it; short ones as they are."""
    if len(word) < SHORTEST or not word.isalpha():
        return word
    place = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    mistakes = (after, letter * 2 + after, after[0] + letter + after[1:], chance.choice(NEIGHBOURS.get(letter.lower(), letter)) + after)
    return before + chance.choice(mistakes)
