"""Hostile texts: a published list, and what it lacks."""

import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path

NAUGHTY: list[str] = json.loads(Path(__file__).with_name("blns.json").read_text(encoding="utf-8"))

OUR_OWN = [
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff\ud800 half of a pair",
    "\u202eright to left\u202c",
    "\u200b\u200c\u200d\u2060\ufeff",
    "e" + "\u0301" * 1_500,
    "Z̸̡̢̛͓̗͙" * 80,
    "🏳️‍🌈" * 300,
    "\u0000" * 2_000,
    "a" * 2_000,
    " ".join("word" for _ in range(400)),
    "?" * 2_000,
    "what is? " * 200,
    "(" * 1_000 + ")" * 1_000,
    "/session_start",
    "/restart",
    '/ask{"topic": "cost"}',
    "{study} {0} {__class__} %s %(x)s ${jndi:ldap://x}",
    "utter_answer",
    "__other__",
    "1" * 2_000,
    "-1e999",
    "NaN",
    "\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    "<script>alert(1)</script>",
    "![x](javascript:alert(1))",
    "ﷺ" * 500,
    "\U0010ffff\U000e0001",
    "İ" * 600,
]

_ALPHABET = "abcdefghijklmnopqrstuvwxyz ?!.,'\"\\/{}<>\n\t0123456789éßжعम漢🙂\u200b\u202e\u0301\x00"


def endless(seed: int) -> Iterator[str]:
    """The lists above, then mutations of them and random texts, without end; the same for the same seed."""
    rng = random.Random(seed)
    yield from filter(None, itertools.chain(NAUGHTY, OUR_OWN))
    while True:
        first, second = rng.choice(NAUGHTY), rng.choice(OUR_OWN)
        yield (first + second)[:2_000] if rng.random() < 0.3 else "".join(rng.choices(_ALPHABET, k=rng.randint(1, 400)))
