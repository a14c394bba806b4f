"""``trialog serve`` with an answer that takes two seconds. Run as ``python -m tests.slow_server``."""

import time

import actions.answer
from trialog.cli.main import main

answer = actions.answer.ActionAnswer.run


def take_time(self: object, dispatcher: object, tracker: object, domain: object) -> object:
    time.sleep(2)
    return answer(self, dispatcher, tracker, domain)  # type: ignore[arg-type]


if __name__ == "__main__":
    actions.answer.ActionAnswer.run = take_time  # type: ignore[method-assign, assignment]
    main()
