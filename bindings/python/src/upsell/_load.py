# SPDX-License-Identifier: MIT
"""Finds and opens the C library, and refuses one that does not fit.

Looked at in this order: the file that the environment variable UPSELL_LIBRARY names,
and then nothing else; the library that came with this package; in a checkout of the
project, its build folder; the versioned name, through the system's loader. Never a bare
``libupsell.so``, which may be of any version, and never a program that would have to
be run to find it.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from upsell._version import ABI_VERSION, __version__
from upsell.errors import LibraryError

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT_DEPTH = 3  # of <checkout>/bindings/python/src/upsell, counted from 0


class Library(NamedTuple):
    """The loaded library, twice: the same functions, called in two ways."""

    path: str
    """What the loader was given."""
    lib: ctypes.PyDLL
    """Keeps the interpreter's lock while C runs: cheap, for short calls."""
    released: ctypes.CDLL
    """Lets other threads run meanwhile: for calls that may take long."""


class _Misfit(Exception):
    """Why a library that could be opened does not do."""


def _file_name() -> str:
    name = f"libupsell.{ABI_VERSION}.dylib"
    return name if sys.platform == "darwin" else f"libupsell.so.{ABI_VERSION}"


def _candidates() -> Iterator[tuple[str, str]]:
    """What to give to the loader, and where that comes from."""
    named = os.environ.get("UPSELL_LIBRARY")
    if named:
        # A file, even without a slash, which the loader would look for elsewhere.
        yield os.path.abspath(named), "from UPSELL_LIBRARY"
        return
    yield str(_PACKAGE / "_lib" / _file_name()), "in this package"
    for checkout in _PACKAGE.parents[_CHECKOUT_DEPTH : _CHECKOUT_DEPTH + 1]:
        if (checkout / "include" / "upsell" / "version.h").is_file():
            yield str(checkout / "build" / "lib" / _file_name()), "built in this checkout"
    yield _file_name(), "looked for by the system's loader"


def _numbers(version: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in version.split("."))
    except ValueError:
        raise _Misfit(f"its version is {version!r}, which is none") from None


def _check_version(lib: ctypes.CDLL) -> None:
    lib.upsell_abi_version.argtypes = []
    lib.upsell_abi_version.restype = ctypes.c_int32
    found_abi = lib.upsell_abi_version()
    if found_abi != ABI_VERSION:
        raise _Misfit(f"its ABI version is {found_abi}, and {ABI_VERSION} is needed")
    lib.upsell_version.argtypes = []
    lib.upsell_version.restype = ctypes.c_char_p
    version = (lib.upsell_version() or b"").decode("ascii", "replace")
    found, wanted = _numbers(version), _numbers(__version__)
    # While the ABI version is 0, a release of another minor version may be another interface.
    series = 2 if ABI_VERSION == 0 else 1
    if found < wanted or found[:series] != wanted[:series]:
        like = ".".join(map(str, wanted[:series]))
        raise _Misfit(f"its version is {version}, and {like}, from {__version__} on, is needed")


def _open(name: str, declare: Callable[[ctypes.CDLL], None]) -> Library:
    released = ctypes.CDLL(name)
    lib = ctypes.PyDLL(name, handle=released._handle)
    try:
        _check_version(lib)
        declare(lib)
        declare(released)
    except AttributeError as error:  # the loader's words name the function
        raise _Misfit(f"a function is missing: {error}") from None
    return Library(name, lib, released)


def load(declare: Callable[[ctypes.CDLL], None]) -> Library:
    """Opens the first library that fits; `declare` states the prototypes.

    Raises:
        LibraryError: none did; the message says why, for each.
    """
    tried = []
    for name, source in _candidates():
        try:
            return _open(name, declare)
        except (OSError, _Misfit) as error:
            tried.append(f"  {name} ({source}): {error}")
    raise LibraryError(
        f"The C library libupsell {__version__} or later, with ABI version {ABI_VERSION}, "
        "could not be loaded. Tried:\n" + "\n".join(tried) + "\n"
        "Install libupsell, or set UPSELL_LIBRARY to the path of its file, or, in a checkout, "
        "build it: meson setup build && ninja -C build"
    )
