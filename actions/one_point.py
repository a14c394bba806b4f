"""What the page says of one thing that is told and asked about by itself: "17 months, is he old enough?"."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.eligibility import today
from actions.topics import share_of, typed
from trialog.content.criteria import Kind
from trialog.content.model import Library, Study
from trialog.content.replies import interview
from trialog.content.replies.reply import Reply
from trialog.content.replies.talk import START, offer
from trialog.eligibility.verdicts import point_of
from trialog.language.assertion import parts_of
from trialog.nlu.at_hand import readers_of

ACT = "one_point"

# From this share on a message asks about one thing, where its topic is taking part as a whole.
LIKELY = 0.4

# Points that are only named, and not told, of which so many are spoken of.
MOST_NAMED = 2


def asks_one_point(tracker: Tracker) -> bool:
    """True where the message asks whether one thing by itself matters."""
    return share_of(tracker, ACT) >= LIKELY


def one_point(tracker: Tracker, library: Library, study: Study) -> Reply | None:
    """What the page says of what the message names; None where it names nothing that is known of, or tells a whole case.

    Where nobody approved the words on the points, it is the offer, in place of which that is said.
    """
    if library.keeps_back(START, study):
        return offer(library, study)
    reader, text = readers_of(library).of(study), typed(tracker)
    # What stands in a question may be asked about; an age in it is the patient's all the same.
    ages = {name: answer for name, answer in reader.supposed(text, today()).items() if study.criteria[name].kind == Kind.AGE}
    told, unnamed = {**ages, **reader.supposed(parts_of(text).stated, today())}, reader.not_named(text)
    named = [criterion for criterion in reader.mentioned(text) if criterion not in told]
    if not (told or named or unnamed):
        # "17 months, is he old enough?"
        told = reader.supposed(text, today(), bare=True)
    if not (told or named or unnamed) or len(told) > 1 or (told and named):
        # Who speaks of several points asks about taking part.
        return None
    points = [point_of(study.criteria[name], answer, library.interview) for name, answer in told.items()]
    # What is told says more than what else the words touch.
    open_points = [] if points or unnamed else [study.criteria[name] for name in named[:MOST_NAMED]]
    return interview.one_point(library, study, points, unnamed, open_points)
