"""Every file's phrases are checked, each in its own manner, and a fault names the line: one fault a test."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from trialog.content.files import ContentFile, ContentReader, parsed
from trialog.content.phrases import check_phrases


def faults(tmp_path: Path, file: str, old: str, new: str) -> list[str]:
    """The faults of a copy of ``file`` in which ``old`` is written as ``new``, with their line counted from where ``old`` stood."""
    copy = tmp_path / "content" / file
    copy.parent.mkdir(parents=True)
    shutil.copy(ROOT / "content" / file, copy)
    text = copy.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} must stand once in {file}"
    line = text[: text.index(old)].count("\n") + 1
    changed = text.replace(old, new)
    copy.write_text(changed, encoding="utf-8")
    reader = ContentReader(tmp_path / "content")
    reader.files.append(ContentFile(copy, changed, parsed(changed)))
    check_phrases(reader, reader.files)
    return [str(fault).replace(f"{file}:{line}:", f"{file}:HERE:") for fault in sorted(reader.faults)]


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("general/words.yml", "treatment-resistant]", "treatment … resistant]", "the sign '…' is unknown"),
        ("trials/itcc-059/words.yml", "exact: [ALL]", 'exact: ["ALL ..."]', "'...' stands between two words"),
        ("trials/itcc-059/criteria.yml", "named: [how old,", "named: [how|very old,", "'|' stands without an opening bracket"),
        ("trials/itcc-059/criteria.yml", "cd22 retained,", '"(cd22|cd 22 retained",', "'(' is not closed"),
        ("trials/itcc-059/criteria.yml", "the b one,", '"{letter} one",', "there is no list 'letter'; there are: number"),
        ("trials/itcc-059/criteria.yml", "exact: [returned,", "exact: [returned~,", "'~' is of no use"),
        ("trials/itcc-059/answers/drug_how.yml", "words: [calicheamicin]", 'words: ["calicheamicin?"]', "the sign '?' is unknown"),
        ("general/questionnaire.yml", "spoken: [my child,", 'spoken: ["^ my child",', "'^' is known only where"),
        ("general/questionnaire.yml", "idk, dunno", "'#, dunno'", "the sign '#' is unknown"),
        ("general/danger.yml", "- coffee (ground|grounds)", "- coffee ground|grounds", "'|' stands without an opening bracket"),
        ("general/danger.yml", "- too weak to", "- too [very weak to", "'[' is not closed"),
        ("general/danger.yml", "- now what", '- "now {what}"', "there is no list 'what'"),
        ("general/danger.yml", "- afebrile", "- afebrile!", "the sign '!' is unknown"),
        ("general/personal_data.yml", "call me {name}", "call me {nmae}", "there is no list 'nmae'; there are:"),
        ("general/personal_data.yml", "{is} ... {house_number}", "{is} ...", "'...' stands between two words"),
    ],
)
def test_a_phrase_that_would_never_be_found(tmp_path: Path, file: str, old: str, new: str, fault: str) -> None:
    (found,) = faults(tmp_path, file, old, new)
    assert found.startswith(f"content/{file}:HERE: the phrase '")
    assert fault in found


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("general/danger.yml", "  fast: '", "  slow: [slow]\n  fast: '", "no phrase names the list 'slow'."),
        ("general/danger.yml", "  low: '/[5-8]", "  low: '/[5-8", "the list 'low' cannot be used: /[5-8"),
        (
            "general/personal_data.yml",
            "  doctor: [dr,",
            "  doctor: [the dr,",
            "the list 'doctor' cannot be used: 'the dr' ",
        ),
        (
            "general/personal_data.yml",
            "  doctor: [dr,",
            "  name: [dr]\n  doctor: [dr,",
            "the list 'name' cannot be used: 'name' is the name of something built in",
        ),
    ],
)
def test_a_list_that_is_of_no_use(tmp_path: Path, file: str, old: str, new: str, fault: str) -> None:
    assert f"content/{file}:HERE: {fault}" in faults(tmp_path, file, old, new)[0]
