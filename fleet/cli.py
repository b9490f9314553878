"""The command `fleet`: the monitor, and who may look at it."""

from __future__ import annotations

import logging
import socket
import sys
from typing import NoReturn

import click
import structlog
from sqlalchemy import Engine

from fleet.auth import Accounts, UnknownUserError, UserExistsError
from fleet.store.database import DatabaseError, open_database

DATABASE = click.option(
    "--database",
    default="sqlite:///fleet.db",
    show_default=True,
    help="Where everything is kept: sqlite:///FILE or postgresql+…://…",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="doorstep")
def main() -> None:
    """The central monitor of all terminals.

    Exit status: 0 good, 1 something is wrong with the world, 2 wrong usage.
    """


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8080, show_default=True, help="The port; 0 takes a free one.")
@DATABASE
@click.option(
    "--broker",
    default="127.0.0.1:1883",
    show_default=True,
    metavar="HOST:PORT",
    help="The MQTT broker that terminals report to.",
)
def serve(host: str, port: int, database: str, broker: str) -> None:
    """Listen to the terminals and serve the pages until told to stop.

    The first line printed is the pages' address. A broker that is not there yet is waited for.
    """
    from fleet.app import serve as serve_pages  # noqa: PLC0415 # the web, for this command alone

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,  # lines, never the values of variables
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    broker_host, _, broker_port = broker.rpartition(":")
    if not broker_host or not broker_port.isdigit():
        raise click.BadParameter(f'"{broker}" is not HOST:PORT', param_hint="--broker")
    engine = _open(database)
    try:
        listener = socket.create_server((host, port))
    except OSError as error:
        _fail(f"{host}:{port} can not be listened on: {error.strerror}; choose another --port")
    address = f"http://{host}:{listener.getsockname()[1]}"

    def ready() -> None:
        click.echo(f"fleet: {address}")
        sys.stdout.flush()

    serve_pages(engine, listener, (broker_host, int(broker_port)), ready)


@main.group()
def user() -> None:
    """Who may look at the pages."""


@user.command()
@click.argument("name")
@DATABASE
@click.option("--with-password", is_flag=True, help="Ask for a password, typed twice.")
def add(name: str, database: str, *, with_password: bool) -> None:
    """Add an account; without a password it is opened by login links alone."""
    password = None
    if with_password:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        Accounts(_open(database)).add(name, password)
    except UserExistsError:
        _fail(f'there is an account "{name}" already')
    click.echo(f"added {name}")


@user.command("login-link")
@click.argument("name")
@DATABASE
@click.option(
    "--address",
    default="http://127.0.0.1:8080",
    show_default=True,
    help="Where the pages are, as the browser reaches them.",
)
def login_link(name: str, database: str, address: str) -> None:
    """Print a link that logs NAME in once, within a quarter of an hour."""
    try:
        token = Accounts(_open(database)).make_link(name)
    except UnknownUserError:
        _fail(f'there is no account "{name}"; add it with: fleet user add {name}')
    click.echo(f"{address}/login/{token}")


def _open(database: str) -> Engine:
    try:
        return open_database(database)
    except DatabaseError as error:
        _fail(str(error))


def _fail(words: str) -> NoReturn:
    click.echo(f"fleet: {words}", err=True)
    sys.exit(1)
