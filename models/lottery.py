"""The published lottery: anyone can recompute a student's number from the seed."""

from hashlib import sha256


def lottery_number(seed: int, student_id: str) -> int:
    """Give the student's lottery number, 0 to 2**64 - 1; the lower one goes first."""
    digest = sha256(f"{seed}:{student_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big")
