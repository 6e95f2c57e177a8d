# SPDX-License-Identifier: MIT
"""What the README shows is what happens: its examples run one after the other, as one program."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from documents import CHECKOUT

README = Path(__file__).resolve().parents[1] / "README.md"
EXAMPLE = re.compile(r"^```python\n(.*?)^```\n```text\n(.*?)^```$", re.M | re.S)


def test_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = README.read_text("utf-8")
    examples = EXAMPLE.findall(text)
    assert len(examples) == text.count("```python") == text.count("```text") > 5
    shutil.copytree(CHECKOUT / "examples" / "tea-store", tmp_path, dirs_exist_ok=True)
    shutil.copytree(CHECKOUT / "examples" / "shopify-store", tmp_path / "shopify-store")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for code, expected in examples:
        exec(compile(code, str(README), "exec"), names)
        assert capsys.readouterr().out == expected


def test_links() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README.read_text("utf-8")):
        assert (README.parent / target).exists(), target
