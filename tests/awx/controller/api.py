# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the API does, without HTTP: reading, making, changing, removing and linking objects."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping

from . import credentials, launching, notifications, surveys, templates
from .kinds import KINDS, UNIFIED
from .store import Item, Refusal, Store, invalid

ROOT = "/api/v2"
PAGE = 25
PLAYBOOKS = "playbook_files"
_NOT_FIELDS = {"page", "page_size", "order_by"}
_CHECKS: dict[str, Callable[[Store, Item, Item | None], None]] = {
    "credential_types": credentials.check_type,
    "credentials": credentials.check,
    "execution_environments": templates.check_execution_environment,
    "inventory_sources": templates.check_inventory_source,
    "job_templates": templates.check_job_template,
    "notification_templates": notifications.check,
}
_MANAGED = (
    ("Ansible Galaxy/Automation Hub API Token", "galaxy"),
    ("Vault", "vault"),
    ("Source Control", "scm"),
    ("Container Registry", "registry"),
)


class Api:
    """One AWX. ``playbooks``: those of every Git project. ``update_fails``: updates of projects find nothing."""

    def __init__(self, playbooks: list[str]) -> None:
        self.store = Store()
        self.playbooks = playbooks
        self.update_fails = False
        self.jobs: dict[tuple[str, int], Item] = {}
        for name, kind in _MANAGED:
            fields = [{"id": each, "label": each, "type": "string", "secret": True} for each in ("vault_password",)]
            described = {"name": name, "description": "", "kind": kind, "inputs": {"fields": fields}, "injectors": {}}
            self.store.add("credential_types", {**described, "managed": True})
        for name in ("controlplane", "default"):
            self.store.add("instance_groups", {"name": name})
        self.organization = self.store.add("organizations", {**KINDS["organizations"].fields, "name": "Default"})
        galaxy = self.store.objects["credential_types"][1]["id"]
        self.store.add("credentials", self._credential("Ansible Galaxy", galaxy))

    @staticmethod
    def _credential(name: str, kind: int) -> Item:
        return {"name": name, "description": "", "organization": None, "credential_type": kind, "inputs": {}}

    def shown(self, kind: str, item: Item) -> Item:
        """The object as the API tells it."""
        answer = copy.deepcopy(item)
        if kind == "credentials":
            answer = credentials.shown(self.store, answer)
        if kind == "notification_templates":
            answer = notifications.shown(answer)
        if kind == "inventory_sources":
            answer["organization"] = self.store.get("inventories", item["inventory"])["organization"]
        if kind == "credential_types":
            answer.setdefault("managed", False)
        url = f"{ROOT}/{kind}/{item['id']}/"
        for name in KINDS[kind].links:
            if kind == "workflow_job_template_nodes":
                answer[name] = list(self.store.linked(kind, item["id"], name))
        related = {name: f"{url}{name}/" for name in (*KINDS[kind].links, *KINDS[kind].extra)}
        found = self.store.unified(item.get("unified_job_template"))
        if found:
            related["unified_job_template"] = f"{ROOT}/{found[0]}/{found[1]['id']}/"
        return {**answer, "type": KINDS[kind].type, "url": url, "related": related, "summary_fields": {}}

    def all(self, kind: str) -> list[Item]:
        kinds = UNIFIED if kind == "unified_job_templates" else (kind,)
        return [self.shown(each, item) for each in kinds for item in self.store.objects[each].values()]

    def list(self, kind: str, query: Mapping[str, str], path: str) -> Item:
        """One page. Raises Refusal for a field that there is not."""
        if kind not in KINDS and kind != "unified_job_templates":
            raise Refusal(404, {"detail": "The requested resource could not be found."})
        answer = page(filtered(self.all(kind), query, kind), query, path)
        if kind == "inventories":
            self.store.look_at_inventories()
        return answer

    def read(self, kind: str, number: int) -> Item:
        return self.shown(kind, self.store.get(kind, number))

    def create(self, kind: str, attrs: Item) -> Item:
        """Raises Refusal."""
        fields = KINDS[kind].fields
        item = {**copy.deepcopy(fields), **{name: value for name, value in attrs.items() if name in fields}}
        self._check(kind, item, None)
        self.store.check(kind, item, None)
        if kind == "projects":
            item[PLAYBOOKS] = []
        self.store.add(kind, item)
        return self._updating(item) if kind == "projects" else self.shown(kind, item)

    def change(self, kind: str, number: int, attrs: Item) -> Item:
        """Raises Refusal."""
        before = self.store.get(kind, number)
        if before.get("managed"):
            raise Refusal(403, {"detail": "Modifications not allowed for managed objects"})
        fields = KINDS[kind].fields
        given = {name: value for name, value in copy.deepcopy(attrs).items() if name in fields}
        if kind == "workflow_job_template_nodes":
            given.pop("workflow_job_template", None)
        self._check(kind, given, before)
        self.store.check(kind, {**before, **given}, number)
        source = {name: before.get(name) for name in ("scm_url", "scm_branch", "scm_type")}
        before.update(given)
        if kind == "projects" and source != {name: before.get(name) for name in source}:
            return self._updating(before)
        return self.shown(kind, before)

    def _check(self, kind: str, attrs: Item, before: Item | None) -> None:
        if kind in _CHECKS:
            _CHECKS[kind](self.store, attrs, before)
        if kind in ("workflow_job_template_nodes", "schedules"):
            launching.check(self.store, attrs, before, required=kind == "schedules")
        if kind == "schedules" and "rrule" in attrs:
            launching.check_rule(attrs["rrule"])

    def remove(self, kind: str, number: int) -> int:
        """The status of the answer. Raises Refusal."""
        if kind == "labels":
            raise Refusal(405, {"detail": 'Method "DELETE" not allowed.'})
        item = self.store.get(kind, number)
        if kind == "credential_types" and (
            item.get("managed")
            or any(c["credential_type"] == number for c in self.store.objects["credentials"].values())
        ):
            raise Refusal(403, {"detail": "Credential types that are in use cannot be deleted"})
        if kind == "inventories":
            self.store.note_removal(number)
            return 202
        self.store.remove(kind, number)
        return 204

    def link(self, kind: str, number: int, name: str, body: Item) -> None:
        """Raises Refusal."""
        members, target = self.store.linked(kind, number, name), KINDS[kind].links[name]
        if not isinstance(body.get("id"), int) or body["id"] not in self.store.objects[target]:
            raise Refusal(400, {"msg": '"id" field must be an integer, and the object must be there.'})
        if body.get("disassociate"):
            if body["id"] in members:
                members.remove(body["id"])
            if target == "labels":
                self.store.drop_unused_label(body["id"])
        elif body["id"] not in members:
            if kind == "workflow_job_template_nodes":
                launching.check_link(self.store, number, name, body["id"])
            members.append(body["id"])

    def approval(self, number: int, attrs: Item) -> Item:
        """The approval that this node now waits for. Raises Refusal."""
        node = self.store.get("workflow_job_template_nodes", number)
        kind = "workflow_approval_templates"
        made = self.create(kind, attrs)
        self.store.objects[kind].pop(node["unified_job_template"], None)
        node["unified_job_template"] = made["id"]
        return made

    def set_survey(self, kind: str, number: int, survey: Item) -> None:
        """Raises Refusal."""
        self.store.get(kind, number)
        surveys.check(survey)
        self.store.surveys[number] = survey

    def launch(self, kind: str, number: int, given: Item) -> Item:
        """The variables that the job gets. Its labels are those of the template. Raises Refusal."""
        template = self.store.get(kind, number)
        launching.check_variables(self.store, kind, template, given, "extra_vars", required=True)
        self.store.labels_of_jobs.update(self.store.linked(kind, number, "labels"))
        survey = self.store.surveys.get(number)
        return {**(surveys.defaults(survey) if survey and template["survey_enabled"] else {}), **given}

    def update(self, kind: str, number: int) -> Item:
        """The job that updates a project or an inventory; it ends at once."""
        item = self.store.get(kind, number)
        if kind == "projects":
            return self._update_project(item)
        return self._job("inventory_updates", failed=self.update_fails)

    def _update_project(self, project: Item) -> Item:
        job = self._job("project_updates", failed=self.update_fails)
        project[PLAYBOOKS] = [] if self.update_fails else list(self.playbooks)
        project["scm_revision"] = "" if self.update_fails else "4f1c0a7be2d93586"
        return job

    def _updating(self, project: Item) -> Item:
        """A project whose update has just begun, as it is shown then."""
        job = self._update_project(project)
        return {**self.shown("projects", project), "summary_fields": {"current_update": {"id": job["id"]}}}

    def _job(self, kind: str, failed: bool) -> Item:
        number = self.store.number()
        job: Item = {
            "id": number,
            "status": "failed" if failed else "successful",
            "failed": failed,
            "finished": "2026-01-01T00:00:00Z",
            "event_processing_finished": True,
            "scm_revision": "4f1c0a7be2d93586",
        }
        job["url"] = f"{ROOT}/{kind}/{number}/"
        self.jobs[kind, number] = job
        return job


