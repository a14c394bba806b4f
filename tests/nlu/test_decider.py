"""What goes before what when it is decided what a message is answered as."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from trialog.content.model import DANGER
from trialog.nlu.decider import DELETE, PII, Decider, Decision, Evidence, Reason, decide
from trialog.nlu.evidence import (
    CRISIS,
    EMERGENCY,
    FOREIGN,
    IN_DANGER,
    TALK,
    ActEvidence,
    DangerEvidence,
    ElsewhereEvidence,
    PersonalEvidence,
    Ranking,
    Sign,
    TopicEvidence,
    put,
)
from trialog.nlu.prediction import FALLBACK
from trialog.nlu.thresholds import Thresholds

COST, RIGHTS, GREET, GENERAL = "ask/cost", "ask/rights", "smalltalk/greet", "out_of_scope/oos_general"
TRICK, PROGNOSIS = "out_of_scope/oos_adversarial", "safety/prognosis"
CONFIG: dict[str, Any] = {
    "refusal": 0.25,
    "hurting": 0.4,
    "surely_hurting": 0.7,
    "alike": 0.25,
    "irreversible": 0.65,
    "danger": 0.35,
    "danger_in_few": 0.5,
    "sure_danger": 0.9,
    "unsure_danger": 0.5,
    "sure_denial": 0.75,
    "hint_of_danger": 0.2,
    "short": 9,
    "sure_question": 0.6,
    "surely_question": 0.75,
    "sure_act": 0.45,
    "meaning": 0.5,
    "danger_elsewhere": 0.5,
    "sure_elsewhere": 0.5,
}
THRESHOLDS = Thresholds(**CONFIG)
BREATHING = Sign(EMERGENCY, "breathing")


def evidence(
    whole: Ranking,
    *,
    model: Mapping[str, float] | None = None,
    sign: Sign | None = None,
    harmless_for: Sequence[str] = (),
    urgent: bool = False,
    length: int = 9,
    questions: Sequence[Ranking] = (),
    beside: Ranking | None = None,
) -> Evidence:
    """Evidence in which the danger model agrees with the topics unless ``model`` says what it thinks."""
    whole = filled(whole)
    agreeing = {danger: sum(share for name, share in whole if name == danger) for danger in DANGER}
    danger = DangerEvidence({**dict.fromkeys(DANGER, 0.0), **(agreeing if model is None else model)}, sign, harmless_for, urgent, length)
    asked = filled(beside) if beside else None
    return Evidence(TopicEvidence(whole, questions, asked), danger, PersonalEvidence(("name",) if beside else (), ""))


def filled(ranking: Ranking) -> Ranking:
    """``ranking`` with danger and other unlikely topics, so that it adds up to 1."""
    rest = 1 - sum(share for _, share in ranking)
    others = [(f"ask/other_{number}", rest / 100) for number in range(100 if rest > 1e-9 else 0)]
    return [*ranking, *((danger, 0.0) for danger in DANGER if danger not in dict(ranking)), *others]


def decided(whole: Ranking, **more: Any) -> Decision:
    return decide(evidence(whole, **more), THRESHOLDS)


@pytest.mark.parametrize(
    ("ranking", "topic"),
    [
        ([(COST, 0.26), (RIGHTS, 0.2)], COST),
        ([(COST, 0.24), (RIGHTS, 0.2)], FALLBACK),
        ([(GENERAL, 0.64), (EMERGENCY, 0.2), (CRISIS, 0.16)], EMERGENCY),
        ([(GENERAL, 0.64), (CRISIS, 0.2), (EMERGENCY, 0.16)], CRISIS),
        ([(GENERAL, 0.66), (EMERGENCY, 0.2), (CRISIS, 0.14)], GENERAL),
        ([(COST, 0.55), (EMERGENCY, 0.45)], COST),
        ([(COST, 0.49), (EMERGENCY, 0.51)], EMERGENCY),
        ([(COST, 0.44), (GENERAL, 0.1), (EMERGENCY, 0.46)], EMERGENCY),
        ([(EMERGENCY, 0.2), (COST, 0.18), (RIGHTS, 0.17)], EMERGENCY),
    ],
    ids=[
        "likely enough",
        "asked back",
        "emergency first",
        "crisis first",
        "too little danger",
        "a sure question",
        "as much danger",
        "an unsure question",
        "danger is never asked back",
    ],
)
def test_what_is_acted_on(ranking: Ranking, topic: str) -> None:
    assert decided(ranking).topic == topic


@pytest.mark.parametrize("topic", [TRICK, PROGNOSIS, GENERAL, "out_of_scope/oos_medical"])
def test_what_would_hurt_an_honest_person_needs_more_certainty(topic: str) -> None:
    spared = decided([(topic, 0.39), (COST, 0.3)])
    assert (spared.topic, spared.reason) == (FALLBACK, Reason.SPARED)
    assert [name for name, _ in spared.ranking[:2]] == [topic, COST], "the question that may be meant is offered"
    assert decided([(topic, 0.41), (COST, 0.2)]).topic == topic


@pytest.mark.parametrize(
    ("topic", "share", "second", "decided_on"),
    [
        (TRICK, 0.41, COST, COST),
        (TRICK, 0.41, PII, TRICK),
        (TRICK, 0.71, COST, TRICK),
        (PROGNOSIS, 0.41, COST, PROGNOSIS),
    ],
)
def test_an_unsure_trick_gives_way_to_a_likely_second(topic: str, share: float, second: str, decided_on: str) -> None:
    assert decided([(topic, share), (second, 0.29)]).topic == decided_on


@pytest.mark.parametrize(
    ("ranking", "topic"),
    [
        ([("safety/distress", 0.2), ("safety/prognosis", 0.2), (COST, 0.21)], "safety/distress"),
        ([("smalltalk/bye", 0.24), ("smalltalk/thanks", 0.2), (GENERAL, 0.1)], "smalltalk/thanks"),
        ([("safety/distress", 0.1), ("safety/prognosis", 0.1), (COST, 0.21)], FALLBACK),
    ],
)
def test_topics_that_are_answered_alike_count_together(ranking: Ranking, topic: str) -> None:
    assert decided(ranking).topic == topic


@pytest.mark.parametrize(
    ("act", "certainty", "topic"), [("good_news", 0.7, GENERAL), ("good_news", 0.5, EMERGENCY), ("unwell", 0.9, EMERGENCY)]
)
def test_an_unsure_alarm_gives_way_to_what_nobody_in_danger_does(act: str, certainty: float, topic: str) -> None:
    acts = ActEvidence({IN_DANGER: [("else", 1.0)], TALK: [(act, certainty), ("else", 1 - certainty)]})
    told = dataclasses.replace(evidence([(EMERGENCY, 0.45), (GENERAL, 0.4)]), acts=acts)
    assert decide(told, THRESHOLDS).topic in (topic, f"talk/{act}" if topic == GENERAL else topic)
    sure = dataclasses.replace(evidence([(EMERGENCY, 0.55), (GENERAL, 0.4)]), acts=acts)
    assert decide(sure, THRESHOLDS).topic == EMERGENCY


def test_danger_that_only_the_model_sees_is_answered() -> None:
    decision = decided([(COST, 0.9), (EMERGENCY, 0.05), (CRISIS, 0.05)], model={EMERGENCY: 0.98})
    assert (decision.topic, decision.reason) == (EMERGENCY, Reason.OPINION)


def test_an_alarm_the_model_sees_no_danger_in_becomes_the_next_topic() -> None:
    assert decided([(EMERGENCY, 0.6), (COST, 0.4)], model={EMERGENCY: 0.01}).topic == COST


def test_a_sign_raises_the_alarm_that_the_opinions_do_not() -> None:
    decision = decided([(COST, 0.9), (EMERGENCY, 0.1)], sign=BREATHING)
    assert (decision.topic, decision.reason) == (EMERGENCY, Reason.SIGN)
    assert decision.ranking[0] == (EMERGENCY, 1.0)


@pytest.mark.parametrize(("length", "topic"), [(2, GENERAL), (3, EMERGENCY)])
def test_one_or_two_words_need_more_of_an_opinion(length: int, topic: str) -> None:
    assert decided([(GENERAL, 0.6), (EMERGENCY, 0.4)], length=length).topic == topic
    assert decided([(GENERAL, 0.4), (EMERGENCY, 0.6)], length=length).topic == EMERGENCY


@pytest.mark.parametrize(
    ("danger", "urgent", "length", "topic"),
    [(0.1, False, 9, EMERGENCY), (0.1, False, 10, COST), (0.21, False, 10, EMERGENCY), (0.1, True, 10, EMERGENCY)],
    ids=["short", "long", "long with a hint of danger", "long with a cry for help"],
)
def test_a_sign_in_a_long_story_needs_more_than_itself(danger: float, urgent: bool, length: int, topic: str) -> None:
    ranking = [(COST, 1 - danger), (EMERGENCY, danger)]
    assert decided(ranking, sign=BREATHING, urgent=urgent, length=length).topic == topic


def test_which_danger_it_is_the_opinions_know_better_than_a_sign() -> None:
    assert decided([(CRISIS, 0.8), (COST, 0.2)], sign=BREATHING).topic == CRISIS


def test_an_unsure_alarm_about_a_look_alike_is_taken_back() -> None:
    decision = decided([(EMERGENCY, 0.6), (COST, 0.3), (CRISIS, 0.1)], harmless_for=[EMERGENCY])
    assert (decision.topic, decision.reason) == (COST, Reason.WITHDRAWN)
    assert dict(decision.ranking) == pytest.approx({COST: 1}), "the rest adds up to 1 again"


@pytest.mark.parametrize(
    ("act", "certainty", "danger", "topic"),
    [("false_alarm", 0.8, 0.6, COST), ("false_alarm", 0.7, 0.6, CRISIS), ("no", 0.9, 0.6, CRISIS), ("false_alarm", 0.9, 0.95, CRISIS)],
)
def test_a_denial_takes_back_what_is_not_sure_and_has_no_sign(act: str, certainty: float, danger: float, topic: str) -> None:
    acts = ActEvidence({IN_DANGER: [(act, certainty), ("else", 1 - certainty)], TALK: [("else", 1.0)]})
    denied = dataclasses.replace(evidence([(CRISIS, danger), (COST, 1 - danger)]), acts=acts)
    assert decide(denied, THRESHOLDS).topic == topic
    with_sign = dataclasses.replace(denied, danger=dataclasses.replace(denied.danger, sign=BREATHING))
    assert decide(with_sign, THRESHOLDS).topic in DANGER


@pytest.mark.parametrize(("share", "topic"), [(0.6, FALLBACK), (0.7, DELETE)])
def test_what_cannot_be_undone_needs_more_certainty(share: float, topic: str) -> None:
    assert decided([(DELETE, share), (COST, 1 - share)]).topic == topic


def test_with_nothing_likely_left_it_asks_back() -> None:
    assert decided([(EMERGENCY, 0.6), (COST, 0.09)], harmless_for=[EMERGENCY]).topic == FALLBACK


@pytest.mark.parametrize(
    ("danger", "more"),
    [(0.91, {"harmless_for": DANGER}), (0.6, {}), (0.6, {"harmless_for": [CRISIS]}), (0.6, {"harmless_for": DANGER, "sign": BREATHING})],
    ids=["the opinions are sure", "no harmless frame", "a frame for another danger", "a sign beside the frame"],
)
def test_an_alarm_stays(danger: float, more: dict[str, Any]) -> None:
    assert decided([(EMERGENCY, danger), (COST, 1 - danger)], **more).topic == EMERGENCY


ON_COST: Ranking = [(COST, 0.8), (RIGHTS, 0.2)]
ON_RIGHTS: Ranking = [(RIGHTS, 0.8), (COST, 0.2)]


def test_a_second_question_is_answered() -> None:
    assert decided(ON_COST, questions=[ON_COST, ON_RIGHTS]).also_asked == (RIGHTS,)


@pytest.mark.parametrize(
    ("whole", "questions"),
    [
        (ON_COST, [ON_COST, ON_COST]),
        (ON_COST, [ON_COST, [(RIGHTS, 0.59), (COST, 0.41)]]),
        (ON_COST, [ON_COST, [(GENERAL, 0.9), (COST, 0.1)]]),
        ([(GREET, 0.9), (COST, 0.1)], [ON_COST, ON_RIGHTS]),
        ([(EMERGENCY, 0.9), (COST, 0.1)], [ON_COST, ON_RIGHTS]),
    ],
    ids=["one topic twice", "unsure", "not about the study", "the whole is not", "danger is answered alone"],
)
def test_there_is_no_second_question(whole: Ranking, questions: Sequence[Ranking]) -> None:
    assert decided(whole, questions=questions).also_asked == ()


def test_the_second_question_is_answered_after_an_alarm_was_taken_back() -> None:
    """The question that sounded like danger was what raised the alarm, so its topic is the next one, too."""
    sounds_like_danger = [(EMERGENCY, 0.6), (RIGHTS, 0.3), (COST, 0.1)]
    whole = [(EMERGENCY, 0.6), (COST, 0.3), (RIGHTS, 0.1)]
    questions = [sounds_like_danger, ON_COST]
    decision = decided(whole, harmless_for=[EMERGENCY], questions=questions)
    assert (decision.topic, decision.also_asked) == (COST, (RIGHTS,))
    assert decided(whole, questions=questions).also_asked == ()


ON_DATA: Ranking = [(PII, 0.9), (COST, 0.1)]


@pytest.mark.parametrize(
    ("whole", "beside", "topic", "reason"),
    [
        (ON_DATA, [(COST, 0.7), (PII, 0.3)], COST, Reason.BESIDE),
        (ON_DATA, [("followup/more", 0.7), (PII, 0.3)], "followup/more", Reason.BESIDE),
        (ON_DATA, [(COST, 0.41), (PII, 0.3)], COST, Reason.BESIDE),
        (ON_DATA, [(COST, 0.39), (PII, 0.3)], PII, Reason.PERSONAL_DATA),
        (ON_DATA, [(GENERAL, 0.9), (PII, 0.1)], PII, Reason.PERSONAL_DATA),
        ([(GREET, 0.9), (COST, 0.1)], ON_COST, COST, Reason.BESIDE),
        ([(GREET, 0.9), (COST, 0.1)], [(GREET, 0.9), (COST, 0.1)], PII, Reason.PERSONAL_DATA),
        ([(COST, 0.2), (RIGHTS, 0.15)], ON_COST, COST, Reason.BESIDE),
        ([(COST, 0.2), (RIGHTS, 0.15)], [(COST, 0.2), (RIGHTS, 0.15)], PII, Reason.PERSONAL_DATA),
        (ON_RIGHTS, ON_COST, RIGHTS, Reason.TOPIC),
    ],
    ids=[
        *("a question", "a follow-up", "a rather likely question", "an unlikely question", "chatter"),
        *("a greeting and a question", "a greeting", "nothing likely but a question", "nothing likely", "a question as a whole"),
    ],
)
def test_what_holds_personal_data(whole: Ranking, beside: Ranking, topic: str, reason: Reason) -> None:
    decision = decided(whole, beside=beside)
    assert (decision.topic, decision.reason) == (topic, reason)


def test_danger_beside_personal_data_is_seen() -> None:
    assert decided([(GREET, 0.9), (COST, 0.1)], beside=ON_COST, model={EMERGENCY: 0.9999}).topic == EMERGENCY
    assert decided(ON_DATA, beside=[(EMERGENCY, 0.7), (PII, 0.3)], model={EMERGENCY: 0.7}).topic == EMERGENCY


def handed_to_rasa(*found: object) -> dict[str, Any]:
    message = Message({"text": "nobody reads this"})
    for part in found:
        put(message, part)
    (message,) = Decider(THRESHOLDS).process([message])
    return dict(message.as_dict(only_output_properties=True))


def test_rasa_gets_intent_topic_second_question_and_the_rule() -> None:
    found = evidence(ON_COST, questions=[ON_COST, ON_RIGHTS])
    data = handed_to_rasa(found.topics, found.danger, found.personal)
    assert data["intent"] == {"name": "ask", "confidence": pytest.approx(0.8, abs=0.001)}
    assert data["response_selector"]["default"]["response"]["intent_response_key"] == COST
    assert data["also_asked"] == [RIGHTS]
    assert data["decided_by"] == {"rule": "likeliest topic", "sign": None}


def test_the_sign_that_decided_is_named_by_its_group() -> None:
    found = evidence(ON_COST, sign=BREATHING)
    assert handed_to_rasa(found.topics, found.danger, found.personal)["decided_by"] == {"rule": "sign of danger", "sign": "breathing"}


def test_a_message_without_evidence_is_left_alone() -> None:
    assert "intent" not in handed_to_rasa(evidence(ON_COST).topics)


@pytest.mark.parametrize(
    ("act", "topic", "decided"),
    [
        (("again", 0.8), (COST, 0.7), "talk/again"),
        (("again", 0.8), (COST, 0.9), COST),
        (("again", 0.4), (COST, 0.3), COST),
        (("else", 0.9), (COST, 0.9), COST),
        (("again", 0.8), (GENERAL, 0.2), "talk/again"),
        # A feeling is not passed over as small talk.
        (("ok", 0.7), ("safety/distress", 0.8), "safety/distress"),
        (("ok", 0.9), (EMERGENCY, 0.8), EMERGENCY),
        # Whoever asks in words for the questionnaire speaks of its topic.
        (("begin", 0.8), (GENERAL, 0.3), "elig_start"),
    ],
)
def test_what_a_message_does_outweighs_what_it_may_be_about(act: tuple[str, float], topic: tuple[str, float], decided: str) -> None:
    found = evidence([topic])
    acts = ActEvidence({TALK: [act], IN_DANGER: [("else", 1.0)]})
    assert decide(dataclasses.replace(found, acts=acts), THRESHOLDS).topic == decided


def test_two_sure_questions_that_look_like_neither_are_both_answered() -> None:
    found = evidence([(COST, 0.1), (RIGHTS, 0.1)], questions=[[(COST, 0.8)], [(RIGHTS, 0.9)]])
    decision = decide(found, THRESHOLDS)
    assert (decision.topic, decision.also_asked) == (COST, (RIGHTS,))


@pytest.mark.parametrize(("config", "named"), [({**CONFIG, "dangr": 0.3}, "dangr"), ({"refusal": 0.25}, "sure_danger")])
def test_a_threshold_that_is_unknown_or_missing_is_named(config: dict[str, Any], named: str) -> None:
    with pytest.raises(TypeError, match=named):
        Decider.create(config, *[None] * 3)


def decided_elsewhere(whole: Ranking, topics: Ranking, danger: Mapping[str, float]) -> Decision:
    """What is decided on a message in Dutch that the English models read as ``whole``."""
    opinion = {**dict.fromkeys(DANGER, 0.0), **danger}
    return decide(dataclasses.replace(evidence(whole), elsewhere=ElsewhereEvidence("nl", topics, opinion)), THRESHOLDS)


@pytest.mark.parametrize(
    ("whole", "topics", "danger", "topic"),
    [
        ([(FOREIGN, 0.9)], [(COST, 0.5)], {}, COST),
        ([(FOREIGN, 0.9)], [(COST, 0.49)], {}, FOREIGN),
        ([(FOREIGN, 0.9)], [(GREET, 0.9)], {}, FOREIGN),
        ([(GENERAL, 0.9)], [(GREET, 0.9)], {}, FOREIGN),
        ([(FOREIGN, 0.9)], [(COST, 0.9)], {CRISIS: 0.3, EMERGENCY: 0.2}, CRISIS),
        ([(FOREIGN, 0.9)], [(COST, 0.9)], {CRISIS: 0.29, EMERGENCY: 0.2}, COST),
        ([(EMERGENCY, 0.9)], [(COST, 0.9)], {}, EMERGENCY),
    ],
    ids=["sure topic", "unsure topic", "no question", "only the letters say so", "danger", "hardly danger", "English alarm"],
)
def test_what_is_acted_on_in_another_language(whole: Ranking, topics: Ranking, danger: Mapping[str, float], topic: str) -> None:
    assert decided_elsewhere(whole, topics, danger).topic == topic


@pytest.mark.parametrize(
    ("share", "length", "topic"),
    [(0.6, 2, EMERGENCY), (0.48, 2, GREET), (0.48, 3, EMERGENCY)],
    ids=["sure enough", "too few words for an opinion", "one word more"],
)
def test_one_or_two_words_are_danger_only_if_that_is_likely(share: float, length: int, topic: str) -> None:
    others = [(GREET, 0.3), (GENERAL, 0.7 - share)]
    assert decided([(EMERGENCY, share), *others], length=length).topic == topic


def test_a_sign_of_danger_in_one_word_is_heeded_however_unsure_the_opinions() -> None:
    assert decided([(GREET, 0.6), (EMERGENCY, 0.4)], length=1, sign=BREATHING).topic == EMERGENCY


@pytest.mark.parametrize(
    ("whole", "share", "topic"),
    [
        ([(GENERAL, 0.9)], 0.5, "term/fusion"),
        ([(COST, 0.9)], 0.6, "term/fusion"),
        ([(COST, 0.9)], 0.49, COST),
        # What the lines explain they explain; danger goes before any word.
        ([("term/relapsed", 0.9)], 0.9, "term/relapsed"),
        ([(EMERGENCY, 0.9)], 0.9, EMERGENCY),
    ],
)
def test_who_asks_after_a_word_of_the_study_gets_its_meaning(whole: Ranking, share: float, topic: str) -> None:
    asked = evidence(whole)
    asked = dataclasses.replace(asked, topics=dataclasses.replace(asked.topics, meaning=("term/fusion", share)))
    assert decide(asked, THRESHOLDS).topic == topic


def test_what_a_trick_gives_way_to_is_refused_where_it_is_not_likely_enough() -> None:
    strict = dataclasses.replace(THRESHOLDS, refusal=0.5)
    assert decide(evidence([(TRICK, 0.55), (COST, 0.4)]), THRESHOLDS).topic == COST
    assert decide(evidence([(TRICK, 0.55), (COST, 0.4)]), strict).topic == FALLBACK
