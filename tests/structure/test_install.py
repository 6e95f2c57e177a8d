# SPDX-License-Identifier: MIT
"""An installation is complete: a program builds with pkg-config alone, shared and static."""

import json
import os
import pathlib
import re
import shutil
import tempfile
import unittest

from support import BUILD_ROOT, CC, HEADERS, SOURCE_ROOT, define_of, main, release, run

MESON = os.environ["UPSELL_MESON"]

# A library that was built with a sanitizer needs its run-time library.
EXTRA = os.environ["UPSELL_LINK_FLAGS"].split()

CONSUMER = SOURCE_ROOT / "tests/structure/consumer.c"


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = pathlib.Path(tempfile.mkdtemp(prefix="upsell-install-"))
        cls.addClassCleanup(shutil.rmtree, cls.root, ignore_errors=True)
        run(MESON, "install", "-C", BUILD_ROOT, "--no-rebuild", "--quiet", "--destdir", cls.root)
        cls.files = {str(path.relative_to(cls.root)): path for path in cls.root.rglob("*")
                     if not path.is_dir()}

    def one(self, pattern):
        """The one installed file whose path ends so."""
        found = [path for name, path in self.files.items() if re.search(pattern + "$", name)]
        self.assertEqual(1, len(found), f"{pattern}: {sorted(self.files)}")
        return found[0]

    def build(self, root, libdir, *flags):
        """Builds the consumer with nothing but what pkg-config says; returns its path."""
        env = {**os.environ, "PKG_CONFIG_SYSROOT_DIR": str(root),
               "PKG_CONFIG_PATH": str(libdir / "pkgconfig")}
        words = run("pkg-config", "--cflags", "--libs", *flags, "upsell", env=env).split()
        self.assertIn("-lupsell", words)
        self.assertFalse([word for word in words if str(SOURCE_ROOT) in word
                          or str(BUILD_ROOT) in word], words)
        program = root / ("consumer" + "".join(flags))
        run(*CC, "-std=c11", "-Wall", "-Werror", CONSUMER, "-o", program, *words, *EXTRA)
        return program

    def test_headers(self):
        folder = self.one(r"include/upsell/upsell\.h").parent
        self.assertEqual([header.name for header in HEADERS],
                         sorted(path.name for path in folder.iterdir()))

    def test_library_folder(self):
        """Unless told otherwise, the library goes where Debian's loader looks."""
        options = json.loads(run(MESON, "introspect", "--buildoptions",
                                 SOURCE_ROOT / "meson.build"))
        libdir = [option["value"] for option in options if option["name"] == "libdir"]
        self.assertEqual(["lib"], libdir)

    def test_manual(self):
        self.one(r"share/man/man1/upsell\.1")

    def test_program(self):
        """The installed program finds the installed library."""
        libdir = self.one(r"/libupsell\.so").parent
        self.assertEqual(f"upsell {release()}\n",
                         run(self.one("bin/upsell"), "--version",
                             env={**os.environ, "LD_LIBRARY_PATH": str(libdir)}))
        dynamic = run("readelf", "-Wd", self.one("bin/upsell"))
        self.assertEqual([], re.findall(r"R(?:UN)?PATH.*", dynamic), "a path of the build is left")

    def test_links(self):
        """libupsell.so -> libupsell.so.ABI -> libupsell.so.ABI.MINOR.PATCH."""
        abi = define_of("UPSELL_ABI_VERSION")
        library = self.one(rf"/libupsell\.so\.{abi}\.\d+\.\d+")
        self.assertFalse(library.is_symlink())
        middle = self.one(rf"/libupsell\.so\.{abi}")
        self.assertEqual(library.name, os.readlink(middle))
        self.assertIn(os.readlink(self.one(r"/libupsell\.so")), (middle.name, library.name))

    def test_pkg_config_file(self):
        text = self.one(r"pkgconfig/upsell\.pc").read_text()
        self.assertIn(f"\nVersion: {release()}\n", text)
        self.assertNotIn("Requires", text, "the library needs no other")
        self.assertNotIn(str(SOURCE_ROOT), text)
        self.assertNotIn(str(BUILD_ROOT), text)

    def test_shared(self):
        libdir = self.one(r"/libupsell\.so").parent
        program = self.build(self.root, libdir)
        self.assertIn(f"[libupsell.so.{define_of('UPSELL_ABI_VERSION')}]",
                      run("readelf", "-Wd", program))
        self.assertEqual(f"{release()} 321\n",
                         run(program, env={**os.environ, "LD_LIBRARY_PATH": str(libdir)}))

    def test_static(self):
        """Where only the archive is installed, it is linked, and what it needs with it."""
        alone = pathlib.Path(tempfile.mkdtemp(prefix="upsell-static-"))
        self.addCleanup(shutil.rmtree, alone, ignore_errors=True)
        shutil.copytree(self.root, alone, symlinks=True, dirs_exist_ok=True,
                        ignore=shutil.ignore_patterns("libupsell.so*", "consumer*"))
        libdir = alone / self.one(r"/libupsell\.a").parent.relative_to(self.root)
        program = self.build(alone, libdir, "--static")
        self.assertNotIn("libupsell", run("readelf", "-Wd", program))
        self.assertEqual(f"{release()} 321\n", run(program))


if __name__ == "__main__":
    main()
