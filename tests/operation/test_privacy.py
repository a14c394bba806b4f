"""Nothing a family types is found afterwards: not in the log, not on disk, not in what is stored."""

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.server import Server, serving

NAMES = ("Zebrafink", "Nachtigall", "0612345678", "Кукушка")
SECRET = " ".join(NAMES)

MESSAGES = [
    "How does the drug work?",  # an answer
    "I would like to know what this word means: what is CD22?",  # an action that raises with the message in its error
    "my child is called",  # personal details
    "qwertz",  # asked back
    "she is not breathing",  # danger
    "thank you",
    "hoe oud moet mijn kind zijn? ik heet",
    "كيف يعمل الدواء",
    "can my child take part?",
    "/ask",
]


def talk(server: Server) -> None:
    """Send the secret on every way that a request can take."""
    messages = server.open() + "/messages"
    for text in MESSAGES:
        status, _, _ = server.ask("POST", messages, {"text": f"{text} {SECRET}"})
        assert status == 200
    statuses = [
        server.ask("POST", messages, {"text": SECRET * 200})[0],
        server.ask("POST", messages, {"payload": f'/ask{{"topic": "{SECRET}"}}'})[0],
        server.ask("POST", messages, {"payload": f"/{SECRET}"})[0],
        server.ask("POST", messages, f'{{"text": "{SECRET}'.encode())[0],
        server.ask("POST", messages, f'["{SECRET}"]'.encode())[0],
        server.ask("POST", messages, SECRET.encode(), **{"content-type": f"text/{NAMES[0]}"})[0],
        server.ask("POST", "/api/conversations", {"trial": SECRET})[0],
        server.ask("POST", f"/api/conversations/{NAMES[0]}/messages", {"text": SECRET})[0],
        server.ask("GET", f"/{NAMES[0]}?{NAMES[1]}")[0],
    ]
    assert statuses == [413, 400, 400, 400, 400, 415, 400, 404, 404]
    # Not HTTP at all, and broken HTTP.
    for first, second in (
        (NAMES[0], NAMES[1]),
        ("GET / HTTP/1.1", f"{NAMES[0]} : {NAMES[1]}\x00"),
        (f"GET /{NAMES[0]} HTTP/{NAMES[2]}", ""),
    ):
        server.raw(f"{first}\r\n{second}\r\n\r\n".encode())


@pytest.mark.slow
def test_nothing_typed_is_found_afterwards(tmp_path: Path) -> None:
    folders = {name: tmp_path / name for name in ("HOME", "TMPDIR", "CWD")}
    for folder in folders.values():
        folder.mkdir()
    environment = {name: str(folder) for name, folder in folders.items()}
    environment |= {"TRIALOG_CONTENT": str(ROOT / "content"), "TRIALOG_MODELS": str(ROOT / "models"), "TRIALOG_LOG_LEVEL": "debug"}
    before = {file: file.stat().st_mtime_ns for file in (ROOT / "models").iterdir()}
    log = tmp_path / "log"
    command = ("-m", "tests.faulty_server")
    with serving(log, command=command, PYTHONPATH=str(ROOT), TRIALOG_RATE_LIMIT="off", **environment) as server:
        talk(server)
        metrics = server.ask("GET", "/metrics")[2].decode()
    written = [file for folder in folders.values() for file in folder.rglob("*") if file.is_file()]
    assert written == [], "nothing is left on disk"
    assert {file: file.stat().st_mtime_ns for file in (ROOT / "models").iterdir()} == before
    lines = log.read_text(encoding="utf-8")
    for name in NAMES:
        assert name not in lines
        assert name not in metrics
        assert json.dumps(name) not in lines
    assert "fault in action action_explain_word: RuntimeError at faulty_server.py" in lines, "the reason is there"
    assert "127.0.0.1" not in lines, "nor an address"
    assert [line for line in lines.splitlines() if not line.startswith("{")] == [], "each line is a JSON object"
    assert all(json.loads(line) for line in lines.splitlines())
