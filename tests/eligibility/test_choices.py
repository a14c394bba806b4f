"""Answers as people give them, and the choice they name."""

from datetime import date

import pytest

from trialog.content.model import Library
from trialog.eligibility.reader import Reader

TODAY = date(2026, 11, 24)

READ = {
    "diagnosis": {
        "bcp_all": [
            "B-ALL", "pre-B", "common ALL", "b cell all", "BCP ALL", "also B-ALL", "precursor b-cell leukaemia", "B type",
            "b-cell precurser acute lymfoblastic lukemia", "not T-cell, it's B-cell precursor", "first they thought AML but it is B-ALL",
            "Ph+ B-ALL", "it isn't AML, it's B-ALL",
        ],
        "t_all": ["T-ALL", "t cell all", "T-cell ALL, not B", "ETP-ALL"],
        "aml": ["AML", "acute myeloid leukemia", "it's myeloid"],
        "mature_b": ["Burkitt", "burkitt's lymphoma", "DLBCL"],
        "lymphoma": ["B-LBL", "Hodgkin", "b-cell lymphoblastic lymphoma", "they call it lymphoma"],
        "mixed": ["MPAL", "mixed phenotype"],
        "other_blood": ["CML", "JMML"],
        "other_cancer": ["neuroblastoma", "a brain tumour"],
        "all": ["it's ALL", "all", "acute lymphoblastic leukaemia", "Ph+ ALL"],
        "leukemia": ["leukemia", "luekemia", "blood cancer", "cancer of the blood"],
        "unknown": ["I don't know", "no idea", "idk", "have to ask the doctor"],
        "declined": ["rather not say", "I'd prefer not to say"],
    },
    "cd22": {
        "positive": [
            "yes", "positive", "postive", "posetive", "yes posativ", "pos", "CD22+", "CD22 pos", "it's there", "they found it",
            "not negative, it's positive", "98% of the cells", "CD19 neg, CD22 pos", "y", "CD19 lost, CD22 still positive",
        ],
        "negative": [
            "no", "negative", "neg", "CD22-", "CD22 neg on flow", "it is not positive", "cd22 is not positive", "not found",
            "it was positive at first but now negative", "now negative, at first it was positive", "the cells dont have it", "nope",
        ],
        "weak": ["weakly positive", "dim", "cd22 dim", "only partly"],
        "not_tested": ["not tested", "wasn't tested", "wasnt tested", "not yet", "never tested", "pending", "we're still waiting"],
        "other_marker": ["cd19 positive", "CD19+"],
        "unknown": ["don't know", "im not positive about that one", "nobody told us"],
    },
    "relapsed": {
        "yes": [
            "yes", "it came back", "relapsed", "yes relaps", "it cam back", "R1", "second relapse", "it came right back",
            "no it came back",
        ],
        "no": [
            "no", "never relapsed", "it hasn't come back", "I don't think it came back", "first diagnosis", "in first remission",
            "no, the tests came back clear", "only her hair came back",
        ],
        "refractory": ["refractory", "it never went away", "did not respond to treatment", "never went into remission"],
        "suspected": ["it might be back", "they think it might be back, we're waiting for the marrow"],
        "remission": ["in remission"],
    },
    "very_high_risk": {
        "yes": ["very high risk", "VHR", "yes verry quikly", "very fast", "yes", "the risk is very high", "quickly"],
        "no": ["no", "standard risk", "not very fast", "not quickly", "late relapse", "slowly"],
        "high_risk": ["high risk"],
        "only_time": ["after 5 months", "3 years", "10/12 post dx", "half a year"],
        "unknown": ["don't know yet", "they didnt give it a name", "nobody said if that is quick"],
    },
}  # fmt: skip

NOT_READ = {
    "diagnosis": ["yes", "no", "the weather is nice", "she is 9"],
    "cd22": ["what a day", "she likes horses", "12", "maybe"],
    "relapsed": ["the hospital is far", "7", "just turned 18", "it occurred to me"],
    "very_high_risk": ["we live in Utrecht"],
}

STATED = {
    "my daughter is 7 and her B-ALL came back after 5 months": {"age": "84-95", "diagnosis": "bcp_all", "relapsed": "yes"},
    "6 y/o F, pre-B ALL, CD22 neg on flow, R1 at 10/12 post dx": {
        "age": "72-83", "diagnosis": "bcp_all", "cd22": "negative", "relapsed": "yes",
    },
    "my wife says CD22 wasn't tested": {"cd22": "not_tested"},
    "CD22 is positive, and by the way he's 7 now, not 6": {"cd22": "positive", "age": "84-95"},
    "I'm 71 and my granddaughter has B-ALL": {"diagnosis": "bcp_all"},
    "yes": {},
    "positive": {},
    "it is leukemia": {},
    "I am so tired": {},
}  # fmt: skip


@pytest.fixture(scope="module")
def reader(library: Library) -> Reader:
    return Reader(library.studies["itcc-059"], library.interview, library.statements)


def cases(table: dict[str, dict[str, list[str]]]) -> list[tuple[str, str, str]]:
    return [(criterion, answer, text) for criterion, answers in table.items() for answer, texts in answers.items() for text in texts]


def understood(reader: Reader, criterion: str, text: str, yes_no: bool = True) -> str | None:
    read = reader.read(reader.hear(text, criterion), TODAY, yes_no).get(criterion)
    return read.answer if read else None


@pytest.mark.parametrize(("criterion", "answer", "text"), cases(READ))
def test_answers_are_read(reader: Reader, criterion: str, answer: str, text: str) -> None:
    assert understood(reader, criterion, text) == answer


@pytest.mark.parametrize(("criterion", "text"), [(criterion, text) for criterion, texts in NOT_READ.items() for text in texts])
def test_other_messages_are_no_answers(reader: Reader, criterion: str, text: str) -> None:
    assert understood(reader, criterion, text, yes_no=criterion != "diagnosis") is None


@pytest.mark.parametrize(("text", "answers"), STATED.items())
def test_what_is_stated_without_being_asked(reader: Reader, text: str, answers: dict[str, str]) -> None:
    assert reader.stated(text, TODAY) == answers


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("my son", "son"),
        ("our little girl", "daughter"),
        ("it's for me", "self"),
        ("Can I join?", "self"),
        ("can I do it for my grandson", "grandson"),
        ("I'm 71 and my granddaughter is ill", "granddaughter"),
        ("a patient of ours", "patient"),
        ("my friend's son", "someone"),
        ("now for her brother", "son"),
        ("hello", None),
    ],
)
def test_whom_it_is_about(reader: Reader, text: str, person: str | None) -> None:
    assert reader.phrases.person(text) == person
