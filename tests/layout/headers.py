# SPDX-License-Identifier: MIT
"""The public headers as facts: what they declare, in the order in which they do.

This is no C parser. It knows the few forms in which our headers are written, and refuses
everything else with file and line: what a header can say, a binding must be able to see.
"""

import dataclasses
import pathlib
import re


class NotUnderstood(Exception):
    """A header has a form that this reader does not know."""


@dataclasses.dataclass(frozen=True)
class Token:
    kind: str  # "directive", "name", "number", "string" or "mark"
    text: str
    line: int


@dataclasses.dataclass(frozen=True)
class Named:
    """A field or a parameter. `count` is what stands in the brackets of an array."""
    name: str
    type: str
    count: str = ""


@dataclasses.dataclass(frozen=True)
class Struct:
    name: str
    fields: list


@dataclasses.dataclass(frozen=True)
class Function:
    header: str
    name: str
    returns: str
    parameters: list


@dataclasses.dataclass(frozen=True)
class Entry:
    """One X(...) of a list; `words` are its texts: its name, and what else it has."""
    symbol: str
    number: str
    words: list


@dataclasses.dataclass(frozen=True)
class Enum:
    """`list` is the name of the list that its constants come from, or ""."""
    name: str
    constants: list
    list: str = ""


@dataclasses.dataclass
class Facts:
    headers: list = dataclasses.field(default_factory=list)
    structs: list = dataclasses.field(default_factory=list)
    handles: list = dataclasses.field(default_factory=list)
    aliases: dict = dataclasses.field(default_factory=dict)
    enums: list = dataclasses.field(default_factory=list)
    constants: list = dataclasses.field(default_factory=list)
    lists: dict = dataclasses.field(default_factory=dict)
    functions: list = dataclasses.field(default_factory=list)
    inlines: list = dataclasses.field(default_factory=list)
    initializers: list = dataclasses.field(default_factory=list)


# What the C standard brings and our headers use; everything else must be declared by them.
SCALARS = ("char", "int32_t", "uint32_t", "int64_t", "uint64_t", "size_t")

# Macros of base.h that make no facts: how functions are exported to C and C++.
LINKAGE = ("UPSELL_API", "UPSELL_BEGIN_DECLS", "UPSELL_END_DECLS")

COMMENT_OR_TEXT = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.S)
TOKEN = re.compile(r'(?P<name>[A-Za-z_]\w*)|(?P<number>\d\w*)|(?P<string>"(?:\\.|[^"\\\n])*")'
                   r'|(?P<mark>\#\#|[^\s\w"])')
INTEGER = re.compile(r"-?\d+|INT64_C\(-?\d+\)")


def blank_comments(text):
    """The text without comments; every line keeps its number."""
    def blank(found):
        return found[0] if found[0][0] == '"' else " " + "\n" * found[0].count("\n")
    return COMMENT_OR_TEXT.sub(blank, text)


def tokens_of(text, where, first_line=1):
    """The tokens of code; a directive with its continuations is one."""
    lines = blank_comments(text).split("\n")
    number = 0
    while number < len(lines):
        begin, line = number, lines[number]
        number += 1
        if line.lstrip().startswith("#"):
            while line.endswith("\\"):
                line = line[:-1] + " " + lines[number]
                number += 1
            yield Token("directive", " ".join(line.split()), first_line + begin)
            continue
        end = 0
        for found in TOKEN.finditer(line):
            if line[end:found.start()].strip():
                break
            end = found.end()
            yield Token(found.lastgroup, found[0], first_line + begin)
        if line[end:].strip():
            raise NotUnderstood(f"{where}:{first_line + begin}: {line[end:].strip()!r}")


