"""Reads what whoever runs the bot decides: `config.toml` and the environment, which wins."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from cryptography.fernet import Fernet
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

FILE = Path("config.toml")
PREFIX = "CONVENER__"
SHAPE = 'Expected lines such as [log], level = "info" and batch = 100, with text in quotes.'
LINE = re.compile(
    r"""\s*(?P<header>\[)?\s*(?P<key>[\w"'-]+(\s*\.\s*[\w"'-]+)*)\s*(?(header)\]|=)"""
)


class SettingsError(Exception):
    """The settings cannot be used; the message names each place and what belongs there."""


def _listed(value: object) -> object:
    """Take a list as the environment can say it: with commas."""
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


Ids = Annotated[tuple[int, ...], BeforeValidator(_listed)]


def _fernet(key: SecretStr) -> SecretStr:
    Fernet(key.get_secret_value())
    return key


def _token(*starts: str) -> AfterValidator:
    def check(token: SecretStr) -> SecretStr:
        if not token.get_secret_value().startswith(starts):
            raise ValueError
        return token

    return AfterValidator(check)


class Section(BaseModel):
    """One table of the file; a field's description is what people are told it should be."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Database(Section):
    """Where everything is kept."""

    url: str = Field(
        "sqlite:///data/convener.db",
        pattern=r"^(sqlite|postgresql(\+psycopg)?)://",
        repr=False,
        description='"sqlite:///FILE" or "postgresql://USER:PASSWORD@HOST/NAME"',
    )


class Slack(Section):
    """One Slack app: of one workspace with `bot_token`, of several with `client_id`."""

    bot_token: Annotated[SecretStr, _token("xoxb-", "xoxe.")] | None = Field(
        None, description='the bot token, which begins with "xoxb-"'
    )
    app_token: Annotated[SecretStr, _token("xapp-")] | None = Field(
        None, description='the app-level token, which begins with "xapp-"'
    )
    signing_secret: SecretStr | None = Field(None, description="the signing secret, in quotes")
    client_id: str | None = Field(None, description="the client id of the app, in quotes")
    client_secret: SecretStr | None = Field(None, description="the client secret, in quotes")
    mode: Literal["socket", "http"] = Field("socket", description='"socket" or "http"')
    host: str = Field("127.0.0.1", description='the address to listen on, such as "0.0.0.0"')
    port: int = Field(3000, ge=0, le=65535, description="a whole number from 0 to 65535")
    path: str = Field("/slack/events", pattern="^/", description='a path that begins with "/"')
    command: str = Field("/cop", pattern="^/[a-z0-9_-]{1,31}$", description='such as "/cop"')
    api_url: str = Field(
        "https://slack.com/api/",
        pattern="^https?://.+/$",
        description='an address that begins with "https://" and ends with "/"',
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.client_id is None) != (self.client_secret is None):
            raise ValueError("client_id and client_secret go together: set both or neither")
        if not self.bot_token and not self.client_id:
            raise ValueError('bot_token is missing: the bot token, which begins with "xoxb-"')
        if self.mode == "socket" and not self.app_token:
            raise ValueError('mode "socket" needs app_token, which begins with "xapp-"')
        if self.mode == "http" and not self.signing_secret:
            raise ValueError('mode "http" needs signing_secret')
        return self


class Discord(Section):
    """One Discord application."""

    token: SecretStr = Field(description="the token of the bot, in quotes")
    api_url: str = Field(
        "https://discord.com/api/v10",
        pattern="^https?://.+[^/]$",
        description='an address that begins with "https://", without "/" at its end',
    )
    gateway_url: str | None = Field(
        None, pattern="^wss?://", description='an address that begins with "wss://"'
    )
    shard_ids: Ids = Field((), description="the shards this process serves, such as [0, 1]")
    shard_count: int | None = Field(None, ge=1, description="how many shards there are, from 1")
    sync_to: Ids = Field((), description="ids of servers, such as [123456789012345678]")

    @model_validator(mode="after")
    def _sharded(self) -> Self:
        if self.shard_ids and self.shard_count is None:
            raise ValueError("shard_ids needs shard_count: how many shards there are in all")
        if not all(0 <= shard < (self.shard_count or 0) for shard in self.shard_ids):
            raise ValueError("shard_ids are counted from 0 and stay below shard_count")
        return self


class Scheduler(Section):
    """How deliveries are sent."""

    batch: int = Field(100, ge=1, le=1000, description="a whole number from 1 to 1000")
    poll_seconds: float = Field(5, gt=0, le=60, description="seconds, more than 0 and at most 60")
    lease_seconds: float = Field(60, ge=10, le=3600, description="seconds, from 10 to 3600")


class Log(Section):
    """What is written down while the bot runs."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description='"debug", "info", "warning" or "error"'
    )
    format: Literal["plain", "json"] = Field("plain", description='"plain" or "json"')


class Secrets(Section):
    """The keys that tokens of installed workspaces are encrypted with, the newest first."""

    keys: Annotated[
        tuple[Annotated[SecretStr, AfterValidator(_fernet)], ...], BeforeValidator(_listed)
    ] = Field(
        (), description="keys of 32 bytes in URL-safe base64, made by: openssl rand -base64 32"
    )


class Settings(BaseSettings):
    """Everything that can be set; a platform without a section is not started."""

    model_config = SettingsConfigDict(
        extra="forbid",
        frozen=True,
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        enable_decoding=False,
    )

    database: Database = Database()
    slack: Slack | None = None
    discord: Discord | None = None
    scheduler: Scheduler = Scheduler()
    log: Log = Log()
    secrets: Secrets = Secrets()

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        if self.slack and self.slack.client_id and not self.secrets.keys:
            raise ValueError("[slack] client_id needs a key in [secrets] keys")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        *others: PydanticBaseSettingsSource,
        **more: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Leave the reading to `load`, which knows where each value was written."""
        return (init_settings,)


TABLES = {table.__name__.lower(): table for table in Section.__subclasses__()}


@dataclass(frozen=True)
class _Written:
    """What was found, and where: in a file with its lines, or in variables."""

    variables: Mapping[str, dict[str, Any]]
    name: str = "The environment"
    text: str = ""

    def merged(self) -> dict[str, Any]:
        file = tomllib.loads(self.text)
        for section, values in self.variables.items():
            if isinstance(below := file.get(section, {}), dict):
                file[section] = {**below, **values}
        return file

    def place(self, path: tuple[str, ...]) -> str:
        if path[1:] and path[1] in self.variables.get(path[0], {}):
            return PREFIX + "__".join(path).upper()
        lines = dict(_lines(self.text))
        line = lines.get(path) or lines.get(path[:1])
        return f"{self.name}, line {line}" if line else self.name


def load(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from `path` (or ./config.toml when there is one) and the environment.

    Raises SettingsError with one line for each thing that is wrong; no value is repeated in it.
    """
    variables = _variables(os.environ if environ is None else environ)
    file = path or (FILE if FILE.exists() else None)
    written = _Written(variables, file.name, _read(file)) if file else _Written(variables)
    try:
        return Settings.model_validate(written.merged())
    except tomllib.TOMLDecodeError as error:
        place = str(error).replace("end of document", f"line {written.text.count(chr(10)) + 1}")
        raise SettingsError(f"{written.name}: {place}. {SHAPE}") from error
    except ValidationError as error:
        found = [(tuple(map(str, wrong["loc"][:2])), wrong) for wrong in error.errors()]
    raise SettingsError(
        "\n".join(f"{written.place(path)}: {_wrong(path, wrong)}" for path, wrong in found)
    )


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} is not UTF-8 text: save it as UTF-8.") from error


