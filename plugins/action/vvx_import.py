# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..module_utils._phone.errors import SettingsError
from ..module_utils._phone.mac import digits
from ..module_utils._steps.result import Result, as_dict
from ..plugin_utils._console.tell import columns, tell
from ..plugin_utils._discovery.sources import Expected
from ..plugin_utils._discovery.tables import CsvOptions, read_csv
from ..plugin_utils._doors.base import checked
from ..plugin_utils._doors.hosts import HostsDoor
from ..plugin_utils._doors.storing import put_all
from ..plugin_utils._importing import importing, storing
from ..plugin_utils._importing.importing import Import, Present
from ..plugin_utils._importing.text import summary, text
from ..plugin_utils._vault import Vault


class ActionModule(HostsDoor):
    spec = importing.SPEC

    def work(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        params = checked(self.spec, self.arguments(), self._task.action)
        folder, into = (str(self._loader.path_dwim(params[name])) for name in ("folder", "into"))
        made = importing.read(folder, self._listed(params["csv"]), self._present(task_vars), params["skip_bad_files"])
        ready = storing.prepare(into, made.inventory, self._seal(made), params["overwrite"])
        files = put_all(ready.contents, self._task.check_mode, None)
        written = sum(file["changed"] for file in files)
        shown = text(made, params["into"], columns(self._display), self._task.check_mode, written, ready.stale)
        tell(self._display, shown)
        values = {"msg": f"{summary(made)}.", **importing.result(made, files, ready.stale)}
        return as_dict(Result(bool(written), values))

    def _listed(self, path: str | None) -> list[Expected]:
        if not path:
            return []
        try:
            return read_csv(CsvOptions(str(self._loader.path_dwim(path))), self._display.warning)
        except SettingsError as error:
            raise SettingsError(f"csv: {error.message}", remedy="Correct csv (vvx_csv), or the file.") from error

    def _seal(self, made: Import) -> storing.Seal:
        """Refuses before anything is written if there are secrets and nothing to encrypt them with."""
        return Vault(self._loader).seal if made.inventory.secrets else _nothing_to_seal

    def _present(self, task_vars: Mapping[str, Any]) -> dict[str, Present]:
        """The phones that the run's inventory has, by MAC address."""
        found: dict[str, Present] = {}
        hosts = [host for host in task_vars["groups"]["all"] if host != "localhost"]
        for host, variables in self.each(hosts, task_vars):
            mac = digits(str(variables.get("ansible_vvx_mac") or host))
            if mac:
                found.setdefault(mac, Present(str(host), list(variables.get("group_names", ())), _model(variables)))
        return found


def _model(variables: Mapping[str, Any]) -> str | None:
    """What the inventory plugin or facts say."""
    facts = variables.get("vvx")
    if not isinstance(facts, Mapping):
        return None
    device = facts.get("device")
    model = device.get("model") if isinstance(device, Mapping) else facts.get("model")
    return model if isinstance(model, str) and model else None


def _nothing_to_seal(_text: str, _before: bytes | None) -> bytes:
    raise AssertionError("there are no secrets")
