# SPDX-License-Identifier: MIT
"""The library under test, through ctypes: making plans, and running them."""
import ctypes
import json
from ctypes import POINTER, byref, c_char, c_char_p, c_int32, c_int64, c_size_t, c_uint32, c_void_p


class Str(ctypes.Structure):
    _fields_ = [("data", c_void_p), ("len", c_size_t)]

    def bytes(self) -> bytes:
        return ctypes.string_at(self.data, self.len) if self.data else b""


class Error(ctypes.Structure):
    _fields_ = [("size", c_uint32), ("code", c_int32), ("offset", c_int64),
                ("pointer", c_char * 512), ("message", c_char * 512)]


class PlanOptions(ctypes.Structure):
    _fields_ = [("size", c_uint32), ("api_version", c_int32), ("dialect", c_int32),
                ("reserved", c_int32), ("shop", Str), ("reference_id", Str),
                ("granted_scopes", c_void_p), ("granted_scope_count", c_size_t)]


class Stop(ctypes.Structure):
    _fields_ = [("step", Str), ("result", Str), ("state", c_int32), ("reserved", c_int32)]


class View(ctypes.Structure):
    _fields_ = [("size", c_uint32), ("kind", c_int32), ("journal", Str), ("action", Str),
                ("step", Str), ("channel", Str), ("operation", Str), ("document", Str),
                ("variables", Str), ("idempotency_key", Str), ("expect", Str),
                ("revision", c_int64), ("wait_until", c_int64), ("expires_at", c_int64),
                ("buyer_consent", c_int32), ("outcome", c_int32), ("stops", POINTER(Stop)),
                ("stop_count", c_size_t), ("webhooks", POINTER(Str)),
                ("webhook_count", c_size_t)]


SEND, WAIT, PENDING, FINISHED = 1, 2, 3, 4
COMPLETED = 1
VERSIONS = {"2025-10": 1, "2026-01": 2, "2026-04": 3, "2026-07": 4, "2026-10": 5}
DIALECTS = {"draft": 1, "calculation": 2}


class Refused(Exception):
    """The library refused an input."""

    def __init__(self, name: str, error: Error):
        super().__init__(f"{name} at {error.pointer.decode()}: {error.message.decode()}")
        self.name = name


class Library:
    """The shared library, with the functions that hosts use."""

    def __init__(self, path: str):
        self._lib = ctypes.CDLL(path)
        self._lib.upsell_status_name.restype = c_char_p
        self._lib.upsell_state_name.restype = c_char_p
        self._lib.upsell_plan_json.restype = c_void_p
        self._lib.upsell_plan_json.argtypes = [c_void_p, c_void_p]
        self._lib.upsell_progress_get.restype = POINTER(View)
        self._lib.upsell_progress_get.argtypes = [c_void_p]
        self._lib.upsell_runner_step_json.argtypes = [
            c_void_p, c_char_p, c_size_t, c_char_p, c_size_t, c_void_p, c_void_p]
        for name in ("catalog", "plan", "runner", "progress"):
            free = getattr(self._lib, f"upsell_{name}_free")
            free.argtypes, free.restype = [c_void_p], None
        self.states = {number: self._lib.upsell_state_name(number).decode()
                       for number in range(1, 9)}

    def check(self, status: int, error: Error) -> None:
        if status:
            raise Refused(self._lib.upsell_status_name(status).decode(), error)

    def make_plan(self, catalog: dict, order: dict, acceptance: dict, options: dict) -> bytes:
        """The text of a plan; see `upsell plan`."""
        error = new_error()
        held, plan = c_void_p(), c_void_p()
        text = json.dumps(catalog).encode()
        self.check(self._lib.upsell_catalog_new_from_json(
            text, c_size_t(len(text)), byref(held), byref(error)), error)
        try:
            texts = [json.dumps(order).encode(), json.dumps(acceptance).encode()]
            self.check(self._lib.upsell_plan_make_json(
                held, texts[0], c_size_t(len(texts[0])), texts[1], c_size_t(len(texts[1])),
                byref(plan_options(options)), byref(plan), byref(error)), error)
            return ctypes.string_at(self._lib.upsell_plan_json(plan, None))
        finally:
            self._lib.upsell_plan_free(plan)
            self._lib.upsell_catalog_free(held)

    def runner(self, plan: bytes) -> "Runner":
        return Runner(self, self._lib, plan)


def new_error() -> Error:
    error = Error()
    error.size = ctypes.sizeof(Error)
    return error


def plan_options(options: dict) -> PlanOptions:
    made = PlanOptions()
    made.size = ctypes.sizeof(PlanOptions)
    made.api_version = VERSIONS[options["api_version"]]
    made.dialect = DIALECTS[options["dialect"]]
    made.kept = []
    for name in ("shop", "reference_id"):
        if name in options:
            kept = ctypes.create_string_buffer(options[name].encode())
            made.kept.append(kept)
            setattr(made, name, Str(ctypes.addressof(kept), len(kept) - 1))
    return made


class Progress:
    """What came of an event; a copy, so that it can be kept."""
    __slots__ = ("kind", "journal", "action", "wait_until", "outcome", "stops")

    def __init__(self, view: View, states: dict):
        self.kind = view.kind
        self.journal = view.journal.bytes()
        self.action = json.loads(view.action.bytes()) if view.kind == SEND else None
        self.wait_until = view.wait_until
        self.outcome = view.outcome
        self.stops = [(view.stops[i].step.bytes().decode(), view.stops[i].result.bytes().decode(),
                       states[view.stops[i].state]) for i in range(view.stop_count)]


class Runner:
    """A checked plan."""

    def __init__(self, library: Library, lib, plan: bytes):
        self._lib, self._library = lib, library
        self._runner, self._progress = c_void_p(), c_void_p()
        self._error = new_error()
        library.check(lib.upsell_runner_new(plan, c_size_t(len(plan)), byref(self._runner),
                                            byref(self._error)), self._error)
        lib.upsell_progress_new(byref(self._progress))

    def step(self, journal: bytes, event: bytes) -> Progress:
        status = self._lib.upsell_runner_step_json(
            self._runner, journal, len(journal), event, len(event), self._progress,
            byref(self._error))
        self._library.check(status, self._error)
        return Progress(self._lib.upsell_progress_get(self._progress).contents,
                        self._library.states)

    def close(self) -> None:
        self._lib.upsell_progress_free(self._progress)
        self._lib.upsell_runner_free(self._runner)
