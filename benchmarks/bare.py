# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fastest thing one could write: threads, one TLS context, three requests per phone, no checks, no Ansible.

python bare.py hosts.json workers
"""

from __future__ import annotations

import base64
import http.client
import json
import os
import ssl
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

PATHS = ("/api/v2/mgmt/device/info", "/api/v1/mgmt/lineInfo", "/api/v2/mgmt/lineInfo")
CONTEXT = ssl.create_default_context(cafile=os.environ["VVX_CA_PATH"])
CONTEXT.check_hostname = False


def read(host: dict[str, Any]) -> list[Any]:
    login = base64.b64encode(f"Polycom:{host['ansible_password']}".encode()).decode()
    connection = http.client.HTTPSConnection(host["ansible_host"], host["ansible_port"], context=CONTEXT, timeout=30)
    replies = []
    for path in PATHS:
        connection.request("GET", path, headers={"Authorization": f"Basic {login}"})
        replies.append(json.loads(connection.getresponse().read()))
    connection.close()
    return replies


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        hosts = json.load(file)["all"]["children"]["phones"]["hosts"]
    with ThreadPoolExecutor(int(sys.argv[2])) as pool:
        found = dict(zip(hosts, pool.map(read, hosts.values()), strict=True))
    with open("bare.json", "w", encoding="utf-8") as file:
        json.dump(found, file)


if __name__ == "__main__":
    main()
