#!/usr/bin/env python3
"""Start the workbench, or test it, with nothing but Python: `python3 workbench.py run` · `python3 workbench.py test`.

run    makes .venv from requirements.txt, makes the demonstration database where there is none, starts the
       workbench on this machine and prints where to open it. PORT and KAM_DB are respected.
test   the same environment with the test tools, then all tests; what follows is handed to pytest.
lint   the linter and the formatter's opinion.
python the environment's own Python with what follows: `workbench.py python -m kam verify`.

Needs the standard library only, so that it works before anything is installed, without make, and on Windows.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
OLDEST = (3, 11)
PORT = 8501
LOOPBACK = "127.0.0.1"
HELD = 2


class Stop(Exception):
    """Why the workbench does not start, in one sentence."""


def main(arguments: list[str]) -> int:
    """Do what the first argument says; returns the exit status."""
    what, rest = (arguments[0], arguments[1:]) if arguments else ("run", [])
    jobs = {"run": run, "test": test, "lint": lint, "python": run_python}
    try:
        if what not in jobs:
            raise Stop("Say `run`, `test`, `lint` or `python`: for example `python3 workbench.py run`.")
        return jobs[what](rest)
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130


def run(_rest: list[str]) -> int:
    """Start the workbench on the loopback address."""
    port = wanted_port()
    python = environment("requirements.txt")
    database = database_path()
    make_demonstration(python, database)
    if not is_free(port):
        raise Stop(f"Port {port} is in use: stop what runs there, or choose another with PORT=8601.")
    print(f"Open http://localhost:{port}  (stop with Ctrl+C)", flush=True)
    command = [
        python,
        "-m",
        "streamlit",
        "run",
        HERE / "app.py",
        "--server.port",
        str(port),
        "--server.address",
        LOOPBACK,
    ]
    return call(command, {"KAM_DB": str(database)})


def test(rest: list[str]) -> int:
    """Run all tests, or those that are named: first the layers, then the browser, two processes each."""
    python = environment("requirements-test.txt")
    if rest:
        return call([python, "-m", "pytest", *rest])
    layers = call([python, "-m", "pytest", "-n", "2", "-m", "not browser"])
    browser = call([python, "-m", "pytest", "-n", "2", "--dist", "loadfile", "-m", "browser"])
    return layers or browser


def lint(_rest: list[str]) -> int:
    """The linter, and the formatter's opinion."""
    python = environment("requirements-test.txt")
    return call([python, "-m", "ruff", "check", "."]) or call([python, "-m", "ruff", "format", "--check", "."])


def run_python(rest: list[str]) -> int:
    """The environment's own Python."""
    return call([environment("requirements.txt"), *rest])


def environment(requirements: str) -> Path:
    """The Python of .venv with these requirements installed; made or brought up to date where needed."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = fingerprint(requirements)
    if python.exists() and wanted in stamps():
        return python
    base = suitable_python()
    uv = shutil.which("uv")
    print(f"Installing what {requirements} names into .venv (once; a minute or so) …", flush=True)
    if not python.exists():
        # What is left of an environment whose Python is gone is of no use.
        shutil.rmtree(VENV, ignore_errors=True)
        make = [uv, "venv", "--quiet", "--python", base, VENV] if uv else [base, "-m", "venv", VENV]
        step(make, "The environment .venv could not be made")
    if uv:
        install = [uv, "pip", "install", "--quiet", "--python", python, "-r", HERE / requirements]
    else:
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", HERE / requirements]
    step(install, f"What {requirements} names could not be installed")
    # The test environment holds everything that the running one needs: its stamp serves both.
    served = {wanted, fingerprint("requirements.txt")}
    stamp_file().write_text("\n".join(sorted(served)), encoding="utf-8")
    return python


def fingerprint(requirements: str) -> str:
    """A hash of the file: another content means another installation."""
    return hashlib.sha256((HERE / requirements).read_bytes()).hexdigest()


def stamps() -> set[str]:
    """The fingerprints of what is installed."""
    return set(stamp_file().read_text(encoding="utf-8").split()) if stamp_file().exists() else set()


def stamp_file() -> Path:
    """Where the fingerprints stand."""
    return VENV / "installed-requirements.txt"


def suitable_python() -> str:
    """A Python that is new enough: this one, or the newest on the path."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for minor in range(20, OLDEST[1] - 1, -1):
        if found := shutil.which(f"python3.{minor}"):
            return found
    raise Stop(
        f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed, this is {sys.version.split()[0]}: install one from python.org."
    )


def database_path() -> Path:
    """KAM_DB, or the working database of this checkout."""
    return Path(os.environ.get("KAM_DB") or HERE / "data" / "workbench.duckdb").resolve()


def make_demonstration(python: Path, database: Path) -> None:
    """Make the demonstration programme where there is no database; say who holds one that is in use."""
    if database.exists():
        # Opening tells in a sentence whether the file is held, foreign, damaged or newer.
        check = subprocess.run(
            [python, "-m", "kam", "--db", database, "ready"],
            cwd=HERE,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if check.returncode == HELD:
            raise Stop(check.stderr.strip() or check.stdout.strip())
        if check.returncode:
            raise Stop(f"{database.name} could not be checked: {check.stderr.strip()}")
        return
    print("Making the demonstration programme (half a minute) …", flush=True)
    step([python, "-m", "kam", "--db", database, "demo"], "The demonstration programme could not be made")


def wanted_port() -> int:
    """PORT, or the usual one."""
    text = os.environ.get("PORT") or str(PORT)
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise Stop(f"PORT={text} is not a port: give a number from 1 to 65535.")
    return int(text)


def is_free(port: int) -> bool:
    """Whether nothing answers at the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) != 0


def step(command: list, complaint: str) -> None:
    """Run one step of the set-up; Stop where it fails."""
    try:
        status = subprocess.run(list(map(str, command)), cwd=HERE, check=False).returncode
    except OSError as error:
        raise Stop(f"{complaint}: {error}.") from error
    if status:
        raise Stop(f"{complaint}: see the lines above.")


def call(command: list, extra: dict[str, str] | None = None) -> int:
    """Run the command in the checkout and hand on its exit status."""
    return subprocess.run(
        list(map(str, command)), cwd=HERE, env={**os.environ, **(extra or {})}, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
