"""The headers that let a staff page run our own files and nothing else."""

# Hosts the carrier's browser phone talks to; allowed only where that phone is switched on.
PHONE_HOSTS = ("wss://voice-js.roaming.twilio.com", "https://eventgw.twilio.com")


def policy(*, browser_phone: bool, simulator: str = "") -> str:
    """The Content-Security-Policy of every page; strict, with Trusted Types.

    `simulator`: the address of the one that carries the voices of the training room, if any.
    """
    carried = (simulator, simulator.replace("http", "ws", 1)) if simulator else ()
    connect = " ".join(("'self'", *(PHONE_HOSTS if browser_phone else ()), *carried))
    rules = (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "media-src 'self' blob:",
        f"connect-src {connect}",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types h189 lit-html",
    )
    return "; ".join(rules)


def headers(*, browser_phone: bool) -> dict[str, str]:
    """All security headers of a page; the microphone is for our own origin only."""
    return {
        "Content-Security-Policy": policy(browser_phone=browser_phone),
        "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cache-Control": "no-store",
    }
