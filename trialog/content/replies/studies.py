"""What is said about which studies there are: another one is named, two are compared, one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from trialog.content.model import Library, Study
from trialog.content.placeholders import fill
from trialog.content.replies.reply import Button, Reply, button, topic_button

# More studies than that are no choice any more, but a list to scroll through.
MOST_STUDIES = 6


def another(library: Library, here: Study, other: Study) -> Reply:
    """That another study was named than the one ``here``; its facts are told once it is chosen."""
    values = {"here": here.title, "other": other.title, "about": other.about}
    return Reply("utter_another_study", values, (_switch(library, other), _stay(library, here)))


def not_weighed(library: Library, here: Study, others: Sequence[Study]) -> Reply:
    """Why two studies are never weighed against each other."""
    return Reply("utter_not_weighed", {"here": here.title}, (*_switches(library, others), _stay(library, here)))


def known(library: Library, here: Study) -> Reply:
    """Which studies there are."""
    others = [study for study in library.studies.values() if study.id != here.id]
    if not others:
        return Reply("utter_only_study", {"here": here.title, "about": here.about})
    shown = [here, *others[: MOST_STUDIES - 1]]
    lines = [fill(library.studies_words.line, {"study": study.title, "about": study.about}) for study in shown]
    values = {"number": len(library.studies), "here": here.title, "studies": "\n".join(lines)}
    return Reply("utter_known_studies", values, _switches(library, others))


def switched(library: Library, study: Study, before: Study, is_old: bool) -> Reply:
    """That from now on it is about ``study``; the channel is told, too (``trial``)."""
    response = "utter_same_study" if study.id == before.id else "utter_switched_old_page" if is_old else "utter_switched"
    values = {"study": study.title, "before": before.title, "status": library.status_of(study, "\n\n")}
    return Reply(response, values, _first(library, study), {"kind": "welcome", "trial": study.id})


def _first(library: Library, study: Study) -> tuple[Button, ...]:
    return tuple(topic_button(library, study, topic) for topic in study.suggested)


def _switches(library: Library, studies: Sequence[Study]) -> tuple[Button, ...]:
    return tuple(_switch(library, study) for study in studies[: MOST_STUDIES - 1])


def _switch(library: Library, study: Study) -> Button:
    return button(fill(library.studies_words.switch, {"study": study.title}), f'/switch_study{{"study": "{study.id}"}}')


def _stay(library: Library, study: Study) -> Button:
    return button(fill(library.studies_words.stay, {"study": study.title}), f'/switch_study{{"study": "{study.id}"}}')
