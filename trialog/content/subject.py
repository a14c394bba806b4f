"""What a study is about: what it tests, who takes part, and how families name it."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from trialog.content.shape import Shape, SomeTexts, Text, Texts


class Tests(StrEnum):
    """What a study can test."""

    DRUG = "drug"
    DEVICE = "device"
    TEST = "test"
    CARE = "care"


Who = Literal["children", "teenagers", "adults"]


class Tested(Shape, frozen=True):
    """What is tested: its kind, and the word for it where that of the kind does not fit ("wrist band")."""

    kind: Tests = Tests.DRUG
    name: Text | None = None


class Called(Shape, frozen=True):
    """How families name a study: by its own names, by what is tested, by the disease."""

    study: SomeTexts
    tested: Texts = ()
    disease: Texts = ()
