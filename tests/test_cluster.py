"""Work over documents runs on a Dask cluster through the executor of its client, with the same result."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from build_tools.site import load, plan
from tests.published import ROOT

SOURCES = ROOT / "sources"


def built(executor=None):
    loaded = load(SOURCES, executor)
    assert loaded.archive is not None
    assert loaded.links is not None
    return loaded, plan(loaded.archive, loaded.links, SOURCES, executor)


def test_a_process_pool_gives_the_same() -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        assert built(pool) == built()


@pytest.mark.group("cluster")
def test_a_dask_cluster_gives_the_same() -> None:
    from distributed import Client, LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        assert built(client.get_executor()) == built()
