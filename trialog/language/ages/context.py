"""The words around a number that make it an age, or show that it is none."""

from __future__ import annotations

import re

_PATIENTS = (
    r"(?:child|kid|son|daug?h?th?er|boy|girl|baby|infant|toddler|patient|pt|grand ?son|gran?d? ?daug?h?th?er|grandchild|niece|nephew"
    r"|sister|brother|cousin|teen|little one|male|female|teenager|youngest|oldest)"
)
_SMALL = (
    r"(?:(?:now|just|of|only|about|around|approximately|roughly|already|currently|still|almost|nearly|maybe|like|even|yet|barely"
    r"|not|quite|a|an|the|age|aged|with|in|between|under|over|above|below|older than|younger than|less than|more than)\s+)*"
)
_BE = r"(?:\s+is|\s*['’]s|\s+isn['’]?t|\s+are|\s+has|\s+have)"


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# How many characters around a number are looked at; more would let a long message take seconds.
REACH = 100

# "she is", "my daughter Emma is now", "i'm", "aged", "and is": a number after it is an age.
BEFORE_NUMBER = _re(
    rf"(?:\bs?hes|\b(?:he|she|who|{_PATIENTS}(?:\s+(?!is|has|the|in|on)\w+)?){_BE}|\bi\s*['’]?\s*a?m|\bi\s+have|\band\s+is|\b(?:just\s+)?turned"
    # As other languages say it: "she completed 8 years".
    r"|\b(?:makes?|made|completed?|completes|fulfill?ed|attained|reached)(?: the age of)?"
    rf"|\bnow|\bage(?:\s+is)?\s*:?|\baged|\bage of|\b(?:tiene|(?:sie|er) ist|(?:elle|il) a|ma|ha|(?:hij|zij) is))\s+{_SMALL}$"
    r"|\b(?:age|aged)\s*[:=]?\s*$|\b(?:she|he)\s+was\s+$|\b(?:over|under|than|between)\s*$|^\W*(?:not (?:yet|quite)|almost|nearly)\s*$"
)

# "my son 9", "daughter, 14", "F 6": the patient, then the number.
PATIENT_FIRST = _re(rf"(?:\b{_PATIENTS}(?:\s+(?:he|she|is with|with))?\s*[,(:]?\s*|\bm(?:um|om|other|a)?,\s*|\b[fm],?\s*|\()$")

# "A baby of 7 months".
PATIENT_OF = _re(rf"\b{_PATIENTS}\s+of\s+{_SMALL}$")

_JOINING = (
    r"and|but|now|so|with|btw|he|she|has|had|i|who|already|today|next|going on|going|yet|or older|or over|no|not|sorry|in|on|when|relapsed"
    r"|soon|last|yesterday|tomorrow"
)
AFTER_NUMBER = _re(rf"\s*(?:$|[,;:!?()🙂+]|\.(?!\d)|(?:{_JOINING}|since)\b)")

# "5 years boy", "(14F)".
AFTER_SPAN = _re(rf"\s*[,(]?\s*(?:{_PATIENTS}\b|[fm]\b)")

# "9 yo", "9-year-old" (the unit is read already), "of age", "alt", "oud".
OLD = _re(
    rf"(?:[\s-]*(?:o\b|old|/\s?o\b|\.\s?o\b|of age|(?:birthday )?candles\b|alt\b|oud\b)|\s*[fm]\b\)?|\s*\+|\s+or older|\s+going on\s+\d)"
    rf"|[\s-]*(?:{_PATIENTS})\b"
)

# A time before or after something: these before an amount with a unit.
BEFORE_SPAN = _re(
    r"\b(?:for|after|since|within|every|ago|waited|takes?|had|another|up to|last|past|first"
    r"|in|at|been|relapsed?|from|(?<!age )(?<!is )of|by|on)"
    r"(?:\s+(?:about|the|around|like))?\s*$"
)
# "Born three weeks ago": how long ago is how old.
BORN, AGO = _re(r"\bborn\s+(?:about\s+|only\s+|just\s+)?$"), _re(r"\s*ago\b")
SINCE_BIRTH = _re(r"\s*since\s+(?:(?:he|she|they|it)\s+(?:was|were)\s+born|(?:(?:his|her|their|the)\s+)?birth)\b")
# The year after this one, which is no second age: "16 going on 17".
GOING_ON = _re(r"\s*,?\s*going on(?: to)?\s+\d{1,2}(?![\d/])")
PAST = _re(r"\b(?:he|she|i|they) (?:was|were)\s+$")
JUST_NOW = _re(r"\s*(?:(?:months|weeks|years)\s+)?(?:yesterday|last (?:week|month)|(?:on|last|this) \w+day)\b")
ELSEWHERE_BEFORE = _re(
    r"\b(?:as an? (?:baby|infant|newborn|toddler|child|boy|girl)(?: of)?|diagnosed(?: with \w+)? (?:at|when|aged)(?: the)?(?: age)?(?: of)?"
    r"|at the age of|diagnosed at age|when (?:he|she|i) (?:was|is)|relapsed? at|children (?:between|from)|only up to|over 18s)\s*$"
)
ELSEWHERE_AFTER = _re(
    r"[\s-]*(?:ago|back|later|off|out|into|post|after|before|survival|follow|clean|clear|free|without|of (?!age\b)"
    r"|in (?:remission|hospital)|away|left|%|kg|mg|cm)\b"
    r"|\s*since\b(?! (?:last|yesterday|\w+day|january|february|march|april|may|june|july|august|september|october|november|december)\b)"
    r"|\s*(?:when|at) (?:diagnos|relaps|he|she)"
)

