"""The shapes of content/topics.yml and of the chat's menu."""

from __future__ import annotations

from typing import Literal

from trialog.content.shape import ButtonText, Id, Shape, SomeTexts, Text
from trialog.content.subject import Who


class Topic(Shape, frozen=True):
    """One line of content/topics.yml."""

    id: Id
    kind: Literal["study", "questionnaire", "safety", "smalltalk", "out_of_scope"]
    title: ButtonText
    example: Text
    required: bool = False
    # It is about who can join, so the status of a study that takes nobody is told with it.
    joining: bool = False


class MenuGroup(Shape, frozen=True):
    """Topics of the chat's menu that belong together; a ``starter`` is a group for one kind of reader, and comes first.

    One ``of`` some people is not shown for studies in which only others take part.
    """

    title: ButtonText
    topics: SomeTexts
    starter: bool = False
    of: tuple[Who, ...] = ()
