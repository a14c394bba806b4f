"""The checker finds each fault: one fault a test, put into a copy of the real content."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

STUDY = "trials/itcc-059"

Faults = Callable[[], list[str]]


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"the test expects {old!r} in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_shipped_content_has_no_faults(faults: Faults) -> None:
    assert faults() == []


def test_missing_required_topic(content: Path, faults: Faults) -> None:
    (content / STUDY / "answers" / "cost.yml").unlink()
    assert faults() == ["content/trials/itcc-059/answers/cost.yml: this required topic has no file: answer it or declare not_on_page."]


def test_missing_study_file(content: Path, faults: Faults) -> None:
    (content / STUDY / "study.yml").unlink()
    assert faults() == ["content/trials/itcc-059/study.yml: this file is missing."]


def test_no_study_at_all(content: Path, faults: Faults) -> None:
    for study in (content / "trials").glob("*/"):
        shutil.rmtree(study)
    assert faults() == ["content/trials: there is no study in this folder."]


def test_study_id_must_be_its_folder(content: Path, faults: Faults) -> None:
    change(content / STUDY / "study.yml", "id: itcc-059", "id: itcc-058")
    assert faults() == ["content/trials/itcc-059/study.yml:2: the id 'itcc-058' must be the name of its folder, 'itcc-059'."]


def test_not_yaml(content: Path, faults: Faults) -> None:
    (content / STUDY / "answers" / "cost.yml").write_text("section: [Summary", encoding="utf-8")
    (fault,) = faults()
    assert fault.startswith("content/trials/itcc-059/answers/cost.yml:1: this is not valid YAML")


def test_not_utf8(content: Path, faults: Faults) -> None:
    (content / STUDY / "answers" / "cost.yml").write_bytes(b"section: \xff\xfe")
    assert faults() == ["content/trials/itcc-059/answers/cost.yml: this is not UTF-8 text."]


def test_unknown_key(content: Path, faults: Faults) -> None:
    change(content / STUDY / "answers" / "who_runs.yml", "doctor:", "docter: x\ndoctor:")
    assert faults() == ["content/trials/itcc-059/answers/who_runs.yml:4: at 'docter': this key is not known."]


def test_missing_key(content: Path, faults: Faults) -> None:
    change(content / STUDY / "study.yml", "title: Inotuzumab ITCC-059\n", "")
    assert "content/trials/itcc-059/study.yml: a key is missing: 'title'." in faults()


def test_answer_needs_a_text_and_a_doctor_or_not_on_page(content: Path, faults: Faults) -> None:
    (content / STUDY / "answers" / "who_runs.yml").write_text("section: Background\n", encoding="utf-8")
    assert (
        "content/trials/itcc-059/answers/who_runs.yml: exactly one of these must be given: 'text' and 'doctor' or 'not_on_page'."
    ) in faults()


def test_question_for_the_doctor_must_be_a_question(content: Path, faults: Faults) -> None:
    change(content / STUDY / "answers" / "contact.yml", "contact them for us?", "contact them for us.")
    fault, *_ = faults()
    assert fault.startswith("content/trials/itcc-059/answers/contact.yml:5: at 'not_on_page.ask': 'Who can we contact about this study,")
    assert fault.endswith("is not a question that ends in a question mark.")


def test_unknown_section(content: Path, faults: Faults) -> None:
    change(content / STUDY / "answers" / "who_runs.yml", "section: Background", "section: Organisers")
    (fault,) = faults()
    assert fault.startswith("content/trials/itcc-059/answers/who_runs.yml:1: the section 'Organisers' is not one of the page's sections")


def test_answer_to_an_unknown_topic(content: Path, faults: Faults) -> None:
    shutil.copy(content / STUDY / "answers" / "cost.yml", content / STUDY / "answers" / "costs.yml")
    assert faults() == ["content/trials/itcc-059/answers/costs.yml: 'costs' is not a study topic in topics.yml."]


def test_follow_up_to_a_topic_that_does_not_exist(content: Path, faults: Faults) -> None:
    change(content / STUDY / "answers" / "transplant_role.yml", 'topic: "term:mrd"', 'topic: "term:mdr"')
    assert faults() == [
        "content/trials/itcc-059/answers/transplant_role.yml:19: a follow-up leads to the topic 'term:mdr', which does not exist."
    ]


def test_suggested_topic_that_does_not_exist(content: Path, faults: Faults) -> None:
    change(content / STUDY / "study.yml", "suggested: [study_overview", "suggested: [overview")
    assert faults() == ["content/trials/itcc-059/study.yml:30: the topic 'overview' does not exist."]


def test_spelling_of_two_words(content: Path, faults: Faults) -> None:
    change(content / STUDY / "words.yml", "spellings: [efficacy,", "spellings: [relapse, efficacy,")
    assert faults() == ["content/trials/itcc-059/words.yml: the spelling 'relapse' belongs to two words, 'relapsed' and 'efficacy'."]


def test_name_of_two_studies(content: Path, faults: Faults) -> None:
    change(content / "trials" / "larotrectinib-scout" / "study.yml", "tested: [larotrectinib,", "tested: [Inotuzumab, larotrectinib,")
    (fault,) = faults()
    assert fault.startswith("content/trials/larotrectinib-scout/study.yml:")
    assert fault.endswith("'Inotuzumab' is what the study 'itcc-059' is called, too: neither is recognised by it.")


def test_fixed_topic_without_words(content: Path, faults: Faults) -> None:
    change(content.parent / "responses" / "smalltalk.yml", "utter_smalltalk/bye:", "utter_smalltalk/farewell:")
    assert faults() == ["content/topics.yml: the topic 'bye' has no words: 'utter_smalltalk/bye' is missing in data/responses."]


def test_help_line_that_is_no_number(content: Path, faults: Faults) -> None:
    change(content / "general" / "help_lines.yml", 'crisis: "113"', 'crisis: "one one three"')
    (fault,) = faults()
    assert fault.endswith("at 'countries.NL.crisis': 'one one three' is not a number to call, of digits and spaces.")


def test_date_that_does_not_exist(content: Path, faults: Faults) -> None:
    change(content / STUDY / "study.yml", "last_reviewed: 2024-09-16", 'last_reviewed: "2024-09-31"')
    (fault,) = faults()
    assert fault.endswith("at 'last_reviewed': '2024-09-31' is not a day written like 2024-09-16.")


def test_sentence_that_is_too_long(content: Path, faults: Faults) -> None:
    long = "This is one of those very long sentences that go on and on and on until no reader knows how it began."
    change(content / STUDY / "answers" / "cost.yml", "The study page does not say anything about costs, insurance or travel money.", long)
    assert any(
        re.search(r"cost\.yml: the reply 'cost' has \d+ words in a sentence; 20 is the most: 'This is one", fault) for fault in faults()
    )


def test_reply_that_is_too_hard_to_read(content: Path, faults: Faults) -> None:
    hard = "Participating institutions collaboratively administer investigational immunoconjugate interventions."
    change(
        content / STUDY / "answers" / "who_runs.yml",
        "Universities and children's hospitals in many parts of Europe do this study together.",
        hard,
    )
    assert any(re.search(r"who_runs\.yml: the reply 'who_runs' needs school grade \d+", fault) for fault in faults())


def test_all_faults_are_reported_at_once(content: Path, faults: Faults) -> None:
    (content / STUDY / "answers" / "cost.yml").unlink()
    change(content / STUDY / "study.yml", "suggested: [study_overview", "suggested: [overview")
    change(content / STUDY / "answers" / "who_runs.yml", "section: Background", "section: Organisers")
    assert len(faults()) == 3


def test_an_alias_of_a_country_without_numbers(content: Path, faults: Faults) -> None:
    change(content / "general" / "help_lines.yml", "UK: GB", "UK: XX")
    assert faults() == ["content/general/help_lines.yml:7: 'UK' stands for 'XX', which has no numbers."]


def test_a_number_without_its_source(content: Path, faults: Faults) -> None:
    change(content / "general" / "help_lines.yml", ', source: "https://988.ca"', "")
    (fault,) = faults()
    assert "help_lines.yml" in fault
    assert "source" in fault


def test_a_long_sentence_is_told_once_wherever_it_is_said(content: Path, faults: Faults) -> None:
    long = "How old {is} {person}, counted in whole years and not in months, on the day on which you are telling me this today?"
    change(content / STUDY / "criteria.yml", "How old {is} {person} now?", long)
    told = [fault for fault in faults() if "words in a sentence" in fault]
    assert len(told) == 1
    assert told[0].startswith("content/trials/itcc-059/criteria.yml: the reply 'age, question' has ")


def test_a_long_sentence_of_a_response_is_told_where_it_stands(content: Path, faults: Faults) -> None:
    long = "Thank you, and please know that from your answers each one of all these points does seem to match what it asks for."
    change(
        content.parent / "responses" / "questionnaire.yml",
        "Thank you. From your answers, each point seems to match what the study page asks for.",
        long,
    )
    told = [fault for fault in faults() if "words in a sentence" in fault]
    assert len(told) == 1
    assert "responses/questionnaire.yml: the reply 'utter_result_may_fit' has " in told[0]


def test_what_study_yml_makes_too_long_is_told_there_in_its_own_words(content: Path, faults: Faults) -> None:
    long = "the drug inotuzumab, once a week for six weeks or as long as it helps, in children and teenagers with very-high-risk leukemia"
    change(content / STUDY / "study.yml", "the drug inotuzumab in children with very-high-risk leukemia", long)
    (fault,) = faults()
    assert fault.startswith("content/trials/itcc-059/study.yml:4: at 'about': it is told in a shared sentence, where at most 17 words fit.")
    assert f"'It looks at {long}.'" in fault


def test_a_form_that_only_half_the_grammar_has(content: Path, faults: Faults) -> None:
    change(content / "general" / "questionnaire.yml", "does: do}", "does: do, they: you}")
    (fault,) = faults()
    assert fault.startswith("content/general/questionnaire.yml:")
    assert fault.endswith("at 'grammar': 'others' and 'addressed' must have the same keys.")


def test_an_unknown_placeholder_does_not_stop_the_check(content: Path, faults: Faults) -> None:
    change(content / STUDY / "criteria.yml", "How old {is} {person} now?", "How old {are} {they} now? {")
    change(content / STUDY / "study.yml", "suggested: [study_overview", "suggested: [overview")
    assert "content/trials/itcc-059/study.yml:30: the topic 'overview' does not exist." in faults()
