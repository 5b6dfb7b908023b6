# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of modules that prepare a rollout: which phones change when, and under which conditions."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  journal:
    description:
      - Folder of the journal, which says what became of each phone, so that a run that was cut off can be continued.
        It has one file for each plan, C(ID.journal), and for each other job, C(KIND-ID.journal). Slices of an AWX job
        have files of their own, C(ID.SLICE.journal). All of them are read together.
      - While phones are changed, the run holds a lock on the file of the same name that ends in C(.lock). Another run
        that would change one of these phones fails then, if its journal is in the same folder.
      - For a plan, the folder of the plan by default; for other jobs, the folder C(rollouts) in the controller's state
        folder, which C(ansible_vvx_state_path) sets. Where that does not last (AWX), name another one.
    type: path
  canary:
    description:
      - Phones that change before all others, as a number, a percentage, or a list of hosts. If one of them fails, the
        rollout stops.
      - A number takes the first phones that are to change. V(0) leaves the canary out.
      - A slice of an AWX job that has none of the hosts of a list takes its first phone.
    type: raw
    default: 1
  wave:
    description:
      - How many phones change in one wave, as in C(serial) of a play, V(20), V(25%) or V(1,5,100%) for example. The
        last one is for all further waves. A wave begins when the one before has ended.
      - Percentages are of all phones that change in this run; with O(wave_by), of those of the site.
    type: raw
    default: '100%'
  wave_by:
    description:
      - What no wave may mix. A variable of the phones such as V(site), or the names of groups as a pattern such as
        V(site_*).
      - Sites follow one another in the order of their names; phones without one come last. The canary is cut in the
        same way.
    type: str
  max_failures:
    description:
      - How many phones of a wave may fail, as a number or as a percentage of the wave. With more, no further phone is
        begun. Phones that can't be reached, are C(stale), or were rolled back count as failed.
      - The rollout also stops if all phones of a wave fail.
    type: raw
    default: '10%'
  window:
    description:
      - When phones may be changed, V(22:00-05:00) for every night, or V(2027-01-30 22:00 - 2027-01-31 05:00) for one.
      - Before it opens and after it has closed, the task fails. If it closes meanwhile, phones that were begun are
        finished and no further one is begun.
      - If a change of the clock skips a time of day, it is the moment of the change; if a time occurs twice, the first
        one counts.
    type: str
  time_zone:
    description:
      - The time zone of O(window), V(Europe/Berlin) for example. That of the controller by default.
    type: str
  when_busy:
    description:
      - What to do with a phone in a call. V(wait) waits up to O(busy_timeout) seconds for it to end, then fails.
        V(skip) leaves the phone as it is, for the next run. V(fail) fails. V(proceed) does not look for calls.
    type: str
    choices: [wait, skip, fail, proceed]
    default: wait
  busy_timeout:
    description:
      - Seconds to wait for a call to end, with O(when_busy=wait).
    type: float
    default: 600.0
  wait_timeout:
    description:
      - Seconds to wait for a phone that restarts.
    type: float
    default: 300.0
  wait_for_lines:
    description:
      - Whether a phone fails if lines that were registered before are not registered after the change.
    type: bool
    default: true
  lines_delay:
    description:
      - Seconds that a phone gets to register anew before its lines are looked at, if it did not restart.
    type: float
    default: 5.0
"""
