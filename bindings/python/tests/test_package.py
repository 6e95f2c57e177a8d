# SPDX-License-Identifier: MIT
"""The sdist builds the wheel by itself, and the wheel works where nothing else is.

Everything happens in a copy of the checkout in a temporary folder, without a network.
"""

from __future__ import annotations

import email
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import upsell
from upsell._version import ABI_VERSION

PYTHON_FOLDER = Path(__file__).resolve().parents[1]
CHECKOUT = PYTHON_FOLDER.parents[1]
CORE_PARTS = ("LICENSE", "meson.build", "meson_options.txt", "include", "lib")
MODULES = sorted(path.name for path in (PYTHON_FOLDER / "src/upsell").glob("*.py"))
LIBRARY = f"libupsell.so.{ABI_VERSION}"

# What an engineer would do first: the tea store's first order, as JSON and as an object.
DECIDE = """
import json, sys
import upsell

store = sys.argv[1]
with open(store + "/orders.ndjson", "rb") as orders:
    text = orders.readline()
order = upsell.Order(
    id="1", currency="JPY",
    lines=[upsell.OrderLine(
        id="1", product_id="gid://shopify/Product/8401000000101", quantity=1,
        variant_id="gid://shopify/ProductVariant/45120000010102",
        selling_plan_id="gid://shopify/SellingPlan/6901000001")])
with upsell.Catalog.from_file(store + "/catalog.json") as catalog:
    offers = [catalog.decide_json(text).offer, catalog.decide(order).offer]
print(json.dumps({
    "library": upsell.library_path(),
    "package": upsell.__file__,
    "version": upsell.__version__,
    "offers": [[offer.scenario_id, offer.total_checkout] for offer in offers],
}))
"""
OFFERS = [["S01-sencha-hojicha", 800]] * 2

TYPED = """
import upsell

catalog = upsell.Catalog.from_file("catalog.json")
reveal_type(catalog.info.currency.code)
"""


def run(*words: object, cwd: Path, **variables: str) -> str:
    """Runs a program without the settings of this test run; returns its standard output."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("UPSELL_", "PYTHON", "PIP_"))
    }
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", **variables}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if done.returncode:
        raise AssertionError(f"{words} gave {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def copy_checkout(target: Path) -> Path:
    """What git has of the C library and of this binding; returns the binding's folder."""
    for part in CORE_PARTS:
        source, copy = CHECKOUT / part, target / part
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy)
        else:
            shutil.copyfile(source, copy)
    binding = target / "bindings/python"
    unwanted = shutil.ignore_patterns("__pycache__", "*.egg-info", "build", "dist", ".*", "_lib")
    shutil.copytree(PYTHON_FOLDER, binding, ignore=unwanted)
    return binding


