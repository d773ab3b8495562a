"""The sandbox: guarded worker processes in which hostile pages may hang, crash or fill the memory, each at its own cost.

How workers start. `fork` would copy a process that holds threads (pebble's, polars', Airflow's) and their locks: it
deadlocks. `spawn` pays every import again for each worker that a page kills. So `forkserver`: one clean,
single-threaded process imports `preload` once and forks workers in milliseconds. A worker does not import the
caller's `__main__` (under Airflow that is Airflow itself, seconds and a side effect each), so the function that it
runs must live in an importable module.
"""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import resource
import signal
import sys
from collections import deque
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from threading import Lock
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING, ClassVar, Generic, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from pipelines.child import uninterrupted
from pipelines.errors import CopydeskError, Quarantine, Reject, RetryLater

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pebble import ProcessFuture

__all__ = ["Result", "Sandbox"]

In = TypeVar("In")
Out = TypeVar("Out")

# A worker that found no more memory leaves with this code; shells use 128 + signal, so it names nothing else.
_OUT_OF_MEMORY = 97
# Tasks per worker before it is replaced: bounds what a leak in a C library can add up to.
_PAGES_PER_WORKER = 500
# A page is held to its CPU time: that is the same on a busy machine and on a quiet one, and so is its fate. On the wall's
# clock it gets this many times as much, for a machine that has more to do.
_PATIENCE = 12.0
# The worker's own alarm rings this much after the pool's clock: it only matters when the pool is no longer there.
_GRACE_SECONDS = 5.0
# A page whose pool broke under it (a worker died while taking the page) is tried this often in a new pool.
_TRIES = 3
# How long the first worker may take to import what it needs before the machine counts as not ready.
_START_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Result(Generic[Out]):
    """What became of one item: `value` where `error` is null."""

    value: Out | None
    error: CopydeskError | None


@dataclass(frozen=True, slots=True)
class _Failure:
    """An exception in a form that survives the way back: exceptions with constructors of their own do not unpickle."""

    rejected: bool
    reason: str


class Sandbox:
    """A pool of guarded workers. Use it as a context manager; one `map` at a time.

    `seconds` of CPU time and `megabytes` beyond what the imports took are the bounds of one item; one that waits
    instead of working is ended after `_PATIENCE` times as long. `preload` names modules that are imported before the
    first item, so that no item pays for them.
    Entering raises `RetryLater` where no worker comes up.
    """

    def __init__(
        self, *, workers: int = 2, seconds: float = 10, megabytes: int = 1024, preload: Sequence[str] = ()
    ) -> None:
        self._workers = workers
        self._seconds = seconds
        self._megabytes = megabytes
        self._preload = tuple(preload)
        self._pool: ProcessPool | None = None
        self._was_daemon = False

    def __enter__(self) -> Self:
        # A daemonic parent (a worker of another pool) may have no children; ours end with it by their own alarm.
        self._was_daemon = multiprocessing.current_process().daemon
        if self._was_daemon:
            multiprocessing.current_process().daemon = False
        self._pool = self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            _end(self._pool)
            self._pool = None
        if self._was_daemon:
            multiprocessing.current_process().daemon = True

    def map(self, func: Callable[[In], Out], items: Iterable[In]) -> Iterator[Result[Out]]:
        """Run `func` on each item in a worker and yield a result for each, in the order of `items`.

        At most two items a worker are in flight, so `items` may be endless. An error that `func` raises as `Reject` or
        `Quarantine` comes back as itself; any other exception, a crash, a time-out and a full memory as `Quarantine`.
        """
        flight: deque[_Ticket[In, Out]] = deque()
        for item in items:
            flight.append(self._submit(func, item))
            if len(flight) >= 2 * self._workers:
                yield self._settle(func, flight.popleft())
        while flight:
            yield self._settle(func, flight.popleft())

    def _start(self) -> ProcessPool:
        context = _Context()
        context.set_forkserver_preload([__name__, *self._preload])
        pool = ProcessPool(
            max_workers=self._workers,
            max_tasks=_PAGES_PER_WORKER,
            initializer=_enter_worker,
            initargs=(self._preload, self._megabytes),
            context=context,
        )
        resource_tracker.ensure_running()  # it would be started within, and unblock what is blocked there
        try:
            with uninterrupted():
                forkserver.ensure_running()
                first = pool.schedule(_import, args=(self._preload,))
            first.result(timeout=_START_SECONDS)
        except (ImportError, BrokenProcessPool, ProcessExpired, FutureTimeoutError) as error:
            _end(pool)
            raise RetryLater(f"no extraction worker came up (it imports {self._preload}): {error}") from error
        except BaseException:
            _end(pool)  # a worker that comes up when we are gone would say so
            raise
        return pool

    def _submit(self, func: Callable[[In], Out], item: In) -> _Ticket[In, Out]:
        if self._pool is None:
            raise RuntimeError("a Sandbox works inside its with block only")
        patience = _PATIENCE * self._seconds
        try:
            future = self._pool.schedule(_guarded, args=(func, item, self._seconds), timeout=patience)
        except RuntimeError:  # the pool found itself broken between two pages
            self._replace(self._pool)
            future = self._pool.schedule(_guarded, args=(func, item, self._seconds), timeout=patience)
        return _Ticket(item, self._pool, future)

    def _replace(self, broken: ProcessPool) -> None:
        """Start a new pool unless that has been done since `broken` broke."""
        if self._pool is broken:
            _end(broken)
            self._pool = self._start()

    def _settle(self, func: Callable[[In], Out], ticket: _Ticket[In, Out]) -> Result[Out]:
        for _ in range(_TRIES):
            try:
                outcome = ticket.future.result()
            except BrokenProcessPool:
                self._replace(ticket.pool)
                ticket = self._submit(func, ticket.item)
            except FutureTimeoutError:
                return Result(None, Quarantine(f"took longer than {_PATIENCE * self._seconds:g} s on the clock"))
            except ProcessExpired as death:
                return Result(None, Quarantine(self._cause(death.exitcode)))
            else:
                if isinstance(outcome, _Failure):
                    return Result(None, (Reject if outcome.rejected else Quarantine)(outcome.reason))
                return Result(outcome, None)
        return Result(None, Quarantine(f"broke the worker pool {_TRIES} times"))

    def _cause(self, code: int) -> str:
        if code == _OUT_OF_MEMORY:
            return f"needed more than {self._megabytes} MB"
        if code == -signal.SIGPROF:
            return f"took longer than {self._seconds:g} s"
        if code == -signal.SIGALRM:
            return f"took longer than {_PATIENCE * self._seconds:g} s on the clock"
        if code < 0:
            return f"killed its worker: {signal.Signals(-code).name} (memory limit {self._megabytes} MB)"
        return f"ended its worker with exit code {code}"


