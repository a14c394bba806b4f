"""Each action against the shipped domain: what it says and what it remembers."""

from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import ActionAnswer
from actions.danger import ActionDanger
from actions.eligibility_end import ActionEligibilityEnd
from actions.eligibility_form import ValidateEligibilityForm
from actions.eligibility_offer import ActionOfferQuestionnaire
from actions.eligibility_question import AskAnswer
from actions.explain_word import ActionExplainWord
from actions.fallback import ActionFallback
from actions.follow_up import ActionFollowUp
from actions.safety import ActionSafety
from actions.session import ActionSessionStart
from actions.small_talk import ActionSmallTalk
from actions.studies import ActionStudies, ActionSwitchStudy
from actions.study_action import StudyAction
from actions.talk import ActionTalk
from tests.conftest import ROOT
from trialog.content.deployment import Deployment
from trialog.content.load import load_library
from trialog.eligibility.questionnaire import Questionnaire, Stage
from trialog.settings import Settings

LIBRARY = load_library(ROOT / "content")


@pytest.fixture(scope="module")
def domain() -> dict[str, Any]:
    return Domain.load([str(ROOT / "domain.yml"), str(ROOT / "data" / "responses")]).as_dict()


def deployment(**settings: str) -> Deployment:
    return Deployment(Settings(**settings), LIBRARY)  # type: ignore[arg-type]


def tracker(
    text: str = "", ranking: list[tuple[str, float]] | None = None, entities: dict[str, str] | None = None, **slots: Any
) -> Tracker:
    entries = [{"intent_response_key": key, "confidence": share} for key, share in ranking or []]
    intent = ranking[0][0].partition("/")[0] if ranking else "nlu_fallback"
    message = {
        "text": text,
        "intent": {"name": intent},
        "entities": [{"entity": name, "value": value} for name, value in (entities or {}).items()],
        "response_selector": {"default": {"ranking": entries}},
    }
    return Tracker("id", slots, message, [], False, None, {}, "action_listen")


