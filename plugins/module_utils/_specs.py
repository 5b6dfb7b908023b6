# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of each module beside those of the connection."""

from __future__ import annotations

from ._operations import touch
from ._options import ArgumentSpec, from_environment

WHEN_BUSY = ("wait", "skip", "fail", "proceed")

SCHEMA = ArgumentSpec({"schema": {"type": "list", "elements": "path", "fallback": (from_environment, ["VVX_SCHEMA"])}})

DESIRED = SCHEMA.merge(
    ArgumentSpec(
        {
            "parameters": {"type": "dict", "no_log": True},
            "src": {"type": "list", "elements": "path"},
        }
    )
)

CONFIG = ArgumentSpec(
    {
        **DESIRED.argument_spec,
        "sensitive": {"type": "list", "elements": "str", "no_log": False},
        "update_secrets": {"type": "str", "choices": ["always", "on_create", "never"], "default": "on_create", "no_log": False},
        "verify": {"type": "bool", "default": True},
        "restart": {"type": "str", "choices": ["never", "if_required", "always"], "default": "never"},
        "when_busy": {"type": "str", "choices": list(WHEN_BUSY), "default": "wait"},
        "rollback_on_failure": {"type": "bool", "default": False},
        "wait_timeout": {"type": "float", "default": 300.0},
    }
)

CONFIG_VALIDATE = DESIRED.merge(ArgumentSpec({"fail_on": {"type": "str", "choices": ["error", "warning", "never"], "default": "error"}}))

INTERRUPTION = ArgumentSpec(
    {
        "when_busy": {"type": "str", "choices": list(WHEN_BUSY), "default": "wait"},
        "busy_timeout": {"type": "float", "default": 600.0},
        "delay": {"type": "float", "default": 0.0},
        "wait_timeout": {"type": "float", "default": 300.0},
    }
)

RESTART = INTERRUPTION.merge(
    ArgumentSpec(
        {
            "mode": {"type": "str", "choices": ["restart", "reboot"], "default": "restart"},
            "wait_for_lines": {"type": "bool", "default": False},
        }
    )
)

RESET = INTERRUPTION.merge(
    ArgumentSpec(
        {
            "scope": {"type": "str", "choices": ["local", "web", "device", "cloud", "all", "factory"], "required": True},
            "confirm": {"type": "bool", "default": False},
            "only_if_overridden": {"type": "list", "elements": "str", "default": []},
        }
    )
)

FACTS = ArgumentSpec({"gather_subset": {"type": "list", "elements": "str", "default": ["device", "running_config"]}})

INFO = ArgumentSpec(
    {
        "subset": {"type": "list", "elements": "str", "default": ["device"]},
        "raw": {"type": "bool", "default": False},
        "query": {"type": "str"},
        "handle": {"type": "str"},
        "line": {"type": "int"},
        "sequence": {"type": "int"},
    }
)

LAYERS = ("default", "sip", "config", "cloud", "web", "local", "device")

CONFIG_INFO = SCHEMA.merge(
    ArgumentSpec(
        {
            "names": {"type": "list", "elements": "str", "required": True},
            "sources": {"type": "list", "elements": "str", "choices": list(LAYERS), "default": []},
            "sensitive": {"type": "list", "elements": "str", "no_log": False},
        }
    )
)

TRANSFER_TYPE = ArgumentSpec({"type": {"type": "str", "choices": ["consultative", "blind", "safe"], "required": True}})

CALL = ArgumentSpec(
    {
        "action": {"type": "str", "choices": ["dial", "answer", "ignore", "reject", "hold", "resume", "mute", "unmute", "transfer", "dtmf", "end"]},
        "call": {"type": "str"},
        "destination": {"type": "str"},
        "line": {"type": "int", "default": 1},
        "type": {"type": "str", "choices": ["tel", "sip", "h323"]},
        "digits": {"type": "str"},
        "wait_for": {"type": "str", "choices": ["ringing", "connected", "ended"]},
        "wait_timeout": {"type": "float", "default": 30.0},
    }
)

