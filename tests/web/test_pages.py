"""The pages and the chat's script, as they are sent."""

import dataclasses
import gzip
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp.test_utils import TestClient

from tests.conftest import ROOT
from trialog.content.check import reading
from trialog.web.keys import ASSISTANT
from trialog.web.pages import chat_script, interface_words

STATIC = ROOT / "trialog" / "web" / "static"
SCRIPTS = sorted(STATIC.rglob("*.js"))

# Families read this on slow phones: less than one picture.
MOST_BYTES = 24_000

# What would read a reply as HTML, or the text of a reply as code.
HTML_SINKS = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "eval(", "new Function")


async def test_the_chat_is_one_small_script_sent_compressed_to_any_site(client: TestClient) -> None:
    response = await client.get("/trialog-chat.js", headers={"Accept-Encoding": "gzip"}, auto_decompress=False)
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    body = await response.read()
    assert len(body) < MOST_BYTES
    assert gzip.decompress(body).decode() == chat_script()


async def test_a_browser_that_has_the_script_is_not_sent_it_again(client: TestClient) -> None:
    first = await client.get("/trialog-chat.js")
    assert first.headers["Cache-Control"] == "no-cache"
    again = await client.get("/trialog-chat.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status, await again.read()) == (304, b"")
    assert (await client.get("/trialog-chat.js", headers={"If-None-Match": '"older"'})).status == 200


def test_the_script_holds_every_module_once_and_asks_for_no_other() -> None:
    script = chat_script()
    for module in (STATIC / "chat").glob("*.js"):
        exported = re.findall(r"^export ((?:class|function|async function|const) \w+)", module.read_text(encoding="utf-8"), re.MULTILINE)
        assert [len(re.findall(rf"^{name}\b", script, re.MULTILINE)) for name in exported] == [1] * len(exported), module.name
    assert not re.search(r"^(import|export) ", script, re.MULTILINE)


def test_code_that_follows_a_type_in_its_line_is_not_lost() -> None:
    assert ".removeAttribute('open');\n" in chat_script()
    assert not re.search(r"^\s*/?\*", chat_script(), re.MULTILINE)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_text_goes_in_as_text_only(script: Path) -> None:
    source = script.read_text(encoding="utf-8")
    assert [sink for sink in HTML_SINKS if sink in source] == []


@pytest.mark.parametrize("path", ["/", "/kiosk"])
async def test_a_page_has_no_inline_script_or_style_and_no_foreign_address(client: TestClient, path: str) -> None:
    response = await client.get(path)
    page = await response.text()
    assert response.content_type == "text/html"
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]
    assert not re.search(r"<script>|<style|\son\w+=|\sstyle=|https?://", page)


async def test_the_kiosk_offers_the_first_questions_of_its_study(client: TestClient) -> None:
    page = await (await client.get("/kiosk")).text()
    assert re.findall(r'data-choice="(.+?)"', page) == [
        "What the study is about",
        "Who can take part",
        "How the drug works",
        "See if the study might fit",
    ]
    assert "$" not in page


async def test_an_unknown_study_has_no_kiosk(client: TestClient) -> None:
    assert (await client.get("/kiosk?trial=another")).status == 400


async def test_the_code_leads_to_the_study_page_where_the_content_names_its_address(client: TestClient, monkeypatch: Any) -> None:
    library = client.app[ASSISTANT].library
    study = library.study_of()
    assert (await client.get("/kiosk/study-page.svg")).status == 404
    named = msgspec.structs.replace(study, url="https://hospital.example/studies/1")
    monkeypatch.setattr(client.app[ASSISTANT], "library", dataclasses.replace(library, studies={**library.studies, study.id: named}))
    response = await client.get("/kiosk/study-page.svg")
    assert response.content_type == "image/svg+xml"
    assert "<svg" in await response.text()
    assert "figure hidden" not in await (await client.get("/kiosk")).text()


def _shape(words: Any) -> Any:
    """What has to be the same in every language: names, how many there are, and what is filled in."""
    if isinstance(words, str):
        return sorted(re.findall(r"\{\w+\}", words))
    return {name: _shape(part) for name, part in (words.items() if isinstance(words, dict) else enumerate(words))}


def test_every_language_has_every_word_and_names_itself() -> None:
    words = interface_words()
    assert tuple(words) == LANGUAGES
    assert {language: _shape(said) == _shape(words["en"]) for language, said in words.items()} == dict.fromkeys(LANGUAGES, True)
    assert [language for language, said in words.items() if said["direction"] == "rtl"] == ["ar"]
    # What is not translated is a name, a number to fill in, or the same word in both.
    for language in set(LANGUAGES) - {"en"}:
        same = {name for name, text in words[language].items() if text == words["en"][name] and isinstance(text, str) and len(text) > 12}
        assert same <= {"log"}, language


# What would be rude, or a slip of the keyboard, in a language that is not English: how a friend is spoken to, and English signs.
NEVER = {
    "ar": r"[,;?]",
    "de": r"\b(du|dir|dich|dein\w*)\b",
    "fr": r"[ ][?!:;»]|« |\b(tu|te|toi|ton|ta|tes)\b",
    "nl": r"\b(je|jij|jou|jouw)\b",
    "tr": r"\b(sen|sana|seni|senin)\b",
}


def test_a_language_has_its_own_signs_and_speaks_to_families_politely() -> None:
    words = interface_words()
    for language, never in NEVER.items():
        assert [text for text in _sentences_of(words[language]) if re.search(never, text.lower())] == [], language


async def test_words_are_given_to_pages_of_allowed_origins_and_there_are_no_others(client: TestClient) -> None:
    assert (await (await client.get("/api/words/ar")).json())["direction"] == "rtl"
    assert (await client.get("/api/words/xx")).status == 404
    assert (await client.get("/api/words/..%2Fen")).status == 404


def _sentences_of(words: Any) -> list[str]:
    if isinstance(words, str):
        return [words]
    return [sentence for part in (words.values() if isinstance(words, dict) else words) for sentence in _sentences_of(part)]


LANGUAGES = ("ar", "de", "en", "fr", "nl", "tr")


def test_the_words_around_the_chat_are_plain() -> None:
    for text in _sentences_of(interface_words()["en"]):
        for sentence in reading.lines(text):
            assert reading.words(sentence) <= reading.MAX_SENTENCE_WORDS, sentence
        # A label of a few words has no grade worth the name.
        assert reading.words(text) < 8 or reading.grade(text, []) <= reading.MAX_GRADE, text
