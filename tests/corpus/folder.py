# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole folder of provisioning files, as it grows on a server over the years: three sites, each set up by somebody
else, and what every phone takes from it.

Knows nothing of the collection: what counts on a phone is decided here, where the files are made.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

SITES = ("berlin", "lisbon", "kyoto")
MODELS = ("VVX301", "VVX411", "VVX601")
ADMIN_PASSWORD = "zq-Admin-{{7}}"
_LABELS = (
    "Lobby", "2. OG", "Sales & Service", "<Main>", 'Room "7"', "O'Brien", "100%", "Müller", "yes", "0123", "1.10",
    "12:30", "{{ nobody }}", "{% raw %}", "{# 5 #}", "#jinja2: x", "~", "null", "- a", "a: b", "# b", "東京", "!unsafe",
)  # fmt: skip


@dataclass
class Truth:
    """What one phone takes. ``values``: by parameter. ``inert``: ``device.*`` that it ignores."""

    mac: str
    site: str
    model: str
    values: dict[str, str] = field(default_factory=dict)
    inert: set[str] = field(default_factory=set)


@dataclass
class Made:
    """``files``: contents by path. ``phones``: by MAC address. ``secrets``: values that nobody may see in clear."""

    files: dict[str, bytes] = field(default_factory=dict)
    phones: dict[str, Truth] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=set)

    def write(self, folder: Path) -> Path:
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return folder


def folder(seed: int, count: int, exact: bool = False) -> Made:
    """A folder for that many phones. ``exact``: as on a server that knows names only as they are written."""
    rng = random.Random(f"folder/{seed}")
    made = Made()
    everywhere = _everywhere(rng, made)
    sites = {site: _site(rng, site) for site in SITES}
    models = {model: {"up.backlight.timeout": rng.choice(["5", "60"]), "voice.codecPref.G722": "4"} for model in MODELS}
    made.files["global.cfg"] = _file(everywhere, root="polycomConfig")
    made.files["sites/berlin.cfg"] = _file(sites["berlin"], comment="Berlin, do not touch")
    made.files["site-lisbon.cfg"] = _file(sites["lisbon"], encoding="utf-8-sig", ends="\r\n")
    made.files["site-kyoto.cfg" if exact else "Site-Kyoto.CFG"] = _file(sites["kyoto"], encoding="utf-16")
    for model, values in models.items():
        made.files[f"{model if exact else model.lower()}.cfg"] = _file(values)
    made.files["old-site.cfg"] = _file({"up.idleTimeout": "1"})
    made.files["000000000000.cfg"] = _master(
        ["[PHONE_MODEL]-[PHONE_MAC_ADDRESS].cfg", "features.cfg", "site-lisbon.cfg", "[PHONE_MODEL].cfg", "global.cfg"]
    )
    for number in range(1, count + 1):
        site, model = SITES[number % 3], rng.choice(MODELS)
        truth = Truth(f"0004f2{number:06x}", site, model)
        made.phones[truth.mac] = truth
        chain = [_own(rng, number, made), sites[site], models[model], everywhere]
        _put(truth, chain[0], made, exact)
        if site == "kyoto":
            chain.remove(models[model])  # its masters list no file for the model
        _count(truth, chain)
        _upload(rng, truth, made)
    return made


def _everywhere(rng: random.Random, made: Made) -> dict[str, str]:
    """What the file for all phones says. Some of it counts only together with the file of a site."""
    made.secrets |= {ADMIN_PASSWORD, "zq-prov"}
    return {
        "device.set": "1",
        "device.auth.localAdminPassword.set": "1",
        "device.auth.localAdminPassword": ADMIN_PASSWORD,
        "device.sntp.serverName": "ntp.example.org",
        "device.net.cdpEnabled": "0",
        "device.net.cdpEnabled.set": "0",
        "device.syslog.serverName": "",
        "prov.login.localPassword": "zq-prov",
        "dir.corp.password": "",
        "up.idleTimeout": rng.choice(["40", "60"]),
        "lcl.datetime.time.24HourClock": "1",
        "prov.polling.time": "03:00",
        "dialplan.digitmap": "[2-9]11|0T|011xxx.T|[0-1][2-9]xxxxxxxxx|[2-9]xxxxxxxxx|[2-9]xxxT",
        "feature.urlDialing.enabled": "0",
        "apps.restapi.enabled": "1",
        "x.custom.thing": "kept",
        "up.idelTimeout": "5",
    }


