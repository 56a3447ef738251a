"""Reading of the document that answers an incoming SMS."""

from __future__ import annotations

from xml.etree import ElementTree as ET


def replies_of(document: bytes) -> list[str]:
    """Return the texts of the ``Message`` verbs; none for an empty or unreadable document."""
    if not document.strip():
        return []
    try:
        root = ET.fromstring(document)  # noqa: S314 - expat refuses entity bombs; known sender
    except ET.ParseError:
        return []
    texts = [_text(element) for element in root if element.tag in {"Message", "Sms"}]
    return [text for text in texts if text]


def _text(element: ET.Element) -> str:
    body = element.find("Body")
    return ((element.text if body is None else body.text) or "").strip()
