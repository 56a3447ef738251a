"""Every number the service shows to monitoring, declared in one place.

Labels are codes, enums and route templates; never anything that came from a person.
"""

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_HUMAN = (1.0, 5.0, 10.0, 20.0, 40.0, 60.0, 120.0, 300.0, 600.0, 1800.0)


class Metrics:
    """One registry per process (tests make their own)."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._declare_plumbing()
        self._declare_work()
        self._declare_people()

    def _counter(self, name: str, help_text: str, *labels: str) -> Counter:
        return Counter(f"hotline_{name}", help_text, labels, registry=self.registry)

    def _gauge(self, name: str, help_text: str, *labels: str) -> Gauge:
        return Gauge(f"hotline_{name}", help_text, labels, registry=self.registry)

    def _declare_plumbing(self) -> None:
        self.requests = self._counter("http_requests", "Requests", "method", "route", "status")
        self.request_s = Histogram(
            "hotline_http_request_seconds",
            "Time to answer a request",
            ["route"],
            buckets=_FAST,
            registry=self.registry,
        )
        self.head_timeouts = self._counter("http_head_timeouts", "Connections cut for a slow head")
        self.denied = self._counter("http_denied", "Requests refused at the gate", "why")
        self.sockets = self._gauge("sockets_open", "Live sockets of desks")
        self.sockets_slow = self._counter("sockets_slow", "Live sockets cut for being too slow")
        self.redis_up = self._gauge("redis_up", "1 while Redis answers")
        self.live_events = self._counter("live_events", "Live events told", "kind", "way")
        self.live_gaps = self._counter("live_gaps", "Times live readers had to reload")
        self.task_crashes = self._counter("task_crashes", "Crashes of watched tasks", "task")
        self.loop_lag_s = self._gauge("loop_lag_seconds", "How late the event loop runs")

    def _declare_work(self) -> None:
        self.jobs = self._counter("jobs", "Tries of jobs that ended", "kind", "how")
        self.job_age_s = self._gauge("job_oldest_seconds", "Age of the oldest job that is due")
        self.dead_letters = self._gauge("dead_letters", "Jobs a person must look at")
        self.inbox = self._counter("inbox_events", "Provider events", "provider", "how")
        self.signatures_bad = self._counter("webhooks_refused", "Webhooks refused", "provider")
        self.carrier_calls = self._counter("carrier_requests", "Carrier API", "verb", "how")
        self.sends = self._counter("messages_sent", "Outbound messages", "channel", "how")

    def _declare_people(self) -> None:
        self.contacts = self._counter("contacts_closed", "Contacts closed", "channel", "outcome")
        self.waiting = self._gauge("queue_waiting", "Contacts waiting", "channel")
        self.waited_s = Histogram(
            "hotline_wait_seconds",
            "Time callers waited for an answer",
            ["channel"],
            buckets=_HUMAN,
            registry=self.registry,
        )
        self.offers = self._counter("offers_ended", "Offers that ended", "how")
        self.operators = self._gauge("operators", "Operators on shift", "presence")
        self.escalations_overdue = self._gauge("escalations_overdue", "Escalations past deadline")

    def text(self) -> bytes:
        """Everything, in the text form that Prometheus reads."""
        return generate_latest(self.registry)
