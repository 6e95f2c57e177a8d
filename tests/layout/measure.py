# SPDX-License-Identifier: MIT
"""What only the compiler knows: sizes, offsets and values.

The compiler writes them as decimal digits into an array, and they are read from the object
file. Nothing is run, so this works for another machine's compiler as well.
"""

import pathlib
import subprocess
import tempfile

MARK = b"upsell layout: "
DIGITS = 19

HEAD = f"""\
#include <stddef.h>
#define DIGIT(v, power) (char)('0' + ((v) < 0 ? -((v) / power) : (v) / power) % 10)
#define NUMBER(v) (v) < 0 ? '-' : '+', {', '.join(f'DIGIT(v, {10**at}LL)'
                                              for at in reversed(range(DIGITS)))},
"""


class DoesNotCompile(Exception):
    """The compiler does not agree with what the headers were understood to say."""


def declarations_of(facts):
    """C that does not compile unless the compiler sees the same types as the reader."""
    for struct in facts.structs:
        for field in struct.fields:
            pointer = f"(*)[{field.count}]" if field.count else "*"
            yield (f"_Static_assert(_Generic(&(({struct.name} *)0)->{field.name}, "
                   f'{field.type} {pointer}: 1, default: 0), "{struct.name}.{field.name}");')
    for function in facts.functions:
        parameters = ", ".join(parameter.type + ("*" if parameter.count else "")
                               for parameter in function.parameters)
        yield f"{function.returns} {function.name}({parameters or 'void'});"


def program_of(facts, expressions):
    yield from (f"#include <upsell/{header}>" for header in facts.headers)
    yield HEAD
    yield from declarations_of(facts)
    yield "const char upsell_layout[] = {"
    yield ", ".join(str(byte) for byte in MARK) + ","
    yield from (f"NUMBER((long long)({expression}))" for expression in expressions)
    yield "};"


def measure(facts, expressions, compiler, include):
    """The values of constant expressions, as this compiler has them."""
    with tempfile.TemporaryDirectory(prefix="upsell-layout-") as folder:
        source, made = pathlib.Path(folder, "layout.c"), pathlib.Path(folder, "layout.o")
        source.write_text("\n".join(program_of(facts, expressions)) + "\n", "utf-8")
        # Link-time optimisation would leave no data in the object.
        ran = subprocess.run([*compiler, "-std=c11", "-fno-lto", "-I", include, "-c", source,
                              "-o", made], capture_output=True, text=True, check=False)
        if ran.returncode:
            raise DoesNotCompile(ran.stderr)
        return numbers_in(made.read_bytes(), len(expressions))


def numbers_in(data, count):
    before, mark, after = data.partition(MARK)
    if not mark or MARK in after:
        raise DoesNotCompile("the object file does not hold the numbers once")
    width = DIGITS + 1
    return [int(after[at:at + width]) for at in range(0, count * width, width)]
