"""Making the demonstration database: all or nothing, at the place that was named."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from kam import access, workbench
from kam.errors import BadInput, StoreUnavailable
from kam.words import _

ACCOUNTS = 400
ORDER_LINES = 120_000
SEED = 2012
_FEWEST_LINES = 20_000


def last_month_end(today: date) -> date:
    """The last day of the month before today's."""
    return today.replace(day=1) - timedelta(days=1)


def make(
    path: Path | str, *, until: date, accounts: int = ACCOUNTS, order_lines: int = ORDER_LINES, seed: int = SEED
) -> None:
    """A new database with the demonstration programme; the ledger ends on `until`.

    The same arguments give the same facts and decisions. Raises StoreUnavailable where the file exists,
    BadInput for a size that cannot tell the story.
    """
    # Here, because numpy is dear to import and every command reads this module.
    from kam.demonstration import decisions, facts, incoming, inputs

    path = Path(path)
    if order_lines < _FEWEST_LINES or accounts < 60 or order_lines < 30 * accounts:
        raise BadInput(
            _(
                "A demonstration needs at least 60 accounts, {lines} order lines and 30 lines per account: "
                "ask for more with --accounts and --order-lines."
            ).format(lines=f"{_FEWEST_LINES:,}"),
            reason="out_of_range",
        )
    if path.exists():
        raise StoreUnavailable(
            _("{file} exists already: name another file with --db, or move this one away.").format(file=path.name),
            reason="exists",
        )
    # Grown beside its place, so that an interrupted start leaves no half of a programme behind.
    growing = path.with_name(path.name + ".making")
    _remove(growing)
    try:
        champion = access.person_named(inputs.people()["champion"], "champion")
        drawn = facts.draw_facts(accounts=accounts, order_lines=order_lines, seed=seed, until=until)
        with workbench.make(growing, currency=inputs.company()["currency"], person=champion) as store:
            facts.load(store, drawn, who=access.WORKBENCH)
            decisions.decide(store, drawn, who=champion)
            incoming.take_in(store, until=until, who=champion)
        growing.rename(path)
    except BaseException:
        _remove(growing)
        raise


def _remove(path: Path) -> None:
    for file in (path, path.with_name(path.name + ".wal")):
        file.unlink(missing_ok=True)
