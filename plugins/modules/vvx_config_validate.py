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
  - Finds what is wrong or doubtful in desired parameters, all of it at once, with file and line and with what may have been meant. For pipelines, before
    anything is deployed. What a later file or O(parameters) override is looked at, too.
  - Talks to no phone, and needs neither address nor password. The connection options are taken so that C(module_defaults) of the action group
    fit, and are not used.
  - With O(schema), names, types, ranges and enumerations are those of your own firmware. Without it, the collection's own table of a few hundred parameters
    gives warnings, also for names that are nearly one of its own.
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
      - It takes milliseconds.
options:
  fail_on:
    description:
      - V(error) fails if there is an error, V(warning) also if there is a warning, V(never) leaves it to what the playbook makes of RV(problems).
    type: str
    choices: [error, warning, never]
    default: error
seealso:
  - module: polycom.vvx.vvx_config
"""

EXAMPLES = r"""
- name: Check what the variables of this phone say
  polycom.vvx.vvx_config_validate:
    parameters:
      reg.1.label: Reception
      up.idleTimeout: 60

- name: Check a provisioning file, and accept no doubts
  polycom.vvx.vvx_config_validate:
    src: site.cfg
    fail_on: warning

- name: Check against the schema of the firmware in use
  polycom.vvx.vvx_config_validate:
    src: site.cfg
    schema: polycomConfig.xsd
    fail_on: never
  register: checked

- name: Show what was found
  ansible.builtin.debug:
    msg: "{{ checked.problems }}"
"""

RETURN = r"""
checked:
  description: How many parameters were looked at, each counted once.
  returned: always, unless a file can't be used
  type: int
  sample: 40
problems:
  description: What is wrong or doubtful, in order of file and line.
  returned: always, unless a file can't be used
  type: list
  elements: dict
  contains:
    severity:
      description: V(error) or V(warning).
      type: str
      sample: error
    parameter:
      description: The name as it was written.
      type: str
      sample: reg.1.adress
    message:
      description: What is wrong with it. Continues the sentence that begins with the name, and never holds the value.
      type: str
      sample: is not in the schema
    file:
      description: The file that it is in, or nothing if it is in O(parameters).
      type: str
      sample: /srv/phones/files/site.cfg
    line:
      description: The line, from 1 on, or nothing.
      type: int
      sample: 12
    suggestion:
      description: The name that may have been meant, or nothing.
      type: str
      sample: reg.1.address
error:
  description: What went wrong, for playbooks to decide on.
  returned: failure
  type: dict
  sample:
    kind: bad_values
    http_status: null
    status: null
    endpoint: null
    message: '1 errors and 0 warnings in 40 parameters: site.cfg:12: reg.1.adress is not in the schema (did you mean reg.1.address?).'
    remedy: The list problems has all of them.
"""

from ..module_utils import _module
from ..module_utils._operations import config_validate


def main() -> None:
    _module.run_offline(config_validate.run, config_validate.SPEC)


if __name__ == "__main__":
    main()
