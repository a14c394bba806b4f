"""Points of entry that the page joins with "or": a group of some, of which one way in is enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from msgspec import Meta

from trialog.content.criteria import Criterion, Told, Verdict, all_of, any_of
from trialog.content.shape import SomeTexts


class Group(Told, frozen=True, kw_only=True):
    """Several criteria that are told as one point. Each of ``any_of`` is a way in: all of its criteria must fit, and one way is enough."""

    any_of: Annotated[tuple[SomeTexts, ...], Meta(min_length=2, description="a list of two ways in or more, each a list of ids")]

    def __post_init__(self) -> None:
        if self.untold:
            raise ValueError(f"a group is told in its own words: {', '.join(self.untold)}.")

    @property
    def members(self) -> tuple[str, ...]:
        """The criteria it is made of, each once."""
        return tuple(dict.fromkeys(name for way in self.any_of for name in way))

    def verdict(self, verdicts: Mapping[str, Verdict]) -> Verdict:
        """What the ``verdicts`` of criteria come to; a criterion without one is not known."""
        return any_of(self._of_way(way, verdicts) for way in self.any_of)

    def needs(self, criterion: str, verdicts: Mapping[str, Verdict]) -> bool:
        """True while ``criterion`` can still change what the group comes to."""
        ways = (way for way in self.any_of if criterion in way)
        is_open = self.verdict(verdicts) != Verdict.FITS
        return is_open and any(self._of_way(way, verdicts) != Verdict.DOES_NOT_FIT for way in ways)

    @staticmethod
    def _of_way(way: SomeTexts, verdicts: Mapping[str, Verdict]) -> Verdict:
        return all_of(verdicts.get(name, Verdict.NOT_KNOWN) for name in way)


def told_points(criteria: Mapping[str, Criterion], groups: Mapping[str, Group]) -> dict[str, Told]:
    """What a result tells, in the order of the ``criteria``: each that is in no group, and in place of the others their groups."""
    found: dict[str, Told] = {}
    for name, criterion in criteria.items():
        owners: list[Told] = [group for group in groups.values() if name in group.members]
        found |= {one.id: one for one in owners or [criterion]}
    return found


def is_needed(criterion: str, groups: Mapping[str, Group], verdicts: Mapping[str, Verdict]) -> bool:
    """False once nothing that ``criterion`` could be answered would change what the groups it is in come to."""
    owners = [group for group in groups.values() if criterion in group.members]
    return not owners or any(group.needs(criterion, verdicts) for group in owners)


def faults_of(criteria: Mapping[str, Criterion], groups: Mapping[str, Group]) -> Iterator[tuple[tuple[str, int], str]]:
    """What does not fit together, with its place in the file: the texts of a point told by itself, and the members of groups."""
    told = told_points(criteria, groups)
    for number, criterion in enumerate(criteria.values()):
        if criterion.id in told and criterion.untold:
            yield ("criteria", number), f"a key is missing: {', '.join(map(repr, criterion.untold))}; only a point of a group needs none."
    for number, group in enumerate(groups.values()):
        if group.id in criteria:
            yield ("groups", number), f"a point of entry is called '{group.id}', too."
        for name in group.members:
            if name not in criteria:
                yield ("groups", number), f"there is no point of entry '{name}'."
