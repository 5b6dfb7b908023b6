# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong in a template, without what was filled in."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from ...module_utils._phone.errors import SettingsError


@contextlib.contextmanager
def templating(what: str, remedy: str = "Correct the variables of this host.") -> Iterator[None]:
    """Whatever a template raises, as SettingsError. Its text is not shown, because it may hold what was to be filled
    in."""
    try:
        yield
    except Exception as error:
        undefined = re.search(r"'([A-Za-z_][\w.]*)' is undefined", str(error))
        why = f", because {undefined[1]!r} is undefined" if undefined else ""
        line = "" if undefined else _line(error)
        raise SettingsError(f"{what} can't be templated{why}{line}.", remedy=remedy) from None


def _line(error: BaseException) -> str:
    """Where in its text a template is wrong, as far as Jinja says so."""
    cause: BaseException | None = error
    while cause is not None:
        line = getattr(cause, "lineno", None)
        if isinstance(line, int):
            return f": it is no Jinja template (line {line})"
        cause = cause.__cause__ or cause.__context__
    return ""
