"""Messages of the questionnaire as docs/api.md describes them, for tests of how they look."""

from typing import Any

POINTS = [
    ("age", "Age", "7 years"),
    ("diagnosis", "Diagnosis", "BCP-ALL"),
    ("cd22", "CD22", "You do not know"),
    ("relapsed", "Come back", "Yes"),
    ("very_high_risk", "Very high risk", "No"),
]
VERDICTS = ["fits", "fits", "not_known", "fits", "does_not_fit"]


def _message(kind: str, text: str, **fields: Any) -> dict[str, Any]:
    return {"text": text, "kind": kind, "topic": "elig_start", "source": None, "buttons": []} | fields


def _list() -> str:
    return "\n".join(f"• {title}: {answer}" for _, title, answer in POINTS)


QUESTION = _message(
    "question",
    "How old is the child?\n\nYou can answer in years or months.",
    criterion="age",
    progress={"step": 2, "of": 6},
    buttons=[{"title": "I do not know", "payload": "/unsure"}, {"title": "Stop the questions", "payload": "/stop"}],
)
REVIEW = _message(
    "review",
    f"These are your answers:\n{_list()}\n\nIs everything right?",
    criteria=[
        {"id": name, "title": title, "answer": answer, "change": f'/change{{"criterion": "{name}"}}'} for name, title, answer in POINTS
    ],
    buttons=[{"title": "Yes, everything is right", "payload": "/confirm"}],
)
RESULT = _message(
    "result",
    f"Some points can only be checked by the doctor.\n{_list()}\n\nThis is not a decision. Please take the sheet to your doctor.",
    criteria=[
        {"id": name, "title": title, "answer": answer, "verdict": verdict}
        for (name, title, answer), verdict in zip(POINTS, VERDICTS, strict=True)
    ],
    outcome="unclear",
    source={"title": "Inotuzumab ITCC-059", "section": "Who can enter", "last_reviewed": "2024-09-16"},
    buttons=[{"title": "Start again", "payload": "/again"}],
)
DANGER = _message("safety", "This may be an emergency. Please call 112 now.", topic="emergency")
