"""``trialog serve`` with actions that break on demand, to see what a fault writes. Run as ``python -m tests.faulty_server``."""

from trialog.operation import chatter

chatter.silence()

import actions.explain_word  # noqa: E402 -- what it imports warns at once
import actions.fallback  # noqa: E402
from trialog.cli.main import main  # noqa: E402


def fail(self: object, dispatcher: object, tracker: object, domain: object) -> list[object]:
    raise RuntimeError(f"{tracker.latest_message}")  # type: ignore[attr-defined]


if __name__ == "__main__":
    actions.explain_word.ActionExplainWord.run = fail  # type: ignore[method-assign]
    main()
