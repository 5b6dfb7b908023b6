# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports what the modules of awx.awx need before Ansible forks, so that not each task does."""

from __future__ import annotations

import importlib

from ansible.plugins.callback import CallbackBase

importlib.import_module("ansible_collections.awx.awx.plugins.module_utils.controller_api")


class CallbackModule(CallbackBase):  # type: ignore[misc]
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "preload"
    CALLBACK_NEEDS_ENABLED = True
