"""Is the database sound? What `python -m kam verify` checks: tables, audit chain, references, sums, decisions."""

from kam.verification.checks import Check, compare_with_backup, verify

__all__ = ["Check", "compare_with_backup", "verify"]
