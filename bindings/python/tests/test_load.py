# SPDX-License-Identifier: MIT
"""Finding the library, and refusing one that does not fit: each time in a fresh Python, with
libraries made for the purpose."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import upsell
from upsell import _load

PACKAGE = Path(upsell.__file__).parent
LIBRARY = os.path.realpath(os.environ["UPSELL_LIBRARY"])
NAME = "libupsell.so.0"

SHOW = "import upsell; print(upsell.library_path(), upsell.library_version())"


def run(package: Path, code: str = SHOW, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs a fresh Python with a package, without what this test run has set."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("UPSELL_", "PYTHON", "LD_"))
    }
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**kept, "PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1", **variables},
        cwd=package,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder with a copy of the package alone, far from any checkout."""
    folder = tmp_path / "site"
    shutil.copytree(
        PACKAGE, folder / "upsell", ignore=shutil.ignore_patterns("_lib", "__pycache__")
    )
    return folder


def compile_library(path: Path, code: str, *options: str) -> Path:
    source = path.with_suffix(".c")
    source.write_text(code)
    subprocess.run(
        ["gcc", "-shared", "-fPIC", "-o", str(path), str(source), *options], check=True
    )
    return path


# What a made library does not have is found in the real one.
OVER_THE_REAL_ONE = ("-Wl,--no-as-needed", LIBRARY, f"-Wl,-rpath,{Path(LIBRARY).parent}")


def disguised(folder: Path, version: str = '"0.1.0"', abi: str = "0") -> Path:
    """The real library, which says that it is another one."""
    return compile_library(
        folder / "disguised.so",
        f"const char *upsell_version(void) {{ return {version}; }}\n"
        f"int upsell_abi_version(void) {{ return {abi}; }}\n",
        *OVER_THE_REAL_ONE,
    )


def refusal(package: Path, **variables: str) -> str:
    """The message of the error that importing must end with."""
    done = run(package, **variables)
    assert done.returncode == 1 and done.stdout == ""
    message = done.stderr.partition("upsell.errors.LibraryError: ")[2]
    assert message, done.stderr
    assert "libupsell 0.1.0 or later, with ABI version 0" in message
    assert "Install libupsell, or set UPSELL_LIBRARY" in message
    assert "meson setup build && ninja -C build" in message
    return message


def nothing_installed(folder: Path) -> str:
    """For LD_LIBRARY_PATH: a library may be installed here, and the loader meets this file first."""
    hidden = folder / "hidden"
    hidden.mkdir()
    (hidden / NAME).touch()
    return str(hidden)


def loaded(package: Path, **variables: str) -> str:
    done = run(package, **variables)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout.strip()


# ---- found ----


def test_this_run_tests_the_library_that_was_named() -> None:
    assert upsell.library_path() == os.path.abspath(os.environ["UPSELL_LIBRARY"])
    assert upsell.library_version() == upsell.__version__


def test_the_file_that_is_named(package: Path, tmp_path: Path) -> None:
    named = tmp_path / "some name.so"
    shutil.copy(LIBRARY, named)
    assert loaded(package, UPSELL_LIBRARY=str(named)) == f"{named} 0.1.0"


def test_a_relative_name_is_a_file_too(package: Path) -> None:
    """The loader would look for a name without a slash elsewhere."""
    shutil.copy(LIBRARY, package / "here.so")
    assert loaded(package, UPSELL_LIBRARY="here.so") == f"{package / 'here.so'} 0.1.0"


def bundle(package: Path) -> Path:
    path = package / "upsell" / "_lib" / NAME
    path.parent.mkdir()
    shutil.copy(LIBRARY, path)
    return path


def test_the_library_in_the_package(package: Path) -> None:
    path = bundle(package)
    assert loaded(package) == f"{path} 0.1.0"
    # An empty variable is how shells unset one.
    assert loaded(package, UPSELL_LIBRARY="") == f"{path} 0.1.0"


def test_the_library_that_the_system_knows(package: Path, tmp_path: Path) -> None:
    folder = tmp_path / "system"
    folder.mkdir()
    shutil.copy(LIBRARY, folder / NAME)
    assert loaded(package, LD_LIBRARY_PATH=str(folder)) == f"{NAME} 0.1.0"


def test_the_library_of_a_checkout(tmp_path: Path) -> None:
    package = tmp_path / "bindings" / "python" / "src"
    shutil.copytree(PACKAGE, package / "upsell", ignore=shutil.ignore_patterns("_lib"))
    header = tmp_path / "include" / "upsell" / "version.h"
    header.parent.mkdir(parents=True)
    header.touch()
    built = tmp_path / "build" / "lib" / NAME
    assert f"{built} (built in this checkout)" in refusal(
        package, LD_LIBRARY_PATH=nothing_installed(tmp_path)
    )
    built.parent.mkdir(parents=True)
    shutil.copy(LIBRARY, built)
    assert loaded(package) == f"{built} 0.1.0"


@pytest.mark.parametrize("version", ["0.1.1", "0.1.10"])
def test_a_later_library(package: Path, tmp_path: Path, version: str) -> None:
    library = disguised(tmp_path, f'"{version}"')
    assert loaded(package, UPSELL_LIBRARY=str(library)) == f"{library} {version}"


