"""Every table of the house in one metadata, and the statements that tables alone cannot say."""

from importlib import import_module
from importlib.util import find_spec

from hotline.infra.metadata import metadata

__all__ = ["DDL", "DDL_DOWN", "metadata"]

_MODULES = (
    "hotline.infra.outbox",
    "hotline.infra.inbox",
    "hotline.infra.keyproof",
    "hotline.infra.blobs",
    "hotline.audit.tables",
    "hotline.staff.tables",
    "hotline.contacts.tables",
    "hotline.routing.tables",
    "hotline.line.tables",
    "hotline.consultations.tables",
    "hotline.callbacks.tables",
    "hotline.recordings.tables",
    "hotline.roster.tables",
    "hotline.telephony.tables",
    "hotline.chat.tables",
    "hotline.cases.tables",
    "hotline.review.tables",
)

DDL: list[str] = []
DDL_DOWN: list[str] = []
for _name in _MODULES:
    try:
        if find_spec(_name) is None:
            continue
    except ModuleNotFoundError:
        continue
    DDL.extend(getattr(import_module(_name), "DDL", ()))
    DDL_DOWN.extend(getattr(import_module(_name), "DDL_DOWN", ()))
