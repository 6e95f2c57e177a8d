# SPDX-License-Identifier: MIT
"""The release of this package, and the ABI of the C library that it is written for."""

__version__ = "0.1.0"

ABI_VERSION = 0
"""The number in ``libupsell.so.N``; `_load` refuses a library with another one."""
