# SPDX-License-Identifier: MIT
"""The example outside of this build is made with its own Makefile from what was installed."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "examples/c/installed"


def run(*words, **more):
    """(status, standard output, standard error) of a program."""
    result = subprocess.run([str(word) for word in words], capture_output=True, encoding="utf-8",
                            timeout=120, check=False, **more)
    return result.returncode, result.stdout, result.stderr


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = pathlib.Path(tempfile.mkdtemp(prefix="upsell-installed-"))
        cls.addClassCleanup(shutil.rmtree, cls.root)
        install = run(os.environ["UPSELL_MESON"], "install", "-C", os.environ["UPSELL_BUILD_ROOT"],
                      "--no-rebuild", "--quiet", "--destdir", cls.root / "system")
        config = list(cls.root.glob("system/**/pkgconfig/upsell.pc"))
        assert install[0] == 0 and len(config) == 1, install
        shutil.copytree(SOURCE, cls.root / "app")
        cls.env = {**os.environ, "PKG_CONFIG_SYSROOT_DIR": str(cls.root / "system"),
                   "PKG_CONFIG_PATH": str(config[0].parent),
                   "LD_LIBRARY_PATH": str(config[0].parent.parent)}
        cls.made = cls.make(f"CC={os.environ['UPSELL_CC']}",
                            f"LDFLAGS={os.environ['UPSELL_LINK_FLAGS']}")

    @classmethod
    def make(cls, *words):
        return run(os.environ["UPSELL_MAKE"], "-C", cls.root / "app", *words, env=cls.env)

    def price(self, *words):
        return run(self.root / "app/offer-price", *words, env=self.env)

    def test_made_without_a_warning(self):
        self.assertEqual((0, ""), (self.made[0], self.made[2]))
        self.assertNotIn("warning", self.made[1])

    def test_nothing_to_do(self):
        self.assertIn("up to date", self.make()[1])

    def test_yen(self):
        self.assertEqual((0, "checkout: 320 JPY\noffer page: 321 JPY\n", ""),
                         self.price("JPY", "356", "10"))

    def test_dollars(self):
        self.assertEqual((0, "checkout: 17.49 USD\noffer page: 17.50 USD\n", ""),
                         self.price("USD", "19.99", "12.5"))

    def test_errors(self):
        for words, told in ((("XXX", "1", "1"), "currency XXX: "),
                            (("JPY", "3.5", "1"), "price 3.5: "),
                            (("JPY", "356", "101"), "percent 101: ")):
            with self.subTest(words):
                status, out, err = self.price(*words)
                self.assertEqual((1, "", told), (status, out, err[:len(told)]))

    def test_usage(self):
        self.assertEqual(2, self.price("JPY")[0])


if __name__ == "__main__":
    unittest.main()
