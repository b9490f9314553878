"""What is asked and told of policies."""

from __future__ import annotations

from pydantic import Field

from sandbox.platform.messages import Code, Message, Person, Principal, Request, Text, Wish


class MatchPolicies(Request):
    """Which policies fit a person, or the enterprise for which they act?"""

    person: Person
    principal: Principal | None = None


class Match(Message):
    """A policy that fits."""

    policy: Code
    taken: bool = Field(description="nothing is left to do")
    why: Text
    amount: Text | None = None


class Matches(Message):
    """Every policy that fits, in the order of the catalogue."""

    matches: tuple[Match, ...]


class Confirmation(Wish):
    """免申即享: somebody who matches a policy wants it."""

    policy: Code
    person: Person
    principal: Principal | None = None
