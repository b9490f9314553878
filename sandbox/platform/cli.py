"""The command `platform`."""

from __future__ import annotations

import signal
import sqlite3
import threading
from pathlib import Path

import click

from sandbox.platform.server import PlatformServer


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; it stands in the QR codes too.",
)
@click.option(
    "--port",
    default=0,
    show_default="a free one",
    type=click.IntRange(0, 65535),
    help="Port to listen on.",
)
@click.option(
    "--database",
    type=click.Path(dir_okay=False, path_type=Path),
    help="SQLite file that keeps the cases; without it they are forgotten at the end.",
)
def platform(host: str, port: int, database: Path | None) -> None:
    """Serve a reference government platform with invented residents until told to end."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    try:
        with PlatformServer(host=host, port=port, database=database) as server:
            click.echo(f"platform: {server.address}")
            click.echo(f"catalogue key: {server.catalogue_key}")
            ended.wait()
    except OSError as error:
        raise click.ClickException(
            f"cannot listen on {host}:{port}: {error.strerror}; choose another --host or --port"
        ) from None
    except sqlite3.Error as error:
        raise click.ClickException(
            f"cannot use {database}: {error}; choose another --database"
        ) from None
