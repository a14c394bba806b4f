"""The sheet for the appointment: what stands on it, for whom it is there, and that nothing is kept."""

import dataclasses
import io
from datetime import date
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from pypdf import PdfReader

from trialog.assistant.conversations import new_id
from trialog.content.model import Library
from trialog.eligibility.questionnaire import Questionnaire, Stage
from trialog.eligibility.sheet import sheet_of
from trialog.eligibility.verdicts import in_words
from trialog.web.sheet import as_pdf

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


async def test_the_pdf_says_the_same(client: TestClient) -> None:
    response = await client.get(await after(client, SAID) + "/sheet.pdf")
    assert (response.status, response.content_type) == (200, "application/pdf")
    assert "attachment" in response.headers["Content-Disposition"]
    file = PdfReader(io.BytesIO(await response.read()))
    text = " ".join("".join(page.extract_text() for page in file.pages).split())
    for part in ("9 years", "CD22 has not been tested", "Only the doctor can decide", "Questions for the doctor"):
        assert part in text
    assert "Points to take to the doctor" in str(file.metadata and file.metadata.title)


@pytest.mark.parametrize("said", [[], SAID[:4], SAID[:6], [*SAID[:4], "stop"]], ids=["nothing", "halfway", "not checked", "stopped"])
@pytest.mark.parametrize("ending", ["/sheet", "/sheet.pdf"])
async def test_without_a_result_there_is_no_sheet(client: TestClient, said: list[str], ending: str) -> None:
    response = await client.get(await after(client, said) + ending)
    problem = await response.json()
    assert (response.status, problem["type"]) == (404, "urn:trialog:problem:no_sheet")
    assert "doctor" in problem["detail"]


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


def test_a_pdf_prints_every_letter_of_europe_by_fonts_of_its_own(library: Library) -> None:
    study = library.studies["itcc-059"]
    answers = dict.fromkeys(study.criteria, "unknown")
    sheet = sheet_of(Questionnaire(Stage.RESULT, "child", answers=answers), study, library.interview, date(2026, 11, 24))
    letters = "Łódź, Gdańsk, Çağrı, Þórður, Åse, Őrség, Ștefan, Ελένη, Зоя"
    file = PdfReader(io.BytesIO(as_pdf(dataclasses.replace(sheet, questions=(letters,)), library.interview)))
    assert letters in " ".join("".join(page.extract_text() for page in file.pages).split())
    for page in file.pages:
        fonts = page["/Resources"]["/Font"]  # type: ignore[index]
        used = {name for name in fonts if f"{name} ".encode() in page.get_contents().get_data()}  # type: ignore[union-attr]
        assert used
        for name in used:
            assert "/FontFile2" in fonts[name].get_object()["/FontDescriptor"].get_object()


def test_days_are_written_out() -> None:
    assert in_words(date(2024, 9, 6)) == "6 September 2024"
