"""Replies about a study: which words, which buttons, which source."""

import dataclasses

import pytest

from trialog.content.model import Library, Study
from trialog.content.replies import study as replies
from trialog.content.replies.reply import Reply


@pytest.fixture
def study(library: Library) -> Study:
    return library.studies["itcc-059"]


def test_an_answer_offers_more_only_where_there_is_more(library: Library, study: Study) -> None:
    more = [reply for topic in study.answers if (reply := replies.on_topic(library, study, topic)).buttons]
    assert {reply.beside["topic"] for reply in more} == {topic for topic, answer in study.answers.items() if answer.text and answer.more}
    assert more[0].buttons == ({"title": "More", "payload": '/followup{"topic": "more"}'},)


def test_the_word_on_the_button_is_the_contents(library: Library, study: Study) -> None:
    dutch = dataclasses.replace(library, buttons={"more": "Meer"})
    assert [button["title"] for button in replies.on_topic(dutch, study, "drug_how").buttons] == ["Meer"]


def test_what_the_page_does_not_answer_is_told_as_that(library: Library, study: Study) -> None:
    reply = replies.on_topic(library, study, "cost")
    assert (reply.response, reply.beside["kind"]) == ("utter_not_on_page", "not_on_page")
    assert reply.beside["source"]["section"] == study.answers["cost"].section


def test_the_matters_named_are_told_in_place_of_the_whole(library: Library, study: Study) -> None:
    missing = study.answers["dose_schedule"].not_on_page
    assert missing
    first, second, third = missing.matters[:3]
    one = replies.on_topic(library, study, "dose_schedule", [first]).values
    assert one == {"says": f"{first.says} {missing.also}", "ask": first.ask}
    most = replies.on_topic(library, study, "dose_schedule", [third, first, second]).values
    assert most == {"says": f"{third.says} {first.says} {missing.also}", "ask": f"{third.ask} {first.ask}"}
    assert replies.on_topic(library, study, "dose_schedule").values == {"says": f"{missing.says} {missing.also}", "ask": missing.ask}


@pytest.mark.parametrize(
    ("topic", "reply"),
    [("unheard_of", replies.NOT_UNDERSTOOD), ("term:unheard_of", replies.UNKNOWN_WORD), ("term:cost", replies.UNKNOWN_WORD)],
)
def test_a_topic_that_is_not_there(topic: str, reply: Reply, library: Library, study: Study) -> None:
    assert replies.on_topic(library, study, topic) == reply


def test_the_words_of_a_hard_answer_are_offered_the_studys_own_first(library: Library, study: Study) -> None:
    offered = replies.simpler(library, study, study.answers["drug_how"]).buttons
    assert len(offered) == replies.MOST_BUTTONS
    assert offered[0]["title"] == "CD22"


def test_no_more_topics_are_offered_than_can_be_read(library: Library, study: Study) -> None:
    likely = ["cost", "rights", "location", "contact"]
    assert [button["title"] for button in replies.not_understood(library, study, likely).buttons] == [
        library.topics[t].title for t in likely[:3]
    ]
    assert len(replies.not_understood(library, study, []).buttons) == len(study.suggested)
