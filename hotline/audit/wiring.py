"""What the audit room takes and offers."""

from functools import partial

from hotline.access.permissions import Permission
from hotline.audit.jobs import seal_forever, verify_forever
from hotline.audit.ports import Names
from hotline.audit.service import Audit
from hotline.audit.views import AuditViews
from hotline.infra.house import Room
from hotline.infra.web.routes import Route


def room(audit: Audit, names: Names) -> Room:
    """The auditor's page and the two loops of role work."""
    views = AuditViews(audit, names)
    return Room(
        name="audit",
        console=[Route("GET", "/api/audit", views.log, Permission.AUDIT_LOG_READ)],
        loops={
            "audit.seal": partial(seal_forever, audit),
            "audit.verify": partial(verify_forever, audit),
        },
    )
