"""Three studies at once: each proves itself, and none is ever told for another."""

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.studies import THIRD, all_three, content_of_three
from tests.studies.two_hundred import NUMBER, in_memory
from trialog.assistant.conversations import new_id
from trialog.assistant.dialogues.files import read_dialogues
from trialog.assistant.dialogues.play import in_new_conversation
from trialog.assistant.dialogues.proof import otherwise_ended
from trialog.assistant.dialogues.report import difference
from trialog.assistant.engine import Engine
from trialog.assistant.message import Message
from trialog.cli.patience import patient_engine
from trialog.content.check.content import check_study_alone
from trialog.content.files import ContentReader
from trialog.content.load import read_library
from trialog.content.model import Library, Study
from trialog.content.proof import read_proof
from trialog.content.wording import Wording
from trialog.language.sentences import sentences_in
from trialog.nlu.studies import StudyFinder
from trialog.settings import Settings

# How families name a study they read or heard of, as they type it.
NAMED = {
    "itcc-059": """
        is itcc 59 still open | whats the ITCC-059 trial | who can join ITCC059 | the inotuzumab one | how does inotuzumab work
        side effects of inotuzumb | is there anything on inotuzumap | does ino make you sick | how often do you get inotuzumab ozogamicin
        my niece is on inotuzumabe | tell me about inotuzumab itcc-059 | the doctor said inotuzamab | what does inotuzumab cost
        INOTUZUMAB? | and itcc? | can she get Inotuzumab | itcc-59 please | and what about inotuzumab | i read about Inotuzomab yesterday
        how many kids got inotuzumab | the study with CD22 | which hospitals do itcc 059 | can we stop ino at any time | itcc059 results
        is inotuzumab approved | inotuzumab, does it hurt | has inotuzumab been tested in adults | phase 2 of itcc-059
        inotuzumab vs nothing
        who pays for the ITCC study | what is inotuzumab ozogamicin | my son could get inotuzumab they say | more on itcc 059
    """,
    "larotrectinib-scout": """
        who can join the SCOUT study | what about larotrectinib | is laro a pill | larotrectinob side effects | laratrectinib dose
        the scout trial | NCT02637687 | nct 02637687 please | what is larotrectinib scout | larotrektinib for babies | larotrectinib?
        how many kids got larotrectinib | does larotrectinib work | tell me about larotractinib | is larotrectinib approved
        larotrecnitib results | can he get larotrectinib | which hospitals give larotrectinib | the NTRK study | scout study results
        is the SCOUT trial closed | does the scout study pay travel | ntrk fusion study | she has an NTRK1 fusion, can she join
        infantile fibrosarcoma study | the one for infantile fibrosarkoma | TRK fusion tumors, who can join | larotrectinib costs
        and in the scout study? | what happens in SCOUT study | larotrectinib for adults | side effects of Larotrectinib please
        we were told about larotrectinib | whats larotrectinib
    """,
    "calm-band": """
        what is calmband | who can join the calm band study | CB-7 please | the cb 7 trial | does the wrist band hurt | is CalmBand sold
        the wristband study | how does the wristband work | how long do you wear calmband | calmbant | my mum has raynaud, is there a study
        my hands, raynauds, can i join | calm-band visits | calmband and a pacemaker | raynaud's study | side effects of CalmBand
        how often do i charge the wristband | cb7 | how many people wore the wrist band | warming band study | does the warming band help
        white fingers study | the one for cold fingers | calm band please | what does the wrist band weigh | and calmband?
        who pays for CalmBand | can kids wear the wristband | where is the calm band study | reynaud study | wrist band results
        can i buy calmband | calmband or not
    """,
}


@pytest.fixture(scope="module")
def library(library: Library) -> Library:
    return all_three(library)


@pytest.fixture(scope="module")
def engine(settings: Settings, library: Library) -> Engine:
    return patient_engine(settings, library)


async def asked(engine: Engine, study: Study, text: str) -> list[Message]:
    """What is said to ``text``, the first message of a conversation about ``study``."""
    conversation = new_id()
    await engine.start(conversation, study.id)
    replies = await engine.say(conversation, text)
    await engine.conversations.forget(conversation)
    return replies


