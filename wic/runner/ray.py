"""Workers of a Ray cluster: the one of ``RAY_ADDRESS``, the one that runs on this machine, or one started for the run.

Ray's core tasks call the same functions as the processes of this machine do. Paths travel to the workers and back, and
no text: inputs, and the folder for what waits to be put together (``TMPDIR``), must be on storage that all nodes share,
and wic must be installed on each. A cluster that wic did not start is left running.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from wic.errors import WicError
from wic.read import Source
from wic.runner.schedule import Outcome, Work, WorkerDied

T = TypeVar("T")

# Ray reports usage over the network, and where it is run by uv it sends the folder at hand to the workers, if not told not to.
QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}


class RayWorkers:
    """Tasks of a cluster, ``size`` at a time: as many as it has processors, where ``size`` is 0."""

    def __init__(self, size: int) -> None:
        for name, value in QUIET.items():
            os.environ.setdefault(name, value)
        try:
            import ray
        except ImportError:
            raise WicError("--runner ray needs the package ray", "pip install 'wic-corpus[ray]'") from None
        self._ray: Any = ray
        self._mine = not ray.is_initialized()
        if self._mine:
            _join(ray, size)
        self.size = size or max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        # Ray would try again by itself without telling; what kills its workers has to be found out.
        self._call: Any = ray.remote(max_retries=0)(call)
        self._waiting: set[Any] = set()
        # What Ray has to say about nodes that die it prints; standard output is for results.
        self._stdout, sys.stdout = sys.stdout, sys.stderr

    def submit(self, work: Work[T], batch: Sequence[Source]) -> Callable[[], list[Outcome[T]]]:
        task = self._call.remote(work, list(batch))
        self._waiting.add(task)

        def outcomes() -> list[Outcome[T]]:
            failures = self._ray.exceptions
            try:
                found: list[Outcome[T]] = self._ray.get(task)
            except failures.RayTaskError as error:  # the job's own exception, which Ray has wrapped
                raise error.cause from None
            except failures.RayError:
                raise WorkerDied from None
            finally:
                self._waiting.discard(task)
            return found

        return outcomes

    def renew(self) -> bool:
        """Ray starts another process by itself, and goes on with the rest."""
        return False

    def stop(self) -> None:
        for task in self._waiting:
            self._ray.cancel(task, force=True)
        if self._mine:
            self._ray.shutdown()
        sys.stdout = self._stdout


def call(work: Work[T], batch: Sequence[Source]) -> list[Outcome[T]]:
    """What a task does."""
    return work(batch)


def _join(ray: Any, size: int) -> None:
    """Joins a cluster that runs, or starts one."""
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    address = os.environ.get("RAY_ADDRESS", "")
    _asked(address)
    try:
        ray.init(address=address or "auto", **quiet)
    except ConnectionError as error:
        if address:
            hint = "its nodes and wic must share a token, in RAY_AUTH_TOKEN or ~/.ray/auth_token"
            raise WicError(f"the Ray cluster at {address} lets nobody in: {error}", hint) from error
        ray.init(num_cpus=size or None, include_dashboard=False, **quiet)


def _asked(address: str) -> None:
    """Asks whether anything answers at a ``host:port``, for which Ray would wait for many minutes."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit() or "://" in address:
        return
    try:
        socket.create_connection((host, int(port)), timeout=10).close()
    except OSError as error:
        raise WicError(f"no Ray cluster answers at {address}: {error}", "start it, or unset RAY_ADDRESS") from error


workers = RayWorkers
