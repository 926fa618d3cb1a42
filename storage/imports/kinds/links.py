"""The fields by which a line names its account, its owner and its contact."""

from collections.abc import Mapping

from storage.imports import values as v
from storage.imports.values import Converter

ACCOUNT: Mapping[str, Converter] = {
    "account_id": v.identifier,
    "account_name": v.text,
    "account_domain": v.domain,
}
ACCOUNT_NAMES: Mapping[str, tuple[str, ...]] = {
    "account_id": (
        "account id", "customer id", "company id", "account external id", "organization id",
        "company record id", "sfdc account id", "associated company id", "associated company ids",
    ),
    "account_name": (
        "account name", "account", "customer name", "customer", "company name", "company",
        "organization", "client", "associated company",
    ),
    "account_domain": ("account domain", "company domain name", "domain", "requester domain"),
}  # fmt: skip

OWNER: Mapping[str, Converter] = {
    "owner_id": v.identifier,
    "owner_name": v.text,
    "owner_email": v.email,
}
OWNER_NAMES: Mapping[str, tuple[str, ...]] = {
    "owner_id": ("csm id", "owner id"),
    "owner_name": (
        "csm", "csm name", "customer success manager", "account owner", "owner", "owner name",
        "company owner", "account manager", "success manager",
    ),
    "owner_email": ("csm email", "owner email", "account owner email"),
}  # fmt: skip

CONTACT: Mapping[str, Converter] = {"contact_id": v.identifier, "contact_email": v.email}
CONTACT_NAMES: Mapping[str, tuple[str, ...]] = {
    "contact_id": ("contact id", "requester id", "associated contact id"),
    "contact_email": ("contact email", "requester email"),
}
