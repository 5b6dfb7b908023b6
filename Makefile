# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Names for what one does here every day; the work is done by nox (noxfile.py). Needs make, git and a Python with pip;
# all else is installed below .tools and .nox. Another Python: make PYTHON=python3.13 test

PYTHON = python3
PHONES = 25
PORT = 8443
MODELS = mixed
FIRMWARES = mixed
SCENARIO =
PROVISIONING =
FOR = 20

UV = .tools/bin/uv
# nox makes its environments with uv, and takes the first one on PATH.
NOX = PATH="$(CURDIR)/.tools/bin:$$PATH" .tools/nox/bin/nox

.PHONY: help demo test fleet field fuzz benchmark benchmark-task benchmark-configure benchmark-fleet benchmark-page benchmark-slices lint format clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 21
	@echo "All gates, one by one: .tools/nox/bin/nox --list (after any of the above)"

demo: .tools/ready ## see the collection at work on a simulated fleet
	@$(NOX) -s demo

test: .tools/ready ## run all quick gates: style, types, docs, licenses, unit and integration tests, field, fuzz
	@$(NOX)

fleet: .tools/ready ## run simulated phones until Ctrl-C: make fleet PHONES=100 PORT=9443 MODELS='VVX 411'
	@$(NOX) -s fleet -- --phones $(PHONES) --port $(PORT) --model "$(MODELS)" --firmware "$(FIRMWARES)" \
		$(if $(SCENARIO),--scenario "$(SCENARIO)") $(if $(PROVISIONING),--provisioning "$(PROVISIONING)")

field: .tools/ready ## read 200 provisioning files as people write them, and count what is said of them
	@$(NOX) -s field

fuzz: .tools/ready ## try random files, replies and servers: make fuzz FOR=600
	@$(NOX) -s fuzz -- --seconds $(FOR)

benchmark: .tools/ready ## measure all that the project promises: the next four (half an hour)
	@$(NOX) -s benchmark benchmark_configure benchmark_fleet benchmark_page

benchmark-task: .tools/ready ## measure what a phone costs in tasks, and compare with other ways (some minutes)
	@$(NOX) -s benchmark

benchmark-configure: .tools/ready ## measure configure on 1,000 phones that are right, or nearly (some minutes)
	@$(NOX) -s benchmark_configure

benchmark-fleet: .tools/ready ## measure reports, inventory and configure on 1,000 and 10,000 phones (some minutes)
	@$(NOX) -s benchmark_fleet

benchmark-page: .tools/ready ## measure the report's page with 10,000 phones in a browser (a minute; needs Chromium)
	@$(NOX) -s benchmark_page

benchmark-slices: .tools/ready ## measure a job of AWX on 2,000 phones in 1, 2 and 4 slices (some minutes)
	@$(NOX) -s benchmark_slices

lint: .tools/ready ## check style, types, docs and licenses only
	@$(NOX) -s lint typing docs licenses

format: .tools/ready ## format the Python files
	@$(NOX) -s format

clean: ## remove all that the targets above have made
	rm -rf .build .nox .tools .ansible .hypothesis .mypy_cache .pytest_cache .ruff_cache dist

# --target needs no venv module and no root, and pip allows it on systems that manage Python themselves (PEP 668).
.tools/ready: tests/requirements/tools.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.13 ...")'
	@$(PYTHON) -m pip install --quiet --root-user-action ignore --upgrade --target .tools -c tests/requirements/tools.txt uv
	@$(UV) venv --quiet --clear --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .tools/nox
	@$(UV) pip install --quiet --python .tools/nox -c tests/requirements/tools.txt nox
	@touch $@
