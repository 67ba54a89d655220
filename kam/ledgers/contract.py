"""What may be imported: the tables of the data contract, their columns, keys and references."""

from __future__ import annotations

from dataclasses import dataclass

from kam.errors import BadInput
from kam.words import _

# kind -> (DuckDB type of the stored column, what it is called in a sentence)
KINDS = {
    "id": ("varchar", "an id"),
    "text": ("varchar", "text"),
    "currency": ("varchar", "a currency code such as EUR"),
    "choice": ("varchar", "one of a list of words"),
    "list": ("varchar[]", "words separated by ;"),
    "date": ("date", "a date"),
    "money": ("decimal(18, 2)", "an amount"),
    "quantity": ("decimal(18, 4)", "a quantity"),
    "factor": ("decimal(28, 8)", "a number"),
    "number": ("double", "a number"),
    "share": ("double", "a share between 0 and 1"),
    "integer": ("integer", "a whole number"),
    "boolean": ("boolean", "yes or no"),
}
NUMERIC = frozenset({"money", "quantity", "factor", "number", "share", "integer"})

# Longer than any real id, name or note; a longer cell is a fault of the file.
LONGEST_ID = 200
LONGEST_TEXT = 20_000

CONTACT_ROLES = (
    "decision maker",
    "approver",
    "influencer",
    "user",
    "gatekeeper",
    "customer's sponsor",
    "champion",
    "blocker",
)
INTERACTION_KINDS = (
    "visit",
    "executive_visit",
    "call",
    "email",
    "message",
    "meeting",
    "symposium",
    "survey",
    "complaint",
    "training",
    "greeting",
)
EXECUTIVE_LEVELS = ("board", "c_level", "vice_president", "director")
BACKGROUNDS = ("sales", "technical", "project", "finance", "operations", "other")


@dataclass(frozen=True)
class Field:
    """A column that a file may carry.

    lowest, highest: the range a value has to lie in. choices: the words it may be. is_past: may not lie after
    today. is_stored: False for what only serves to work out another column (unit_price).
    """

    name: str
    kind: str
    is_required: bool = False
    lowest: float | None = None
    highest: float | None = None
    choices: tuple[str, ...] = ()
    is_past: bool = False
    is_stored: bool = True

    @property
    def sql_type(self) -> str:
        return KINDS[self.kind][0]

    @property
    def is_numeric(self) -> bool:
        """Whether it may be worked out of other columns."""
        return self.kind in NUMERIC


@dataclass(frozen=True)
class Table:
    """An importable table. key: the columns that name a row; empty where rows have no name of their own.

    parent: the column that refers to another row of the same table (no cycles). controlled: the amounts, in a
    currency that each row may name, over which control totals are kept.
    """

    name: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    parent: str | None = None
    controlled: str | None = None

    @property
    def relation(self) -> str:
        return f"ledgers.{self.name}"

    @property
    def stored(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.is_stored)

    @property
    def has_account(self) -> bool:
        """Whether rows belong to an account of the master."""
        return self.name != "accounts" and any(field.name == "account_id" for field in self.fields)

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


def _id(name: str, required: bool = False) -> Field:
    return Field(name, "id", required)


def _text(name: str, required: bool = False) -> Field:
    return Field(name, "text", required)


