"""The figures of docs/hospital/: counted in content, training data, tests, settings and the last evaluation, never typed."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from trialog.content.files import ContentReader
from trialog.content.model import DANGER, DEFAULT_COUNTRY, Library
from trialog.content.script.approvals import read_approvals, standing
from trialog.content.script.script import read_script
from trialog.language.vocabulary import WORDS_REMEMBERED
from trialog.nlu.elsewhere.language import ENGLISH, REPLIES
from trialog.nlu.thresholds import Thresholds
from trialog.settings import Settings
from trialog.training.danger_lines import danger_lines
from trialog.training.evaluation.banks import DANGER_BANKS, read_bank
from trialog.training.examples import Example, read_examples
from trialog.training.language_lines import language_lines

Figures = dict[str, str]

HOSPITAL = Path("docs/hospital")

# What a page leaves to others; "..." only explains the sign.
BLANKS = {"blanks": r"\[hospital: (?!\.\.\.)", "for-a-lawyer": r"\[lawyer: (?!\.\.\.)"}

# What the last evaluation (docs/evaluation.json) is asked for, and how it is told.
_SHARES = {
    "understood": "of these lines are understood",
    "asked back": "of these lines are asked back",
    "out of scope declined": "of what is about something else is declined",
    "study questions declined": "of questions about the study are declined by mistake",
    "questions of strangers understood": "of the questions of a bank that no training line was made from are understood",
}
_NOT_MEASURED = "not in the last evaluation: run `make evaluate`"


def counted(root: Path, content: Path, library: Library, thresholds: Thresholds) -> Figures:
    """Every figure by name; what has several lines is a table. ``root`` is the folder of the repository."""
    return {
        **_of_content(content, library, root),
        **_of_lines(root / "data"),
        **_of_danger(root / "tests"),
        **_of_banks(root / "tests"),
        **_of_evaluation(json.loads((root / "docs" / "evaluation.json").read_text(encoding="utf-8"))),
        **_of_pages(root / HOSPITAL),
        "words-remembered": _number(WORDS_REMEMBERED),
        "idle-minutes": _number(Settings.idle_minutes),
        "kiosk-idle-minutes": _number(Settings.kiosk_idle_minutes),
        **{f"threshold-{name.replace('_', '-')}": f"{getattr(thresholds, name)}" for name in ("refusal", "danger", "danger_in_few")},
    }


def proofs(hazards: str) -> list[tuple[str, str]]:
    """The tests that a log of hazards names: file and function."""
    return re.findall(r"`(tests/[\w/.]+)::(test_\w+)`", hazards)


def rows(hazards: str) -> list[list[str]]:
    """The hazards of a log, each by its cells; the first is its number."""
    return [[cell.strip() for cell in line.strip("| ").split("|")] for line in hazards.splitlines() if re.match(r"\| H\d+ \|", line)]


def _of_content(content: Path, library: Library, root: Path) -> Figures:
    days = sorted(lines.checked for lines in library.help_lines.values())
    windows = sorted(file.stem for file in (root / "trialog" / "web" / "static" / "chat" / "words").glob("*.json"))
    return {
        "studies": _number(len(library.studies)),
        "study-table": _table(["study", "page last reviewed", "answered", "not on its page", "points of entry"], _studies(library)),
        "topics": _number(len(library.topics)),
        "countries": _number(len(library.help_lines.keys() - {DEFAULT_COUNTRY})),
        "numbers-checked": f"{days[0]} to {days[-1]}",
        "languages": _number(len({ENGLISH, *REPLIES})),
        "other-languages": ", ".join(sorted(REPLIES)),
        "window-languages": ", ".join(windows),
        **_of_script(content, library, root / "data" / "responses"),
    }


def _studies(library: Library) -> Iterator[list[str]]:
    for study in library.studies.values():
        missing = sum(answer.not_on_page is not None for answer in study.answers.values())
        yield [study.title, str(study.last_reviewed), *map(_number, (len(study.answers) - missing, missing, len(study.criteria)))]


def _of_script(content: Path, library: Library, responses: Path) -> Figures:
    pieces, approvals = read_script(library, content, responses).pieces, read_approvals(ContentReader(content))
    return {"pieces": _number(len(pieces)), "approved": _number(sum(standing(piece, approvals).holds for piece in pieces))}


def _of_lines(data: Path) -> Figures:
    read: list[tuple[str, str, str, Sequence[Example]]] = [
        ("data/nlu", "what is asked", "English", read_examples(data / "nlu")),
        ("data/acts", "what a message does in a conversation, how an answer is told", "English", read_examples(data / "acts")),
        ("data/danger", "danger, and what only sounds like it", "English", list(danger_lines(data / "danger"))),
        ("data/languages", "danger, its look-alikes, and questions", f"{len(REPLIES)} others", list(language_lines(data / "languages"))),
    ]
    cells = [[f"`{folder}/`", about, language, _number(len(lines)), _number(_voices(lines))] for folder, about, language, lines in read]
    return {
        "line-table": _table(["folder", "what it teaches", "language", "lines", "voices"], cells),
        "lines": _number(sum(len(lines) for *_, lines in read)),
        "topic-lines": _number(len(read[0][3])),
    }


def _voices(lines: Iterable[Example]) -> int:
    return len({line.voice for line in lines})


def _of_danger(tests: Path) -> Figures:
    at_most: Mapping[str, Mapping[str, int]] = _yaml(tests / "safety" / "at_most.yml")
    told = {name: [f"safety/{line.label}" in DANGER for line in read_bank(tests / name)] for name in DANGER_BANKS}
    counts = {name: [sum(bank), at_most[name]["missed"], len(bank) - sum(bank), at_most[name]["alarmed"]] for name, bank in told.items()}
    whole = [sum(column) for column in zip(*counts.values(), strict=True)]
    cells = [[f"`tests/{name}`", *map(_number, row)] for name, row in counts.items()]
    return {
        "danger-table": _table(
            ["bank", "dangers", "missed at most", "harmless", "alarmed at most"], [*cells, ["all", *map(_number, whole)]]
        ),
        **dict(zip(("dangers", "missed-at-most", "harmless", "alarmed-at-most"), map(_number, whole), strict=True)),
    }


def _of_banks(tests: Path) -> Figures:
    conversations = [talk for file in (tests / "held_out" / "conversations").glob("*.yml") for talk in _yaml(file)]
    floors = _constant(tests / "eligibility" / "test_assertion_bank.py", "FLOORS")
    return {
        "conversations": _number(len(conversations)),
        "turns": _number(sum(len(talk["turns"]) for talk in conversations)),
        "fitting-at-least": _share(_constant(tests / "dialogues" / "test_strangers.py", "LEAST_FITTING")),
        "hurting-at-most": _share(_constant(tests / "nlu" / "test_honest.py", "MOST_HURT")),
        "answers": _number(sum(map(len, _yaml(tests / "held_out" / "assertions.yml").values()))),
        "noted-wrongly-at-most": _number(sum(most_wrong for _, most_wrong in floors.values())),
        "manipulations": _number(sum(map(len, _yaml(tests / "safety" / "manipulation.yml").values()))),
    }


def _of_evaluation(last: Mapping[str, Any]) -> Figures:
    cells = [[words, f"{last[name]:.1f} %" if name in last else _NOT_MEASURED] for name, words in _SHARES.items()]
    banks: Mapping[str, Mapping[str, int]] = last.get("danger banks", {})
    for words, part, whole in (
        ("dangers noticed, on all banks", "noticed", "dangers"),
        ("harmless messages alarmed", "alarmed", "harmless"),
    ):
        found, of = (sum(bank[name] for bank in banks.values()) for name in (part, whole))
        cells.append([words, f"{_number(found)} of {_number(of)}" if banks else _NOT_MEASURED])
    return {
        "evaluation-table": _table(["measured", "figure"], cells),
        "evaluated-lines": _number(last["examples"]),
        "evaluated-voices": _number(last["voices"]),
    }


def _of_pages(folder: Path) -> Figures:
    texts = {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.md"))}
    hazards = texts["hazards.md"]
    return {
        "hazards": _number(len(rows(hazards))),
        "proofs": _number(len(set(proofs(hazards)))),
        **{name: _number(sum(len(re.findall(blank, text)) for text in texts.values())) for name, blank in BLANKS.items()},
    }


def _yaml(file: Path) -> Any:
    return YAML(typ="safe").load(file.read_text(encoding="utf-8"))


def _constant(test: Path, name: str) -> Any:
    """What a test holds the product to: the value of its constant ``name``."""
    for node in ast.parse(test.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return ast.literal_eval(node.value)
    raise LookupError(f"{test} has no constant {name}")


def _share(part: float) -> str:
    return f"{100 * part:.0f} %"


def _number(count: int) -> str:
    return f"{count:,}"


def _table(head: Sequence[str], cells: Iterable[Sequence[str]]) -> str:
    first, *others = (f"| {' | '.join(row)} |" for row in (head, *cells))
    return "\n".join([first, f"|{'---|' * len(head)}", *others])