class Reader:
    """Reads one header after another into `facts`."""

    def __init__(self):
        self.facts = Facts()
        self._enumerators = {}  # macro -> prefix of the constants it makes
        self._where = ""
        self._tokens = []
        self._at = 0

    def read(self, path):
        self._where = path.name
        self._tokens = self._inside_guard(list(tokens_of(path.read_text("utf-8"), path.name)))
        self._at = 0
        self.facts.headers.append(path.name)
        while self._at < len(self._tokens):
            self._declaration()

    # ---- tokens ----

    def _inside_guard(self, tokens):
        guard = "UPSELL_" + self._where.removesuffix(".h").upper() + "_H"
        around = [token.text for token in tokens[:2] + tokens[-1:]]
        if around != [f"#ifndef {guard}", f"#define {guard}", "#endif"]:
            raise NotUnderstood(f"{self._where}: the guard {guard} is not around everything")
        return tokens[2:-1]

    def _fail(self, token, why):
        raise NotUnderstood(f"{self._where}:{token.line}: {why}: {token.text!r}")

    def _next(self):
        if self._at == len(self._tokens):
            raise NotUnderstood(f"{self._where}: the header ends in a declaration")
        self._at += 1
        return self._tokens[self._at - 1]

    def _peek(self):
        return self._tokens[self._at].text if self._at < len(self._tokens) else ""

    def _take(self, *texts):
        for text in texts:
            token = self._next()
            if token.text != text:
                self._fail(token, f"{text!r} was expected")

    def _name(self):
        token = self._next()
        if token.kind != "name":
            self._fail(token, "a name was expected")
        return token.text

    # ---- declarations ----

    def _declaration(self):
        token = self._next()
        if token.kind == "directive":
            self._directive(token)
        elif token.text == "typedef":
            self._typedef()
        elif token.text == "enum":
            self._enum()
        elif token.text == "UPSELL_API":
            self.facts.functions.append(self._prototype())
            self._take(";")
        elif token.text == "static":
            self._take("inline")
            self.facts.inlines.append(self._prototype())
            self._skip_body()
        elif token.text not in LINKAGE:
            self._fail(token, "a declaration of this form is not known")

    def _typedef(self):
        if self._peek() != "struct":
            named = self._named()
            if named.count or named.type not in SCALARS:
                raise NotUnderstood(f"{self._where}: typedef {named.name} is no number")
            self.facts.aliases[named.name] = named.type
        else:
            self._take("struct")
            name = self._name()
            if self._peek() == "{":
                self.facts.structs.append(Struct(name, self._fields()))
            else:
                self.facts.handles.append(name)
            self._take(name)
        self._take(";")

    def _fields(self):
        self._take("{")
        fields = []
        while self._peek() != "}":
            fields.append(self._named())
            self._take(";")
        self._take("}")
        return fields

    def _type(self):
        """A type as C programmers write it: "const upsell_str *"."""
        words = []
        if self._peek() == "const":
            words.append(self._name())
        token = self._next()
        known = [*SCALARS, "void", *self.facts.aliases, *self.facts.handles,
                 *(struct.name for struct in self.facts.structs)]
        if token.text not in known:
            self._fail(token, "not a type that was declared before")
        words.append(token.text)
        stars = ""
        while self._peek() == "*":
            self._take("*")
            stars += "*"
        return " ".join(words + [stars]).strip()

    def _named(self):
        kind, name, count = self._type(), self._name(), ""
        if kind in ("void", "const void"):
            raise NotUnderstood(f"{self._where}: {name} is void")
        if self._peek() == "[":
            self._take("[")
            count = self._next().text
            self._take("]")
        return Named(name, kind, count)

    def _prototype(self):
        returns, name = self._type(), self._name()
        self._take("(")
        parameters = []
        if self._peek() == "void":
            self._take("void")
        else:
            parameters.append(self._named())
            while self._peek() == ",":
                self._take(",")
                parameters.append(self._named())
        self._take(")")
        return Function(self._where, name, returns, parameters)

    def _skip_body(self):
        """The inside of an inline function: no binding can see it."""
        self._take("{")
        depth = 1
        while depth:
            depth += {"{": 1, "}": -1}.get(self._next().text, 0)

    def _enum(self):
        name = self._name()
        self._take("{")
        if self._peek() in self.facts.lists:
            enum = self._enum_of_list(name)
        else:
            enum = Enum(name, self._constants())
        self._take("}", ";")
        self.facts.enums.append(enum)

    def _enum_of_list(self, name):
        group = self._name()
        self._take("(")
        token = self._next()
        if token.text not in self._enumerators:
            self._fail(token, "not a macro that makes constants")
        self._take(")")
        prefix = self._enumerators[token.text]
        return Enum(name, [prefix + entry.symbol for entry in self.facts.lists[group]], group)

    def _constants(self):
        """NAME = number, each with its number; which one it is, the compiler says."""
        names = []
        while self._peek() != "}":
            names.append(self._name())
            self._take("=")
            token = self._next()
            if token.kind != "number":
                self._fail(token, "a number was expected")
            if self._peek() != "}":
                self._take(",")
        return names

    # ---- the preprocessor ----

    def _directive(self, token):
        word, _, rest = token.text.removeprefix("#").strip().partition(" ")
        if word == "define":
            self._define(token, rest)
        elif word in ("if", "ifdef"):
            self._linkage(token)
        elif word == "undef" and rest in self._enumerators:
            del self._enumerators[rest]
        elif word != "include" or not re.fullmatch(r"<[\w/]+\.h>", rest):
            self._fail(token, "a directive of this form is not known")

    def _linkage(self, begin):
        """A condition: only how things are exported may depend on one."""
        while (token := self._next()).text != "#endif":
            words = token.text.split()
            if token.kind != "directive" or not (
                    words == ["#else"] or words[0] == "#define" and words[1] in LINKAGE):
                self._fail(token, f"depends on the condition of line {begin.line}")

    def _define(self, token, rest):
        name, parameters, body = re.fullmatch(r"(\w+)(\([^)]*\))? ?(.*)", rest).groups()
        if parameters == "(X)" and name.endswith("_LIST"):
            self.facts.lists[name] = self._entries(token, body)
        elif parameters and (made := re.fullmatch(r"(\w+_)##symbol = number,", body)):
            if not re.match(r"\(symbol, number, name\b", parameters):
                self._fail(token, "a macro that makes constants has other parameters")
            self._enumerators[name] = made[1]
        elif re.fullmatch(r"\{.*\}", body):
            self.facts.initializers.append(name)
        elif not parameters and INTEGER.fullmatch(body):
            self.facts.constants.append(name)
        else:
            self._fail(token, "a macro of this form is not known")

    def _entries(self, token, body):
        """The X(SYMBOL, number, "name", ...) of a list."""
        words = list(tokens_of(body, self._where, token.line))
        entries = []
        while words:
            end = next((at for at, word in enumerate(words) if word.text == ")"), None)
            if end is None or [word.text for word in words[:2]] != ["X", "("]:
                self._fail(words[0], "an entry X(...) was expected")
            entries.append(self._entry(words[2:end]))
            words = words[end + 1:]
        if len({len(entry.words) for entry in entries}) != 1:
            self._fail(token, "the entries of a list differ in their number of texts")
        return entries

    def _entry(self, words):
        shape = " ".join("text" if word.kind == "string" else word.text if word.kind == "mark"
                         else word.kind for word in words)
        if not re.fullmatch(r"(name|number) , number( ,( text)+)+", shape):
            self._fail(words[0], "an entry of this form is not known")
        texts = [[]]
        for word in words[4:]:
            if word.kind == "string":
                texts[-1].append(word.text[1:-1])
            else:
                texts.append([])
        if any("\\" in part for text in texts for part in text):
            self._fail(words[0], "a text with an escape")
        return Entry(words[0].text, words[2].text, ["".join(text) for text in texts])


def read_headers(folder):
    """The facts of all headers in a folder, each after those that it includes."""
    reader = Reader()
    done = set()

    def read(path):
        if path.name in done:
            return
        done.add(path.name)
        for name in re.findall(r"^#include <upsell/(\w+\.h)>$", path.read_text("utf-8"), re.M):
            read(path.with_name(name))
        reader.read(path)

    paths = sorted(pathlib.Path(folder).glob("*.h"))
    if not paths:
        raise NotUnderstood(f"{folder}: there are no headers")
    for path in paths:
        read(path)
    return reader.facts