def _site(rng: random.Random, site: str) -> dict[str, str]:
    own = {
        "tcpIpApp.sntp.address": f"ntp.{site}.example.org",
        "reg.1.server.1.address": f"sip.{site}.example.org",
        "tcpIpApp.sntp.gmtOffset": {"berlin": "3600", "lisbon": "0", "kyoto": "32400"}[site],
        "up.idleTimeout": rng.choice(["40", "60"]),
    }
    if site == "lisbon":
        own |= {"device.sntp.serverName.set": "1", "device.net.vlanId": "20"}
    return own


def _own(rng: random.Random, number: int, made: Made) -> dict[str, str]:
    """What the phone's own file says."""
    password = f"zq{rng.getrandbits(40):010x}{rng.choice(['', '{{x}}', '{%', chr(39), ' ', '$'])}"
    made.secrets.add(password.strip())
    own = {
        "reg.1.address": f"{1000 + number}",
        "reg.1.label": rng.choice(_LABELS),
        "reg.1.displayName": f"Phone {number}",
        "reg.1.auth.userId": f"{1000 + number}",
        "reg.1.auth.password": password,
    }
    if rng.random() < 0.1:
        own["up.idleTimeout"] = "0"
    if rng.random() < 0.1:
        own["call.callWaiting.enable"] = rng.choice(["0", "1"])
    if rng.random() < 0.05:
        own |= {"device.net.vlanId": "99", "device.net.vlanId.set": "1"}
    return own


def _put(truth: Truth, own: Mapping[str, str], made: Made, exact: bool) -> None:
    """The phone's own file, and its master file, as the admin of the site likes it."""
    mac, model = truth.mac, truth.model
    if truth.site == "berlin":
        made.files[f"{mac}-user.cfg"] = _file(own)
        listed = [f"{mac}-user.cfg", "sites/berlin.cfg", f"{model}.cfg", "global.cfg"]
        made.files[f"{mac}.cfg"] = _master(listed)
    elif truth.site == "lisbon":
        made.files[f"{model}-{mac}.cfg"] = _file(own, root="PHONE_CONFIG")
    else:
        text = _file(own, encoding="windows-1252" if _fits(own) else "utf-8")
        made.files[f"phones/ext{mac}.cfg"] = text
        listed = [f"phones\\ext{mac}.cfg", " http://prov.example.org/vvx/site-kyoto.cfg", "global.cfg"]
        if exact:
            listed = [f"phones/ext{mac}.cfg", "site-kyoto.cfg", "global.cfg"]
        made.files[f"{mac.upper()}.cfg"] = _master(listed)


def _upload(rng: random.Random, truth: Truth, made: Made) -> None:
    """What phones leave on the server."""
    if rng.random() < 0.3:
        made.files[f"{truth.mac}-web.cfg"] = b'<WEB_CONFIG up.idleTimeout="9"/>'
    if rng.random() < 0.3:
        made.files[f"{truth.mac}-phone.cfg"] = b'<PHONE_CONFIG up.idleTimeout="8"/>'
    made.files[f"logs/{truth.mac}-app.log"] = b"0101000000|cfg  |4|00|a log\n"
    made.files[f"{truth.mac}-directory.xml"] = b"<directory/>"


def _count(truth: Truth, chain: Iterable[Mapping[str, str]]) -> None:
    """The first file that says something counts; a ``device.*`` counts with both of its switches."""
    found: dict[str, str] = {}
    for values in chain:
        for name, value in values.items():
            found.setdefault(name, value)
    for name, value in found.items():
        if name == "device.set" or (name.startswith("device.") and name.endswith(".set")):
            continue
        own = found.get(f"{name}.set")
        if name.startswith("device.") and own != "1":
            if own is None or value:
                truth.inert.add(name)
        elif value or "assword" not in name:
            truth.values[name] = value


def _file(
    values: Mapping[str, str], root: str = "localcfg", encoding: str = "", ends: str = "\n", comment: str = ""
) -> bytes:
    declared = encoding if encoding.startswith(("utf-16", "windows")) else "UTF-8"
    lines = [f'<?xml version="1.0" encoding="{declared}" standalone="yes"?>', f"<{root}>"]
    lines += [f"<!-- {comment} -->"] if comment else []
    for name, value in values.items():
        text = escape(value, {'"': "&quot;"})
        lines.append(f'  <{name.partition(".")[0]} {name}="{text}"/>')
    return ends.join([*lines, f"</{root}>", ""]).encode(encoding or "utf-8")


def _fits(values: Mapping[str, str]) -> bool:
    try:
        "".join(values.values()).encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _master(files: Iterable[str]) -> bytes:
    listed = ", ".join(files)
    return (
        f'<?xml version="1.0"?>\n<APPLICATION APP_FILE_PATH="sip.ld" CONFIG_FILES="{listed}" MISC_FILES=""/>\n'.encode()
    )
