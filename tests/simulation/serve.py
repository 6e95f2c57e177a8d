#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Serve one buyer's order in a simulated shop over HTTP, for hosts under test.

    serve.py [--pattern N] [--api-version V] [--dialect D] [--port P] [--write FOLDER] ...

Prints one line "listening on http://127.0.0.1:PORT" and serves until it is ended. With --write
it first leaves catalog.json, order.json, acceptance.json and options.json in the folder. Time
in the shop is that of the computer, or faster with --speed.

    POST /admin/api/VERSION/graphql.json    {"query":…,"variables":…}
    POST /changeset    {"changes":…,"idempotency_key":…,"buyer_consent":…}  (applyChangeset)
    POST /calculate    {"changes":…}                                        (calculateChangeset)
    GET  /state        the order, its money and its contracts, for tests
"""
import argparse
import http.server
import json
import pathlib
import re
import sys
import threading
import time

sys.dont_write_bytecode = True      # leave nothing beside the sources
import agenda as agendas
import cases
import changesets
import graphql_shop
from shop import Habits, Misuse

GRAPHQL = re.compile(r"/admin/api/(\d{4}-\d{2})/graphql\.json")


def parse_arguments():
    parser = argparse.ArgumentParser(description="a simulated shop behind HTTP")
    parser.add_argument("--pattern", type=int, default=1, choices=sorted(cases.PATTERNS))
    parser.add_argument("--api-version", default="2026-07", choices=cases.VERSIONS)
    parser.add_argument("--dialect", default="draft", choices=["draft", "calculation"])
    parser.add_argument("--quantity", type=int, default=1)
    parser.add_argument("--targets", type=int, default=1, choices=[1, 2])
    parser.add_argument("--port", type=int, default=0, help="0: any that is free")
    parser.add_argument("--speed", type=float, default=1, help="shop seconds per second")
    parser.add_argument("--write", type=pathlib.Path, metavar="FOLDER",
                        help="leave the documents of the purchase there")
    parser.add_argument("--habits", default="{}", metavar="JSON",
                        help='what goes wrong, as in shop.Habits: {"payment":"fails"}')
    return parser.parse_args()


class Service:
    """The shop, one request at a time."""

    def __init__(self, case: cases.Case, habits: Habits, speed: float):
        self.started, self.speed = time.monotonic(), speed
        self.epoch = int(time.time())
        self.agenda = agendas.Agenda(self.epoch)
        self.shop, self.order = cases.open_shop(case, self.agenda, habits)
        self.lock = threading.Lock()
        self.misuse = []

    def catch_up(self) -> None:
        elapsed = (time.monotonic() - self.started) * self.speed
        self.agenda.run_until(self.epoch + int(elapsed))

    def answer(self, path: str, body: dict):
        """(HTTP status, answer) of a POST."""
        with self.lock:
            self.catch_up()
            try:
                return self._answer(path, body)
            except (Misuse, changesets.BadChange, KeyError, ValueError) as error:
                self.misuse.append(f"{path}: {type(error).__name__}: {error}")
                return 400, {"errors": [{"message": str(error)}]}

    def _answer(self, path: str, body: dict):
        if match := GRAPHQL.fullmatch(path):
            return 200, graphql_shop.execute(self.shop, body["query"],
                                             body.get("variables") or {}, match[1])
        if path == "/changeset":
            return 200, self.shop.apply_changeset(
                self.order, body["changes"], body["idempotency_key"], body["buyer_consent"],
                body.get("expires_at"))
        if path == "/calculate":
            return 200, self.shop.calculate_changeset(self.order, body["changes"])
        return 404, {"errors": [{"message": f"nothing is served at {path}"}]}

    def state(self) -> dict:
        with self.lock:
            self.catch_up()
            return describe(self.shop, self.order) | {"misuse": self.misuse}


def describe(shop, order) -> dict:
    """The order as tests ask about it; amounts in minor units."""
    return {
        "order": order.gid, "outstanding": order.outstanding, "received": order.received,
        "charges": [entry.amount for entry in order.ledger[1:] if entry.kind == "sale"],
        "refunds": [entry.amount for entry in order.ledger if entry.kind == "refund"],
        "lines": [{"id": line.gid, "variant": line.variant.number, "quantity": line.quantity,
                   "current": line.current, "total": line.total, "paid": line.paid,
                   "contract": line.contract and line.contract.gid} for line in order.lines],
        "metafields": {f"{one.namespace}.{one.key}": one.value
                       for one in order.metafields.values()},
        "contracts": [{"id": contract.gid, "status": contract.status,
                       "lines": [{"variant": line.variant, "quantity": line.quantity,
                                  "price": line.price, "attributes": line.attributes}
                                 for line in contract.lines]}
                      for contract in shop.contracts.values()]}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: Service

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        try:
            body = json.loads(self.rfile.read(length))
        except ValueError:
            self.reply(400, {"errors": [{"message": "the body is not JSON"}]})
            return
        self.reply(*self.service.answer(self.path, body))

    def do_GET(self):
        if self.path == "/state":
            self.reply(200, self.service.state())
        else:
            self.reply(404, {"errors": [{"message": f"nothing is served at {self.path}"}]})

    def reply(self, status: int, document: dict) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def write_documents(folder: pathlib.Path, case: cases.Case, order) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    documents = {"catalog": cases.catalog(case), "order": cases.order(case, order),
                 "acceptance": cases.acceptance(case), "options": cases.options(case)}
    for name, document in documents.items():
        (folder / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n")


def main() -> None:
    arguments = parse_arguments()
    case = cases.Case(pattern=arguments.pattern, version=arguments.api_version,
                      dialect=arguments.dialect, quantity=arguments.quantity,
                      targets=arguments.targets)
    Handler.service = Service(case, Habits(**json.loads(arguments.habits)), arguments.speed)
    if arguments.write:
        write_documents(arguments.write, case, Handler.service.order)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", arguments.port), Handler)
    server.daemon_threads = True
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