def test_the_next_one_is_tried_where_one_does_not_fit(package: Path, tmp_path: Path) -> None:
    shutil.copy(disguised(tmp_path, abi="7"), bundle(package))
    folder = tmp_path / "system"
    folder.mkdir()
    shutil.copy(LIBRARY, folder / NAME)
    assert loaded(package, LD_LIBRARY_PATH=str(folder)) == f"{NAME} 0.1.0"


LATER = """
const char *upsell_version(void) { return "0.1.9"; }
int upsell_abi_version(void) { return 0; }
const char *upsell_reason_name(int reason) { return reason == 19 ? "too_late" : 0; }
const char *upsell_api_version_name(int version) { return version == 6 ? "2027-01" : 0; }
"""

SHOW_LATER = """
import pickle, upsell
late, version = upsell.Reason(19), upsell.ApiVersion(6)
print(late.name, late.text, int(late), late == upsell.Reason(19), version.text)
print(pickle.loads(pickle.dumps(late)) == late, upsell.Reason(18).text)
try:
    upsell.Reason(20)
except ValueError as error:
    print(error)
"""


def test_words_that_a_later_library_adds(package: Path, tmp_path: Path) -> None:
    library = compile_library(tmp_path / "later.so", LATER, *OVER_THE_REAL_ONE)
    done = run(package, SHOW_LATER, UPSELL_LIBRARY=str(library))
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "TOO_LATE too_late 19 True 2027-01",
        "True lower_priority",
        "20 is not a valid Reason",
    ]


# ---- refused ----


def test_nothing_is_found(package: Path, tmp_path: Path) -> None:
    hidden = nothing_installed(tmp_path)
    message = refusal(package, LD_LIBRARY_PATH=hidden)
    inside = package / "upsell" / "_lib" / NAME
    assert f"{inside} (in this package): {inside}: cannot open shared object file" in message
    assert f"{NAME} (looked for by the system's loader): {hidden}/{NAME}: file too short" in message
    assert "checkout)" not in message


def test_the_file_that_is_named_is_not_there(package: Path) -> None:
    """Then nothing else is tried, not even the library in the package."""
    bundle(package)
    message = refusal(package, UPSELL_LIBRARY="/nowhere/libupsell.so.0")
    assert "/nowhere/libupsell.so.0 (from UPSELL_LIBRARY)" in message
    assert "No such file or directory" in message
    assert message.count("\n  ") == 1


def test_a_file_that_is_no_library(package: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.so"
    text.write_text("This is no library. " * 10)
    assert "invalid ELF header" in refusal(package, UPSELL_LIBRARY=str(text))
    assert "cannot read file data" in refusal(package, UPSELL_LIBRARY=str(tmp_path))


def test_another_abi(package: Path, tmp_path: Path) -> None:
    message = refusal(package, UPSELL_LIBRARY=str(disguised(tmp_path, abi="7")))
    assert "its ABI version is 7, and 0 is needed" in message


@pytest.mark.parametrize("version", ["0.0.9", "0.2.0", "0.10.1", "1.0.0", "2.1.0"])
def test_another_version(package: Path, tmp_path: Path, version: str) -> None:
    message = refusal(package, UPSELL_LIBRARY=str(disguised(tmp_path, f'"{version}"')))
    assert f"its version is {version}, and 0.1, from 0.1.0 on, is needed" in message


@pytest.mark.parametrize("version", ['"banana"', '""', "0"])
def test_a_version_that_is_none(package: Path, tmp_path: Path, version: str) -> None:
    message = refusal(package, UPSELL_LIBRARY=str(disguised(tmp_path, version)))
    assert "which is none" in message


def test_another_library(package: Path, tmp_path: Path) -> None:
    library = compile_library(tmp_path / "other.so", "int other(void) { return 1; }")
    message = refusal(package, UPSELL_LIBRARY=str(library))
    assert "a function is missing" in message and "upsell_abi_version" in message


def test_a_missing_function_is_named(package: Path, tmp_path: Path) -> None:
    library = compile_library(
        tmp_path / "half.so",
        'const char *upsell_version(void) { return "0.1.0"; }\n'
        "int upsell_abi_version(void) { return 0; }\n"
        "const char *upsell_status_name(int status) { return status ? 0 : 0; }\n",
    )
    message = refusal(package, UPSELL_LIBRARY=str(library))
    assert "a function is missing" in message and "upsell_status_message" in message


def test_the_name_is_versioned_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _load._file_name() == NAME
    monkeypatch.setattr("sys.platform", "darwin")
    assert _load._file_name() == "libupsell.0.dylib"


def test_loading_prints_nothing_and_runs_nothing(package: Path) -> None:
    code = (
        "import sys; sys.addaudithook(lambda event, args: "
        "sys.exit(event) if event.startswith(('subprocess', 'os.exec', 'os.posix_spawn', "
        "'os.fork', 'os.system')) else None); import upsell"
    )
    done = run(package, code, UPSELL_LIBRARY=LIBRARY)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
