"""An account of AWS, made in moto: at least two of everything that moto knows, with names that are hard to store.

Whatever must not be captured says SECRET-MARK; what is kept although it may be a secret says KEPT-MARK.
"""
from .client import Account
from . import apis, compute, data, edge, identity, mail, messages, network, operations  # noqa: F401 - they add parts
from .parts import PARTS


def fill(endpoint, session=None):
    """Fills the account; what moto refused of it."""
    account = Account(endpoint, session)
    for part in PARTS:
        part(account)
    return account.refused
