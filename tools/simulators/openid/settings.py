"""The settings of the OpenID simulator."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

from shared.control import ControlSettings
from shared.server import Listening, read_tls
from shared.settings import Section, SettingsError

ALGORITHMS = ("RS256", "ES256")
PLAIN_SCOPES = ("openid", "profile", "email")


@dataclass(frozen=True)
class Client:
    """An application that people sign in to. Without a secret it is a public client."""

    identifier: str
    secret: str | None
    scopes: tuple[str, ...] | None


@dataclass(frozen=True)
class User:
    """A person."""

    username: str
    password: str
    subject: str
    roles: tuple[str, ...]
    scopes: tuple[str, ...]
    claims: dict[str, object]


@dataclass(frozen=True)
class Realm:
    """A tenant of the provider."""

    name: str
    algorithm: str
    audience: tuple[str, ...]
    access_lifetime: int
    refresh_lifetime: int
    revoke_refresh_token: bool
    clients: dict[str, Client]
    users: dict[str, User]


@dataclass(frozen=True)
class Settings:
    """Everything."""

    listening: Listening
    control: ControlSettings | None
    base_uri: str | None
    realms: dict[str, Realm]


def read_settings(section: Section) -> Settings:
    """Reads the whole file."""
    tls = read_tls(section.section("tls"))
    listening = Listening.read(section.section("listen"), tls)
    control = ControlSettings.read(section.section("control"))
    base_uri = section.text("base_uri").rstrip("/") if section.has("base_uri") else None
    realms = [_read_realm(each) for each in section.sections("realms")]
    section.finish()
    named = {realm.name: realm for realm in realms}
    if len(named) < len(realms):
        raise SettingsError("realms: a name came twice")
    return Settings(listening, control, base_uri, named)


def _read_realm(section: Section) -> Realm:
    name = section.text("name")
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,64}", name):
        raise section.error("name", "letters, digits, dots, hyphens and underscores are wanted")
    clients = [_read_client(each) for each in section.sections("clients")]
    users = [_read_user(each, name) for each in section.sections("users")]
    realm = Realm(
        name=name,
        algorithm=section.text("algorithm", "RS256", ALGORITHMS),
        audience=tuple(section.texts("audience", ["account"])),
        access_lifetime=section.integer("access_token_lifetime_seconds", 600, 1, 86_400),
        refresh_lifetime=section.integer("refresh_token_lifetime_seconds", 3600, 1, 2_592_000),
        revoke_refresh_token=section.flag("revoke_refresh_token", False),
        clients={client.identifier: client for client in clients},
        users={user.username: user for user in users},
    )
    section.finish()
    if len(realm.clients) < len(clients) or len(realm.users) < len(users):
        raise section.error("clients, users", "one came twice")
    return realm


def _read_client(section: Section) -> Client:
    confidential = section.has("secret") or section.has("secret_file")
    client = Client(
        identifier=section.text("id"),
        secret=section.secret("secret") if confidential else None,
        scopes=tuple(section.texts("scopes")) if section.has("scopes") else None,
    )
    section.finish()
    return client


def _read_user(section: Section, realm: str) -> User:
    username = section.text("username")
    # The same person has the same identifier after every start.
    derived = str(uuid.uuid5(uuid.NAMESPACE_URL, f"realms/{realm}/users/{username}"))
    user = User(
        username=username,
        password=section.secret("password"),
        subject=section.text("sub", derived),
        roles=tuple(section.texts("roles", [])),
        scopes=tuple(section.texts("scopes", [])),
        claims=section.object("claims"),
    )
    section.finish()
    return user
