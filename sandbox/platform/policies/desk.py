"""Finds whom policies fit, and takes confirmations, one of each."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.catalogue import Audience, Policy, PolicyMode
from sandbox import records
from sandbox.platform import refusals
from sandbox.platform.applications.checks import check_person
from sandbox.platform.messages import Noted, Person, Principal
from sandbox.platform.office import Office
from sandbox.platform.people import years_since
from sandbox.platform.policies.messages import Confirmation, Match, Matches, MatchPolicies
from sandbox.platform.policies.rules import RULES, Fit, Known
from sandbox.platform.refusals import RefusalError
from sandbox.platform.registry import Answer, Transaction

SCHEMA = """
CREATE TABLE IF NOT EXISTS confirmation (
    policy TEXT NOT NULL,
    subject TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    confirmed_at TEXT NOT NULL,
    PRIMARY KEY (policy, subject)
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class PoliciesDesk:
    """Where policies look for people (政策找人)."""

    office: Office

    def matches(self, asked: MatchPolicies) -> Matches:
        """Every policy of the catalogue that fits; none where the document does not count."""
        try:
            check_person(self.office, asked.person)
        except RefusalError:
            return Matches(matches=())
        subject = _subject(asked.person, asked.principal)
        with self.office.registry.reading() as transaction:
            found = [
                self._match(transaction, policy, fit, subject)
                for policy in self.office.catalogue.policies
                if (fit := self._fit(policy, asked.person, asked.principal))
            ]
        return Matches(matches=tuple(found))

    def confirm(self, said: Confirmation, key: str) -> Answer:
        """Noted once for a policy and whom it is for; a second one has the number of the first."""
        return self.office.decided(key, said, lambda t: self._confirm(t, said))

    def _confirm(self, transaction: Transaction, said: Confirmation) -> Noted:
        check_person(self.office, said.person)
        policy = self.office.catalogue.policy(said.policy)
        if policy is None:
            raise refusals.item_withdrawn()
        if self._fit(policy, said.person, said.principal) is None:
            raise refusals.not_entitled(
                "按现在登记的情况，这项政策不适用。",
                "By what is on record at present this benefit does not apply.",
            )
        subject = _subject(said.person, said.principal)
        if number := _confirmed(transaction, policy.code, subject):
            return Noted(number=number)
        now = self.office.now()
        number = f"ZC{now:%Y%m%d}{transaction.next('confirmation'):06d}"
        values = (policy.code, subject, number, now.isoformat())
        transaction.execute("INSERT INTO confirmation VALUES (?, ?, ?, ?)", values)
        return Noted(number=number)

    def _fit(self, policy: Policy, person: Person, principal: Principal | None) -> Fit | None:
        known = self._known(person, principal)
        rule = RULES.get(policy.code)
        right = (known.enterprise is not None) == (policy.audience is Audience.ENTERPRISE)
        return rule(known) if rule and right else None

    def _known(self, person: Person, principal: Principal | None) -> Known:
        today = self.office.today()
        if principal is None:
            return Known(
                self.office.records(person.id_number), years_since(person.birth_date, today), today
            )
        if enterprise := records.enterprise(principal.number):
            return Known(enterprise.records, 0, today, enterprise)
        resident = self.office.resident(principal.number)
        years = years_since(resident.card.birth_date, today) if resident else 0
        return Known(self.office.records(principal.number), years, today)

    def _match(self, transaction: Transaction, policy: Policy, fit: Fit, subject: str) -> Match:
        taken = policy.mode is PolicyMode.NOTHING
        confirmed = _confirmed(transaction, policy.code, subject) is not None
        return Match(policy=policy.code, taken=taken or confirmed, why=fit.why, amount=fit.amount)


def _subject(person: Person, principal: Principal | None) -> str:
    return principal.number if principal else person.id_number


def _confirmed(transaction: Transaction, policy: str, subject: str) -> str | None:
    sql = "SELECT number FROM confirmation WHERE policy = ? AND subject = ?"
    row = transaction.one(sql, (policy, subject))
    return row[0] if row else None