def filtered(items: list[Item], query: Mapping[str, str], kind: str) -> list[Item]:
    """Those that have all of the values, and one of those after ``or__``. Raises Refusal."""
    alternatives = {name.removeprefix("or__"): value for name, value in query.items() if name.startswith("or__")}
    wanted = {name: value for name, value in query.items() if name not in _NOT_FIELDS and not name.startswith("or__")}
    known = {"id", "type", *(KINDS[kind].fields if kind in KINDS else ("name", "organization"))}
    if kind in ("job_templates", "inventory_sources"):
        known.add("organization")
    for name in {*alternatives, *wanted} - known:
        raise invalid("detail", f"{kind} has no field named '{name}'")

    def has(item: Item, name: str, value: str) -> bool:
        return str(item.get(name)) == value

    return [
        item
        for item in items
        if all(has(item, name, value) for name, value in wanted.items())
        and (not alternatives or any(has(item, name, value) for name, value in alternatives.items()))
    ]


def page(items: list[Item], query: Mapping[str, str], path: str) -> Item:
    size, number = int(query.get("page_size", PAGE)), int(query.get("page", 1))
    start = (number - 1) * size
    more = start + size < len(items)
    return {
        "count": len(items),
        "next": f"{path}?page={number + 1}&page_size={size}" if more else None,
        "previous": None,
        "results": items[start : start + size],
    }
