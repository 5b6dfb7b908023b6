#!/usr/bin/python
# Copyright (c) 2026 the polycom.vvx contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vvx_deliver
version_added: 0.1.0
short_description: Send files out of a job, to a mounted folder, a file server, or the job's artifact
description:
  - Sends files that earlier tasks have written to each of the places in O(to). A container of an execution environment
    is thrown away with everything in it; what is to be kept leaves it here.
  - Runs on the controller, and asks no phone. Set C(run_once=true). The playbooks of this collection have it, with the
    variables C(vvx_deliver_to), C(vvx_deliver_method) and C(vvx_deliver_timeout).
  - Redirects are not followed. Neither proxies nor logins are taken from the environment, apart from the variables
    named here. Passwords, tokens and logins in URLs are never shown.
  - If one place does not take a file, the others still get it. The task fails, and says why. A place that can't be
    reached, or refuses the login, is not asked again for the other files.
author:
  - the polycom.vvx contributors (!UNKNOWN)
extends_documentation_fragment:
  - polycom.vvx.attributes
attributes:
  action_group:
    description:
      - Does not belong to the action group C(group/polycom.vvx.vvx), whose account and password are those of phones.
    support: none
  async:
    description:
      - Can't run in the background.
    support: none
  check_mode:
    support: full
    details:
      - Says what would be delivered. Sends and writes nothing, and does not ask servers.
  diff_mode:
    support: N/A
    details:
      - The files are not compared line by line.
options:
  files:
    description:
      - The files to deliver, each under its own name. Relative to the playbook's folder. Without any, the task is
        skipped.
      - With O(archive), also folders, with all files below them.
    type: list
    elements: path
    required: true
  to:
    description:
      - Where to. The environment variable E(VVX_DELIVER_TO), separated by commas, if not set. Without any, the task is
        skipped.
      - A folder is an absolute path of a folder that is there, such as a mount of the execution environment. It is not
        made, because what is written beside a mount is thrown away. Files there are replaced, anything else is not.
      - A URL of C(http) or C(https) ends with a slash, before a query if it has one. Each file is put under it by its
        name.
      - V(artifact) hands the files over as the custom statistic C(polycom_vvx_delivered_files), which is an artifact of
        the job in AWX. All files of a run together may have 200,000 characters there, and each needs a name of its own.
      - V(nowhere) delivers nothing, although E(VVX_DELIVER_TO) is set.
    type: list
    elements: str
  archive:
    description:
      - Sends all files as one compressed archive of this name, such as V(backup.tar.gz). In it, each file has the name
        of its folder before its own, such as C(2026-11-25/reception.cfg). It is not put into an V(artifact), with a
        warning if there are other places.
    type: str
  by_hosts:
    description:
      - Whether the files are of the hosts of this play. Then slices of an AWX job, runs with C(--limit) and those with
        another C(vvx_hosts) than V(phones) put a mark of their hosts into each name, as in
        C(backup-2026-11-25.0f3a5c6d7e8b9a01.tar.gz), so that none replaces the file of another.
    type: bool
    default: false
  method:
    description:
      - How to send files to a URL. WebDAV, nginx and object stores take V(PUT).
    type: str
    choices: [PUT, POST]
    default: PUT
  username:
    description:
      - Account for a URL (HTTP Basic). E(VVX_DELIVER_USERNAME) if not set.
    type: str
  password:
    description:
      - Its password. E(VVX_DELIVER_PASSWORD) if not set.
    type: str
  token:
    description:
      - Token for a URL, sent as Bearer instead of account and password. E(VVX_DELIVER_TOKEN) if not set.
      - The login that a URL has in itself comes first. O(username), O(password) and O(token) are sent to all URLs in
        O(to); those of the environment only to the servers of the URLs in E(VVX_DELIVER_TO), and where it names none,
        to any, but only over C(https).
    type: str
  validate_certs:
    description:
      - Whether to check the server's certificate. True if not set, unless E(VVX_DELIVER_INSECURE) is true.
    type: bool
  ca_path:
    description:
      - PEM file or folder of the authorities that signed it. E(VVX_DELIVER_CA_PATH), or those of the system if not set.
    type: path
  timeout:
    description:
      - Seconds for each file, from connecting to the last byte. E(VVX_DELIVER_TIMEOUT), or 60 if not set.
    type: float
seealso:
  - module: polycom.vvx.vvx_report
    description: Writes such files.
"""

EXAMPLES = r"""
- name: Write the report
  polycom.vvx.vvx_report:
    html: reports/phones.html
    json: reports/phones.json
  register: report

- name: Deliver it
  polycom.vvx.vvx_deliver:
    files: "{{ report.files | map(attribute='path') }}"
    to: "{{ files_url }}" # such as https://files.example.com/vvx/
    token: "{{ vault_files_token }}"
  run_once: true

- name: Keep a backup of the day as one file
  polycom.vvx.vvx_deliver:
    files: [backups/2026-11-25]
    archive: backup-2026-11-25.tar.gz
    to: "{{ mounted_folder }}" # such as /var/lib/polycom.vvx/files
  run_once: true
"""

RETURN = r"""
msg:
  description: The outcome in a sentence, or what is wrong.
  returned: always
  type: str
  sample: Delivered phones.html, phones.json to https://files.example.com/vvx/.
delivered:
  description: The files that arrived, or in check mode would be sent.
  returned: unless skipped or nothing could be sent
  type: list
  elements: dict
  contains:
    name: {description: Name of the file., type: str, sample: phones.html, returned: always}
    to: {description: The place., type: str, sample: 'https://files.example.com/vvx/', returned: always}
    bytes: {description: Its size., type: int, sample: 184211, returned: always}
    changed:
      description: Whether it was sent. A file that a folder has already is not written again.
      type: bool
      returned: always
      sample: true
ansible_stats:
  description:
    - What is handed over, as by C(set_stats), to AWX, later jobs of a workflow, and callbacks. It has what all tasks of
      the run have delivered so far. What a task has delivered that fails is handed over by the callback
      P(polycom.vvx.summary#callback), which the playbooks of this collection have.
    - C(polycom_vvx_delivered) lists C(name), C(to) and C(bytes) of the files, at most 100 of a run.
    - C(polycom_vvx_delivered_files) has the files that went to V(artifact), by name. C(encoding) is C(text), or C(gzip)
      where C(content) is base64 of the compressed file, as of longer texts, spreadsheets, and whatever Ansible could
      take for a template.
  returned: when everything was delivered, unless in check mode
  type: dict
  sample:
    aggregate: false
    data:
      polycom_vvx_delivered: [{name: phones.md, to: artifact, bytes: 501}]
      polycom_vvx_delivered_files: {phones.md: {encoding: text, content: "# Phones\n"}}
    per_host: false
error:
  description: What went wrong, with the same keys as RV(polycom.vvx.vvx_config#module:error).
  returned: failure
  type: dict
  sample:
    kind: not_delivered
    host: null
    http_status: 403
    status: null
    endpoint: null
"""
