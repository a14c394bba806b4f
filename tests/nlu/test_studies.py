"""A message that names another study is never answered with the facts of the one that is talked about."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from trialog.content.model import Library
from trialog.nlu.decider import ANOTHER_STUDY, COMPARED, Evidence, Reason, decide
from trialog.nlu.evidence import DangerEvidence, NamedStudies, PersonalEvidence, TopicEvidence
from trialog.nlu.studies import StudyFinder, StudyRecognizer, _Names
from trialog.nlu.thresholds import Thresholds

OURS, THEIRS = "itcc-059", "larotrectinib-scout"

THRESHOLDS = Thresholds(
    refusal=0.25,
    hurting=0.5,
    surely_hurting=0.7,
    alike=0.4,
    irreversible=0.65,
    danger=0.35,
    danger_in_few=0.4,
    sure_danger=0.9,
    unsure_danger=0.5,
    sure_denial=0.75,
    hint_of_danger=0.2,
    short=9,
    sure_question=0.6,
    surely_question=0.75,
    sure_act=0.5,
    meaning=0.5,
    danger_elsewhere=0.4,
    sure_elsewhere=0.6,
)


@pytest.fixture(scope="module")
def finder(library: Library) -> StudyFinder:
    return StudyFinder(library)


@pytest.mark.parametrize(
    ("text", "others", "by_name"),
    [
        ("who can join the SCOUT study?", [THEIRS], True),
        ("is larotrectinib a pill", [THEIRS], True),
        ("what about larotrectinob", [THEIRS], True),
        ("how many kids got laratrectinib?", [THEIRS], True),
        ("tell me about NCT02637687", [THEIRS], True),
        ("his tumour has an NTRK fusion, can he join", [THEIRS], False),
        ("she has infantile fibrosarkoma", [THEIRS], False),
        ("who can join this study?", [], False),
        ("how does inotuzumab work", [], True),
        # Its own drug is named: the disease in the same sentence is no other study.
        ("does inotuzumab help with ntrk", [], True),
    ],
)
def test_the_other_study_is_found_by_its_names(finder: StudyFinder, library: Library, text: str, others: list[str], by_name: bool) -> None:
    named = finder.named_in(text, library.studies[OURS])
    assert (list(named.others), named.by_name) == (others, by_name)


def test_a_common_word_is_no_slip_of_a_name() -> None:
    names = _Names({"heron": ["rowing", "rowing machine"]})
    assert names.owners_in("what if the tumour is growing") == []
    assert names.owners_in("is the rowng machine heavy") == names.owners_in("how long is the rowing") == [["heron"]]


def test_which_one_is_the_other_hangs_on_the_study_at_hand(library: Library) -> None:
    recognizer = StudyRecognizer(library)
    for trial, others in ((OURS, (THEIRS,)), (THEIRS, (OURS,))):
        message = Message({"text": "larotrectinib or inotuzumab?", "metadata": {"trial": trial}})
        recognizer.process([message])
        assert message.get("NamedStudies") == NamedStudies(others, here=True, by_name=True)
        assert [entity["value"] for entity in message.get("entities")] == list(others)


def evidence(topic: str, studies: NamedStudies) -> Evidence:
    ranking = [(topic, 0.9), ("ask/cost", 0.1)]
    return Evidence(TopicEvidence(ranking), DangerEvidence({}, None, (), False, 5), PersonalEvidence([], ""), studies=studies)


@pytest.mark.parametrize("topic", ["ask/who_can_enter", "term/remission", "followup/more", "elig_start", "out_of_scope/oos_medical"])
def test_whatever_is_asked_about_another_study_is_not_answered_here(topic: str) -> None:
    decision = decide(evidence(topic, NamedStudies((THEIRS,), by_name=True)), THRESHOLDS)
    assert (decision.topic, decision.reason) == (ANOTHER_STUDY, Reason.STUDY)


@pytest.mark.parametrize("studies", [NamedStudies((THEIRS,), here=True, by_name=True), NamedStudies((THEIRS, "a-third"), by_name=True)])
def test_two_studies_are_not_weighed(studies: NamedStudies) -> None:
    assert decide(evidence("ask/side_effects", studies), THRESHOLDS).topic == COMPARED


@pytest.mark.parametrize("topic", ["safety/distress", "safety/medical_advice", "smalltalk/thanks", "smalltalk/human_handoff"])
def test_fear_and_thanks_keep_their_reply(topic: str) -> None:
    assert decide(evidence(topic, NamedStudies((THEIRS,), by_name=True)), THRESHOLDS).topic == topic


def test_danger_goes_before_any_study() -> None:
    danger = Evidence(
        TopicEvidence([("safety/emergency", 0.9), ("ask/cost", 0.1)]),
        DangerEvidence({"safety/emergency": 0.9, "safety/crisis": 0.0}, None, (), False, 5),
        PersonalEvidence([], ""),
        studies=NamedStudies((THEIRS,), by_name=True),
    )
    assert decide(danger, THRESHOLDS).topic == "safety/emergency"


def test_a_disease_alone_does_not_stop_a_word_from_being_explained() -> None:
    assert decide(evidence("term/leukemia", NamedStudies((THEIRS,))), THRESHOLDS).topic == "term/leukemia"


def test_who_names_the_study_at_hand_asks_of_nothing_else() -> None:
    shares = TopicEvidence([("out_of_scope/oos_medical", 0.6), ("ask/cost", 0.3), ("safety/distress", 0.1)])
    danger, personal = DangerEvidence({}, None, (), False, 5), PersonalEvidence([], "")
    for named, topic in (
        (NamedStudies(here=True, by_name=True), "ask/cost"),
        (NamedStudies(here=True), "out_of_scope/oos_medical"),
        (NamedStudies(), "out_of_scope/oos_medical"),
    ):
        assert decide(Evidence(shares, danger, personal, studies=named), THRESHOLDS).topic == topic
