"""How a child process ends, as its parent is told."""

from __future__ import annotations

import sys
import threading

import pytest

from pipelines.child import Child

# As a crawl does, it ends well when it is told to stop.
OBEDIENT = """
import signal, sys, time
def stop(*_):
    print('{"code": 0}', flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
print("ready", file=sys.stderr, flush=True)
time.sleep(60)
"""


def test_a_child_that_was_told_to_stop_passes_for_no_success_however_well_it_ends() -> None:
    ready = threading.Event()
    child = Child([sys.executable, "-c", OBEDIENT], lambda _: ready.set())

    def stop() -> None:
        ready.wait(30)
        child.stop()

    stopper = threading.Thread(target=stop)
    stopper.start()
    with pytest.raises(InterruptedError, match="told to stop"):
        child.run()
    stopper.join()


def test_a_child_that_ends_by_itself_gives_its_code_and_its_last_line() -> None:
    done = Child([sys.executable, "-c", "print('first'); print('{\"n\": 1}'); raise SystemExit(3)"], print).run()
    assert (done.code, done.summary) == (3, {"n": 1})
