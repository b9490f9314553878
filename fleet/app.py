"""The composition root of the monitor: database, ingest, pages; stopped in reverse."""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import structlog
import uvicorn
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from fleet.auth import Accounts
from fleet.changes import Changes
from fleet.ingest import Ingest
from fleet.store.board import Board, Moment, Standing
from fleet.store.database import name_of
from fleet.store.fleetbook import FleetBook
from fleet.web.pages import Desk, build

log = structlog.get_logger(__name__)

LOOK = 1.0  # seconds between two looks whether silence has made somebody stale


def serve(
    engine: Engine, listener: socket.socket, broker: tuple[str, int], ready: Callable[[], None]
) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is called once pages are answered."""
    asyncio.run(_serve(engine, listener, broker, ready))


async def _serve(
    engine: Engine, listener: socket.socket, broker: tuple[str, int], ready: Callable[[], None]
) -> None:
    loop, stopping = asyncio.get_running_loop(), asyncio.Event()
    board, changes = Board(engine), Changes(int(time.time() * 1000))

    def changed(terminals: set[str]) -> None:
        loop.call_soon_threadsafe(changes.add, terminals)

    ingest = Ingest(FleetBook(engine), name_of(engine), broker, changed)

    def moment() -> Moment:
        return Moment(time.time(), ingest.hearing_since)

    desk = Desk(board, Accounts(engine), changes, moment, stopping)
    config = uvicorn.Config(
        build(desk), log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not (server.started or serving.done()):  # noqa: ASYNC110 # uvicorn tells by a flag alone
        await asyncio.sleep(0.01)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    ready()
    async with _running(ingest), _watching(ingest, lambda: board.standings(moment()), changes):
        await stopping.wait()
        changes.add(())  # wakes the live lines, so that they end
        server.should_exit = True
        await serving


@asynccontextmanager
async def _running(ingest: Ingest) -> AsyncIterator[None]:
    ingest.start()
    try:
        yield
    finally:
        await asyncio.to_thread(ingest.stop)


@asynccontextmanager
async def _watching(
    ingest: Ingest, look: Callable[[], list[Standing]], changes: Changes
) -> AsyncIterator[None]:
    """Time alone changes verdicts too: tell the pages when it does."""
    task = asyncio.create_task(_watch(ingest, look, changes))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _watch(ingest: Ingest, look: Callable[[], list[Standing]], changes: Changes) -> None:
    told: dict[str, Standing] = {}
    while True:
        ingest.tend()
        try:
            now = {standing.id: standing for standing in await asyncio.to_thread(look)}
        except SQLAlchemyError:
            log.exception("watch.failed")
        else:
            changes.add([name for name, standing in now.items() if told.get(name) != standing])
            told = now
        await asyncio.sleep(LOOK)
