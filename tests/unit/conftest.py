# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

from support.fixtures import phone, start_fleet

__all__ = ["phone", "start_fleet"]
