#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_config_validate
version_added: 0.1.0
short_description: Check configuration parameters of Polycom VVX phones without a phone
description:
  - Finds all errors and doubtful values in desired parameters at once, with file, line and a suggestion. Meant for
    pipelines, before a deployment. Also checks values that another file or O(parameters) overrides.
  - Also warns of values that look unfinished, of C(device.*) that a phone ignores, of text in files that is not read,
    and of parameters with different values in two files.
  - Needs no phone, address or password. Connection options are accepted, so that C(module_defaults) of the action group
    work, and ignored.
  - O(schema) checks names, types, ranges and enumerations against your own firmware. Without it, the collection's table
    of a few hundred parameters gives warnings, also for names close to one in the table.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
  - polycom.vvx.attributes.reads
  - polycom.vvx.connection
  - polycom.vvx.desired
  - polycom.vvx.schema
attributes:
  async:
    support: none
    details:
      - Finishes in milliseconds.
options:
  fail_on:
    description:
      - V(error) fails on errors, V(warning) also on warnings, V(never) only returns RV(problems).
    type: str
    choices: [error, warning, never]
    default: error
seealso:
  - module: polycom.vvx.vvx_config
"""

EXAMPLES = r"""
- name: Check parameters
  polycom.vvx.vvx_config_validate:
    parameters:
      reg.1.label: Reception
      up.idleTimeout: 60

- name: Check what the variables of all groups say
  polycom.vvx.vvx_config_validate:
    layers:
      - vvx_parameters_all
      - vvx_parameters_site

- name: Check a provisioning file, and fail on warnings as well
  polycom.vvx.vvx_config_validate:
    src: site.cfg
    fail_on: warning

- name: Check against the schema of the firmware in use
  polycom.vvx.vvx_config_validate:
    src: site.cfg
    schema: polycomConfig.xsd
    fail_on: never
  register: checked

- name: Show the problems
  ansible.builtin.debug:
    msg: "{{ checked.problems }}"
"""

RETURN = r"""
checked:
  description: How many parameters were checked, each counted once.
  returned: unless a file can't be read
  type: int
  sample: 40
problems:
  description: Errors and warnings, in order of file and line.
  returned: unless a file can't be read
  type: list
  elements: dict
  contains:
    severity:
      description: V(error) or V(warning).
      type: str
      sample: error
    parameter:
      description: The name as written; C(file) for remarks about a whole file, C(<name>) for those about an element.
      type: str
      sample: reg.1.adress
    message:
      description: What is wrong. Continues a sentence that begins with the name, and never contains the value.
      type: str
      sample: is not in the schema
    file:
      description: The file of O(src), or the one with the value in O(layers) or O(parameters); null if not known.
      type: str
      sample: /srv/phones/files/site.cfg
    line:
      description: The line, counted from 1, or null.
      type: int
      sample: 12
    suggestion:
      description: A similar name, or null.
      type: str
      sample: reg.1.address
    value:
      description: The value in quotes, if it does not fit and is no secret; otherwise null.
      type: str
      sample: "'5x'"
    layer:
      description: The variable in O(layers) that sets the parameter, or null.
      type: str
      sample: vvx_parameters_site
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: bad_values
    host: null
    http_status: null
    status: null
    endpoint: null
"""

from ..module_utils import _module
from ..module_utils._operations import config_validate


def main() -> None:
    _module.run_offline(config_validate.run, config_validate.SPEC)


if __name__ == "__main__":
    main()