SKYPE = ArgumentSpec(
    {
        "state": {"type": "str", "choices": ["signed_in", "signed_out"], "required": True},
        "address": {"type": "str"},
        "user": {"type": "str"},
        "skype_password": {"type": "str", "no_log": True},
        "domain": {"type": "str"},
        "lock_code": {"type": "str", "no_log": True},
    }
)

UPLOAD = ArgumentSpec(
    {
        "url": {"type": "str", "no_log": True},
        "dest": {"type": "str"},
        "receiver_address": {"type": "str"},
        "receiver_port": {"type": "int", "default": 0},
        "max_size": {"type": "int", "default": 20_000_000},
        "wait_timeout": {"type": "float", "default": 60.0},
    }
)

EXPORT = UPLOAD.merge(
    ArgumentSpec({"types": {"type": "list", "elements": "str", "choices": ["all", "device", "config_files", "local", "web"], "default": ["all"]}})
)

CAPTURE = UPLOAD

SCREENSHOT = ArgumentSpec({"dest": {"type": "str", "required": True}})

TOUCH = ArgumentSpec(
    {
        "action": {"type": "str", "choices": ["tap", "press", "release", "swipe", "key", "text"], "required": True},
        "positions": {
            "type": "list",
            "elements": "dict",
            "default": [],
            "options": {"x": {"type": "int", "required": True}, "y": {"type": "int", "required": True}},
        },
        "duration": {"type": "int"},
        "easing": {"type": "int"},
        "key": {"type": "str", "choices": list(touch.KEYS), "no_log": False},
        "text": {"type": "str", "no_log": True},
        "replace": {"type": "bool", "default": False},
    }
)

PASSWORD = ArgumentSpec(
    {
        "account": {"type": "str", "choices": ["admin", "user"], "default": "admin"},
        "new_password": {"type": "str", "required": True, "no_log": True},
        "old_password": {"type": "str", "no_log": True},
        "min_length": {"type": "int", "default": 8},
        "wait_timeout": {"type": "float", "default": 300.0},
    }
)

PROVISION = ArgumentSpec(
    {
        "when_busy": {"type": "str", "choices": list(WHEN_BUSY), "default": "wait"},
        "busy_timeout": {"type": "float", "default": 600.0},
        "watch": {"type": "float", "default": 30.0},
        "wait_timeout": {"type": "float", "default": 300.0},
    }
)

REQUEST = ArgumentSpec(
    {
        "method": {"type": "str", "choices": ["GET", "POST"], "default": "GET"},
        "path": {"type": "str", "required": True},
        "url_query": {"type": "dict"},
        "data": {"type": "raw", "no_log": True},
        "accept": {"type": "list", "elements": "str", "default": []},
    }
)

DIAGNOSE = ArgumentSpec()

FLEET = ArgumentSpec(
    {
        "layers": {
            "type": "list",
            "elements": "str",
            "default": ["vvx_parameters_all", "vvx_parameters_model", "vvx_parameters_site", "vvx_parameters_group", "vvx_parameters_host"],
        },
        "sensitive": {"type": "list", "elements": "str", "no_log": False},
        "workers": {"type": "int", "default": 64},
    }
)

REPORT = FLEET.merge(
    ArgumentSpec(
        {
            "title": {"type": "str", "default": "Phones"},
            "csv": {"type": "path"},
            "json": {"type": "path"},
            "markdown": {"type": "path"},
            "html": {"type": "path"},
            "mode": {"type": "raw", "default": "0640"},
            "previous": {"type": "path"},
            "gather_subset": {"type": "list", "elements": "str", "default": ["device", "lines"]},
            "target_firmware": {"type": "dict", "default": {}},
            "columns": {
                "type": "list",
                "elements": "dict",
                "default": [],
                "options": {
                    "name": {"type": "str", "required": True},
                    "query": {"type": "str", "required": True},
                    "title": {"type": "str"},
                    "kind": {"type": "str", "choices": ["text", "number", "boolean", "list"], "default": "text"},
                },
            },
        }
    )
)

AUDIT = FLEET.merge(
    ArgumentSpec(
        {
            "fail_on": {"type": "list", "elements": "str", "choices": ["drift", "unknown", "error", "not_compared"], "default": ["drift", "unknown", "error"]},
            "details": {"type": "path"},
            "mode": {"type": "raw", "default": "0640"},
        }
    )
)
