"""Settings: flag > environment MATCHER_* > matcher.toml in the data folder > default."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import MatcherError


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the settings table: name, default, what it means, whether it is never shown, and the least
    number it takes; the environment name follows."""

    name: str
    default: str | int | bool
    help: str
    secret: bool = False
    least: int = 0

    @property
    def environment(self) -> str:
        """Name of the environment variable that overrides the file and the default."""
        return f"MATCHER_{self.name.upper()}"


SETTINGS: tuple[Setting, ...] = (
    Setting("data", "data", "folder that holds the database, caches and matcher.toml (MATCHER_DATA, --data)"),
    Setting(
        "database_url",
        "",
        "database instead of the embedded SQLite file, for example postgresql+psycopg://…",
        secret=True,
    ),
    Setting(
        "database_owner_url",
        "",
        "owner of the tables on PostgreSQL, used by migrations alone; empty: database_url",
        secret=True,
    ),
    Setting("jobcenter", "default", "the Jobcenter this installation serves; the embedded database knows only one"),
    Setting("oidc_issuer", "", "identity provider whose logins are accepted (https://…); empty: local accounts alone"),
    Setting("oidc_client_id", "", "this service's name at the identity provider"),
    Setting(
        "oidc_client_secret",
        "",
        "this service's secret there; better in the environment than in a file",
        secret=True,
    ),
    Setting("oidc_base_url", "", "address of this service as browsers see it (https://…), for the way back"),
    Setting("oidc_claim", "preferred_username", "claim of the provider's token that is the login of an account here"),
    Setting(
        "trusted_proxies",
        0,
        "proxies in front that set X-Forwarded-For; logins are limited by the address the outermost one saw",
    ),
    Setting("top", 10, "how many suggestions a question returns when --top is not given", least=1),
    Setting("max_file_mb", 64, "input files above this size are refused before they are opened", least=1),
    Setting("max_rows", 1_000_000, "input files with more rows than this are refused", least=1),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


def setting(
    name: str,
    data_dir: Path | None = None,
    flag: str | int | bool | None = None,
    environ: Mapping[str, str] | None = None,
) -> str | int | bool:
    """Return the value in force for `name`; raises MatcherError where it cannot be read or is not of its type."""
    row = _BY_NAME[name]
    if flag is not None:
        return flag
    env = os.environ if environ is None else environ
    if row.environment in env:
        return _typed(row, env[row.environment], row.environment)
    if data_dir is not None and (file := data_dir / "matcher.toml").is_file():
        values = _read(file)
        if name in values:
            return _typed(row, values[name], str(file))
    return row.default


def _read(file: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise MatcherError(
            f"{file}: the settings cannot be read: {reason}.",
            'Write one setting per line, such as top = 10 or jobcenter = "mittelsachsen".',
        ) from error


def _typed(row: Setting, value: object, where: str) -> str | int | bool:
    if isinstance(row.default, bool):
        if value in (True, "1", "true", "yes"):
            return True
        if value in (False, "0", "false", "no", ""):
            return False
    elif isinstance(row.default, int):
        number = isinstance(value, int) and not isinstance(value, bool)
        if number or (isinstance(value, str) and value.strip().isdecimal()):
            return _at_least(row, int(str(value)), where)
    elif isinstance(value, str):
        return value
    found = "" if row.secret else f", found {value!r}"
    raise MatcherError(f"{where}: setting {row.name} must be of type {type(row.default).__name__}{found}.", row.help)


def _at_least(row: Setting, value: int, where: str) -> int:
    if value < row.least:
        raise MatcherError(f"{where}: setting {row.name} must be at least {row.least}, found {value}.", row.help)
    return value


def data_path(flag: str | Path | None = None) -> Path:
    """The data folder: --data, else MATCHER_DATA, else ./data; raises MatcherError where that is a file."""
    path = Path(str(setting("data", None, str(flag) if flag is not None else None))).expanduser()
    if path.exists() and not path.is_dir():
        raise MatcherError(f"The data folder {path} is a file.", "Name a folder with --data or MATCHER_DATA.")
    return path
