# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option schema: the schema of the phones' own firmware."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  schema:
    description:
      - The schema of the phones' own firmware. C(polycomConfig.xsd) of the firmware package (in its folder C(Config)),
        its template C(.cfg) files, or the folder. It also knows further secrets, by the types of their values.
      - Parameters to set are checked against it before anything is sent. With C(polycomConfig.xsd), a wrong name,
        index, type, range or enumeration value is an error. Templates alone make a name that is not in them a warning.
        Without a schema, what does not fit the collection's own small table is a warning, and the phone checks names.
      - If a folder has an C(.xsd), only that is read. To make the next runs faster, the result is stored in
        C($XDG_CACHE_HOME/polycom.vvx) or C(~/.cache/polycom.vvx) on the controller, except in check mode. Nothing is
        ever written beside the schema.
      - Taken from C(ansible_vvx_schema) or E(VVX_SCHEMA) if not set (separate several paths by commas). Relative paths
        are looked up in C(files) and beside the playbook or role, on the controller, even if the task is delegated.
    type: list
    elements: path
"""
