"""What a study says of itself changes what is told: one that takes nobody never sounds as if it did."""

import dataclasses
from datetime import date

import msgspec
import pytest

from trialog.content.criteria import Verdict
from trialog.content.model import Library, Study
from trialog.content.replies import interview as interview_replies
from trialog.content.replies import studies, study
from trialog.content.status import State, Status
from trialog.eligibility.verdicts import point_of

OPEN, CLOSED = "itcc-059", "larotrectinib-scout"


def with_status(library: Library, status: Status | None) -> Study:
    return msgspec.structs.replace(library.studies[OPEN], status=status)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (None, ""),
        (Status(State.RECRUITING), ""),
        (Status(State.PAUSED), "The study page says that this study is paused. No new people can join for now."),
        (Status(State.CLOSED, date(2024, 3, 5)), "The study page says that this study takes no new people since 5 March 2024."),
        (Status(State.COMPLETED), "The study page says that this study has ended. No new people can join."),
    ],
)
def test_a_study_that_takes_nobody_says_so(library: Library, status: Status | None, said: str) -> None:
    about = with_status(library, status)
    assert library.status_of(about) == said
    welcome = study.welcome(library, about, library.help_lines["default"], is_old=False)
    assert welcome.values["status"] == (f"\n\n{said}" if said else "")
    joining, other = study.on_topic(library, about, "age_limits"), study.on_topic(library, about, "drug_how")
    assert joining.values["answer"].endswith(said or str(about.answers["age_limits"].text))
    assert other.values["answer"] == about.answers["drug_how"].text


@pytest.mark.parametrize(("status", "response"), [(None, "utter_result_may_fit"), (Status(State.CLOSED), "utter_result_not_open")])
def test_the_result_of_a_closed_study_leads_nowhere(library: Library, status: Status | None, response: str) -> None:
    about = with_status(library, status)
    criterion = about.criteria["cd22"]
    reply = interview_replies.result(library, about, [point_of(criterion, "positive", library.interview)])
    assert (reply.response, reply.beside["criteria"][0]["verdict"]) == (response, Verdict.FITS)


def test_a_topic_that_a_study_has_no_file_for_is_named(library: Library) -> None:
    about = msgspec.structs.replace(library.studies[OPEN], answers={})
    reply = study.on_topic(library, about, "transplant_role")
    assert (reply.response, reply.beside["kind"], reply.beside["topic"]) == ("utter_not_on_page", "not_on_page", "transplant_role")
    assert reply.values["says"] == "The study page says nothing about this: stem cell transplant."


def test_another_study_is_offered_and_not_answered(library: Library) -> None:
    here, other = library.studies[OPEN], library.studies[CLOSED]
    reply = studies.another(library, here, other)
    assert [button["payload"] for button in reply.buttons] == [
        '/switch_study{"study": "larotrectinib-scout"}',
        '/switch_study{"study": "itcc-059"}',
    ]


def test_which_studies_there_are_is_told_with_a_button_for_each_other(library: Library) -> None:
    library = dataclasses.replace(library, studies={study: library.studies[study] for study in (OPEN, CLOSED)})
    reply = studies.known(library, library.studies[OPEN])
    assert [title in reply.values["studies"] for title in ("Inotuzumab ITCC-059", "Larotrectinib SCOUT")] == [True, True]
    assert [button["title"] for button in reply.buttons] == ["Talk about Larotrectinib SCOUT"]
    alone = dataclasses.replace(library, studies={OPEN: library.studies[OPEN]})
    assert studies.known(alone, library.studies[OPEN]).response == "utter_only_study"
