"""The sheet for the appointment: what stands on it, for whom it is there, and that nothing is kept."""

import dataclasses
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from pypdf import PdfReader

from tests.conftest import ROOT
from trialog.assistant.conversations import new_id
from trialog.content.criteria import Verdict
from trialog.content.model import Library
from trialog.content.script.script import RESPONSES, read_script
from trialog.eligibility.questionnaire import Questionnaire, Stage
from trialog.eligibility.sheet import sheet_of
from trialog.eligibility.verdicts import in_words
from trialog.settings import Settings
from trialog.web.script import note_script
from trialog.web.sheet import as_pdf, once, questions_for

SAID = ["Can my child take part?", "9", "B-ALL", "not tested", "it came back", "very high risk", "yes, that is right"]


async def after(client: TestClient, said: list[str]) -> str:
    """The address of a conversation in which ``said`` has been said."""
    opened = await (await client.post("/api/conversations", json={})).json()
    address = f"/api/conversations/{opened['id']}"
    for text in said:
        assert (await client.post(f"{address}/messages", json={"text": text})).status == 200
    return address


async def test_the_page_holds_answers_open_points_and_questions(client: TestClient) -> None:
    response = await client.get(await after(client, SAID) + "/sheet")
    assert (response.status, response.content_type) == (200, "text/html")
    assert response.headers["Cache-Control"] == "no-store"
    page = await response.text()
    for part in (
        "9 years",
        "B-cell precursor ALL (BCP-ALL)",
        "CD22 has not been tested",
        "This sheet is not a decision",
        "16 September 2024",
    ):
        assert part in page
    assert "Was CD22 found on the leukemia cells in the latest test?" in page
    assert "eligible" not in page
    assert "<script>" not in page


async def test_sheet_and_api_name_the_script_of_all_that_can_be_said(
    client: TestClient, library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    address = await after(client, SAID)
    assert ": script " not in await (await client.get(f"{address}/sheet")).text()
    await note_script(client.app)
    script = read_script(library, settings.content, RESPONSES).hash
    assert f"script {script}." in await (await client.get(f"{address}/sheet")).text()
    assert (await (await client.get("/readyz")).json())["script"] == script


async def test_the_pdf_says_the_same(client: TestClient) -> None:
    response = await client.get(await after(client, SAID) + "/sheet.pdf")
    assert (response.status, response.content_type) == (200, "application/pdf")
    assert "attachment" in response.headers["Content-Disposition"]
    body = await response.read()
    text, about = _text(body), PdfReader(io.BytesIO(body)).metadata
    for part in ("9 years", "CD22 has not been tested", "Only the doctor can decide", "Questions for the doctor"):
        assert part in text
    assert "Points to take to the doctor" in str(about and about.title)


@pytest.mark.parametrize("said", [[], SAID[:6], [*SAID[:4], "stop"]], ids=["nothing", "not checked", "stopped"])
async def test_without_a_result_the_sheet_holds_the_questions_to_ask_and_no_answer(client: TestClient, said: list[str]) -> None:
    address = await after(client, said)
    response = await client.get(address + "/sheet")
    assert response.status == 200
    page = await response.text()
    assert "<h1>Questions to take to the doctor</h1>" in page
    assert "Was CD22 found on the leukemia cells in the latest test?" in page
    assert "<table>" not in page
    assert "9 years" not in page
    text = _text(await (await client.get(address + "/sheet.pdf")).read())
    assert "Was CD22 found on the leukemia cells in the latest test?" in text
    assert "Your own questions" in text
    assert "Your answers" not in text


async def test_a_deleted_conversation_has_no_sheet(client: TestClient) -> None:
    address = await after(client, SAID)
    assert (await client.delete(address)).status == 204
    assert (await client.get(address + "/sheet")).status == 404
    assert (await client.get(f"/api/conversations/{new_id()}/sheet")).status == 404


@pytest.mark.parametrize("answer", ["positive", "negative", "unknown", "declined"])
def test_every_answer_fits_on_the_sheet(answer: str, library: Library) -> None:
    study = library.studies["itcc-059"]
    answers: dict[str, Any] = dict.fromkeys(study.criteria, "unknown") | {"cd22": answer}
    sheet = sheet_of(Questionnaire(Stage.RESULT, "child", answers=answers), study, library.interview, date(2026, 11, 24))
    assert len(sheet.points) == 5
    assert ("CD22" in sheet.open_points) is (answer != "positive")
    assert as_pdf(sheet, library.interview).startswith(b"%PDF")


# Names of towns and people of Europe; the Arabic one is drawn joined up, and read from right to left.
LETTERS = "Łódź, Gdańsk, Çağrı, İzmir, Þórður, Åse, Őrség, Ștefan, Ελένη, Зоя"
ARABIC = "فاطمة الزهراء"


def test_a_pdf_is_tagged_for_screen_readers_and_brings_its_letters(library: Library) -> None:
    study = library.studies["itcc-059"]
    answers = dict.fromkeys(study.criteria, "unknown")
    sheet = sheet_of(Questionnaire(Stage.RESULT, "child", answers=answers), study, library.interview, date(2026, 11, 24))
    body = as_pdf(dataclasses.replace(sheet, questions=(LETTERS, ARABIC)), library.interview)
    assert LETTERS in _text(body)
    file = PdfReader(io.BytesIO(body))
    root: Any = file.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    tags = Counter(_tags(root["/StructTreeRoot"]))
    assert tags["/H1"] == 1
    assert tags["/H2"] == 4
    assert tags["/Table"] == 1
    assert tags["/TH"] == 3
    assert tags["/LI"] == len(sheet.open_points) + 2
    fonts = [font.get_object() for page in file.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert fonts
    for font in fonts:
        described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile2" in described
        assert "DejaVu" in described["/FontName"]


def test_a_letter_that_no_font_has_keeps_no_sheet_from_a_family(library: Library) -> None:
    sheet = questions_for(library.studies["itcc-059"], library.interview, date(2026, 11, 24))
    text = _text(as_pdf(dataclasses.replace(sheet, questions=("中文?", "*Is* this #right?")), library.interview))
    assert "*Is* this #right?" in text
    assert "Your own questions" in text


def _text(body: bytes) -> str:
    return " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).split())


def _tags(node: Any) -> Iterator[str]:
    """The kinds of a PDF's structure elements, from the top."""
    node = node.get_object()
    if not isinstance(node, dict):
        return
    if "/S" in node:
        yield node["/S"]
    below = node.get("/K", [])
    for child in below if isinstance(below, list) else [below]:
        yield from _tags(child)


def test_a_verdict_stands_once_in_a_row(library: Library) -> None:
    for study in library.studies.values():
        for criterion in study.criteria.values():
            given = [(str(answer), choice.verdict) for answer, choice in criterion.choices.items()] or [("1-2", Verdict.FITS)]
            for answer, verdict in given:
                answers = dict.fromkeys(study.criteria, "unknown") | {criterion.id: answer}
                sheet = once(sheet_of(Questionnaire(Stage.RESULT, "child", answers=answers), study, library.interview, date(2026, 11, 24)))
                for point in sheet.points:
                    assert point.verdict_words.lower() not in point.reason.lower(), (study.id, criterion.id, answer, verdict)


def test_days_are_written_out() -> None:
    assert in_words(date(2024, 9, 6)) == "6 September 2024"
