"""``trialog serve`` with actions that break on demand, to see what a fault writes. Run as ``python -m tests.faulty_server``."""

import actions.explain_word
import actions.fallback
from trialog.cli.main import main


def fail(self: object, dispatcher: object, tracker: object, domain: object) -> list[object]:
    raise RuntimeError(f"{tracker.latest_message}")  # type: ignore[attr-defined]


if __name__ == "__main__":
    actions.explain_word.ActionExplainWord.run = fail  # type: ignore[method-assign]
    main()
