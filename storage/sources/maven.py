"""Maven Analytics' CRM sales opportunities: accounts, products, sales teams and pipeline."""

from collections.abc import Callable, Iterator

from storage.imports import values as v
from storage.imports.book import Book
from storage.imports.kinds.accounts import ACCOUNTS
from storage.imports.kinds.history import LINKS
from storage.imports.kinds.money import DEALS
from storage.imports.sheet import Kind, Line, Rejection, Row, Sheet, Source, Unneeded

_STAGES = {"won": (True, True), "lost": (True, False)}
_MENDED = {
    "sector": {"technolgy": "technology"},
    "office_location": {"philipines": "Philippines"},
}


def _teams(line: Line, book: Book) -> Iterator[Row]:
    """Yield a sales agent and the manager; the data set has no e-mail addresses and gets none."""
    agent, manager = line.values["name"], line.get("manager")
    if manager:
        yield Row("csms", manager, {"name": manager}, first={"role": "manager"}, shared=True)
    values = {"name": agent, "manager_id": manager and book.id_of("csms", manager)}
    book.note("address_none", line.number)
    yield Row("csms", agent, values)


TEAM = Kind(
    name="sales teams",
    tables=("csms",),
    fields={"name": v.text, "manager": v.text},
    build=_teams,
    required=("name",),
    notes={
        "address_none": "{count} of {of} agents have no e-mail address in the data: Steward cannot "
        "know them in Slack until it is added."
    },
)


def _account(line: Line, book: Book) -> None:
    """Mend the two misspelt words, and let the name be the id, as the pipeline refers to it."""
    line.values["id"] = line.get("name")
    for field, cell in (("industry", "sector"), ("country", "officelocation")):
        mended = _MENDED["sector" if cell == "sector" else "office_location"]
        word = mended.get(str(line.get(field)).lower())
        if word:
            line.values[field] = word
            book.note(f"mended_{field}", line.number)


def _product(line: Line, book: Book) -> None:
    book.links["product"][_key(line.values["id"])] = line.values["id"]


def _key(product: str) -> str:
    return "".join(product.lower().split())


def _deal(line: Line, book: Book) -> None:
    """Name the deal, mend its product's name, and read its stage."""
    if not line.get("account_id"):
        raise Rejection("the deal names no account", "account_id")
    product = str(line.get("product") or "")
    known = book.links["product"].get(_key(product), product)
    if known != product:
        book.note("product_mended", line.number)
    line.values |= {"product": known, "name": f"{known} for {line.values['account_id']}"}
    closed, won = _STAGES.get(str(line.get("stage")).lower(), (False, False))
    line.values |= {"is_closed": closed, "is_won": won}
    if not line.get("opened_on"):
        book.note("engage_none", line.number)


def _mended(what: str) -> str:
    return "{count} of {of} lines: " + what


_MENDING: dict[str, str] = {
    "mended_industry": _mended("the sector 'technolgy' is read as 'technology'."),
    "mended_country": _mended("the office location 'Philipines' is read as 'Philippines'."),
}

_NOTED: Callable[[Line, Book], None] = _deal

MAVEN = Source(
    name="maven",
    title="Maven CRM",
    sheets=(
        Sheet(
            name="sales teams",
            kind=TEAM,
            signature=("sales_agent", "manager", "regional_office"),
            columns={"name": ("sales_agent",), "manager": ("manager",)},
            files=("sales_teams*",),
        ),
        Sheet(
            name="accounts",
            kind=ACCOUNTS,
            signature=("account", "sector", "year_established"),
            columns={
                "name": ("account",),
                "industry": ("sector",),
                "country": ("office_location",),
                "employees": ("employees",),
                "parent_id": ("subsidiary_of",),
            },
            files=("accounts*",),
            adjust=_account,
            ignored={
                "revenue": "the customer's own turnover in millions, not what it pays you (ARR)",
                "year_established": "when the customer was founded, not when it became one",
            },
            notes={
                **_MENDING,
                "owner_none": "{count} of {of} accounts have no owner: the data names an agent per "
                "deal, not per account. Give them to a CSM, or ask as an admin.",
            },
        ),
        Sheet(
            name="products",
            kind=LINKS,
            signature=("product", "series", "sales_price"),
            columns={"id": ("product",)},
            files=("products*",),
            adjust=_product,
            ignored=dict.fromkeys(("series", "sales_price"), "the price list is not needed"),
        ),
        Sheet(
            name="pipeline",
            kind=DEALS,
            signature=("opportunity_id", "sales_agent", "deal_stage"),
            columns={
                "id": ("opportunity_id",),
                "account_id": ("account",),
                "product": ("product",),
                "stage": ("deal_stage",),
                "opened_on": ("engage_date",),
                "close_on": ("close_date",),
                "amount": ("close_value",),
            },
            files=("sales_pipeline*",),
            adjust=_NOTED,
            ignored={"sales_agent": "an opportunity has no owner of its own in Steward"},
            notes={
                "product_mended": "{count} of {of} deals name a product that the list writes "
                "differently (GTXPro for GTX Pro): read as the list writes it.",
                "engage_none": "{count} of {of} deals have no engage date: kept without it.",
            },
        ),
    ),
    unneeded=(Unneeded(("data_dictionary*",), "a description of the columns"),),
)
