"""What docs/staff.md shows of commands is what they show."""

import json
import re
import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.cli.test_cli import Trialog, trialog  # noqa: F401 -- the fixture
from tests.cli.test_parse import arguments
from tests.conftest import ROOT
from trialog.assistant.dialogues.compare import Compared
from trialog.assistant.dialogues.files import read_dialogues
from trialog.assistant.dialogues.form import Dialogue, DialogueError, Turn
from trialog.assistant.dialogues.play import PlayedTurn, in_new_conversation
from trialog.assistant.dialogues.proof import otherwise_understood
from trialog.assistant.engine import Engine
from trialog.assistant.message import Message
from trialog.assistant.reasons.rules import rules
from trialog.cli import compare, parse, replay
from trialog.cli.chat import Chat
from trialog.cli.terminal import Styled
from trialog.content.files import ContentReader
from trialog.content.model import Library
from trialog.content.proof import read_proof
from trialog.content.replies.switched_off import unapproved
from trialog.operation.counts import Begun, Counts
from trialog.settings import Settings

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs" / "staff.md").read_text(encoding="utf-8")

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Styled:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    return Styled(())


def blocks(verb: str) -> list[tuple[str, str]]:
    """Each command of ``verb`` on the page, and what it shows there."""
    return re.findall(rf"^```\n\$ trialog ({verb}\b.*)\n((?:.*\n)*?)```", PAGE, re.MULTILINE)


def any_share(text: str) -> str:
    return re.sub(r"\b[01]\.\d\d\b", "0.00", text)


def stands_in(shown: str, out: str) -> bool:
    """True if the pieces of ``shown`` between "..." stand in ``out``, in their order; shares differ a little from model to model."""
    place, lines = 0, any_share("\n".join(line.rstrip() for line in out.splitlines()) + "\n")
    for piece in re.split(r"^\.\.\.\n", any_share(shown), flags=re.MULTILINE):
        if (found := lines.find(piece, place)) < 0:
            return False
        place = found + len(piece)
    return True


async def test_parse_shows_what_the_page_shows(engine: Engine, screen: Styled, capsys: Captured) -> None:
    assert blocks("parse")
    for command, shown in blocks("parse"):
        given = arguments(*shlex.split(command)[1:])
        await parse.show(engine, list(parse.messages_in(given.what)), given, screen)
        out = capsys.readouterr().out
        assert stands_in(shown, out), out


async def test_chat_shows_what_the_page_shows(engine: Engine, screen: Styled, capsys: Captured) -> None:
    ((command, shown),) = [block for block in blocks("chat") if "--why" in block[0]]
    await talked(Chat(engine, screen, why="--why" in command), shown)
    out = capsys.readouterr().out
    assert stands_in(shown, out), out


async def talked(chat: Chat, shown: str) -> None:
    """What is typed in a block of the page."""
    print("Script 0123456789ab; /help lists the commands, /quit ends.")
    await chat.begin()
    for typed in re.findall(r"^you> (.*)", shown, re.MULTILINE):
        print(f"\nyou> {typed}")
        await chat.take(typed)


