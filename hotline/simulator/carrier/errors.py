"""Errors with the vendor's own codes: of the REST API, and of reading a document."""

from __future__ import annotations


class RestError(Exception):
    """A refusal of the REST API, shown as ``{code, message, more_info, status}``."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message

    def body(self) -> dict[str, object]:
        """Return the JSON body."""
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }


class DocumentError(Exception):
    """A document that cannot be fetched, read or carried out; ``code`` is the vendor's."""

    def __init__(self, code: int, message: str, *, url: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.url = url


def not_found(path: str) -> RestError:
    """Return the answer for an unknown SID."""
    return RestError(404, 20404, f"The requested resource {path} was not found")


def invalid(message: str) -> RestError:
    """Return the answer for an invalid or unknown parameter."""
    return RestError(400, 20001, message)
