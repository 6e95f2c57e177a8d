# SPDX-License-Identifier: MIT
"""What the compiler made of the library: no floating point (PRC-12), no state of its own.

For builds without a sanitizer and the like, which put code and data of their own into objects.
"""

import collections
import os
import re
import unittest

from support import SHARED_LIB, STATIC_LIB, define_of, main, run

# Instructions that compute with, compare or convert floating point: SSE, AVX, AVX-512, x87.
# Moves, shuffles and bit operations on the same registers are how memory is copied and cleared.
FLOATING = re.compile(
    r"""v?(?:add|sub|mul|div|sqrt|min|max|rcp|rsqrt|round|hadd|hsub|addsub|dp)(?:ss|sd|ps|pd)
      | v?cvt\w+
      | v?u?comis[sdh]
      | v?cmp\w*(?:ss|sd|ps|pd)
      | vf(?:n?m)(?:add|sub)\w*
      | v(?:rcp14|rsqrt14|rcp28|rsqrt28|exp2|scalef|getexp|getmant|fixupimm|reduce|range
           |rndscale|fpclass)\w+
      | f(?!s$|emms|xsave|xrstor|wait|nop)\w+""", re.X)

# Strings of "rep cmpsd" move and compare integers; objdump prints them without operands in xmm.
STRING_COMPARE = re.compile(r"cmps[bwlqd]?$")


def is_floating(mnemonic, operands):
    if STRING_COMPARE.match(mnemonic) and "xmm" not in operands:
        return False
    return bool(FLOATING.fullmatch(mnemonic))


def instructions(listing):
    """(function, mnemonic, operands) of each instruction that objdump shows."""
    function = "?"
    for line in listing.splitlines():
        if heading := re.match(r"[0-9a-f]+ <(.*)>:$", line):
            function = heading[1]
        elif found := re.match(r"\s*[0-9a-f]+:\s+(?:(?:rep\w*|lock|bnd|notrack|data16|cs|ds|es|fs"
                               r"|gs|ss)\s+)*([a-z]\w*)\s*(.*)", line):
            yield function, found[1], found[2]


class Objects(unittest.TestCase):
    @unittest.skipUnless(os.environ["UPSELL_CPU"] == "x86_64", "the list is one of x86_64")
    def test_no_floating_point(self):
        listing = run("objdump", "-d", "--no-show-raw-insn", STATIC_LIB)
        count = collections.Counter()
        found = []
        for function, mnemonic, operands in instructions(listing):
            count[mnemonic] += 1
            if is_floating(mnemonic, operands):
                found.append(f"{function}: {mnemonic} {operands}")
        self.assertGreater(count.total(), 5000, "the library was not disassembled")
        self.assertGreater(count["call"], 100)
        self.assertEqual([], found)

    def test_the_list_of_instructions(self):
        for mnemonic in ("addsd", "mulss", "divpd", "vaddps", "sqrtsd", "cvtsi2sd", "cvttsd2si",
                         "vcvtusi2sd", "ucomisd", "comiss", "cmpltsd", "cmpeqps", "vfmadd213sd",
                         "vfnmsub132ps", "roundsd", "fld", "fldt", "fstp", "fildll", "faddp",
                         "fucomip", "fxch", "fnstcw"):
            self.assertTrue(is_floating(mnemonic, "%xmm0,%xmm1"), mnemonic)
        for mnemonic in ("add", "mul", "div", "movaps", "movups", "movsd", "movss", "movdqu",
                         "pxor", "xorps", "andpd", "paddq", "psubd", "pmuludq", "punpcklqdq",
                         "unpcklps", "shufps", "cmpsb", "movmskpd", "pcmpeqb", "vmovdqu", "fs"):
            self.assertFalse(is_floating(mnemonic, "%rdi,%rsi"), mnemonic)

    def test_no_state(self):
        """No object has data that could be written to: .data, .bss, thread-local or common."""
        names = set()
        found = []
        member = "?"
        for line in run("objdump", "-h", "-w", STATIC_LIB).splitlines():
            if heading := re.match(r"(\S+):\s+file format", line):
                member = heading[1]
            fields = line.split()
            if not re.match(r"\s*\d+ \.", line):
                continue
            name, size, flags = fields[1], int(fields[2], 16), " ".join(fields[6:])
            names.add(name.split(".")[1])
            # Constant once its addresses are filled in; the linker makes it read-only then.
            if name.startswith(".data.rel.ro"):
                continue
            if size and "ALLOC" in flags and "READONLY" not in flags:
                found.append(f"{member}: {name}, {size} bytes")
        self.assertLessEqual({"text", "rodata"}, names)
        self.assertEqual([], found)

    def test_no_common_data(self):
        symbols = run("objdump", "-t", STATIC_LIB)
        self.assertIn("upsell_version", symbols)
        self.assertEqual([], re.findall(r"^.*\*COM\*.*$", symbols, re.M))

    def test_names_of_objects(self):
        """What one object shows to others is the API, or begins with upsell__."""
        kinds = re.findall(r"^[0-9a-f]+ ([A-Z]) (\w+)$",
                           run("nm", "--defined-only", "--extern-only", STATIC_LIB), re.M)
        self.assertGreater(len(kinds), 50)
        self.assertEqual([], [name for _, name in kinds if not re.match(r"upsell__?[a-z]", name)])

    def test_hardening_of_the_library(self):
        """Full RELRO, no text relocations, no executable stack."""
        dynamic = run("readelf", "-W", "-d", SHARED_LIB)
        segments = run("readelf", "-W", "-l", SHARED_LIB)
        self.assertRegex(dynamic, r"BIND_NOW|\bNOW\b")
        self.assertNotIn("TEXTREL", dynamic)
        self.assertIn("GNU_RELRO", segments)
        self.assertRegex(segments, r"GNU_STACK .* RW ")

    def test_needed_libraries(self):
        """The C library, nothing else."""
        needed = re.findall(r"\(NEEDED\).*\[(.*)\]", run("readelf", "-W", "-d", SHARED_LIB))
        self.assertEqual([], [name for name in needed
                              if not re.match(r"libc\.so\.|ld-linux|libc\.musl", name)])

    def test_soname(self):
        dynamic = run("readelf", "-W", "-d", SHARED_LIB)
        self.assertEqual([f"libupsell.so.{define_of('UPSELL_ABI_VERSION')}"],
                         re.findall(r"\(SONAME\).*\[(.*)\]", dynamic))


if __name__ == "__main__":
    main()
