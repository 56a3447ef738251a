"""One way to read a YAML file of the site: by libyaml where it is there, into a checked model."""

from functools import lru_cache
from pathlib import Path
from typing import Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

_Read = TypeVar("_Read", bound=BaseModel)
# The C reader says the same ten times sooner; a source build of PyYAML may be without it.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: Path, model: type[_Read], problems: list[str]) -> _Read | None:
    """The file as `model`; None, and every mistake added to `problems`, when it does not fit."""
    try:
        return model.model_validate(_loaded(path.read_text(encoding="utf-8")))
    except OSError:
        problems.append(f"{path.name}: cannot be read")
    except UnicodeDecodeError:
        problems.append(f"{path.name}: not UTF-8")
    except yaml.YAMLError as error:
        problems.append(f"{path.name}: not YAML: {' '.join(str(error).split())}")
    except ValidationError as error:
        problems.extend(
            f"{path.name}: {'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}"
            for problem in error.errors(include_url=False, include_input=False)
        )
    return None


# The same words mean the same: a process that starts several roles or worlds reads them once.
@lru_cache(maxsize=64)
def _loaded(text: str) -> object:
    return yaml.load(text, _LOADER)  # noqa: S506 - the safe one