def run(
    action: type[StudyAction], tracked: Tracker, domain: dict[str, Any], **settings: str
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The messages, and the slots set."""
    dispatcher = CollectingDispatcher()
    events = action(deployment(**settings)).run(dispatcher, tracked, domain)
    # How often a reply was said is the matter of test_again.py.
    return dispatcher.messages, {event["name"]: event["value"] for event in events if event["event"] == "slot" and event["name"] != "said"}


def test_actions_are_those_of_the_domain(domain: dict[str, Any]) -> None:
    ours: list[type[Action]] = [
        *(ActionAnswer, ActionExplainWord, ActionFallback, ActionFollowUp, ActionSafety, ActionSessionStart),
        *(ActionDanger, ActionOfferQuestionnaire, ActionSmallTalk, ActionTalk),
        *(ActionEligibilityEnd, AskAnswer, ValidateEligibilityForm, ActionStudies, ActionSwitchStudy),
    ]
    assert {action(deployment()).name() for action in ours} == {
        name for name in domain["actions"] if name.startswith(("action_", "validate_"))
    }


@pytest.mark.parametrize(
    ("tracked", "response", "topic", "may_mean"),
    [
        (tracker(ranking=[("ask/cost", 0.9), ("ask/rights", 0.1)]), "utter_not_on_page", "cost", ["rights"]),
        (tracker(ranking=[("ask/drug_how", 0.9)]), "utter_answer", "drug_how", []),
        (tracker(entities={"topic": "who_runs"}, ranking=[("ask/cost", 0.9)]), "utter_answer", "who_runs", ["cost"]),
    ],
)
def test_answer(tracked: Tracker, response: str, topic: str, may_mean: list[str], domain: dict[str, Any]) -> None:
    (message,), slots = run(ActionAnswer, tracked, domain)
    assert (message["response"], message["custom"]["topic"]) == (response, topic)
    assert message["custom"]["source"]["last_reviewed"] == "2024-09-16"
    assert slots == {"last_topic": topic, "told_more": None, "asked": [topic], "may_mean": may_mean}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("will her hair fall out", ["hair"]),
        ("vacations, and what about his fertilty?", ["holidays", "fertility"]),
        ("can he have sushi and go to school", ["food", "school"]),
        ("how will it be at home", ["daily life"]),
        ('/ask{"topic": "daily_life"} hair', ["daily life"]),
    ],
)
def test_the_matter_that_is_asked_about_is_named(text: str, says: list[str], domain: dict[str, Any]) -> None:
    (message,), _ = run(ActionAnswer, tracker(text, [("ask/daily_life", 0.9)]), domain)
    told = message["says"].removesuffix(".").split(". ")
    assert [word in sentence for word, sentence in zip(says, told, strict=True)] == [True] * len(says)


@pytest.mark.parametrize("tracked", [tracker(), tracker(ranking=[("ask/unheard_of", 0.9)]), tracker(entities={"topic": "unheard_of"})])
def test_an_answer_that_is_not_there_is_a_fallback(tracked: Tracker, domain: dict[str, Any]) -> None:
    (message,), slots = run(ActionAnswer, tracked, domain)
    assert message["response"] == "utter_fallback"
    assert slots == {}


@pytest.mark.parametrize(
    ("tracked", "topic"),
    [
        (tracker(entities={"word": "cd22"}), "term:cd22"),
        (tracker(entities={"word": "leukemia"}, ranking=[("term/remission", 0.4), ("term/leukemia", 0.1)]), "term:leukemia"),
        (tracker(entities={"word": "leukemia"}, ranking=[("term/all", 0.9), ("term/leukemia", 0.1)]), "term:all"),
        (tracker(entities={"word": "leukemia"}, ranking=[("term/all", 0.9)]), "term:leukemia"),
        (tracker(ranking=[("term/mrd", 0.9)]), "term:mrd"),
    ],
)
def test_explain_word(tracked: Tracker, topic: str, domain: dict[str, Any]) -> None:
    (message,), slots = run(ActionExplainWord, tracked, domain)
    assert (message["response"], message["custom"]["topic"], slots["last_topic"]) == ("utter_word", topic, topic)


def test_two_words_named_together_are_both_explained(domain: dict[str, Any]) -> None:
    tracked = tracker("relapsed or refractory?", ranking=[("term/refractory", 0.9), ("term/relapsed", 0.1)])
    tracked.latest_message["entities"] = [
        {"entity": "word", "value": "relapsed", "start": 0, "end": 8},
        {"entity": "word", "value": "refractory", "start": 12, "end": 22},
    ]
    messages, _ = run(ActionExplainWord, tracked, domain)
    assert [message["custom"]["topic"] for message in messages] == ["term:relapsed", "term:refractory"]


def test_a_second_question_gets_its_own_answer(domain: dict[str, Any]) -> None:
    tracked = tracker(ranking=[("ask/cost", 0.9)])
    tracked.latest_message["also_asked"] = ["term/cd22"]
    messages, slots = run(ActionAnswer, tracked, domain)
    assert [message["custom"]["topic"] for message in messages] == ["cost", "term:cd22"]
    assert slots["last_topic"] == "term:cd22"


def test_a_third_question_is_named_and_offered(domain: dict[str, Any]) -> None:
    tracked = tracker(ranking=[("ask/cost", 0.9)])
    tracked.latest_message["also_asked"] = ["term/cd22", "ask/location", "ask/side_effects"]
    messages, slots = run(ActionAnswer, tracked, domain)
    assert [message["response"] for message in messages] == ["utter_not_on_page", "utter_word", "utter_also_asked"]
    assert [button["payload"] for button in messages[-1]["buttons"]] == ['/ask{"topic": "location"}', '/ask{"topic": "side_effects"}']
    assert all(button["title"] in messages[-1]["topics"] for button in messages[-1]["buttons"])
    assert slots["last_topic"] == "term:cd22"


def test_what_is_asked_beside_the_questionnaire_is_answered_and_the_questionnaire_offered(domain: dict[str, Any]) -> None:
    tracked = tracker("can he join, and who pays?", ranking=[("elig_start", 0.9)])
    tracked.latest_message["also_asked"] = ["ask/cost"]
    messages, slots = run(ActionOfferQuestionnaire, tracked, domain)
    assert [message["custom"]["topic"] for message in messages] == ["cost", "elig_start"]
    assert slots["offered"] is True


@pytest.mark.parametrize("tracked", [tracker(), tracker(ranking=[("term/unknown", 0.9)]), tracker(entities={"word": "unheard_of"})])
def test_a_word_nobody_explains_is_declined(tracked: Tracker, domain: dict[str, Any]) -> None:
    (message,), _ = run(ActionExplainWord, tracked, domain)
    assert message["response"] == "utter_unknown_word"


@pytest.mark.parametrize(
    ("kind", "text", "slots", "response", "topic"),
    [
        ("more", "more", {}, "utter_nothing_before", None),
        ("more", "more", {"last_topic": "drug_how"}, "utter_answer", "drug_how"),
        ("more", "more", {"last_topic": "drug_how", "told_more": "drug_how"}, "utter_nothing_more", "drug_how"),
        ("more", "more", {"last_topic": "cost"}, "utter_nothing_more", "cost"),
        ("why", "why", {"last_topic": "study_goal"}, "utter_answer", "background"),
        ("why", "why", {"last_topic": "cost"}, "utter_no_reason", "cost"),
        ("why", "why", {"last_topic": "phase2_results"}, "utter_answer", "phase2_results"),
        ("about", "and japan?", {"last_topic": "approval_status"}, "utter_answer", "approval_status"),
        ("about", "and the second phase?", {"last_topic": "phase1_results"}, "utter_answer", "phase2_results"),
        ("about", "and that?", {"last_topic": "phase1_results"}, "utter_no_piece", "phase1_results"),
        ("about", "and that?", {}, "utter_nothing_before", None),
        ("simpler", "what?", {"last_topic": "drug_how"}, "utter_in_plain_words", "drug_how"),
        ("simpler", "what?", {"last_topic": "cost"}, "utter_simpler", None),
        ("simpler", "what?", {}, "utter_simpler", None),
    ],
)
def test_follow_up(kind: str, text: str, slots: dict[str, Any], response: str, topic: str | None, domain: dict[str, Any]) -> None:
    (message,), _ = run(ActionFollowUp, tracker(text, ranking=[(f"followup/{kind}", 0.9)], **slots), domain)
    assert message["response"] == response
    assert message["custom"].get("topic") == topic


def test_a_follow_up_about_something_else_takes_the_likely_topic(domain: dict[str, Any]) -> None:
    tracked = tracker("and the price?", ranking=[("followup/about", 0.6), ("ask/cost", 0.3)], last_topic="phase1_results")
    (message,), slots = run(ActionFollowUp, tracked, domain)
    assert (message["custom"]["topic"], slots["last_topic"]) == ("cost", "cost")


@pytest.mark.parametrize(
    ("country", "emergency", "crisis"),
    [
        ("", "112", "112"),
        ("NL", "112", "113"),
        ("GB", "999", "116 123"),
        ("uk", "999", "116 123"),
        (" nl ", "112", "113"),
    ],
)
def test_safety_gives_the_numbers_of_the_country(country: str, emergency: str, crisis: str, domain: dict[str, Any]) -> None:
    (message,), _ = run(ActionSafety, tracker(ranking=[("safety/crisis", 0.9)]), domain, country=country)
    assert (message["response"], message["emergency"], message["crisis"]) == ("utter_safety/crisis", emergency, crisis)


@pytest.mark.parametrize(("line", "said"), [("", "the number that the team gave you"), ("+31 88 000", "your hospital: +31 88 000.")])
def test_an_emergency_names_the_hospitals_own_line(line: str, said: str, domain: dict[str, Any]) -> None:
    (message,), _ = run(ActionSafety, tracker(ranking=[("safety/emergency", 0.9)]), domain, hospital_line=line)
    assert said in message["hospital"]


@pytest.mark.parametrize(
    ("action", "topic", "notes"),
    [
        (ActionAnswer, "ask/cost", 1),
        (ActionExplainWord, "term/mrd", 1),
        (ActionExplainWord, "term/unknown", 1),
        (ActionFollowUp, "followup/more", 1),
        (ActionFollowUp, "followup/about", 1),
        (ActionFollowUp, "followup/simpler", 1),
        (ActionFallback, "ask/cost", 1),
        (ActionFallback, "smalltalk/greet", 1),
        (ActionSmallTalk, "smalltalk/bot_identity", 1),
        (ActionTalk, "talk/privacy", 1),
        (ActionSafety, "safety/prognosis", 1),
        (ActionSafety, "safety/emergency", 0),
        (ActionSafety, "safety/distress", 0),
    ],
)
def test_personal_data_beside_a_question_is_noted(action: Any, topic: str, notes: int, domain: dict[str, Any]) -> None:
    messages, _ = run(action, tracker(ranking=[(topic, 0.9)], entities={"personal_data": "name"}), domain)
    assert [message["response"] for message in messages].count("utter_personal_data_note") == notes


def test_without_personal_data_there_is_no_note(domain: dict[str, Any]) -> None:
    (message,), _ = run(ActionSmallTalk, tracker(ranking=[("smalltalk/greet", 0.9)]), domain)
    assert message["response"] == "utter_smalltalk/greet"


def questionnaire(**values: Any) -> dict[str, Any]:
    answers = {"age": "108-119", "diagnosis": "bcp_all", "cd22": "positive", "relapsed": "yes", "very_high_risk": "yes"}
    return Questionnaire(person="son", answers=answers, **values).to_json()


def test_the_question_speaks_of_the_person_and_says_what_was_noted(domain: dict[str, Any]) -> None:
    kept = Questionnaire(person="son", answers={"age": "108-119"}).to_json()
    note = {"note": "noted", "criteria": ["age"]}
    (message,), slots = run(AskAnswer, tracker(questionnaire=kept, questionnaire_note=note), domain)
    assert message["response"] == "utter_question_after"
    assert "• Age: 9 years" in message["lead"]
    assert message["question"].startswith("Which disease does your son have?")
    assert message["custom"]["progress"] == {"step": 2, "of": 5}
    assert slots == {"questionnaire_note": None}


def test_the_review_offers_a_change_of_every_answer(domain: dict[str, Any]) -> None:
    (message,), _ = run(AskAnswer, tracker(questionnaire=questionnaire(stage=Stage.REVIEW)), domain)
    assert message["response"] == "utter_review"
    assert [point["change"] for point in message["custom"]["criteria"]][2] == '/questionnaire{"change": "cd22"}'
    assert message["points"].count("•") == 5


@pytest.mark.parametrize(
    ("answers", "outcome", "asked"),
    [({}, "may_fit", 0), ({"cd22": "negative"}, "does_not_fit", 1), ({"cd22": "unknown", "age": "unknown"}, "unclear", 2)],
)
def test_the_result_goes_point_by_point(answers: dict[str, str], outcome: str, asked: int, domain: dict[str, Any]) -> None:
    kept = questionnaire(stage=Stage.RESULT)
    kept["answers"] |= answers
    (message,), slots = run(ActionEligibilityEnd, tracker(questionnaire=kept), domain)
    assert (message["response"], message["custom"]["outcome"]) == (f"utter_result_{outcome}", outcome)
    assert message["points"].count("•") == 5
    assert message["ask"].count("•") == asked
    assert slots["last_topic"] == "who_can_enter"


def test_a_stopped_questionnaire_has_no_result(domain: dict[str, Any]) -> None:
    (message,), _ = run(ActionEligibilityEnd, tracker(questionnaire=questionnaire(stage=Stage.STOPPED)), domain)
    assert (message["response"], message["custom"]["kind"]) == ("utter_cancelled", "cancelled")
    assert "outcome" not in message["custom"]


MOST_OFFERED = ["Costs", "Your rights", "How the drug works"]
FIRST_QUESTIONS = ["What the study is about", "Who can take part", "How the drug works", "See if the study might fit"]


@pytest.mark.parametrize(
    ("ranking", "response", "titles"),
    [
        ([("ask/cost", 0.2), ("ask/rights", 0.1), ("ask/location", 0.05)], "utter_did_you_mean", ["Costs", "Your rights"]),
        ([("term/cd22", 0.2), ("ask/drug_how", 0.25)], "utter_did_you_mean", ["How the drug works", "CD22"]),
        ([(f"ask/{topic}", 0.1) for topic in ("cost", "rights", "drug_how", "location")], "utter_did_you_mean", MOST_OFFERED),
        ([("out_of_scope/oos_general", 0.2)], "utter_fallback", FIRST_QUESTIONS),
        ([], "utter_fallback", FIRST_QUESTIONS),
    ],
)
def test_fallback(ranking: list[tuple[str, float]], response: str, titles: list[str], domain: dict[str, Any]) -> None:
    (message,), _ = run(ActionFallback, tracker(ranking=ranking), domain)
    assert message["response"] == response
    assert [button["title"] for button in message["buttons"]] == titles


@pytest.mark.parametrize(
    ("metadata", "country", "emergency"),
    [
        ({}, None, "112"),
        ({"trial": "itcc-059", "country": "us"}, "US", "911"),
        ({"trial": "unheard-of", "country": "XX"}, None, "112"),
        ({"country": {"code": "US"}}, None, "112"),
    ],
)
def test_session_start(metadata: dict[str, Any], country: str | None, emergency: str, domain: dict[str, Any]) -> None:
    (message,), slots = run(ActionSessionStart, tracker(session_started_metadata=metadata), domain)
    assert message["response"] == "utter_welcome_old_page"
    assert slots == {"study": "itcc-059", "page_is_old": True, "country": country, "emergency": emergency}


OURS, THEIRS = "itcc-059", "larotrectinib-scout"


@pytest.mark.parametrize(
    ("ranking", "entities", "response"),
    [
        ([("studies/another", 1.0)], {"study": THEIRS}, "utter_another_study"),
        ([("studies/compared", 1.0)], {"study": THEIRS}, "utter_not_weighed"),
        ([("studies/known_studies", 0.9)], {}, "utter_known_studies"),
        # Without the conversation's study beside it the pipeline may take this one for another.
        ([("studies/another", 1.0)], {"study": OURS}, "utter_known_studies"),
    ],
)
def test_another_study_is_offered_and_never_answered(
    ranking: list[tuple[str, float]], entities: dict[str, str], response: str, domain: dict[str, Any]
) -> None:
    (message,), slots = run(ActionStudies, tracker(ranking=ranking, entities=entities, study=OURS), domain)
    assert (message["response"], slots) == (response, {})


def test_going_over_to_another_study_leaves_everything_of_the_first_behind(domain: dict[str, Any]) -> None:
    before = tracker(
        entities={"study": THEIRS}, study=OURS, questionnaire={"answers": {}}, outcome="may_fit", asked=["cost"], last_topic="cost"
    )
    (message,), slots = run(ActionSwitchStudy, before, domain)
    assert (message["response"], message["custom"]["trial"]) == ("utter_switched_old_page", THEIRS)
    assert slots == {
        **dict.fromkeys(("last_topic", "told_more", "asked", "outcome", "requested_slot", "questionnaire", "questionnaire_note")),
        "study": THEIRS,
        "page_is_old": True,
    }


@pytest.mark.parametrize("chosen", [OURS, "no-such-study"])
def test_whoever_stays_keeps_everything(chosen: str, domain: dict[str, Any]) -> None:
    (message,), slots = run(ActionSwitchStudy, tracker(entities={"study": chosen}, study=OURS), domain)
    assert (message["response"], slots) == ("utter_same_study", {})
