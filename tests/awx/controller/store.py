# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the controller keeps, and what goes with what."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from .kinds import KINDS, UNIFIED, Kind

Item = dict[str, Any]


class Refusal(Exception):
    """An answer other than 2xx."""

    def __init__(self, status: int, body: Any) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body


def invalid(field: str, message: str) -> Refusal:
    return Refusal(400, {field: [message]})


class Store:
    """Objects by kind and number. Numbers are never used again. ``links``: by kind, number and name of the list.
    ``labels_of_jobs``: the labels that jobs have, for as long as AWX keeps the jobs."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[int, Item]] = {name: {} for name in KINDS}
        self.links: dict[tuple[str, int, str], list[int]] = {}
        self.surveys: dict[int, Item] = {}
        self.labels_of_jobs: set[int] = set()
        self._going: dict[int, int] = {}
        self._last = 0

    def number(self) -> int:
        self._last += 1
        return self._last

    def get(self, kind: str, number: Any) -> Item:
        """Raises Refusal."""
        if number not in self.objects[kind]:
            raise Refusal(404, {"detail": "Not found."})
        return self.objects[kind][number]

    def unified(self, number: Any) -> tuple[str, Item] | None:
        """The kind, and the object, of something that a node can run."""
        for kind in UNIFIED:
            if number in self.objects[kind]:
                return kind, self.objects[kind][number]
        return None

    def linked(self, kind: str, number: int, name: str) -> list[int]:
        return self.links.setdefault((kind, number, name), [])

    def users(self, kind: str, number: int) -> Iterator[tuple[str, int]]:
        """The objects that have this one in a list of theirs."""
        for (owner, owner_number, name), members in self.links.items():
            if KINDS[owner].links[name] == kind and number in members:
                yield owner, owner_number

    def add(self, kind: str, item: Item) -> Item:
        item["id"] = self.number()
        self.objects[kind][item["id"]] = item
        return item

    def check(self, name: str, item: Item, number: int | None) -> None:
        """Raises Refusal where a field is missing, an object that is referred to is not there, or another object has
        the same name."""
        kind: Kind = KINDS[name]
        for field in kind.required:
            if item.get(field) in (None, ""):
                raise invalid(field, "This field is required.")
        for field, target in kind.refers.items():
            if item.get(field) is not None and item[field] not in self.objects[target]:
                raise invalid(field, f'Invalid pk "{item[field]}" - object does not exist.')
        for other, others in self.objects[name].items():
            if other != number and kind.unique and all(others.get(f) == item.get(f) for f in kind.unique):
                raise Refusal(400, {"__all__": [f"{kind.type} with this {', '.join(kind.unique)} already exists."]})

    def remove(self, kind: str, number: int) -> None:
        """Remove an object and what goes with it."""
        self.get(kind, number)
        for other, field in KINDS[kind].ours.items():
            for member in [n for n, item in self.objects[other].items() if item.get(field) == number]:
                self.remove(other, member)
        labels = list(self.linked(kind, number, "labels")) if "labels" in KINDS[kind].links else []
        removed = self.objects[kind].pop(number)
        self._forget(kind, number)
        for label in labels:
            self.drop_unused_label(label)
        if kind == "workflow_job_template_nodes":
            self.objects["workflow_approval_templates"].pop(removed["unified_job_template"], None)

    def note_removal(self, inventory: int) -> None:
        """AWX removes inventories in the background; until then they keep their names. Raises Refusal."""
        item = self.objects["inventories"][inventory]
        if item.get("pending_deletion"):
            raise Refusal(400, {"error": "Inventory is already pending deletion."})
        item["pending_deletion"] = True
        self._going[inventory] = 2
        for template in self.objects["job_templates"].values():
            template["inventory"] = None if template["inventory"] == inventory else template["inventory"]

    def look_at_inventories(self) -> None:
        """Whoever looks at one that is to go sees it twice more."""
        for number in list(self._going):
            self._going[number] -= 1
            if not self._going[number]:
                del self._going[number]
                self.remove("inventories", number)

    def drop_unused_label(self, label: int) -> None:
        if label not in self.labels_of_jobs and not any(self.users("labels", label)):
            self.objects["labels"].pop(label, None)

    def _forget(self, kind: str, number: int) -> None:
        self.links = {key: members for key, members in self.links.items() if key[:2] != (kind, number)}
        self.surveys.pop(number, None)
        for (owner, _number, name), members in self.links.items():
            if KINDS[owner].links[name] == kind and number in members:
                members.remove(number)
        for owner, described in KINDS.items():
            for field, target in described.refers.items():
                if target == kind:
                    for item in self.objects[owner].values():
                        item[field] = None if item[field] == number else item[field]
        if kind in UNIFIED:
            for item in self.objects["workflow_job_template_nodes"].values():
                if item["unified_job_template"] == number:
                    item["unified_job_template"] = None

    def snapshot(self) -> Any:
        """All of it, to compare with later."""
        kept = {key: list(members) for key, members in self.links.items() if members}
        return copy.deepcopy((self.objects, kept, self.surveys))
