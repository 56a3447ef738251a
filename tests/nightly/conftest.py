"""A customer of the simulator, on loopback, as in its contracts."""

from tests.contracts.simulator.conftest import customer

__all__ = ["customer"]
