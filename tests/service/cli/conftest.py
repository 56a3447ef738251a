"""What a command finds in its environment: the test profile on servers of this run."""

from pathlib import Path

import pytest

from hotline.infra.db import Database
from hotline.infra.embedded import Servers


@pytest.fixture
def environ(db: Database, servers: Servers, tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin",
        "HOTLINE_PROFILE": "test",
        "HOTLINE__DATABASE__URL": db.url,
        "HOTLINE__REDIS__URL": servers.redis_url,
        "HOTLINE__DATA_DIR": str(tmp_path),
        "HOTLINE__LOG__LEVEL": "error",
    }
