"""Two people, one record: what each wrote stays, and only a real clash asks. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hotline.consultations.forms import Form
from hotline.consultations.model import Record, Touch, Values
from hotline.kernel.ids import StaffId


@dataclass(frozen=True, slots=True)
class Merged:
    """The record after a patch. `changed` are the fields it moved, `clashes` those it did not."""

    values: Values = field(repr=False)
    changed: frozenset[str]
    clashes: frozenset[str]


def is_empty(value: object) -> bool:
    """Whether an answer says nothing."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def merge(record: Record, patch: Mapping[str, Any], *, base_rev: int, by: StaffId) -> Merged:
    """Put a patch on top of a record, field by field.

    A field clashes when somebody else wrote another answer into it after `base_rev`. One's own
    earlier save never clashes: its answer may have been lost on the way.
    """
    clashes = {
        name
        for name, value in patch.items()
        if _written_by_another(record.touched.get(name), base_rev, by)
        and not _same(record.values.get(name), value)
    }
    values, changed = dict(record.values), set()
    for name, value in patch.items():
        if name in clashes or _same(values.get(name), value):
            continue
        changed.add(name)
        if is_empty(value):
            values.pop(name, None)
        else:
            values[name] = value
    return Merged(values, frozenset(changed), frozenset(clashes))


def touch(record: Record, changed: frozenset[str], *, rev: int, by: StaffId) -> dict[str, Touch]:
    """Who wrote what, after `changed` was saved as revision `rev`."""
    return {**record.touched, **dict.fromkeys(changed, Touch(rev, by))}


def shown(form: Form, values: Mapping[str, Any]) -> Values:
    """Only the answers whose questions are asked: hidden ones are dropped when a record ends.

    Answers that are no field of the form stay.
    """
    hidden = {
        one.id
        for one in form.fields
        if one.when is not None and values.get(one.when.field) not in one.when.values
    }
    return {name: value for name, value in values.items() if name not in hidden}


def _written_by_another(touched: Touch | None, base_rev: int, by: StaffId) -> bool:
    return touched is not None and touched.rev > base_rev and touched.by != by


def _same(one: object, other: object) -> bool:
    return one == other or (is_empty(one) and is_empty(other))
