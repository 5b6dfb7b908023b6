# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gates of this collection. `make help` names the usual ones, `nox --list` all of them.

The sessions call the tools directly: antsibull-nox wraps the same ones, takes two to three times as long and runs
ansible-test in containers only. Versions stand in three places: ansible-core's in CORES below, those of nox and uv in
tests/requirements/tools.txt, all others in tests/requirements/constraints.txt (`nox -s constraints` renews it).
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import nox

sys.path.insert(0, str(Path(__file__).parent / "tests" / "gates"))

import layout
import pythons

nox.needs_version = ">=2025.2"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["lint", "typing", "docs", "licenses", "unit", "field", "fuzz", "integration"]

# The ansible-core releases that are tested, each with the Pythons it is tested on. The last one with a given Python is
# also the one that the sessions without a matrix take. Sanity and the tests for AWX run on SANITY's only.
CORES = {
    "2.16": ("3.10",),
    "2.17": ("3.10",),
    "2.18": ("3.11",),
    "2.19": ("3.11",),
    "2.20": ("3.12",),
    "2.21": ("3.12", "3.13"),
}
SANITY = {"2.19": "3.11", "2.21": "3.13"}

MATRIX = [
    nox.param(python, core, id=f"core-{core}-py{python}")
    for core, all_pythons in CORES.items()
    for python in all_pythons
]
REQUIREMENTS = Path("tests", "requirements")

UNIT = ("--dist", "worksteal", "tests/unit")
"""Arguments of pytest for the unit tests, none of which share a run."""

HEADER = """\
# Copyright (c) 2026 the polycom.vvx contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Written by `nox -s constraints`.
"""

pythons.put_real_ones_on_path()


