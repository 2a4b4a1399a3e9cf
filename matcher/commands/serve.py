"""`matcher serve`: the HTTP service under gunicorn, with the encoded pools shared by all workers."""

from pathlib import Path
from typing import Any

import click

from matcher.settings import data_path

THREADS = 32
AT_ONCE = 8
"""So many requests are under way per worker; threads beyond only tell the others to come back."""


@click.command(name="serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address; put a TLS proxy in front.")
@click.option("--port", default=8400, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--plain-http", is_flag=True, help="Cookies without Secure, for a first try on this machine only.")
@click.option("--check", is_flag=True, help="Print the configuration and stop.")
@click.option("--data", type=click.Path(path_type=Path), help="Data folder (default: MATCHER_DATA or ./data).")
def command(*, host: str, port: int, workers: int, plain_http: bool, check: bool, data: Path | None) -> None:
    """Serve the HTTP interface /v1.

    \b
    Example:  matcher serve --data demo-office --plain-http
    """
    import orjson

    options = gunicorn_options(host, port, workers)
    if check:
        click.echo(orjson.dumps(options, option=orjson.OPT_INDENT_2))
        return
    _run(options, data_path(data), secure=not plain_http)


def gunicorn_options(host: str, port: int, workers: int) -> dict[str, Any]:
    """Safe defaults: workers are renewed, slow requests end, accepted ones are finished on SIGTERM."""
    return {
        "bind": f"{host}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "preload_app": True,
        "timeout": 60,
        "graceful_timeout": 30,
        "keepalive": 5,
        "max_requests": 20_000,
        "max_requests_jitter": 2_000,
        "limit_request_line": 2048,
        "limit_request_fields": 50,
        "backlog": 256,
        "accesslog": None,
        "errorlog": "-",
        "loglevel": "warning",
    }


def _run(options: dict[str, Any], folder: Path, *, secure: bool) -> None:
    from gunicorn.app.base import BaseApplication

    from matcher.http.logs import log_to_stderr

    class Application(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return build_app(folder, secure=secure)

    log_to_stderr()
    Application().run()


def build_app(folder: Path, *, secure: bool) -> Any:
    """The application on a data folder; the engine is made before the workers start, so that they share it."""
    import gc

    from matcher.api import create_app
    from matcher.http.service import Service
    from matcher.office import build_office_engine
    from matcher.store.service import open_configured_service

    store = open_configured_service(folder, create=False)
    service = Service(store, lambda today: build_office_engine(store.store, folder, today), secure_cookies=secure)
    app = create_app(service, AT_ONCE)
    service.engine()
    store.engine.dispose()
    gc.collect()
    gc.freeze()
    return app
