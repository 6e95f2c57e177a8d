# SPDX-License-Identifier: MIT
"""What all tests need: to know which library they test, and to leave nothing behind."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import configuration, settings

# The same examples in every run; `--hypothesis-profile search` looks for others.
settings.register_profile("same", database=None, deadline=None, derandomize=True)
settings.register_profile("search", database=None, deadline=None, print_blob=True)
settings.load_profile("same")
configuration.set_hypothesis_home_dir(  # type: ignore[no-untyped-call]
    str(Path(tempfile.gettempdir(), "upsell-hypothesis"))
)


def pytest_configure(config: pytest.Config) -> None:
    """Tests of a library that happens to be installed would prove nothing."""
    library = os.environ.get("UPSELL_LIBRARY", "")
    if not Path(library).is_file():
        raise pytest.UsageError(
            "UPSELL_LIBRARY must name the library to test, such as build/lib/libupsell.so.0; "
            f"it is {library!r}"
        )