@dataclass(frozen=True, slots=True)
class _Ticket(Generic[In, Out]):
    """One item in flight and the pool that holds it."""

    item: In
    pool: ProcessPool
    future: ProcessFuture[Out | _Failure]


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves this one untyped
    pool.join()


_main_hidden = Lock()


@contextmanager
def _without_main() -> Iterator[None]:
    """Keep multiprocessing from importing the caller's `__main__` in the child: it looks for it in `sys.modules`."""
    with _main_hidden:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


class _Worker(ForkServerProcess):
    def start(self) -> None:
        with _without_main():
            super().start()


class _Context(ForkServerContext):
    Process: ClassVar[type[ForkServerProcess]] = _Worker


def _import(modules: Sequence[str]) -> None:
    for name in modules:
        importlib.import_module(name)


def _enter_worker(preload: Sequence[str], megabytes: int) -> None:
    """Import first, then bound: the limit is what pages may take, not what libraries take."""
    # An initializer that fails can leave pebble's pool waiting for ever, so the first task tells what cannot be imported.
    with suppress(ImportError):
        _import(preload)
    # Modules are never garbage; to look at them in each full collection would cost 0.4 ms a page.
    gc.freeze()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limit = _data_bytes() + megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _data_bytes() -> int:
    """Give the private writable memory of this process, which RLIMIT_DATA bounds (Linux, since 4.7).

    Not RLIMIT_AS: allocators of polars and onnxruntime reserve gigabytes of address space that they never touch.
    """
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    return 0


def _guarded(func: Callable[[In], Out], item: In, seconds: float) -> Out | _Failure:
    # The kernel ends a worker that has used up its time, in C code too. Its alarm also ends one that hangs after its
    # parent has died; nobody else would.
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, _PATIENCE * seconds + _GRACE_SECONDS)
    try:
        return func(item)
    except MemoryError:
        # What is left of this heap would make the next page fail or not by its luck.
        os._exit(_OUT_OF_MEMORY)
    except (Reject, Quarantine) as error:
        return _Failure(rejected=isinstance(error, Reject), reason=str(error))
    except Exception as error:  # noqa: BLE001  # the boundary that the sandbox is: whatever a page provokes is its reason
        return _Failure(rejected=False, reason=_describe(error))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _describe(error: Exception) -> str:
    """Say what was raised, and where, in one bounded line."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace is not None else ""
    return f"{type(error).__name__}{place}: {error!s:.300}"
