"""Passwords become argon2id hashes, and are compared to them; nothing else knows how."""

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from argon2.low_level import Type

from webapp.domain.textes import composer

_ARGON2 = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16, type=Type.ID)

# The hash of a random password that nobody kept, compared with when there is no account: the answer takes as long.
FACTICE = "$argon2id$v=19$m=19456,t=2,p=1$ksC0RHwxqvwD0KIWefxwmg$3yFqmX2H1SjvHUY3o0U3NDCWjwjghNkYIR2L5IUZdKE"


def hacher(mot_de_passe: str) -> str:
    """Give the hash to keep, with its own salt and its parameters."""
    return _ARGON2.hash(_octets(mot_de_passe))


def correspond(mot_de_passe: str, empreinte: str | None) -> bool:
    """Say whether a password is the one of a hash; without a hash, no, after the same work."""
    try:
        return _ARGON2.verify(empreinte or FACTICE, _octets(mot_de_passe)) and empreinte is not None
    except (VerificationError, ValueError):  # ValueError: what is kept is not a hash at all
        return False


def depassee(empreinte: str) -> bool:
    """Say whether a hash was made with parameters that are no longer ours."""
    return _ARGON2.check_needs_rehash(empreinte)


def _octets(mot_de_passe: str) -> bytes:
    # A keyboard that sends letters and accents apart types the same password; nothing typed can make this fail.
    return composer(mot_de_passe).encode("utf-8", "surrogatepass")
