# SPDX-License-Identifier: MIT
"""One version everywhere: header, build, program, pkg-config, change log and SONAME."""

import json
import os
import re
import unittest

from support import (BUILD_ROOT, SHARED_LIB, SOURCE_ROOT, TOOL, define_of, main, prototypes,
                     release, run)


class Version(unittest.TestCase):
    def test_header(self):
        self.assertRegex(release(), r"^\d+\.\d+\.\d+$")
        self.assertRegex(define_of("UPSELL_ABI_VERSION"), r"^\d+$")

    def test_build_files_read_the_header(self):
        self.assertEqual((release(), define_of("UPSELL_ABI_VERSION")),
                         (os.environ["UPSELL_BUILD_VERSION"], os.environ["UPSELL_BUILD_ABI"]))

    def test_meson_project(self):
        """What `meson introspect` and projects that use this one as a subproject see."""
        info = json.loads((BUILD_ROOT / "meson-info/intro-projectinfo.json").read_text())
        self.assertEqual(release(), info["version"])

    def test_program(self):
        self.assertEqual(f"upsell {release()}\n", run(TOOL, "--version"))

    def test_pkg_config(self):
        text = (BUILD_ROOT / "meson-private/upsell.pc").read_text()
        self.assertEqual([release()], re.findall(r"^Version: (.*)$", text, re.M))

    def test_change_log(self):
        """The newest entry that names a version is this one."""
        path = SOURCE_ROOT / "CHANGELOG.md"
        self.assertTrue(path.is_file(), "CHANGELOG.md is missing")
        versions = re.findall(r"^##\s+\[?v?(\d+\.\d+\.\d+)\b", path.read_text(encoding="utf-8"),
                              re.M)
        self.assertEqual(release(), versions[0] if versions else "no version")

    def test_name_of_the_library(self):
        """libupsell.so.ABI.MINOR.PATCH, and its SONAME has the ABI version alone."""
        abi = define_of("UPSELL_ABI_VERSION")
        self.assertRegex(SHARED_LIB.resolve().name, rf"^libupsell\.so\.{abi}\.\d+\.\d+$")
        self.assertEqual([f"libupsell.so.{abi}"],
                         re.findall(r"\(SONAME\).*\[(.*)\]", run("readelf", "-Wd", SHARED_LIB)))

    def test_nothing_is_newer_than_the_release(self):
        """@since names this release or an earlier one."""
        def numbers(version):
            return [int(part) for part in version.split(".")]
        for found in prototypes():
            since = re.search(r"@since (\d+\.\d+\.\d+)", found.comment)
            with self.subTest(function=found.name):
                self.assertLessEqual(numbers(since[1]), numbers(release()))


if __name__ == "__main__":
    main()
