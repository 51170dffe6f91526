"""Workers of a Dask cluster: an engine that wic does not ship, behind the same seam."""

from __future__ import annotations

from distributed import Client, KilledWorker, LocalCluster

from wic.runner.schedule import WorkerDied


class DaskWorkers:
    def __init__(self, size):
        self.size = size
        self.cluster = LocalCluster(n_workers=size, threads_per_worker=1, dashboard_address=None)
        self.client = Client(self.cluster)

    def submit(self, work, batch):
        future = self.client.submit(work, batch, pure=False)

        def outcomes():
            try:
                return future.result()
            except KilledWorker:
                raise WorkerDied from None

        return outcomes

    def renew(self):
        return False

    def stop(self):
        self.client.close()
        self.cluster.close()


workers = DaskWorkers