def test_its_folder_has_no_faults(tmp_path: Path) -> None:
    reader = ContentReader(content_of_three(tmp_path))
    library = read_library(reader)
    assert library is not None
    check_study_alone(reader, library, library.studies[THIRD.name], Wording.read(ROOT / "data" / "responses"))
    assert reader.faults == []


@pytest.mark.slow
async def test_its_families_are_told_what_its_folder_expects(engine: Engine, library: Library) -> None:
    study, proof = library.studies[THIRD.name], read_proof(ContentReader(THIRD.parent), THIRD)
    assert [found for family in proof.families for found in await otherwise_ended(engine, study, family)] == []


@pytest.mark.slow
async def test_whole_conversations_go_as_they_should(engine: Engine) -> None:
    played = [await in_new_conversation(engine, dialogue, THIRD.name) for dialogue in read_dialogues([THIRD.parent / "dialogues"])]
    assert [line for dialogue in played if not dialogue.passed for line in difference(dialogue)] == []


def folder_of(study: Study) -> Path:
    return THIRD if study.id == THIRD.name else ROOT / "content" / "trials" / study.id


def facts_of(study: Study, library: Library) -> set[str]:
    """The sentences that are told of ``study`` and of no other."""
    told = {one.id: _told(one) for one in library.studies.values()}
    return told[study.id] - {sentence for other, sentences in told.items() if other != study.id for sentence in sentences}


def _told(study: Study) -> set[str]:
    texts = [text for answer in study.answers.values() for text in (answer.text, answer.more, answer.simple, answer.short) if text]
    texts += [text for answer in study.answers.values() for text in answer.pieces.values()]
    texts += [follow_up.text for answer in study.answers.values() for follow_up in answer.all_follow_ups() if follow_up.text]
    texts += [word.text for word in study.words.values()]
    texts += [text for criterion in study.criteria.values() for text in (criterion.says, criterion.question, criterion.why)]
    return {sentence for text in texts for sentence in sentences_in(text)}


@pytest.mark.slow
async def test_no_question_of_a_study_gets_its_facts_in_another(engine: Engine, library: Library) -> None:
    facts = {study.id: facts_of(study, library) for study in library.studies.values()}
    wrong = []
    for study in library.studies.values():
        proof = read_proof(ContentReader(folder_of(study).parent), folder_of(study))
        assert len(proof.questions) >= 30
        # One way to ask for each topic: all of them take half a minute and say no more.
        for question in (one.ask[0] for one in proof.questions):
            for here in library.studies.values():
                if here is study:
                    continue
                for reply in await asked(engine, here, question):
                    told = [fact for fact in facts[study.id] if fact in reply.text]
                    source = (reply.source or {}).get("title")
                    if told or source in {other.title for other in library.studies.values() if other is not here}:
                        wrong.append((here.id, question, source, told))
    assert wrong == []


def test_another_study_is_recognised_however_it_is_named(library: Library) -> None:
    """A hundred ways, each said in the two other studies: none is taken for a third one, and 95 of 100 are recognised."""
    finder, found, wrong = StudyFinder(library), [], []
    ways = [(study, way.strip()) for study, lines in NAMED.items() for line in lines.strip().splitlines() for way in line.split(" | ")]
    assert len(ways) >= 100
    for study, way in ways:
        for here in library.studies.values():
            if here.id != study:
                others = finder.named_in(way, here).others
                found.append((way, here.id, others == (study,)))
                wrong += [(way, here.id, others)] if set(others) - {study} else []
    missed = [(way, here) for way, here, is_found in found if not is_found]
    assert wrong == []
    assert len(missed) <= len(found) * 0.05, missed


def test_among_two_hundred_studies_the_right_one_is_found_by_its_name(library: Library) -> None:
    many = in_memory(library)
    assert len(many.studies) > NUMBER
    finder, here = StudyFinder(many), many.study_of()
    for study in many.studies.values():
        for name in (study.called.study[0], study.called.tested[0], study.called.disease[0]) if study is not here else ():
            assert finder.named_in(f"who can join the {name} study?", here).others == (study.id,), name
