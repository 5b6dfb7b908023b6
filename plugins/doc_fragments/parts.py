# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules that slices of a job run, and that then make one result of what all of these have read."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  part:
    description:
      - Folder, or URL that ends with C(/), for what this slice of a job has read. The task then writes nothing else,
        and marks no phones.
      - Relative folders start at the playbook's folder. A folder must be there. The login of a URL comes from the
        environment (C(VVX_DELIVER_USERNAME), C(VVX_DELIVER_PASSWORD), C(VVX_DELIVER_TOKEN)), and goes to the servers
        of C(VVX_DELIVER_TO); where that names none, to any over C(https).
      - Without it, a slice of an AWX job is refused, because it sees a part of the phones only.
    type: str
  parts:
    description:
      - Folder or URL with the parts of all slices. The task then asks no phone and does with the parts what it does
        without slices, in the same bytes. C(docs/slices.md) says more.
      - The parts must cover exactly the phones of the play, be of one run, and be read with the same options.
    type: str
  part_run:
    description:
      - What all slices of one job have in common, such as the date. With O(part), it is C(awx_workflow_job_id) if not
        set. With O(parts), it is required, and all parts must be of this run.
    type: str
"""
