# SPDX-License-Identifier: MIT
"""Has the program make plans of every form, and the validator judge them, as TAP.

The validator runs on Node with npm's graphql, which `npm ci` puts beside it. The full schemas
are read from UPSELL_SHARED (or ../shared), where there is such a folder; our excerpt always.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import cases

HERE = pathlib.Path(__file__).resolve().parent
SCHEMAS = "reference/shopify-data/schema"
PATIENCE = 60


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upsell", required=True)
    parser.add_argument("--dump", required=True, help="dump_documents")
    parser.add_argument("--source", required=True, help="the source root")
    parser.add_argument("--terms", type=int, default=3, help="how many terms each form meets")
    return parser.parse_args()


def missing():
    """What must be installed before the test can run, as a sentence; None if all is there."""
    if not node():
        return "node is not installed: run scripts/setup.sh"
    wanted = json.loads((HERE / "package.json").read_text())["dependencies"]["graphql"]
    found = HERE / "node_modules" / "graphql" / "package.json"
    if not found.exists() or json.loads(found.read_text())["version"] != wanted:
        return f"graphql {wanted} is not in tests/shopify: run scripts/setup.sh, or npm ci there"
    return None


def node():
    return shutil.which("node") or shutil.which("nodejs")


def schemas(source):
    """The folder of full schemas. One that was asked for must be there."""
    asked = os.environ.get("UPSELL_SHARED")
    folder = pathlib.Path(asked or pathlib.Path(source).parent / "shared") / SCHEMAS
    return str(folder) if asked or folder.is_dir() else None


class Maker:
    """Has the program make plans; catalogues that cases share are written once."""

    def __init__(self, tool, folder):
        self.tool = tool
        self.folder = pathlib.Path(folder)
        self.written = {}

    def file(self, document):
        text = json.dumps(document)
        if text not in self.written:
            path = self.folder / f"{len(self.written)}.json"
            path.write_text(text)
            self.written[text] = str(path)
        return self.written[text]

    def command(self, case):
        return [self.tool, "plan", "--catalog", self.file(case.catalog), "--order",
                self.file(case.order), "--accept", self.file(case.acceptance), *case.options]

    @staticmethod
    def run(name, command):
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
        if done.returncode:
            said = (done.stdout + done.stderr).decode(errors="replace").strip()
            return {"name": name, "error": f"{' '.join(command)}: {done.returncode}: {said}"}
        return {"name": name, "plan": json.loads(done.stdout)}

    def plans(self, terms):
        all_cases = [(case.name, self.command(case)) for case in cases.cases(terms)]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            yield from pool.map(lambda case: self.run(*case), all_cases)


def documents_of(plan):
    for step in plan["steps"]:
        call = step.get("poll", step)
        if "document" in call:
            yield plan["api_version"], call["document"]


def documents(program, plans):
    """All documents that the library has, and whether a plan contained them."""
    met = {document for line in plans if "plan" in line for document in documents_of(line["plan"])}
    done = subprocess.run([program], capture_output=True, timeout=PATIENCE, check=True)
    for line in map(json.loads, done.stdout.splitlines()):
        if "query" in line:
            yield {"name": "the query of an order, for all versions", **line}
        else:
            yield {"name": f"the document {line['document']} for {line['version']}", **line,
                   "met": (line["version"], line["text"]) in met}


def main():
    given = arguments()
    sentence = missing()
    if sentence:
        print(f"1..1\nnot ok 1 - the validator can run\n# {sentence}")
        return 1
    environment = dict(os.environ)
    environment.pop("UPSELL_SHOPIFY_SCHEMAS", None)
    folder = schemas(given.source)
    if folder:
        environment["UPSELL_SHOPIFY_SCHEMAS"] = folder
    with tempfile.TemporaryDirectory(prefix="upsell-shopify-") as workplace:
        plans = list(Maker(given.upsell, workplace).plans(given.terms))
        lines = [*documents(given.dump, plans), *plans]
        file = pathlib.Path(workplace) / "plans.ndjson"
        file.write_text("".join(json.dumps(line) + "\n" for line in lines))
        sys.stdout.flush()
        return subprocess.run([node(), HERE / "validate.mjs", file], env=environment,
                              check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