async def test_the_first_hour_goes_as_it_is_written(
    engine: Engine, screen: Styled, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each block in turn: what is typed, what the file then holds, and what comes back; so, too, the dialogue further down."""
    # They are read once, from where the project is.
    rules()
    monkeypatch.chdir(tmp_path)
    file, said = Path("monday.yml"), []
    for kind, command, shown in re.findall(r"^```(yaml)?\n(?:\$ (.*)\n)?((?:.*\n)*?)```$", PAGE, re.MULTILINE):
        if kind:
            put(file, shown)
        elif command == "trialog chat":
            await talked(Chat(engine, screen), shown)
        elif command == "cat monday.yml":
            look(file)
        elif command == "trialog replay monday.yml":
            await replayed(engine, file)
        else:
            continue
        said.append(command)
        out = capsys.readouterr()
        assert kind or stands_in(shown, out.out or out.err), out
    assert said.count("trialog replay monday.yml") == 4
    assert {"trialog chat", "cat monday.yml"} <= set(said)


def put(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def look(file: Path) -> None:
    print(file.read_text(encoding="utf-8"), end="")


async def replayed(engine: Engine, file: Path) -> None:
    """As ``trialog replay``, with the assistant of all tests."""
    try:
        replay.show([await in_new_conversation(engine, dialogue) for dialogue in read_dialogues([file])])
    except DialogueError as error:
        replay.tell(error)


def test_check_shows_what_the_page_shows(trialog: Trialog, tmp_path: Path) -> None:  # noqa: F811
    ((_, shown),) = [block for block in blocks("check") if block[0] == "check"]
    out = trialog("check", "--data", str(tmp_path)).out
    assert stands_in(*(re.sub(r"\(\d+\), no faults", "(1), no faults", text) for text in (shown, out))), out


def test_as_many_questions_and_families_are_tried_as_the_page_says(settings: Settings) -> None:
    proof = read_proof(ContentReader(settings.content), settings.content / "trials" / "itcc-059")
    questions, families = sum(len(one.ask) for one in proof.questions), sum(family.runs for family in proof.families)
    assert f"{questions} questions and {families} families were tried." in PAGE


async def test_questions_shown_as_understood_otherwise_are(engine: Engine, library: Library, settings: Settings) -> None:
    study = library.studies["itcc-059"]
    proof = read_proof(ContentReader(settings.content), settings.content / "trials" / study.id)
    shown = re.findall(r"^  (“(.*)”: expected .*)$", PAGE, re.MULTILINE)
    assert shown
    for line, question in shown:
        (asked,) = [one for one in proof.questions if question in one.ask]
        assert line in await otherwise_understood(engine, study, asked)


def test_switch_shows_what_the_page_shows(trialog: Trialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRIALOG_CONTENT", str(ROOT / "content"))
    (shown,) = re.findall(r"^```\n(\$ trialog switch .*\n(?:.*\n)*?)```", PAGE, re.MULTILINE)
    for command, expected in re.findall(r"^\$ trialog (.*)\n((?:[^$].*\n)*)", shown, re.MULTILINE):
        out = trialog(*shlex.split(command)).out
        assert re.sub(r"since \S+", "since", out) == re.sub(r"since \S+", "since", expected)


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A nurse's own copy of the content, and she is where it lies."""
    monkeypatch.chdir(tmp_path)
    found = Path(shutil.copytree(ROOT / "content", "content"))
    monkeypatch.setenv("TRIALOG_CONTENT", str(found))
    return found / "trials" / "itcc-059"


def changed(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def same_as_shown(trialog: Trialog, block: tuple[str, str], *more: str) -> None:  # noqa: F811
    """That a command says what the page shows, whatever the hashes are; ``more`` is what only a test must say."""
    command, shown = block
    result = trialog(*shlex.split(command), *more)
    assert stands_in(any_hash(shown), any_hash(result.out)), result


def any_hash(text: str) -> str:
    return re.sub(r"\b[0-9a-f]{12}\b", "0123456789ab", text)


def test_the_script_and_what_changed_in_it_are_shown_as_on_the_page(trialog: Trialog, content: Path) -> None:  # noqa: F811
    responses = ("--responses", str(ROOT / "data" / "responses"))
    first, since = blocks("script")
    same_as_shown(trialog, first, *responses)
    shutil.copy("results/script/script.json", "script.json")
    changed(content / "answers" / "cost.yml", "costs, insurance or travel money", "costs, insurance, parking or travel money")
    same_as_shown(trialog, since, *responses)


def test_what_rests_on_a_changed_page_is_shown_as_on_the_page(trialog: Trialog, content: Path) -> None:  # noqa: F811
    (*_, page) = blocks("check")
    for played in ("questions.yml", "families.yml"):
        (content / played).unlink()
    changed(content / "page.txt", "1-18 years", "1-17 years")
    same_as_shown(trialog, page, "--responses", str(ROOT / "data" / "responses"))


def test_a_newer_record_is_shown_as_on_the_page(trialog: Trialog, content: Path) -> None:  # noqa: F811
    trialog("new-study", "moon-1", str(content / "page.txt"))
    record = json.loads((ROOT / "tests" / "content" / "registry" / "invented.json").read_text(encoding="utf-8"))
    Path("record.json").write_text(json.dumps(record), encoding="utf-8")
    trialog("import-registry", "record.json", "--study", "moon-1")
    about = record["protocolSection"]
    about["statusModule"] |= {"lastUpdatePostDateStruct": {"date": "2026-09-01"}, "overallStatus": "ACTIVE_NOT_RECRUITING"}
    about["eligibilityModule"]["maximumAge"] = "12 Years"
    about["contactsLocationsModule"]["locations"][-1]["facility"] = "Bay Hospital"
    Path("newer.json").write_text(json.dumps(record), encoding="utf-8")
    same_as_shown(trialog, blocks("import-registry")[0])


def test_what_is_handed_over_is_shown_as_on_the_page(trialog: Trialog, content: Path) -> None:  # noqa: F811
    same_as_shown(trialog, blocks("export-fhir")[0])
    same_as_shown(trialog, blocks("content")[0], "--responses", str(ROOT / "data" / "responses"))


def test_the_weekly_report_is_shown_as_on_the_page(trialog: Trialog, content: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    counts = Counts(Path("counts.db"), lambda: date(2026, 11, 25))
    counts.add(Begun(content.name, "web"))
    counts.flush()
    monkeypatch.setenv("TRIALOG_COUNTS", "counts.db")
    same_as_shown(trialog, blocks("report")[0])


def test_what_differs_is_shown_as_on_the_page(capsys: Captured) -> None:
    """The page's own replies, told by what tells them; how many there are of each topic is another matter."""
    ((_, shown),) = blocks("compare")
    before, after = (re.findall(rf"^    {side} \[not_on_page cost\]: (.*) \.\.\.$", shown, re.MULTILINE)[0] for side in ("before", "after"))
    file, asked = Path("tests/dialogues/cost.yml"), re.findall(r"^    family: (.*)$", shown, re.MULTILINE)[0]
    told = [Compared(Dialogue(file, 1, 1, ()), *(_played(asked, "cost", f"{text} {'x' * 80}") for text in (before, after)))]
    told += [Compared(Dialogue(file, 1, 1, ()), *(_played("how old", "age_limits", text) for text in ("1 to 18.", "1 to 17.")))]
    assert compare._told(told) == 1
    out = capsys.readouterr().out
    assert stands_in(_any_number(shown), _any_number(out)), out


def _played(asked: str, topic: str, text: str) -> PlayedTurn:
    return PlayedTurn(Turn(say=asked, topic=topic), [Message(text, "not_on_page", topic)], ())


def _any_number(text: str) -> str:
    return re.sub(r" *\d+", " 0", text)


def test_what_is_read_in_place_of_an_answer_is_what_the_page_says(library: Library) -> None:
    (quoted,) = re.findall(r"^> (I cannot .*)\n>\n> (.*)\n", PAGE, re.MULTILINE)
    assert "\n\n".join(quoted) == unapproved(library, "Side effects")


def test_every_verb_with_a_block_on_the_page_has_a_test() -> None:
    """What this file holds against the commands; a new block needs a test here, too."""
    held = {"chat", "replay", "parse", "script", "check", "import-registry", "export-fhir", "content", "compare", "switch", "report"}
    assert set(re.findall(r"^\$ trialog ([a-z-]+)", PAGE, re.MULTILINE)) == held