_ACCOUNT = _id("account_id", True)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "accounts",
            ("account_id",),
            (
                _ACCOUNT,
                _text("name", True),
                _id("parent_account_id"),
                *map(_text, ("industry", "region", "country", "channel", "owner")),
                Field("customer_since", "date"),
                Field("payment_terms_days", "integer", lowest=0, highest=3650),
                _text("website"),
            ),
            parent="parent_account_id",
        ),
        Table(
            "products",
            ("product_id",),
            (
                _id("product_id", True),
                _text("name", True),
                _text("category"),
                _text("business_unit"),
                Field("standard_cost", "quantity", lowest=0),
            ),
        ),
        Table(
            "order_lines",
            ("order_id", "line_no"),
            (
                _id("order_id", True),
                Field("line_no", "integer", lowest=0),
                _ACCOUNT,
                Field("order_date", "date", True, is_past=True),
                _id("product_id"),
                Field("quantity", "quantity", True),
                Field("net_revenue", "money", True),
                Field("unit_price", "factor", is_stored=False),
                Field("list_revenue", "money"),
                Field("cogs", "money"),
                Field("currency", "currency"),
                Field("is_rush", "boolean"),
                _text("line_kind"),
                Field("is_revenue", "boolean"),
            ),
            controlled="net_revenue",
        ),
        Table(
            "payments",
            ("payment_id",),
            (
                _id("payment_id", True),
                _ACCOUNT,
                Field("paid_on", "date", True, is_past=True),
                Field("amount", "money", True),
                Field("currency", "currency"),
                _id("order_id"),
            ),
            controlled="amount",
        ),
        Table(
            "activities",
            (),
            (
                _ACCOUNT,
                _id("activity_code", True),
                Field("occurred_on", "date", True, is_past=True),
                Field("quantity", "quantity", True),
                Field("minutes", "money", lowest=0),
            ),
        ),
        Table(
            "contacts",
            ("contact_id",),
            (
                _id("contact_id", True),
                _ACCOUNT,
                _text("name", True),
                _text("title"),
                _text("email"),
                _text("phone"),
                _id("reports_to"),
                Field("role", "choice", choices=CONTACT_ROLES),
                Field("influence", "integer", lowest=1, highest=5),
                Field("attitude", "integer", lowest=-2, highest=2),
            ),
            parent="reports_to",
        ),
        Table(
            "opportunities",
            ("opportunity_id",),
            (
                _id("opportunity_id", True),
                _ACCOUNT,
                _text("name", True),
                _text("stage", True),
                Field("amount", "money"),
                Field("probability", "share", lowest=0, highest=1),
                Field("expected_close", "date"),
                _id("product_id"),
                _text("owner"),
            ),
        ),
        Table(
            "contracts",
            ("contract_id",),
            (
                _id("contract_id", True),
                _ACCOUNT,
                _text("name", True),
                Field("start_date", "date", True),
                Field("end_date", "date"),
                Field("annual_value", "money"),
                Field("notice_days", "integer", lowest=0, highest=36_500),
                Field("auto_renews", "boolean"),
            ),
        ),
        Table(
            "interactions",
            ("interaction_id",),
            (
                _id("interaction_id"),
                _ACCOUNT,
                Field("occurred_on", "date", True, is_past=True),
                Field("kind", "choice", True, choices=INTERACTION_KINDS),
                _text("summary", True),
                _text("by"),
                _id("contact_id"),
                _text("next_step"),
                Field("next_step_due", "date"),
            ),
        ),
        Table(
            "survey_responses",
            (),
            (
                _ACCOUNT,
                Field("answered_on", "date", True, is_past=True),
                _text("attribute", True),
                Field("importance", "number", lowest=1, highest=7),
                Field("performance", "number", lowest=1, highest=7),
                Field("scale_points", "integer", lowest=5, highest=7),
                _id("contact_id"),
            ),
        ),
        Table(
            "executives",
            ("executive_id",),
            (
                _id("executive_id", True),
                _text("name", True),
                _text("title", True),
                Field("level", "choice", choices=EXECUTIVE_LEVELS),
                _text("region"),
                Field("industries", "list"),
                Field("languages", "list"),
                Field("max_accounts", "integer", lowest=0, highest=1000),
                _text("email"),
            ),
        ),
        Table(
            "account_managers",
            ("manager_id",),
            (
                _id("manager_id", True),
                _text("name", True),
                Field("background", "choice", choices=BACKGROUNDS),
                _text("region"),
                Field("languages", "list"),
                Field("max_accounts", "integer", lowest=0, highest=1000),
                _text("email"),
            ),
        ),
        Table(
            "exchange_rates",
            ("currency", "valid_from"),
            (
                Field("currency", "currency", True),
                Field("valid_from", "date", True),
                Field("rate", "number", True, lowest=1e-9),
            ),
        ),
    )
}

# What [account] of a mapping may fill in an account that is made from the ledger.
ACCOUNT_TEXTS = tuple(
    field.name for field in TABLES["accounts"].fields if field.kind == "text" and field.name != "website"
)

# Amounts that are kept in the file's currency too, as original_….
CONVERTED = ("net_revenue", "list_revenue", "cogs")


# The account that a row was named after, where that account was merged into another.
NAMED_ACCOUNT = "named_account_id"


def stored_columns(table: Table) -> list[tuple[str, str]]:
    """(column, type) of all that a table stores, the file's own amounts and merged names included."""
    own = [(field.name, field.sql_type) for field in table.stored]
    if table.has_account:
        own.append((NAMED_ACCOUNT, KINDS["id"][0]))
    if table.name == "order_lines":
        own += [(f"original_{name}", KINDS["money"][0]) for name in CONVERTED]
    return own


def table_named(name: str) -> Table:
    """The importable table of that name. Raises BadInput where there is none."""
    if name not in TABLES:
        raise BadInput(
            _("There is no table {table}: use one of {tables}.").format(table=name, tables=", ".join(TABLES)),
            reason="unknown_table",
        )
    return TABLES[name]