@dataclass(frozen=True)
class Built:
    root: Path
    sdist: Path
    wheel: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The sdist of a checkout, and the wheel of the sdist when the checkout is gone."""
    root = tmp_path_factory.mktemp("package")
    build = (sys.executable, "-m", "build", "--no-isolation", "--outdir", root / "dist")
    binding = copy_checkout(root / "checkout")
    run(*build, "--sdist", binding, cwd=root)
    shutil.rmtree(root / "checkout")
    (sdist,) = (root / "dist").iterdir()
    with tarfile.open(sdist) as archive:
        archive.extractall(root)
    # Without json-c and what else pkg-config knows: the library needs none of it.
    nothing = {"PKG_CONFIG_LIBDIR": str(root / "none")}
    run(*build, "--wheel", root / f"upsell-{upsell.__version__}", cwd=root, **nothing)
    (wheel,) = (root / "dist").glob("*.whl")
    yield Built(root, sdist, wheel)
    shutil.rmtree(root)


@pytest.fixture(scope="module")
def installed(built: Built) -> Path:
    """The Python of a fresh environment that has the wheel and nothing else."""
    run(sys.executable, "-m", "venv", built.root / "venv", cwd=built.root)
    python = built.root / "venv/bin/python"
    run(python, "-m", "pip", "install", "--no-index", "--quiet", built.wheel, cwd=built.root)
    return python


@pytest.fixture(scope="module")
def library(built: Built) -> Path:
    """The shared library out of the wheel."""
    with zipfile.ZipFile(built.wheel) as archive:
        return Path(archive.extract(f"upsell/_lib/{LIBRARY}", built.root / "unpacked"))


def decide(python: Path, cwd: Path, **variables: str) -> dict[str, object]:
    text = run(python, "-c", DECIDE, CHECKOUT / "examples/tea-store", cwd=cwd, **variables)
    answer: dict[str, object] = json.loads(text)
    return answer


def test_one_version_everywhere(built: Built) -> None:
    """The header of the C library has it; the package says it once more, for its users."""
    header = (CHECKOUT / "include/upsell/version.h").read_text("utf-8")
    parts = [
        re.findall(rf"^#define UPSELL_VERSION_{part} (\d+)$", header, re.M)[0]
        for part in ("MAJOR", "MINOR", "PATCH")
    ]
    assert upsell.__version__ == ".".join(parts)
    assert built.sdist.name == f"upsell-{upsell.__version__}.tar.gz"
    assert built.wheel.name.startswith(f"upsell-{upsell.__version__}-")


def test_sdist_has_the_whole_library(built: Built) -> None:
    """Each file of the C library, and of the package, with the same bytes."""
    unpacked = built.root / f"upsell-{upsell.__version__}"
    wanted = {
        path.relative_to(CHECKOUT): unpacked / "core" / path.relative_to(CHECKOUT)
        for part in CORE_PARTS
        for path in [CHECKOUT / part, *(CHECKOUT / part).rglob("*")]
        if path.is_file()
    }
    wanted |= {
        (path := PYTHON_FOLDER / name).relative_to(CHECKOUT): unpacked / name
        for name in ("README.md", "pyproject.toml", "setup.py", *(f"src/upsell/{m}" for m in MODULES))
    }
    assert len(wanted) > 150
    for name, copy in wanted.items():
        assert copy.read_bytes() == (CHECKOUT / name).read_bytes(), name


def test_tag(built: Built) -> None:
    """For one platform, and for every Python 3: there is nothing of Python in the library."""
    platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    assert built.wheel.name == f"upsell-{upsell.__version__}-py3-none-{platform}.whl"
    with zipfile.ZipFile(built.wheel) as archive:
        text = archive.read(f"upsell-{upsell.__version__}.dist-info/WHEEL").decode()
    fields = email.message_from_string(text)
    assert fields["Root-Is-Purelib"] == "false"
    assert fields.get_all("Tag") == [f"py3-none-{platform}"]


def test_contents(built: Built) -> None:
    info = f"upsell-{upsell.__version__}.dist-info"
    wanted = [
        *(f"upsell/{name}" for name in MODULES),
        "upsell/py.typed",
        f"upsell/_lib/{LIBRARY}",
        *(f"{info}/{name}" for name in ("LICENSE", "METADATA", "RECORD", "WHEEL", "top_level.txt")),
    ]
    with zipfile.ZipFile(built.wheel) as archive:
        assert sorted(archive.namelist()) == sorted(wanted)
        modes = {entry.filename: entry.external_attr >> 16 for entry in archive.infolist()}
    assert not any(stat.S_ISLNK(mode) for mode in modes.values()), "pip makes a text of a link"


def test_metadata(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as archive:
        text = archive.read(f"upsell-{upsell.__version__}.dist-info/METADATA").decode()
    fields = email.message_from_string(text)
    assert fields["Name"] == "upsell"
    assert fields["Version"] == upsell.__version__
    assert fields["Requires-Python"] == ">=3.10"
    assert fields["Requires-Dist"] is None, "the standard library is all it needs"
    assert fields["Description-Content-Type"] == "text/markdown"


def test_library_is_whole_and_clean(built: Built, library: Path) -> None:
    """It needs the C library alone, and names neither the folder nor the file it was built from."""
    dynamic = run("readelf", "-Wd", library, cwd=built.root)
    assert re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic) == ["libc.so.6"]
    assert re.findall(r"\(SONAME\).*\[(.*)\]", dynamic) == [LIBRARY]
    assert not re.findall(r"\(R(?:UN)?PATH\)", dynamic)
    assert ".symtab" not in run("readelf", "-WS", library, cwd=built.root), "not stripped"
    data = library.read_bytes()
    for folder in (built.root, CHECKOUT, "/tmp/"):
        assert str(folder).encode() not in data


def test_wheel_decides(built: Built, installed: Path) -> None:
    """In an environment of its own, in another folder, without any setting."""
    answer = decide(installed, built.root)
    packages = built.root / "venv/lib"
    assert answer["offers"] == OFFERS
    assert Path(str(answer["package"])).is_relative_to(packages)
    assert str(answer["library"]) == str(Path(str(answer["package"])).parent / "_lib" / LIBRARY)
    assert answer["version"] == upsell.__version__


def test_wheel_is_typed(built: Built, installed: Path) -> None:
    """Who uses the package sees its types."""
    (built.root / "use.py").write_text(TYPED, "utf-8")
    told = run(
        *(sys.executable, "-m", "mypy", "--strict", "--cache-dir", built.root / "mypy"),
        *("--python-executable", installed, "use.py"),
        cwd=built.root,
    )
    assert 'Revealed type is "builtins.str"' in told


def test_checkout_finds_its_build_folder(tmp_path: Path) -> None:
    """Without any setting, from any folder; and nothing has to be installed for it."""
    binding = copy_checkout(tmp_path / "checkout")
    built = tmp_path / "checkout/build/lib"
    built.mkdir(parents=True)
    shutil.copyfile(os.environ["UPSELL_LIBRARY"], built / LIBRARY)
    answer = decide(Path(sys.executable), tmp_path, PYTHONPATH=str(binding / "src"))
    assert answer["library"] == str(built / LIBRARY)
    assert answer["offers"] == OFFERS


def test_editable_install(tmp_path: Path) -> None:
    """It runs the checkout as it is, and builds nothing."""
    binding = copy_checkout(tmp_path / "checkout")
    built = tmp_path / "checkout/build/lib"
    built.mkdir(parents=True)
    shutil.copyfile(os.environ["UPSELL_LIBRARY"], built / LIBRARY)
    run(sys.executable, "-m", "venv", "--system-site-packages", tmp_path / "venv", cwd=tmp_path)
    python = tmp_path / "venv/bin/python"
    run(python, "-m", "pip", "install", "--no-index", "--no-build-isolation", "--quiet",
        "--editable", binding, cwd=tmp_path)  # fmt: skip
    answer = decide(python, tmp_path)
    assert answer["package"] == str(binding / "src/upsell/__init__.py")
    assert answer["library"] == str(built / LIBRARY)
    assert answer["offers"] == OFFERS
