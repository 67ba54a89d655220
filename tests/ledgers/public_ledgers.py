"""What the public ledgers hold by their source: each file with its mapping and what has to come of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MAPPINGS = Path(__file__).resolve().parents[2] / "data" / "mappings"


@dataclass(frozen=True)
class LedgerFile:
    """A file of a ledger and its outcome. total: amount taken in, in the ledger's currency; joins: the headers file."""

    table: str
    file: str
    mapping: str
    read: int
    left_out: int = 0
    total: str | None = None
    joins: str | None = None
    makes: int = 0

    @property
    def inserted(self) -> int:
        return self.read - self.left_out


LEDGERS = {
    "online_retail": (
        "GBP",
        (
            LedgerFile(
                "order_lines",
                "online_retail/online_retail_2010_2011.csv.gz",
                "online-retail",
                541_909,
                135_080,
                "8300065.81",
                makes=4_372,
            ),
        ),
    ),
    "cdnow": (
        "USD",
        (LedgerFile("order_lines", "cdnow/CDNOW_sample.txt", "cdnow", 6_919, total="244091.94", makes=2_357),),
    ),
    "classicmodels": (
        "USD",
        (
            LedgerFile("accounts", "classicmodels/customers.csv", "classicmodels-accounts", 122),
            LedgerFile("products", "classicmodels/products.csv", "classicmodels-products", 110),
            LedgerFile(
                "order_lines",
                "classicmodels/orderdetails.csv",
                "classicmodels-orders",
                2_996,
                total="9604190.61",
                joins="classicmodels/orders.csv",
            ),
            LedgerFile("payments", "classicmodels/payments.csv", "classicmodels-payments", 273, total="8853839.23"),
        ),
    ),
    "northwind": (
        "USD",
        (
            LedgerFile("accounts", "northwind/customers.csv", "northwind-accounts", 93),
            LedgerFile("products", "northwind/products.csv", "northwind-products", 77),
            # 1,265,793.04 before the lines are rounded, each half up to the cent.
            LedgerFile(
                "order_lines",
                "northwind/order_details.csv",
                "northwind-orders",
                2_155,
                total="1265793.29",
                joins="northwind/orders.csv",
            ),
        ),
    ),
    "crm_maven": (
        "USD",
        (
            LedgerFile("accounts", "crm_maven/accounts.csv", "maven-crm-accounts", 85),
            LedgerFile("products", "crm_maven/products.csv", "maven-crm-products", 7),
            LedgerFile("opportunities", "crm_maven/sales_pipeline.csv", "maven-crm-opportunities", 8_800, 1_425),
        ),
    ),
}
