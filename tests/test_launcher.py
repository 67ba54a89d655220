"""workbench.py: what it decides before anything is installed. It is loaded as a file: it is no part of a package."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def launcher(monkeypatch, tmp_path):
    """The launcher with an environment folder and database of its own; commands are noted, not run."""
    spec = importlib.util.spec_from_file_location("launcher", ROOT / "workbench.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setenv("KAM_DB", str(tmp_path / "k.duckdb"))
    monkeypatch.delenv("PORT", raising=False)
    module.commands = []

    def note(command, _complaint=None, **_settings):
        module.commands.append([str(word) for word in command])
        return 0

    monkeypatch.setattr(module, "step", note)
    monkeypatch.setattr(module, "call", lambda command, extra=None: note(command))
    return module


def installed(launcher, requirements="requirements.txt"):
    python = launcher.VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    python.parent.mkdir(parents=True)
    python.touch()
    launcher.stamp_file().write_text(launcher.fingerprint(requirements))
    return python


def test_the_launcher_needs_the_standard_library_only():
    from tests.structure.source import imports

    assert {module.split(".")[0] for module in imports(ROOT / "workbench.py")} <= sys.stdlib_module_names


@pytest.mark.parametrize("uv", [None, "/usr/bin/uv"])
def test_the_environment_is_made_with_uv_where_it_is_and_with_venv_and_pip_where_not(launcher, monkeypatch, uv):
    real = launcher.shutil.which
    monkeypatch.setattr(launcher.shutil, "which", lambda name: uv if name == "uv" else real(name))
    monkeypatch.setattr(launcher.shutil, "rmtree", lambda *_what, **_how: launcher.VENV.mkdir())
    launcher.environment("requirements.txt")
    make, install = launcher.commands
    assert ("uv" in make[0]) == ("uv" in install[0]) == (uv is not None)
    assert "requirements.txt" in install[-1]


def test_what_is_installed_is_not_installed_again_until_the_pins_change(launcher, monkeypatch, tmp_path):
    python = installed(launcher)
    assert launcher.environment("requirements.txt") == python
    assert launcher.commands == []
    launcher.environment("requirements-test.txt")
    assert len(launcher.commands) == 1
    for requirements in ("requirements.txt", "requirements-test.txt"):
        launcher.environment(requirements)
    assert len(launcher.commands) == 1
    monkeypatch.setattr(launcher, "HERE", tmp_path)
    (tmp_path / "requirements.txt").write_text("streamlit==9.9")
    launcher.environment("requirements.txt")
    assert len(launcher.commands) == 2


def test_running_makes_the_demonstration_where_there_is_no_database_and_serves_on_the_loopback_address(
    launcher, capsys
):
    installed(launcher)
    assert launcher.run([]) == 0
    demo, serve = launcher.commands
    assert demo[-1] == "demo" and str(launcher.database_path()) in demo
    assert serve[serve.index("--server.address") + 1] == "127.0.0.1"
    assert "http://localhost:8501" in capsys.readouterr().out


@pytest.mark.parametrize("port", ["many", "0", "70000", "-1", "8501.5"])
def test_a_port_that_is_none_is_refused_before_anything_is_installed(launcher, monkeypatch, capsys, port):
    monkeypatch.setenv("PORT", port)
    assert launcher.main(["run"]) == 2
    assert launcher.commands == [] and port in capsys.readouterr().err


def test_a_busy_port_is_said_in_a_sentence(launcher, monkeypatch, capsys):
    installed(launcher)
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        monkeypatch.setenv("PORT", str(busy.getsockname()[1]))
        assert launcher.main(["run"]) == 2
    assert "is in use" in capsys.readouterr().err


def test_a_database_held_by_another_process_is_said_with_its_id(launcher, monkeypatch, capsys, tmp_path):
    from kam import workbench

    monkeypatch.setattr(launcher, "environment", lambda _requirements: sys.executable)
    with workbench.make(tmp_path / "k.duckdb"):
        assert launcher.main(["run"]) == 2
    assert str(os.getpid()) in capsys.readouterr().err
    assert launcher.commands == []


def test_an_unknown_word_is_answered_with_the_known_ones(launcher, capsys):
    assert launcher.main(["fly"]) == 2
    assert "`run`" in capsys.readouterr().err


def test_tests_run_the_layers_first_and_a_file_of_browser_tests_in_one_process(launcher):
    installed(launcher, "requirements-test.txt")
    assert launcher.main(["test"]) == 0
    layers, browser = launcher.commands
    assert "not browser" in layers and "-n" in layers
    assert "browser" in browser and browser[browser.index("--dist") + 1] == "loadfile"
    assert launcher.main(["test", "tests/store"]) == 0
    assert launcher.commands[-1][-1] == "tests/store"


def test_it_says_what_it_is_for_on_any_python_that_can_read_it():
    done = subprocess.run(
        [sys.executable, "workbench.py", "fly"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2 and "Traceback" not in done.stderr
