# SPDX-License-Identifier: MIT
"""Which C library is in use. Since 0.1.0."""

from __future__ import annotations

from upsell import _native

__all__ = ["library_path", "library_version"]


def library_version() -> str:
    """The release of the C library that was loaded, such as ``"0.1.0"``."""
    return str(_native.lib.upsell_version(), "ascii")


def library_path() -> str:
    """What the system's loader was given: the library's file, or its versioned name alone
    where the system knows the file.
    """
    return _native.path
