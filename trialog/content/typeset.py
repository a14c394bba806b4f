"""A PDF from a template of Typst and plain data: tagged for screen readers, with its fonts in it."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, Literal

import typst

from trialog.operation import faults

# For every reader: headings, lists and tables as what they are, a language, and letters that can be read aloud.
STANDARD: Literal["ua-1"] = "ua-1"


def as_pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """``template`` filled with ``data``, which travels as JSON, so that none of it can be taken for a command."""
    given = {"data": json.dumps(data)}
    try:
        return _made(template, given, [STANDARD])
    except typst.TypstError as error:
        # A letter that the font has not: an empty box is better than nothing.
        faults.report("pdf", error, template.stem)
        return _made(template, given, [])


def _made(template: Path, given: dict[str, str], standards: list[Literal["ua-1"]]) -> bytes:
    return typst.compile(template, format="pdf", font_paths=_fonts(), sys_inputs=given, pdf_standards=[*standards])


@functools.cache
def _fonts() -> typst.Fonts:
    """DejaVu, which has the letters of Europe and of Arabic, so that a name of a disease or a town prints anywhere.

    It comes with matplotlib, which Rasa needs; only its folder is looked up, the library is not loaded.
    """
    folder = distribution("matplotlib").locate_file("matplotlib/mpl-data/fonts/ttf")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
