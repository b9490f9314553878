"""The platform over HTTP: /v1 is the contract, /sandbox is for whoever plays with it."""

from __future__ import annotations

from datetime import datetime, timedelta

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

from sandbox.platform import areas, problems
from sandbox.platform.faults import Faults, Mode
from sandbox.platform.messages import Health
from sandbox.platform.office import Office
from sandbox.platform.replies import wrong
from sandbox.platform.retention import Retention


class FaultSwitch(BaseModel):
    """What is to be wrong; `seconds` is how long a slow platform takes, or its clock is off."""

    model_config = ConfigDict(extra="forbid")

    mode: Mode
    seconds: float = Field(default=30.0, ge=-100_000_000, le=100_000_000)


class Jump(BaseModel):
    """How far the platform's time is moved on."""

    model_config = ConfigDict(extra="forbid")

    days: float = Field(default=0, ge=0, le=3650)
    seconds: float = Field(default=0, ge=0, le=86_400)


class Time(BaseModel):
    """What the platform takes for the time."""

    now: datetime


def build(office: Office, faults: Faults) -> FastAPI:
    """The whole application; `faults` is the switch that FaultyLine reads."""
    app = FastAPI(
        title="Doorstep: terminal to platform",
        version="1",
        description="What a self-service terminal asks of the government platform.",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
    )
    app.add_middleware(Retention, office=office)
    problems.install(app)
    _add_health(app, office)
    areas.install(app, office)
    _add_sandbox(app, office, faults)
    return app


def _add_health(app: FastAPI, office: Office) -> None:
    @app.get("/v1/health", response_description="It works.", responses=wrong())
    def health() -> Health:
        """Whether the platform works, its database included."""
        office.registry.count("answer")
        return Health()


def _add_sandbox(app: FastAPI, office: Office, faults: Faults) -> None:
    @app.put("/sandbox/faults", include_in_schema=False)
    def switch(wanted: FaultSwitch) -> FaultSwitch:
        faults.switch(wanted.mode, wanted.seconds)
        return wanted

    @app.get("/sandbox/clock", include_in_schema=False)
    def clock() -> Time:
        return Time(now=office.now())

    @app.post("/sandbox/clock", include_in_schema=False)
    def jump(wanted: Jump) -> Time:
        office.clock.jumped += timedelta(days=wanted.days, seconds=wanted.seconds)
        return Time(now=office.now())