def newest_core() -> str:
    """The newest ansible-core for the Python that runs nox."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    fitting = [core for core, all_pythons in CORES.items() if python in all_pythons]
    return fitting[-1] if fitting else list(CORES)[-1]


def install(session: nox.Session, *names: str, core: str | None = None) -> None:
    """Install requirement files by name, pinned by the constraints, and the newest patch release of an ansible-core."""
    wanted = [f"ansible-core~={core}.0"] if core else []
    for name in names:
        wanted += ["-r", str(REQUIREMENTS / f"{name}.in")]
    session.install("--quiet", "-c", str(REQUIREMENTS / "constraints.txt"), *wanted)


def use_collection(session: nox.Session) -> None:
    """Let all that the session runs find the collection, by a link to this repository."""
    layout.link_collection()
    session.env.update(layout.environment())


def pytest(session: nox.Session, *arguments: str) -> None:
    use_collection(session)
    session.run("ansible", "--version", silent=True)  # fails clearly where this core does not run on this Python
    session.run("python", "-m", "pytest", *arguments)


@nox.session
def demo(session: nox.Session) -> None:
    """Show the collection at work on a simulated fleet."""
    install(session, "demo", core=newest_core())
    use_collection(session)
    session.run("python", "tests/demo/demo.py", *session.posargs)


@nox.session
def fleet(session: nox.Session) -> None:
    """Run simulated phones until Ctrl-C, e.g. nox -s fleet -- --phones 100 (-- --help lists the options)."""
    install(session, "simulator")
    use_collection(session)
    asked = session.posargs or ["--help"]
    files = ("--inventory", str(layout.BUILD / "fleet.json"), "--ca-file", str(layout.BUILD / "fleet-ca.pem"))
    session.run("python", "-m", "simulator", *files, *asked)


@nox.session
def benchmark(session: nox.Session) -> None:
    """Measure what a phone costs, and compare with other ways to manage it, e.g. nox -s benchmark -- --phones 50."""
    install(session, "benchmark", core=newest_core())
    use_collection(session)
    session.run("python", "benchmarks/run.py", *session.posargs)


@nox.session
def benchmark_configure(session: nox.Session) -> None:
    """Measure what a fleet costs that is right already, e.g. nox -s benchmark_configure -- --phones 200."""
    install(session, "benchmark", core=newest_core())
    use_collection(session)
    session.run("python", "benchmarks/configure.py", *session.posargs)


@nox.session
def benchmark_fleet(session: nox.Session) -> None:
    """Measure a look at a whole fleet, e.g. nox -s benchmark_fleet -- --phones 200 --many 2000."""
    install(session, "benchmark", core=newest_core())
    use_collection(session)
    session.run("python", "benchmarks/fleet.py", *session.posargs)


@nox.session
def benchmark_slices(session: nox.Session) -> None:
    """Measure a job of AWX in 1, 2 and 4 slices, e.g. nox -s benchmark_slices -- --phones 200 --only quick."""
    install(session, "benchmark", core=newest_core())
    use_collection(session)
    session.run("python", "benchmarks/slices.py", *session.posargs)


@nox.session
def benchmark_page(session: nox.Session) -> None:
    """Measure the report's page in a browser, e.g. nox -s benchmark_page -- --phones 2000."""
    install(session, "benchmark", "browser", core=newest_core())
    use_collection(session)
    session.run("python", "benchmarks/report_page.py", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style: ruff, yamllint, ansible-lint (production), shellcheck, changelog fragments."""
    install(session, "lint", "runtime", core=newest_core())
    use_collection(session)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", "--diff", ".")
    session.run("yamllint", "--strict", ".")
    session.run("shellcheck", ".ci/run")
    session.run("antsibull-changelog", "lint")
    session.run("ansible-lint")


@nox.session(name="format")
def format_(session: nox.Session) -> None:
    """Format the Python files and mend what ruff can mend."""
    install(session, "lint")
    session.run("ruff", "check", "--fix-only", ".")
    session.run("ruff", "format", ".")


@nox.session
def typing(session: nox.Session) -> None:
    """Check types: mypy --strict on all plugins, the simulators, the corpus, fuzzing and the gates."""
    install(session, "typing")
    use_collection(session)
    session.run("mypy")
    # mypy reads a collection by its package name only; mypy.ini can list either files or packages.
    packages = ("simulator", "corpus", "fuzz", "awx.controller", "ansible_collections.polycom.vvx.plugins")
    session.run("mypy", *(f"--package={package}" for package in packages))


@nox.session
def docs(session: nox.Session) -> None:
    """Check the plugins' documentation and every reference in it."""
    install(session, "docs", core=newest_core())
    with session.chdir(layout.copy_collection("docs")):
        session.run(
            "antsibull-docs",
            "lint-collection-docs",
            "--plugin-docs",
            "--check-extra-docs-refs",
            "--validate-collection-refs=self",
            "--skip-rstcheck",
            ".",
        )


@nox.session
def licenses(session: nox.Session) -> None:
    """Check that every file names its copyright and license (REUSE)."""
    install(session, "licenses")
    with session.chdir(layout.copy_collection("licenses")):  # as reuse overlooks some of what git ignores
        session.run("reuse", "lint", "--lines")


@nox.session
def unit(session: nox.Session) -> None:
    """Run the unit tests on this Python's newest ansible-core, e.g. nox -s unit -- -k batches."""
    install(session, "test", core=newest_core())
    pytest(session, *UNIT, *session.posargs)


@nox.session
def integration(session: nox.Session) -> None:
    """Run real playbooks against simulated phones on this Python's newest ansible-core."""
    install(session, "test", core=newest_core())
    pytest(session, "tests/integration", *session.posargs)


@nox.session
def field(session: nox.Session) -> None:
    """Read 200 provisioning files that mix the habits of the field, e.g. nox -s field -- --seed 7 --files 5000."""
    install(session, "test", core=newest_core())
    use_collection(session)
    session.run("python", "-m", "corpus", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Try random files, replies and servers for 20 s, always the same; others: nox -s fuzz -- --seconds 600."""
    install(session, "test", core=newest_core())
    use_collection(session)
    session.run("python", "-m", "fuzz", *(session.posargs or ["--seed", "1"]))


@nox.session
@nox.parametrize(
    "python,core", [nox.param(python, core, id=f"core-{core}-py{python}") for core, python in SANITY.items()]
)
def awx(session: nox.Session, core: str) -> None:
    """Run playbooks as AWX does, under ansible-runner, and make its objects: nox -s 'awx(core-2.21-py3.13)'."""
    install(session, "awx", core=core)
    pytest(session, *(session.posargs or ["tests/awx"]))


@nox.session
def browser(session: nox.Session) -> None:
    """Use the report's HTML page in a real browser. Needs Chromium; tests/support/chromium.py says where."""
    install(session, "browser", core=newest_core())
    pytest(session, "tests/browser", *session.posargs)


@nox.session
def screenshots(session: nox.Session) -> None:
    """Take the pictures of the report's page in docs/images. Needs Chromium, as browser does."""
    install(session, "browser", core=newest_core())
    use_collection(session)
    session.run("python", "-m", "browser.screenshots")


@nox.session
@nox.parametrize("python,core", MATRIX)
def matrix(session: nox.Session, core: str) -> None:
    """Run all tests on one ansible-core: nox -s 'matrix(core-2.21-py3.13)'."""
    install(session, "test", core=core)
    # The simulator as a program needs Python 3.11; the phones in it do not.
    without = ["--ignore=tests/unit/simulator"] if session.python == "3.10" else []
    # `make test` runs large fleets in their full size, and searches hardest.
    session.env["VVX_PHONES"] = "100"
    unit = [*UNIT, "--hypothesis-profile=default", *without]
    for arguments in [session.posargs] if session.posargs else [unit, ["tests/integration"]]:
        pytest(session, *arguments)


@nox.session
@nox.parametrize(
    "python,core", [nox.param(python, core, id=f"core-{core}-py{python}") for core, python in SANITY.items()]
)
def sanity(session: nox.Session, core: str) -> None:
    """Run ansible-test sanity: nox -s 'sanity(core-2.21-py3.13)' -- --test pep8."""
    install(session, "runtime", core=core)
    copy = layout.copy_collection(f"sanity-{core}")
    # A HOME of its own: ansible-test keeps its virtual environments there, and they are good for the next run.
    home = layout.BUILD / f"home-{core}"
    session.env["HOME"] = str(home)
    provide_get_pip(session, home)
    with session.chdir(copy):
        seen = str(session.run("ansible-test", "env", "--list-files", silent=True)).splitlines()
        unseen = [name for name in layout.known_files() if name.startswith("plugins/") and name not in seen]
        if unseen:
            session.error(
                f"ansible-test does not see {len(unseen)} of our files, such as {unseen[0]}, and would not check them"
            )
        session.run("ansible-test", "sanity", "--local", "--color", "no", "--prime-venvs", silent=True)
        compile_venv(session, home, "sanity.changelog")
        session.run("ansible-test", "sanity", "--local", "--color", "no", *session.posargs)


def compile_venv(session: nox.Session, home: Path, name: str) -> None:
    """Compile what ansible-test has installed: docutils makes newer Pythons warn when they first compile it, and
    ansible-test takes any word on standard error for a failure."""
    for python in home.glob(f".ansible/test/venv/{name}/*/*/bin/python"):
        # 1: some of the files are templates and not valid Python.
        session.run(
            str(python),
            "-W",
            "ignore",
            "-m",
            "compileall",
            "-q",
            str(python.parents[1] / "lib"),
            external=True,
            silent=True,
            success_codes=[0, 1],
        )


def provide_get_pip(session: nox.Session, home: Path) -> None:
    """Put our get-pip (tests/gates/get_pip.py says why) where ansible-test keeps the one that it would download."""
    cache = home / ".ansible" / "test" / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    site_packages = Path(session.virtualenv.location).glob("lib/python*/site-packages")
    source = next(site_packages) / "ansible_test" / "_internal" / "python_requirements.py"
    for version in re.findall(r"pip='([\d.]+)'", source.read_text(encoding="utf-8")):
        script = cache / f"get_pip_{version.replace('.', '_')}.py"
        if not script.exists():
            shutil.copyfile(layout.ROOT / "tests" / "gates" / "get_pip.py", script)


@nox.session
def build(session: nox.Session) -> None:
    """Build the collection's tarball, import it as Galaxy does, install it offline and read its documentation."""
    install(session, "build", core=newest_core())
    copy = layout.copy_collection("build")
    dist = layout.ROOT / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    session.run("ansible-galaxy", "collection", "build", "--output-path", str(dist), str(copy))
    tarball = next(dist.glob("polycom-vvx-*.tar.gz"))

    installed = layout.BUILD / "installed"
    shutil.rmtree(installed, ignore_errors=True)
    session.env["ANSIBLE_HOME"] = str(layout.BUILD / "ansible")
    session.env["ANSIBLE_COLLECTIONS_PATH"] = str(installed)
    session.run(
        "ansible-galaxy", "collection", "install", "--offline", "--collections-path", str(installed), str(tarball)
    )
    session.run("ansible-galaxy", "collection", "verify", "--offline", "polycom.vvx")
    session.run("ansible-doc", "--type", "module", "--list", "polycom.vvx")
    # What an execution environment would install for this collection.
    needs = str(session.run("ansible-builder", "introspect", "--sanitize", str(installed), silent=True))
    session.log(needs)
    missing = [name for name in ("requests", "urllib3", "jmespath") if f"{name}>=" not in needs]
    if missing:
        session.error(f"an execution environment would not get {missing}: see meta/execution-environment.yml")
    project = layout.ROOT / "examples" / "awx-project"
    with session.chdir(project):
        session.run("ansible-builder", "create", "--context", str(layout.BUILD / "context"))

    session.env["GALAXY_IMPORTER_CONFIG"] = str(layout.ROOT / "tests" / "gates" / "galaxy-importer.cfg")
    with session.chdir(dist):  # it writes importer_result.json where it stands
        session.run("python", "-m", "galaxy_importer.main", tarball.name)


@nox.session
def generate(session: nox.Session) -> None:
    """Write pages of modules and plugins, docs/api.md, docs/report.schema.json, tables, and AWX's objects as files."""
    install(session, "test", core=newest_core())
    use_collection(session)
    sources = ("api_coverage", "module_docs", "report_docs", "switch_docs")
    for source in (*(f"support.{name}" for name in sources), "awx.plain_files"):
        session.run("python", "-m", source)


@nox.session
def changelog(session: nox.Session) -> None:
    """Write the changelog of a release from the fragments, e.g. nox -s changelog (the version is galaxy.yml's)."""
    install(session, "lint", core=newest_core())
    use_collection(session)
    session.run("antsibull-changelog", "release", *session.posargs)


@nox.session
def constraints(session: nox.Session) -> None:
    """Pin the newest versions of all that the other sessions install."""
    # ansible-core is each session's own choice, and resolvelib is chosen by ansible-core. Every pin must do for all
    # Pythons of CORES. No index address gets into the file.
    output = REQUIREMENTS / "constraints.txt"
    session.run(
        "uv",
        *("pip", "compile", "--quiet", "--upgrade", "--universal", "--python-version", "3.10"),
        *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
        *("--no-emit-package", "ansible-core", "--no-emit-package", "resolvelib"),
        *("--output-file", str(output)),
        *sorted(str(file) for file in REQUIREMENTS.glob("*.in")),
        external=True,
    )
    output.write_text(f"{HEADER}{output.read_text(encoding='utf-8')}", encoding="utf-8")
