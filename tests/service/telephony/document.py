"""An answer to a webhook, taken apart."""

from xml.etree import ElementTree as ET

BASE = "https://line.example"


class Document:
    """An answer as its listener takes it apart."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = ET.fromstring(text)  # noqa: S314 - our own document

    @property
    def plays(self) -> list[str]:
        """Prompts in order, as `lang/id`."""
        urls = [play.text or "" for play in self.root.iter("Play")]
        return [url.removeprefix(f"{BASE}/prompts/").removesuffix(".mp3") for url in urls]

    @property
    def verbs(self) -> list[str]:
        return [verb.tag for verb in self.root]

    @property
    def room(self) -> str | None:
        found = self.root.find("Dial/Conference")
        return None if found is None else found.text

    @property
    def turn(self) -> int:
        """The number in the address of the next request."""
        action = self.root.find("Gather")
        assert action is not None
        return int(action.attrib["action"].partition("?n=")[2].partition("#")[0])

    @property
    def holds(self) -> bool:
        gather = self.root.find("Gather")
        return gather is not None and "/voice/hold-key" in gather.attrib["action"]
