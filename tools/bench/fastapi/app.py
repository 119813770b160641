"""A checked call as a careful engineer writes it in Python: the comparison of tools/bench/checked.

The same method, token, table, row-level security and answer as Artel's GetProperty. What is left
out here, and done there: revocation, suspension, limits, address ranges, the journal.

CHECKED_DATABASE    where PostgreSQL is, as SQLAlchemy's URL
CHECKED_KEY         the issuer's public key, as a JSON Web Key
CHECKED_ISSUER, CHECKED_AUDIENCE, CHECKED_TENANT
CHECKED_REMEMBERS   1: verified tokens are remembered, as Artel does
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timezone
from typing import Any

import jwt
import orjson
from fastapi import Depends, FastAPI, Header, HTTPException, Response
from sqlalchemy import Column, DateTime, MetaData, Table, Text, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

ISSUER = os.environ["CHECKED_ISSUER"]
AUDIENCE = os.environ["CHECKED_AUDIENCE"]
TENANT = os.environ["CHECKED_TENANT"]
KEY = jwt.PyJWK.from_json(os.environ["CHECKED_KEY"]).key
REMEMBERS = os.environ.get("CHECKED_REMEMBERS") == "1"
SCOPE = "residential.directory:read"

# Asynchronous, with as many connections in all as serve both processes' calls without waiting;
# asyncpg keeps each statement prepared.
engine = create_async_engine(
    os.environ["CHECKED_DATABASE"], pool_size=8, max_overflow=0, pool_reset_on_return=None)

property_table = Table(
    "property", MetaData(schema="artel"), Column("property_id", Text), Column("display_name", Text),
    Column("address", Text), Column("create_time", DateTime(timezone=True)))

# Built once: SQLAlchemy finds them compiled in its cache.
SET_TENANT = select(
    func.set_config("artel.tenant_id", bindparam("tenant"), True),
    func.set_config("artel.actor", bindparam("actor"), True))
FIND = select(
    property_table.c.property_id, property_table.c.display_name, property_table.c.address,
    property_table.c.create_time).where(property_table.c.property_id == bindparam("property_id"))

_decoder = jwt.PyJWT()
_verified: dict[bytes, dict[str, Any]] = {}


def _claims(token: str) -> dict[str, Any]:
    return _decoder.decode(
        token, KEY, algorithms=["ES256"], issuer=ISSUER, audience=AUDIENCE, leeway=10,
        options={"require": ["exp", "iat", "sub", "client_id", "jti"]})


def _remembered(token: str) -> dict[str, Any]:
    digest = hashlib.sha256(token.encode()).digest()
    known = _verified.get(digest)
    if known is None:
        if len(_verified) >= 20_000:
            _verified.clear()
        known = _verified[digest] = _claims(token)
    elif known["exp"] + 10 <= time.time():
        raise jwt.ExpiredSignatureError()
    return known


verify = _remembered if REMEMBERS else _claims


async def caller(authorization: str = Header()) -> dict[str, Any]:
    """Who calls."""
    if authorization[:7].lower() != "bearer ":
        raise HTTPException(401)
    try:
        claims = verify(authorization[7:])
    except jwt.PyJWTError:
        raise HTTPException(401) from None
    if SCOPE not in claims.get("scope", "").split(" "):
        raise HTTPException(403)
    return claims


@asynccontextmanager
async def tenant_transaction(claims: dict[str, Any]) -> AsyncIterator[AsyncConnection]:
    """A transaction in which row-level security shows the caller's tenant."""
    async with engine.begin() as connection:
        await connection.execute(
            SET_TENANT, {"tenant": TENANT, "actor": f"clients/{claims['client_id']}"})
        yield connection


def _time(value: datetime) -> str:
    return value.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")


app = FastAPI(openapi_url=None)


@app.get("/v1/properties/{property_id}")
async def get_property(
    property_id: str, claims: dict[str, Any] = Depends(caller)
) -> Response:
    """Gets a property of the caller's tenant."""
    async with tenant_transaction(claims) as connection:
        row = (await connection.execute(FIND, {"property_id": property_id})).one_or_none()
    if row is None:
        raise HTTPException(404)
    # A finished response: FastAPI neither validates nor encodes it a second time.
    return Response(
        orjson.dumps({
            "name": f"properties/{row.property_id}", "displayName": row.display_name,
            "address": row.address, "createTime": _time(row.create_time),
        }), media_type="application/json")
