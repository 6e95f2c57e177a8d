# SPDX-License-Identifier: MIT
"""Builds the C library with Meson and puts it into the wheel.

A wheel needs nothing but Python to be installed. To build one takes Meson, Ninja and a C
compiler. An editable install takes none of them: it uses what was built in the checkout
(`meson setup build && ninja -C build`), as running from the checkout does.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from setuptools import Distribution, setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

try:
    from setuptools.command.bdist_wheel import bdist_wheel
except ImportError:  # setuptools before 70.1
    from wheel.bdist_wheel import bdist_wheel

HERE = Path(__file__).resolve().parent
# The C library's sources: in an sdist beside this file, in a checkout above it.
CORE = HERE / "core" if (HERE / "core").is_dir() else HERE.parents[1]
CORE_PARTS = ("LICENSE", "meson.build", "meson_options.txt", "include", "lib")


def define_of(name: str) -> str:
    """The value of a macro of the header that has the versions."""
    text = (CORE / "include/upsell/version.h").read_text("utf-8")
    found = re.search(rf"^#define {name} (\d+)$", text, re.M)
    if found is None:
        sys.exit(f"{CORE}/include/upsell/version.h does not define {name}")
    return found[1]


def version() -> str:
    return ".".join(define_of("UPSELL_VERSION_" + part) for part in ("MAJOR", "MINOR", "PATCH"))


def build_library(target: Path) -> None:
    """Builds the library as it is installed, and copies it under the name that is looked for."""
    meson = shutil.which("meson")
    if meson is None:
        sys.exit("Meson is needed to build the C library: install meson, ninja and a C compiler")
    name = f"libupsell.so.{define_of('UPSELL_ABI_VERSION')}"
    with tempfile.TemporaryDirectory(prefix="upsell-wheel-") as folder:
        build, root = Path(folder, "build"), Path(folder, "root")
        subprocess.run([meson, "setup", build, CORE, "-Dlibrary_only=true", "--prefix=/usr",
                        "--libdir=lib"], check=True)
        subprocess.run([meson, "install", "-C", build, "--strip", "--tags", "runtime",
                        "--destdir", root], check=True)
        target.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / "usr/lib" / name, target / name)


class BuildPackage(build_py):
    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            build_library(Path(self.build_lib, "upsell/_lib"))


class BuildSdist(sdist):
    """With the sources of the C library, which lie outside of this folder in a checkout."""

    def make_release_tree(self, base_dir: str, files: list[str]) -> None:
        super().make_release_tree(base_dir, files)
        for part in CORE_PARTS:
            source, target = CORE / part, Path(base_dir, "core", part)
            target.parent.mkdir(exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target)
            else:
                shutil.copyfile(source, target)


class BuildWheel(bdist_wheel):
    """For this platform and any Python 3: the library is loaded with ctypes."""

    def get_tag(self) -> tuple[str, str, str]:
        return "py3", "none", super().get_tag()[2]

    @property
    def license_paths(self) -> list[str]:
        return [str(CORE / "LICENSE")]


class PlatformDistribution(Distribution):
    def has_ext_modules(self) -> bool:
        return True


setup(
    version=version(),
    distclass=PlatformDistribution,
    cmdclass={"build_py": BuildPackage, "sdist": BuildSdist, "bdist_wheel": BuildWheel},
    # Ninja is mostly there already, and not as a Python package.
    setup_requires=[] if shutil.which("ninja") else ["ninja"],
)
