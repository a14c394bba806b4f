"""English as it sounds: as people write it who learned it by listening, or who find spelling hard."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

# Words that are not said as they are written: they are the commonest, and no rule tells how they sound.
WORDS = {
    "any": ("eny", "enny"),
    "are": ("ar", "r"),
    "because": ("becos", "cos", "bicoz"),
    "been": ("bin",),
    "blood": ("blud",),
    "can't": ("cant", "carnt"),
    "child": ("chiled", "chyld"),
    "come": ("cum", "kum", "com"),
    "comes": ("cums", "kums"),
    "could": ("cud", "kud"),
    "cough": ("coff", "kof"),
    "do": ("do", "du", "doo"),
    "doctor": ("docter", "dokter", "doctar"),
    "doctors": ("docters", "dokters"),
    "does": ("dus", "duz", "dose"),
    "done": ("dun", "don"),
    "enough": ("enuf", "inuff"),
    "eyes": ("eys", "ise"),
    "for": ("for", "fer", "4"),
    "friend": ("frend",),
    "give": ("giv",),
    "have": ("hav", "av", "hev"),
    "heart": ("hart",),
    "hospital": ("hospitle", "ospital", "hosptal"),
    "is": ("iz", "is"),
    "know": ("no", "kno", "now"),
    "leukaemia": ("lukemia", "leukimia", "lookeemia", "lukeemya"),
    "leukemia": ("lukemia", "leukimia", "lookeemia", "lukeemya"),
    "medicine": ("medisin", "medecin", "medsin"),
    "one": ("wun", "won"),
    "people": ("peple", "peeple", "ppl"),
    "please": ("pleese", "plees", "pls"),
    "said": ("sed",),
    "says": ("sez", "ses"),
    "should": ("shud", "shood"),
    "some": ("sum",),
    "something": ("sumthing", "sumfing", "somthin"),
    "study": ("studdy", "stady", "studie"),
    "the": ("the", "da", "de", "teh"),
    "their": ("there", "ther"),
    "there": ("ther", "thare", "their"),
    "they": ("thay", "dey"),
    "though": ("tho",),
    "through": ("threw", "thru"),
    "to": ("to", "2", "too"),
    "two": ("to", "too"),
    "was": ("wos", "woz", "waz"),
    "were": ("wer", "wur"),
    "what": ("wot", "wat", "wut"),
    "where": ("wer", "wher", "were"),
    "who": ("hoo", "hu", "how"),
    "women": ("wimin",),
    "would": ("wud", "wood"),
    "yes": ("yeh", "yas", "yess"),
    "you": ("u", "yoo", "yu"),
    "your": ("yor", "ur", "yer"),
}

# Letters, and what else sounds like them; the first that fits is taken, so longer ones stand before their parts. A letter may be
# written as it is, too.
SOUNDS = [
    (re.compile(letters), written)
    for letters, written in (
        (r"tion(?=s?$)", ("shun", "shon", "tion")),
        (r"ssion(?=s?$)", ("shun", "shon")),
        (r"sion(?=s?$)", ("zhun", "shun", "sion")),
        (r"eigh", ("ay", "ei")),
        (r"aught", ("ort", "awt")),
        (r"ought", ("ort", "awt")),
        (r"igh", ("i", "y", "ie")),
        (r"ough", ("uff", "o")),
        (r"^kn", ("n",)),
        (r"^wr", ("r",)),
        (r"^wh", ("w",)),
        (r"^ps", ("s",)),
        (r"^h(?=[aeiou])", ("h", "h", "")),
        (r"ph", ("f",)),
        (r"gh", ("", "g")),
        (r"qu", ("kw", "qu")),
        (r"tch", ("ch",)),
        (r"th$", ("f", "th", "t")),
        (r"th", ("th", "f", "d", "v")),
        (r"ck", ("k", "c")),
        (r"ch(?=[rlt])|(?<=s)ch", ("k",)),
        (r"ing$", ("in", "ing", "eeng")),
        (r"ngs?$", ("ng", "n")),
        (r"ies$", ("ys", "ees")),
        (r"ied$", ("yd", "ide")),
        (r"(?<=[kpsfx])ed$", ("t", "d")),
        (r"(?<=[a-z])ed$", ("d", "id", "ed")),
        (r"(?<=[^aeiou])le$", ("l", "ul", "el")),
        (r"(?<=[^aeiou])re$|(?<=[a-z])er$|(?<=[a-z])or$|(?<=[a-z])our$", ("er", "a", "ur")),
        (r"ear|eer", ("eer", "ear", "eir")),
        (r"air|are$", ("air", "ear", "are")),
        (r"ir|ur|er", ("ur", "er", "ir")),
        (r"ou(?=[ld])", ("u", "oo")),
        (r"ou|ow", ("ow", "ou")),
        (r"oo", ("oo", "u")),
        (r"ea|ee|ie|ei", ("ee", "ea", "e", "i")),
        (r"ai|ay", ("ay", "ai", "a")),
        (r"oa", ("o", "oa")),
        (r"oi|oy", ("oy", "oi")),
        (r"au|aw", ("or", "aw", "o")),
        (r"ew|ue", ("oo", "ew", "u")),
        (r"(?:(?<=[aeiou][^aeiou])|(?<=[aeiou][^aeiou]{2}))e$", ("", "e")),
        (r"c(?=[eiy])", ("s", "c")),
        (r"g(?=[eiy])", ("j", "g")),
        (r"c", ("k", "c")),
        (r"x", ("ks", "x")),
        (r"s(?=[aeiou][a-z])(?<=[aeiou]s)", ("z", "s")),
        (r"([b-df-hj-np-tv-z])\1", (r"\1",)),
        (r"(?<=[a-z]{2})[aeiou](?=n$)", ("e", "a", "i", "u")),
        (r"(?<=[a-z])y$", ("y", "i", "ie", "ee")),
        (r"(?<=[a-z])a$", ("a", "er")),
        (r"o(?=[mnv])", ("u", "o", "o")),
    )
]

# A silent end, vowels in a row, an "r" that only lengthens them, and what is written double.
_SILENT = re.compile(r"(?<=[^aeiouy])e$")
_VOWELS = re.compile(r"[aeiouy]+w?(?=[^aeiouy]|$)")
_LENGTHENED = re.compile(r"(?<=\*)r(?=[^*]|$)")
_AGAIN = re.compile(r"(.)\1+")


def as_it_sounds(word: str, chance: random.Random) -> str:
    """``word``, in small letters, as somebody writes it who only heard it; numbers and other signs stay."""
    return chance.choice(WORDS[word]) if word in WORDS else _written(word, chance.choice)


def sound_of(word: str) -> str:
    """What ``word``, in small letters, shares with all that was written by ear for it by the letters of ``SOUNDS``."""
    return _written(word, lambda choices: choices[0]).replace("z", "s")


def likeness_of(word: str) -> str:
    """What ``word``, in small letters, shares with all whose consonants sound alike, in this order: "came", "cayme" and "kaim"."""
    sound = _SILENT.sub("", sound_of(word)).replace("v", "f")
    return _AGAIN.sub(r"\1", _LENGTHENED.sub("", _VOWELS.sub("*", sound)))


def _written(word: str, choose: Callable[[Sequence[str]], str]) -> str:
    """``word`` with what is chosen for each of its sounds."""
    written, place = "", 0
    while place < len(word):
        found = ((match, choices) for sound, choices in SOUNDS if (match := sound.match(word, place)))
        match, choices = next(found, (None, ()))
        if match and match.end() > place:
            written += match.expand(choose(choices))
            place = match.end()
        else:
            written += word[place]
            place += 1
    return written or word
