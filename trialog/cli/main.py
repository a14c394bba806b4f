"""Reads the command line and runs the verb."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from types import ModuleType

from trialog.operation import chatter

# One line a verb: it is the module's name (with _ for -) and its help.
VERBS = {
    "serve": "answer families over HTTP",
    "chat": "talk to the assistant in the terminal",
    "train": "train the model if anything it is made from has changed",
    "check": "check content, replies, training data, rules and dialogues, and report all faults",
    "content": "have running servers take changed content over, checked and without a restart",
    "new-study": "begin a study from its page, as drafts that are not served",
    "import-registry": "keep what a public register says of a study, and say what has drifted since",
    "export-fhir": "write a study as FHIR R5 resources",
    "parse": "show what the assistant sees in a message, and why it answers as it does",
    "replay": "play written dialogues, and show where the assistant answers otherwise than expected",
    "compare": "show what is answered otherwise with another model, or with other content",
    "script": "print all that the assistant can say, what changed in it, and who approved it",
    "switch": "switch something off while the server runs, or tell families a notice",
    "report": "write what families asked and did not get, counted without a word of theirs",
    "evaluate": "measure how well questions are understood, on voices held out",
    "figures": "write the figures of docs/hospital/ anew, from content, data, tests and the last evaluation",
    "architecture": "draw docs/architecture.svg, the packages and their imports, from the code",
    "embed": "print the lines that put the chat on a page, with the hash of the script",
    "completion": "print what makes the shell complete verbs, options and studies",
}


# What a shell expects of a program that Ctrl-C has ended.
INTERRUPTED = 130


def main() -> None:
    """Entry point of ``trialog``; exits with the verb's status, and quietly where somebody stops it."""
    chatter.silence()
    try:
        sys.exit(_run())
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _run() -> int:
    parser = argparse.ArgumentParser(prog="trialog", description="A conversational guide to clinical studies.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    chosen = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    for name, help_text in VERBS.items():
        verb = verbs.add_parser(name, help=help_text, description=f"{help_text[0].upper()}{help_text[1:]}.")
        # Only the verb that runs is imported: Rasa takes seconds, and only some need it.
        if name == chosen:
            _module(name).add_arguments(verb)
    arguments = parser.parse_args()
    status: int = _module(arguments.verb).run(arguments)
    return status


def parser_of(verb: str) -> argparse.ArgumentParser:
    """What ``verb`` takes, for those who ask about it without running it."""
    parser = argparse.ArgumentParser(prog=f"trialog {verb}")
    _module(verb).add_arguments(parser)
    return parser


def _module(verb: str) -> ModuleType:
    return import_module(f"trialog.cli.{verb.replace('-', '_')}")
