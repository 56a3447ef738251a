"""A value that does not show itself in a log, a traceback or a settings dump."""

from typing import Any

from typing_extensions import override


class Secret:
    """Holds a text until the one call that needs it asks with `reveal`."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The text itself."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __len__(self) -> int:
        return len(self._value)

    @override
    def __repr__(self) -> str:
        return "Secret(***)"

    @override
    def __str__(self) -> str:
        return "***"

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    @override
    def __hash__(self) -> int:
        return hash(self._value)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> Any:  # noqa: ANN401 - pydantic's own type
        from pydantic_core import core_schema  # noqa: PLC0415 - the kernel must import without pydantic

        return core_schema.no_info_plain_validator_function(
            lambda v: v if isinstance(v, Secret) else cls(str(v))
        )
