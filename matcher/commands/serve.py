"""`matcher serve`: the HTTP service under gunicorn, with the encoded pools shared by all workers."""

import datetime as dt
from pathlib import Path
from typing import Any

import click

from matcher.commands.day import Day
from matcher.settings import data_path

THREADS = 32
AT_ONCE = 24
"""So many requests are under way per worker; threads beyond only tell the others to come back.

Connections stay with one worker, so that one may have twice the load of the other for a moment; a quarter of a second
of work may wait there."""

MOST_PROXIES = 8
"""More in a row is a mistake in the setting."""

COLLECT_AFTER = 20_000
"""So many new objects until cycles are looked for: an answer makes thousands, and nearly none of them in cycles."""


@click.command(name="serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address; put a TLS proxy in front.")
@click.option("--port", default=8400, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--plain-http", is_flag=True, help="Cookies without Secure, for a first try on this machine only.")
@click.option("--date", "day", type=Day(), help="Day of all questions (default: today).")
@click.option("--check", is_flag=True, help="Print the configuration and stop.")
@click.option("--data", type=click.Path(path_type=Path), help="Data folder (default: MATCHER_DATA or ./data).")
def command(
    *, host: str, port: int, workers: int, plain_http: bool, day: dt.datetime | None, check: bool, data: Path | None
) -> None:
    """Serve the HTTP interface /v1.

    \b
    Example:  matcher serve --data demo-office --plain-http --date 2022-05-02
    """
    import orjson

    options, folder = gunicorn_options(host, port, workers), data_path(data)
    if check:
        click.echo(orjson.dumps(options | {"service": _settings(folder)}, option=orjson.OPT_INDENT_2))
        return
    run_server(options, lambda: build_app(folder, secure=not plain_http, day=day.date() if day else None))


def gunicorn_options(host: str, port: int, workers: int) -> dict[str, Any]:
    """Safe defaults: workers are renewed, accepted requests are finished on SIGTERM.

    `timeout` ends workers that hang as a whole; requests that do not arrive end by `matcher.http.worker`.
    """
    return {
        "bind": f"{host}:{port}",
        "workers": workers,
        "worker_class": "matcher.http.worker.Worker",
        "threads": THREADS,
        "preload_app": True,
        "timeout": 60,
        "graceful_timeout": 30,
        "keepalive": 5,
        "max_requests": 20_000,
        "max_requests_jitter": 2_000,
        "limit_request_line": 2048,
        "limit_request_fields": 50,
        "limit_request_field_size": 8190,
        "backlog": 256,
        "accesslog": None,
        "errorlog": "-",
        "loglevel": "warning",
    }


def _settings(folder: Path) -> dict[str, Any]:
    """What the service itself is told, secrets left out."""
    from matcher.settings import setting

    names = ("jobcenter", "oidc_issuer", "oidc_client_id", "oidc_claim", "oidc_base_url", "trusted_proxies")
    return {name: setting(name, folder) for name in names} | {"data": str(folder), "at_once": AT_ONCE}


def run_server(options: dict[str, Any], build: Any) -> None:
    """Serve what `build` makes until SIGTERM; it is made once, before the workers start."""
    import os
    import shutil
    import tempfile

    figures, master = tempfile.mkdtemp(prefix="matcher-metrics-"), os.getpid()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = figures  # read when prometheus_client is first imported
    try:
        _gunicorn(options, build)
    finally:
        if os.getpid() == master:  # workers leave by the same way
            shutil.rmtree(figures, ignore_errors=True)


def _gunicorn(options: dict[str, Any], build: Any) -> None:
    from gunicorn.app.base import BaseApplication
    from gunicorn.glogging import Logger
    from prometheus_client.multiprocess import mark_process_dead

    from matcher.http.logs import json_lines, log_to_stderr

    class JsonLogger(Logger):  # type: ignore[misc]
        def setup(self, cfg: Any) -> None:
            super().setup(cfg)
            for handler in self.error_log.handlers:
                handler.setFormatter(json_lines())

    class Application(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)
            self.cfg.set("logger_class", JsonLogger)
            self.cfg.set("post_worker_init", _catch_up)
            self.cfg.set("child_exit", lambda _server, worker: mark_process_dead(worker.pid))  # type: ignore[no-untyped-call]

        def load(self) -> Any:
            return build()

    log_to_stderr()
    Application().run()


def _catch_up(worker: Any) -> None:
    """Before a worker accepts: its engine may be as old as the service when it replaces another one."""
    service = getattr(worker.wsgi, "extensions", {}).get("matcher")
    if service is not None:
        service.catch_up()


def build_app(folder: Path, *, secure: bool, day: dt.date | None = None) -> Any:
    """The application on a data folder; the engine is made before the workers start, so that they share it."""
    import gc
    from dataclasses import replace

    from matcher.api import create_app
    from matcher.features.vacancies import native_fits
    from matcher.http.service import Service
    from matcher.office import build_office_engine
    from matcher.store.secret import warm_up
    from matcher.store.service import open_configured_service

    store = open_configured_service(folder, create=False)
    native = native_fits()
    build = lambda today: replace(build_office_engine(store.store, folder, today), native=native)  # noqa: E731
    service = Service(store, build, secure_cookies=secure, issuer=_issuer(folder), day=day)
    app = create_app(service, AT_ONCE, limited=True, trusted_proxies=_proxies(folder))
    service.engine()
    warm_up()
    store.engine.dispose()
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
    return app


def _proxies(folder: Path) -> int:
    """How many proxies are trusted; MatcherError for a number that cannot be."""
    from matcher.errors import MatcherError
    from matcher.settings import setting

    found = int(setting("trusted_proxies", folder))
    if not 0 <= found <= MOST_PROXIES:
        raise MatcherError(f"trusted_proxies is {found}.", f"0 to {MOST_PROXIES}: how many proxies stand in front.")
    return found


def _issuer(folder: Path) -> Any:
    """The configured identity provider; None where there is none, MatcherError where something is missing."""
    from matcher.errors import MatcherError
    from matcher.settings import setting

    names = ("oidc_issuer", "oidc_client_id", "oidc_client_secret", "oidc_base_url", "oidc_claim")
    found = {name: str(setting(name, folder)) for name in names}
    if not found["oidc_issuer"]:
        return None
    if missing := [name for name, value in found.items() if not value]:
        raise MatcherError(f"oidc_issuer is set, but {', '.join(missing)} is not.", "See docs/api.md.")
    from matcher.http.oidc_client import Issuer

    callback = f"{found['oidc_base_url'].rstrip('/')}/v1/oidc/callback"
    return Issuer(
        found["oidc_issuer"], found["oidc_client_id"], found["oidc_client_secret"], callback, found["oidc_claim"]
    )
