"""Secrets: random ones kept as SHA-256, passwords as argon2id. Source: RFC 9106, ASVS 5 6.2 and 11.4."""

import hashlib
import hmac
import secrets
from functools import lru_cache
from typing import TYPE_CHECKING

from matcher.errors import MatcherError
from matcher.store.limits import limits

if TYPE_CHECKING:
    from argon2 import PasswordHasher

BYTES = 32


def new_secret(prefix: str) -> str:
    """A random secret of 256 bits, for a header or a cookie."""
    return f"{prefix}_{secrets.token_urlsafe(BYTES)}"


def new_id() -> str:
    """A random id of 80 bits."""
    return secrets.token_hex(10)


def fingerprint(*parts: str) -> str:
    """SHA-256 of a random secret; enough for secrets that nobody can guess."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def derived(secret: str, use: str) -> str:
    """A second secret that belongs to the first and does not betray it."""
    return hmac.new(secret.encode("utf-8", "surrogatepass"), use.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=1)
def hasher() -> "PasswordHasher":
    """argon2id with the catalogue's costs."""
    from argon2 import PasswordHasher

    time_cost, memory_kib, parallelism = limits().argon2
    return PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=parallelism)


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash that no password fits, checked where there is no account, so that both take the same time."""
    return hasher().hash(secrets.token_urlsafe(BYTES))


def warm_up() -> None:
    """Make what the first check would make, so that it takes no longer than the others: it would tell logins apart."""
    _nobody()


def hash_password(password: str) -> str:
    """argon2id hash; raises MatcherError for a password that is too short or too long."""
    low, high = limits().password_min, limits().password_max
    if not low <= len(password) <= high:
        raise MatcherError("The password does not have the right length.", f"Use {low} to {high} characters.")
    return hasher().hash(password)


def password_fits(stored: str | None, password: str) -> bool:
    """Whether the password belongs to the hash; takes the same time without one."""
    from argon2.exceptions import InvalidHashError, VerificationError

    text = password[: limits().password_max + 1].encode("utf-8", "surrogatepass")
    try:
        return hasher().verify(stored or _nobody(), text) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(stored: str) -> bool:
    """Whether the hash was made with other costs than today's."""
    return hasher().check_needs_rehash(stored)
