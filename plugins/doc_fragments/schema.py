# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option that names the schema of the phones' own firmware."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  schema:
    description:
      - The schema of the phones' own firmware. C(polycomConfig.xsd) of the firmware package (in its folder C(Config)), its template C(.cfg)
        files, or the folder. It knows further secrets, by the types of their values.
      - Where parameters are to be set, they are checked against it before anything is sent. With C(polycomConfig.xsd), a wrong name, index, type,
        range or enumeration is an error. Templates alone make a name that is not in them a warning. Without a schema, what does not fit the
        collection's own small table is a warning, and the phone is the judge of names.
      - Of a folder with an C(.xsd), only that is read. What was read is kept in a hidden file beside it, or in C(~/.ansible/polycom.vvx) if the folder
        can't be written to; the next runs are faster for it.
      - Taken from C(ansible_vvx_schema) or E(VVX_SCHEMA) if not given (several paths with commas between them). Relative paths are looked for in
        C(files) and beside the playbook or role, on the controller, also where the task is delegated.
    type: list
    elements: path
"""
