"""Two hundred studies, generated: `python -m tests.studies.two_hundred FOLDER` writes them and says what loading them takes."""

import dataclasses
import resource
import shutil
import sys
import time
from itertools import islice, product
from pathlib import Path

import msgspec

from tests.conftest import ROOT
from trialog.content.load import load_library
from trialog.content.model import Library, Study

NUMBER = 200
_OURS = "larotrectinib-scout"
_SYLLABLES = ("ba", "keo", "mir", "rus", "tel", "lov", "van")


def drugs() -> list[str]:
    """Invented drugs, as alike as real ones."""
    return [f"{''.join(syllables)}mab" for syllables in islice(product(_SYLLABLES, repeat=3), NUMBER)]


def in_memory(library: Library) -> Library:
    """The library with copies of one study under other names."""
    pattern = library.studies[_OURS]
    copies = [_renamed(pattern, number, drug) for number, drug in enumerate(drugs())]
    return dataclasses.replace(library, studies={**library.studies, **{copy.id: copy for copy in copies}})


def _renamed(study: Study, number: int, drug: str) -> Study:
    called = msgspec.structs.replace(study.called, study=(f"gen-{number:03}",), tested=(drug,), disease=(f"{drug}itis",))
    return msgspec.structs.replace(study, id=f"gen-{number:03}", title=f"{drug.capitalize()} GEN-{number:03}", called=called)


def on_disk(content: Path) -> None:
    """The same as folders of ``content``; what names no drug is the same in all of them, as it is in ours."""
    for number, drug in enumerate(drugs()):
        folder = content / "trials" / f"gen-{number:03}"
        shutil.copytree(content / "trials" / _OURS, folder)
        for file in folder.rglob("*.yml"):
            text = file.read_text(encoding="utf-8").replace(_OURS, folder.name).replace("SCOUT", f"GEN-{number:03}")
            file.write_text(text.replace("larotrectinib", drug).replace("Larotrectinib", drug.capitalize()), encoding="utf-8")


def measure(content: Path) -> str:
    """What loading ``content`` takes, in processor time and memory."""
    begun, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    library = load_library(content)
    seconds, megabytes = time.process_time() - begun, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return f"{len(library.studies)} studies: {seconds:.1f} s, {megabytes:.0f} MB more"


if __name__ == "__main__":
    place = Path(sys.argv[1]) / "content"
    shutil.copytree(ROOT / "content", place)
    print(measure(place))
    on_disk(place)
    print(measure(place))
