# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parses inventories with odd options, one after the other, in a process that has loaded plugins as Ansible does.

``python -m support.odd_inventory FOLDER`` reads a list of cases ``{option, options}`` in JSON from stdin, and prints
for each the class and the text of the error, or null.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import init_plugin_loader, inventory_loader


def parse(options: dict[str, Any], file: Path) -> list[str] | None:
    file.write_text(yaml.dump(options), encoding="utf-8")
    try:
        inventory_loader.get("polycom.vvx.vvx").parse(InventoryData(), DataLoader(), str(file), cache=False)
    except Exception as error:
        return [cls.__name__ for cls in type(error).__mro__] + [str(error)]
    return None


if __name__ == "__main__":
    init_plugin_loader()
    print(json.dumps([parse(case, Path(sys.argv[1]) / "odd.vvx.yml") for case in json.load(sys.stdin)]))
