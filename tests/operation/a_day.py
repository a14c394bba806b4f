"""A day of simulated families, for whoever wants to read the report of one: `python -m tests.operation.a_day FOLDER [FAMILIES]`.

Three topics that the page answers are taken out of a copy of the content, at random; which ones stands in ``missing.txt``. Families ask
what strangers asked (tests/held_out/questions.yml), these three a little more often than others. Read the report first.
"""

from __future__ import annotations

import asyncio
import copy
import dataclasses
import json
import random
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.trackers import DialogueStateTracker
from ruamel.yaml import YAML

from tests.banks import held_out
from tests.conftest import ROOT
from trialog.assistant import engine as assistant
from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine
from trialog.cli.patience import SECONDS
from trialog.operation.counts import Counts
from trialog.settings import Settings

STUDY = "itcc-059"
MISSING = 3

# So many times as often as another topic is a missing one asked about; what a page leaves out is what families ask.
MORE_OFTEN = 3

# Most families ask once or twice.
QUESTIONS = (1, 1, 2, 2, 3)


def without(content: Path, chosen: random.Random) -> list[str]:
    """Have the page not answer some topics any more that it answers, and give their names."""
    bank, yaml = held_out("questions"), YAML()
    files = {file.stem: file for file in sorted((content / "trials" / STUDY / "answers").glob("*.yml")) if len(bank.get(file.stem, ())) > 6}
    data = {topic: yaml.load(file.read_text(encoding="utf-8")) for topic, file in files.items()}
    missing = chosen.sample(sorted(topic for topic, answer in data.items() if "text" in answer), MISSING)
    for topic in missing:
        says, ask = "The study page does not say anything about this.", "What can you tell us about this?"
        with files[topic].open("w", encoding="utf-8") as out:
            yaml.dump({"section": data[topic]["section"], "not_on_page": {"says": says, "ask": ask}}, out)
    return missing


async def a_day(engine: Engine, families: int, missing: list[str], chosen: random.Random) -> None:
    """Each family opens the chat, asks, and leaves."""
    bank = {topic: lines for topic, lines in held_out("questions").items() if isinstance(lines, list)}
    often = Counter({topic: MORE_OFTEN if topic in missing else 1 for topic in bank})
    topics = list(often.elements())
    for _ in range(families):
        conversation = new_id()
        await engine.start(conversation, STUDY, chosen.choice(("web", "web", "web", "kiosk")))
        for _ in range(chosen.choice(QUESTIONS)):
            await engine.say(conversation, str(chosen.choice(bank[chosen.choice(topics)])))
        await engine.conversations.forget(conversation)


def read_once(engine: Engine) -> None:
    """What a message means to the pipeline hangs on it and on the study alone, as far as these families go."""
    processor, known = engine._agent.processor, dict[str, dict[str, Any]]()
    parse = processor.parse_message

    async def read(message: UserMessage, tracker: DialogueStateTracker | None = None) -> dict[str, Any]:
        key = json.dumps([message.text, message.metadata], sort_keys=True)
        if key not in known:
            known[key] = await parse(message, tracker)
        return copy.deepcopy(known[key])

    processor.parse_message = read


def main() -> None:
    """Write counts.db and missing.txt into the folder."""
    folder, families = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    shutil.copytree(ROOT / "content", folder / "content")
    chosen = random.SystemRandom()
    missing = without(folder / "content", chosen)
    assistant.REPLY_SECONDS = assistant.DANGER_SECONDS = SECONDS
    engine = Engine.load(dataclasses.replace(Settings(), content=folder / "content"), counts=Counts(folder / "counts.db"))
    read_once(engine)
    asyncio.run(a_day(engine, families, missing, chosen))
    engine.counts.flush()
    (folder / "missing.txt").write_text("\n".join(missing) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
