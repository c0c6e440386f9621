"""Makes digests of secrets, in whose place they are kept."""

import hashlib


def digest_of(secret: str) -> str:
    """Give what is kept of a secret of 128 random bits: whoever reads the database can't use it."""
    return hashlib.sha256(secret.encode()).hexdigest()
