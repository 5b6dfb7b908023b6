# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..module_utils._operations import config_validate
from ..module_utils._options.validate import validated
from ..module_utils._parameters.knowledge import BUNDLED, Knowledge
from ..module_utils._phone.errors import PhoneError
from ..module_utils._steps import desired
from ..module_utils._steps.result import Result, as_dict
from ..plugin_utils._console.tell import columns, tell
from ..plugin_utils._doors import parameter_files
from ..plugin_utils._doors.base import checked
from ..plugin_utils._doors.connection_options import ConnectionOptions
from ..plugin_utils._doors.hosts import HostsDoor
from ..plugin_utils._doors.layers import Merged, Shared, merge, roots_of
from ..plugin_utils._doors.storing import file_mode, put_all
from ..plugin_utils._report import validate


class ActionModule(HostsDoor):
    spec = validate.SPEC

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        given = self.arguments()
        params = checked(self.spec, given, self._task.action)
        self.refuse_batches("Leave serial out.")
        paths = self.paths({"details": params["details"]} if params["details"] else {})
        mode = file_mode(params["mode"])
        self._known: dict[str, Knowledge | PhoneError] = {}
        self._shared_layers = Shared()
        if params["schema"]:
            self._knowledge(params["schema"], params, task_vars)
        found = [
            self._check(host, variables, params, "schema" in given)
            for host, variables in self.each(list(task_vars["ansible_play_hosts_all"]), task_vars)
        ]
        problems = validate.groups(found)
        contents = {path: validate.details(found).encode("utf-8", "replace") for path in paths.values()}
        files = put_all(contents, self._task.check_mode, mode)
        values, error = validate.result(found, problems, params["fail_on"], files)
        tell(self._display, validate.text(found, problems, columns(self._display), params["details"]))
        return as_dict(Result(any(file["changed"] for file in files), values, error=error))

    def warn_of_names(self, variables: Mapping[str, Any], layers: Sequence[str] = ()) -> None:
        """Not here: such names are among the problems, with their hosts."""

    def _check(
        self, host: str, variables: Mapping[str, Any], params: Mapping[str, Any], of_task: bool
    ) -> validate.Found:
        """``of_task``: whether the task sets the schema, which then wins over the variables of hosts."""
        layers = params["layers"]
        found = validate.Found(host)
        found.doubts = [*self.names_without_effect(variables), *self.names_without_effect(variables, layers)]
        said = ConnectionOptions(variables, (), self._templar.template)
        merged, roots = Merged(), roots_of(variables)
        for layer in layers:
            try:
                merged.put(merge([layer], variables, said.template, roots, self._shared_layers))
            except PhoneError as error:
                found.troubles.append(error)
        known, schema = BUNDLED, params["schema"]
        try:
            own = None if of_task else said.find("schema")
            if own is not None:
                options = validated(desired.SCHEMA, {"schema": own.value}, remedy="Correct ansible_vvx_schema.")
                schema = options["schema"]
            known = self._knowledge(schema, params, variables)
        except PhoneError as error:
            found.troubles.append(error)
        wanted = {"layers": layers, "parameters": merged.parameters, desired.ORIGINS: merged.origins}
        found.problems, found.parameters = config_validate.found(wanted, known)
        return found

    def _knowledge(
        self, schema: Sequence[str] | None, params: Mapping[str, Any], variables: Mapping[str, Any]
    ) -> Knowledge:
        """Read once for all hosts that have the same. Raises PhoneError."""
        key = repr(schema)
        if key not in self._known:
            try:
                asked = {"schema": schema}
                paths = parameter_files.found(asked, self._find_needle, self._templar.template, variables)["schema"]
                self._known[key] = desired.knowledge(paths, params["sensitive"], keep=not self._task.check_mode)
            except PhoneError as error:
                self._known[key] = error
        known = self._known[key]
        if isinstance(known, PhoneError):
            raise known
        return known