# An age that is still to come ("18 but 19 next week").
TO_COME = _re(r"\s*(?:next (?:week|month)|tomorrow)\b")

# Whose age it is.
OTHER_PEOPLE = _re(
    r"\b(?:(?:his|her|the|their)\s+(?:\w+\s+)?(?:sister|brother|cousin|mother|father|mum|mom|dad|friend|doctor|nurse)"
    r"|(?:my|the|our) (?:wife|husband|doctor|partner|mother|father|mum|mom|dad|nurse))\b[^,]*$"
)
# Three groups of digits in a row are a telephone number.
TELEPHONE = _re(r"(?:\d+[\s/-]+){2}\d{2}")
SPEAKER = _re(r"\bi\s*['’]?\s*a?m\b(?:(?!\b(?:he|she|son|daughter|child|grandson|my (?!self)\w+ is)\b).)*$")

NEGATED = _re(r"\b(?:not|isn['’]?t|never)(?:\s+age)?\s*$")
UNTIL = _re(r"(?:\s+years?(?: old)?)?\s+yet\b")
UNDER = _re(r"\b(?:not (?:yet|even)|under|below|younger than|less than|isn['’]?t yet)\s*$")
OVER = _re(r"(?<!bit )(?<!just )(?<!little )\b(?:over|above|older than|more than)\s*$")
ALMOST = _re(r"\b(?:not quite|almost|nearly|coming up (?:to|for)|close to|approaching)\s*$")
TURNS = _re(
    r"(?:\b(?:turns?|turning|turn|about to be|going to be|gonna be|will be|will turn"
    r"|coming up (?:to|for))|['’]ll be|\b(?:she|he|i)ll be|\bill be)\s*$"
)

HAD = _re(r"\bturned\s*$")

# Days away, and weeks: the birthday is less than a month from now.
SOON = _re(
    r"\s*(?:years?)?\s*(?:old)?\s*(?:is|comes)?\s*(?:next week|this week|tomorrow|soon|very soon"
    r"|in (?:a |\d+ |a few |a couple of )?(?:days?|weeks?)"
    r"|(?:on |this |next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
NEXT_MONTH = _re(r"\s*(?:is |comes )?next month")
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"]
BIRTHDAY = _re(
    r"\b(?P<not>(?:not|never|n't)\s+(?:yet\s+)?)?(?P<had>(?:had|celebrated)\s+)?(?:his|her|my|the|their)\s+(?:(?P<digits>\d{1,3})(?:st|nd|rd|th)"
    rf"|(?P<word>{'|'.join(_ORDINALS)}))\s+birthday"
    r"(?(had)|(?:\s+(?P<was>was)\b|(?=\s+(?:is|comes)\b)))"
)

ORDINALS = {word: place for place, word in enumerate(_ORDINALS, start=1)}

# Rules and questions about who may take part, not a person.
ADULT_RULE = _re(r"\b(?:do you|can|how many|is there|are there|for|take|only)\b.*\b(?:adults|babies|teenagers|teens|toddlers|infants)\b")

# A correction: the age after it is the one meant.
LAST = _re(r"\b(?:sorry|i mean|i meant|no|wait|actually|oops|rather|correction|but turned)\b")

FILLERS = _re(
    r"(?:[^\w?-]|\b(?:he|she|it|s|is|i|im|m|am|think|exactly|precisely|already|today|about|around|roughly|approximately|dear|hi|hello|hey|umm?|uh|oh|ok|okay|yes|so|well|thanks"
    r"|thank|you|please|or|my|our|child|son|daughter|boy|girl|kid|now|just|only|maybe|almost|nearly|sorry|no|not|but|wait|actually|mean|old"
    r"|age|the|a|oops|rather|still|and a bit|yesterday|tomorrow|today|since|until|till|lol|my bad|yaşında"
    r"|(?:last|next|this) (?:week|month|year|\w+day)|(?:sun|mon|tues|wednes|thurs|fri|satur)day"
    r"|(?:since|until|in) (?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|\d{1,2}(?:\s*years?)?)\b)*"
)

_SAID = r"(?:(?:\b(?:is|s|am|m|im|my|a|an|our|still)\s+(?:(?:still|a|an|all|now|already)\s+){0,2})|^\W*)"
_ALONE = r"(?=\W*$|\s*[,.;!]|\s+(?:and|with|has|who|now|daughter|son|girl|boy|child|patient)\b)"
STAGES = (
    (_re(rf"{_SAID}(?:teenager|teenaged?|teen)\b{_ALONE}"), 156, 239),
    (_re(r"\bin (?:his|her|my|their) teens\b"), 156, 239),
    (_re(r"\bin (?:his|her|my|their) twenties\b"), 240, 359),
    (_re(rf"{_SAID}(?:baby|infant)\b(?=\W*$)"), 0, 11),
    (_re(rf"{_SAID}(?:newborn|new born)\b{_ALONE}"), 0, 0),
    (_re(rf"{_SAID}toddler\b{_ALONE}"), 12, 47),
    (_re(rf"{_SAID}pre-?schooler\b{_ALONE}"), 36, 71),
    (_re(rf"{_SAID}(?:adult|grown[ -]?up)\b{_ALONE}"), 216, 1451),
)
