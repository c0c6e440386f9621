"""Says what whoever runs the bot can decide, section by section."""

from typing import Annotated, Literal, Self

from cryptography.fernet import Fernet
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "CONVENER__"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
BEFORE_TOKENS = "before_tokens"
"""The context of settings that are read to describe an app, which gives the tokens afterwards."""


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


class SlackSection(Section):
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
    def _complete(self, info: ValidationInfo) -> Self:
        if self.path == "/health":
            raise ValueError('path cannot be "/health": there the bot says whether it is well')
        if info.context != BEFORE_TOKENS:
            self._check_tokens()
        return self

    def _check_tokens(self) -> None:
        if (self.client_id is None) != (self.client_secret is None):
            raise ValueError("client_id and client_secret go together: set both or neither")
        if not self.bot_token and not self.client_id:
            raise ValueError('bot_token is missing: the bot token, which begins with "xoxb-"')
        if self.mode == "socket" and not self.app_token:
            raise ValueError('mode "socket" needs app_token, which begins with "xapp-"')
        if self.mode == "http" and not self.signing_secret:
            raise ValueError('mode "http" needs signing_secret')


class DiscordSection(Section):
    """One Discord application."""

    token: SecretStr = Field(SecretStr(""), description="the token of the bot, in quotes")
    application_id: int | None = Field(None, description="the application id, a whole number")
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
    def _complete(self, info: ValidationInfo) -> Self:
        if not self.token.get_secret_value() and info.context != BEFORE_TOKENS:
            raise ValueError("token is missing: the token of the bot, in quotes")
        self._check(self.shard_ids)
        return self

    def serving(self, shard_ids: tuple[int, ...]) -> Self:
        """Give the same with other shards. Raises ValueError for those there are not."""
        self._check(shard_ids)
        return self.model_copy(update={"shard_ids": shard_ids})

    def _check(self, shard_ids: tuple[int, ...]) -> None:
        if shard_ids and self.shard_count is None:
            raise ValueError("shard_ids needs shard_count: how many shards there are in all")
        if not all(0 <= shard < (self.shard_count or 0) for shard in shard_ids):
            raise ValueError("shard_ids are counted from 0 and stay below shard_count")


class MailSection(Section):
    """The server that sends mails for people who are on no platform."""

    host: str = Field(description='the name of the server, such as "smtp.example.org"')
    port: int = Field(587, ge=1, le=65535, description="a whole number from 1 to 65535")
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description='"starttls" or "tls"; "none" only on this machine'
    )
    user: str = Field("", description="the user name for the server, in quotes")
    password: SecretStr = Field(SecretStr(""), description="the password for the server, in quotes")
    sender: str = Field(
        pattern=r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+$",
        description='one address mails come from, such as "convener@example.org"',
    )
    sender_name: str = Field(
        "Convener", pattern=r"^[^\x00-\x1f]*$", description="the name mails come from, in one line"
    )

    @model_validator(mode="after")
    def _safe(self) -> Self:
        if self.security == "none" and self.host not in LOOPBACK:
            raise ValueError('security "none" is for a server on this machine: use "starttls"')
        if bool(self.user) != bool(self.password.get_secret_value()):
            raise ValueError("user and password go together: set both or neither")
        return self


class Scheduler(Section):
    """How deliveries are sent."""

    batch: int = Field(100, ge=1, le=1000, description="a whole number from 1 to 1000")
    poll_seconds: float = Field(5, gt=0, le=60, description="seconds, more than 0 and at most 60")
    lease_seconds: float = Field(30, ge=10, le=3600, description="seconds, from 10 to 3600")


class LogSection(Section):
    """What is written down while the bot runs."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description='"debug", "info", "warning" or "error"'
    )
    format: Literal["plain", "json"] = Field("plain", description='"plain" or "json"')


class WebSection(Section):
    """Where pages and calendars are read, and figures by a monitor; without this section, nowhere.

    `address` is where people reach the port, through a proxy; without, there are figures alone.
    """

    address: str = Field(
        "",
        pattern=r"^(https?://[^\s/?#]+(/[^\s?#]*[^\s/?#])?)?$",
        description='the public address, such as "https://bot.example.org", without "/" at its end',
    )
    host: str = Field("127.0.0.1", description='the address to listen on, such as "0.0.0.0"')
    port: int = Field(9464, ge=0, le=65535, description="a whole number from 0 to 65535")
    token: SecretStr = Field(SecretStr(""), description="a secret for whoever reads the figures")


class CanarySection(Section):
    """A message that is sent again and again, to see that messages arrive."""

    channel: str = Field(
        pattern="^(slack|discord)/[^/]+/[^/]+$",
        description='"slack/WORKSPACE/CHANNEL" or "discord/SERVER/CHANNEL", with their ids',
    )
    every_minutes: int = Field(60, ge=5, le=1440, description="a whole number from 5 to 1440")


class Secrets(Section):
    """The keys that tokens of installed workspaces are encrypted with, the newest first."""

    keys: Annotated[
        tuple[Annotated[SecretStr, AfterValidator(_fernet)], ...], BeforeValidator(_listed)
    ] = Field(
        (), description="keys of 32 bytes in URL-safe base64, made by: openssl rand -base64 32"
    )


class Settings(BaseModel):
    """Everything that can be set; a platform without a section is not started."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    database: Database = Database()
    slack: SlackSection | None = None
    discord: DiscordSection | None = None
    mail: MailSection | None = None
    scheduler: Scheduler = Scheduler()
    log: LogSection = LogSection()
    web: WebSection | None = None
    canary: CanarySection | None = None
    secrets: Secrets = Secrets()

    @model_validator(mode="after")
    def _encrypted(self, info: ValidationInfo) -> Self:
        several = self.slack and self.slack.client_id
        if several and not self.secrets.keys and info.context != BEFORE_TOKENS:
            raise ValueError("[slack] client_id needs a key in [secrets] keys")
        return self

    @model_validator(mode="after")
    def _sung_where_started(self) -> Self:
        platform = self.canary.channel.partition("/")[0] if self.canary else ""
        if platform and getattr(self, platform) is None:
            raise ValueError(f"[canary] channel is on {platform}, and [{platform}] is not set")
        return self


class Variables(Settings, BaseSettings):
    """Says how the same is named in the environment; it only serves to read that."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", enable_decoding=False
    )


TABLES = {
    table.__name__.removesuffix("Section").lower(): table for table in Section.__subclasses__()
}
