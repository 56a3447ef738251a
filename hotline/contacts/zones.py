"""The clocks that callers live by: countries and their time zones, from the taxonomy."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict

from hotline.infra import yamlfile
from hotline.kernel.errors import Problems


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone of a country; `labels` are the country's names by language."""

    key: str
    labels: Mapping[str, str]


class _Country(BaseModel):
    model_config = ConfigDict(extra="ignore")
    key: str
    labels: dict[str, str]


class _Countries(BaseModel):
    model_config = ConfigDict(extra="ignore")
    countries: tuple[_Country, ...]


class _Zones(BaseModel):
    model_config = ConfigDict(extra="forbid")
    version: int
    zones: dict[str, tuple[str, ...]]


def load(config_dir: Path) -> tuple[Zone, ...]:
    """Zones in the order of the file. Raises Problems for what is unknown or cannot be read."""
    problems: list[str] = []
    taxonomy = config_dir / "taxonomy"
    countries = yamlfile.read(taxonomy / "countries.yaml", _Countries, problems)
    zones = yamlfile.read(taxonomy / "zones.yaml", _Zones, problems)
    if countries is None or zones is None:
        raise Problems(problems)
    names = {country.key: country.labels for country in countries.countries}
    found = [(country, key) for country, keys in zones.zones.items() for key in keys]
    problems += [f"zones.yaml: no country {one}" for one in zones.zones if one not in names]
    problems += [f"zones.yaml: no time zone {key}" for _, key in found if not _known(key)]
    if problems:
        raise Problems(problems)
    return tuple(Zone(key, names[country]) for country, key in found)


def _known(key: str) -> bool:
    try:
        ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True
