# SPDX-License-Identifier: MIT
"""The chart of examples/python/replay.py.

Environment: UPSELL_SOURCE_ROOT, and for the example UPSELL_LIBRARY and PYTHONPATH.
"""

import io
import json
import unittest

from matplotlib import image
from replaying import Case


class Chart(Case):
    def picture(self, *words):
        status, _, err = self.compare(*words)
        # Also: no warning that the font lacks a character.
        self.assertEqual((0, ""), (status, err))
        data = (self.folder / "out/chart.png").read_bytes()
        self.assertTrue(20_000 < len(data) < 1_000_000, len(data))
        pixels = (image.imread(io.BytesIO(data), format="png")[:, :, :3] * 255).round()
        self.assertEqual((770, 1430, 3), pixels.shape)
        return data, pixels

    def test_both_languages(self):
        english, pixels = self.picture()
        # The bars of both sides, and words.
        for color in ((0x8A, 0x97, 0xA8), (0xC8, 0x50, 0x1E), (0, 0, 0)):
            self.assertGreater((pixels == color).all(axis=2).sum(), 1000)
        japanese, _ = self.picture("--lang", "ja")
        self.assertNotEqual(english, japanese)

    def test_names_that_look_like_formulas(self):
        catalog = json.loads(self.after.read_text("utf-8"))
        for scenario in catalog["scenarios"]:
            scenario["name"] = "$\\frac$ 10 {" + "長い名前" * 30
        named = self.save("named.json", json.dumps(catalog))
        status, _, err = self.compare("--lang", "ja", after=named)
        self.assertEqual((0, ""), (status, err))

    def test_no_japanese_font(self):
        status, out, err = self.compare("--lang", "ja", "--font", "/nowhere/font.ttf")
        self.assertEqual((1, "", []), (status, out, self.written()))
        self.assertTrue(err.startswith("/nowhere/font.ttf: there is no such font"), err)
        self.assertIn("fonts-ipaexfont-gothic", err)
        self.assertEqual(0, self.compare("--font", "/nowhere/font.ttf")[0])

    def test_no_font_at_all(self):
        status, out, err = self.compare("--lang", "ja", "--font", self.before)
        self.assertEqual((1, ""), (status, out))
        self.assertTrue(err.startswith(f"{self.before}: this is not a font"), err)

    def test_no_matplotlib(self):
        status, out, err = self.compare(env=self.without("matplotlib"))
        self.assertEqual((1, "", []), (status, out, self.written()))
        self.assertIn("apt-get install python3-matplotlib", err)
        self.assertEqual(0, self.compare("--no-chart", env=self.without("matplotlib"))[0])


if __name__ == "__main__":
    unittest.main()
