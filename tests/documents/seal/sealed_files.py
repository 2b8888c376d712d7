"""Sealed plans for the tests: the sample plan, finished with fields, sealed and signed by keys that are made here."""

from datetime import UTC, datetime
from functools import cache

from supportplan.documents.seal.keys import Keys, issue_certificate, make_root, request_certificate

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@cache
def root(organisation: str = "Example Brokers") -> Keys:
    return make_root(organisation, on=NOON)


@cache
def device(name: str = "laptop", organisation: str = "Example Brokers") -> Keys:
    private, request = request_certificate(name)
    of = root(organisation)
    return Keys(private, issue_certificate(of, request, on=NOON), of.certificate)