def _variables(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    ours = {name.lower(): value for name, value in environ.items() if name.startswith(PREFIX)}
    for name in ours:
        section, _, setting = name.removeprefix(PREFIX.lower()).partition("__")
        if section not in TABLES:
            raise SettingsError(f"{name.upper()}: {_unknown(section, Settings)}")
        if setting not in TABLES[section].model_fields:
            raise SettingsError(f"{name.upper()}: {_unknown(setting, TABLES[section])}")
    source = EnvSettingsSource(Settings)
    source.env_vars = {name: value for name, value in ours.items() if value}
    return source()


def _lines(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Say on which line each section and each setting stands."""
    section: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if found := LINE.match(line):
            path = tuple(part.strip(" \t\"'") for part in found["key"].split("."))
            section = path if found["header"] else section
            yield path if found["header"] else (*section, *path), number


def _wrong(path: tuple[str, ...], detail: ErrorDetails) -> str:
    if detail["type"] == "value_error" and not path[1:]:
        return f"{''.join(f'[{part}] ' for part in path)}{detail['ctx']['error']}."
    if detail["type"] == "extra_forbidden":
        return _unknown(path[-1], TABLES[path[0]] if path[1:] else Settings)
    if not path[1:]:
        return f"[{path[0]}] should be a section, with its settings under it."
    verb = "is missing" if detail["type"] == "missing" else "should be"
    return f"[{path[0]}] {path[1]} {verb}: {TABLES[path[0]].model_fields[path[1]].description}."


def _unknown(name: str, table: type[BaseModel]) -> str:
    known = list(table.model_fields)
    close = get_close_matches(name, known, n=1)
    kind = "section" if table is Settings else "setting"
    hint = f"Did you mean {close[0]}?" if close else f"There are: {', '.join(known)}."
    return f'there is no {kind} "{name}". {hint}'
