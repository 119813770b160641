// The client against a server that fails as it is told to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure, scripted } from "./scripted.mjs";

const api = await import(process.env.CLIENT);
const { Client, ApiError, NetworkError, TimeoutError, RefreshingToken } = api;
const residential = api.artel_residential_v1;

const server = scripted();

const client = (more = {}) => new Client({baseUrl: server.base, retry: {first: 1}, ...more});
const wish = {name: "properties/p/accessPoints/a", unit: "units/u"};
const open = (caller, more = {}) =>
  new residential.AccessPointService(caller).openAccessPoint({...wish, ...more});

test("writes paths, queries and bodies by the rules of the contract", async () => {
  const directory = new residential.DirectoryService(client());
  await directory.getUnit({name: "units/a b"});
  await directory.listMembers({parent: "units/u", pageSize: 3, pageToken: "a&b"});
  await directory.createUnit({unitId: "u", unit: {property: "properties/p", accessPoints: []}});
  assert.deepEqual(server.seen.map((one) => `${one.verb} ${one.target}`), [
    "GET /v1/units/a%20b", "GET /v1/units/u/members?pageSize=3&pageToken=a%26b",
    "POST /v1/units?unitId=u"]);
  assert.deepEqual(JSON.parse(server.seen[2].body), {property: "properties/p", accessPoints: []});
});

test("takes the binding that the request has the values for", async () => {
  const events = new residential.AccessEventService(client());
  await events.listAccessEvents({parent: "properties/p"});
  await events.listAccessEvents({parent: "units/u"});
  assert.deepEqual(server.seen.map((one) => one.target), [
    "/v1/properties/p/accessEvents", "/v1/units/u/accessEvents"]);
  for (const parent of ["rooms/r", "units/..", "units/", "units/u/x", "units"]) {
    await assert.rejects(events.listAccessEvents({parent}), TypeError, parent);
  }
  assert.equal(server.seen.length, 2);
});

test("tries again what may be repeated, with the same key", async () => {
  server.answers = [failure(503, "UNAVAILABLE"), {breaks: true}, {body: {name: "commands/c"}}];
  assert.deepEqual(await open(client()), {name: "commands/c"});
  const keys = new Set(server.seen.map((one) => JSON.parse(one.body).requestId));
  assert.equal(server.seen.length, 3);
  assert.equal(keys.size, 1);
  assert.match([...keys][0], /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.equal("name" in JSON.parse(server.seen[0].body), false, "the path has it");
});

test("tries again what takes a key as a header, with the same key", async () => {
  const clients = new api.artel_tenancy_v1.ClientService(client());
  const lift = {clientId: "lift", client: {kind: "PRINCIPAL_KIND_PARTNER"}};
  server.answers = [failure(503, "UNAVAILABLE"), {breaks: true}, {body: {secret: "s"}}];
  assert.deepEqual(await clients.createClient(lift), {secret: "s"});
  const keys = new Set(server.seen.map((one) => one.headers["idempotency-key"]));
  assert.equal(server.seen.length, 3);
  assert.equal(keys.size, 1);
  assert.match([...keys][0], /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  await clients.createClient(lift, {headers: {"Idempotency-Key": "own"}});
  assert.equal(server.seen[3].headers["idempotency-key"], "own");
  await clients.getClient({name: "clients/lift"});
  assert.equal(server.seen[4].headers["idempotency-key"], undefined);
});

test("makes keys without a generator, too", async () => {
  const own = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  try {
    for (const value of [undefined, {getRandomValues: (bytes) => bytes.fill(255)}]) {
      Object.defineProperty(globalThis, "crypto", {value, configurable: true});
      assert.match(api.newKey(), uuid);
    }
  } finally {
    if (own) Object.defineProperty(globalThis, "crypto", own); else delete globalThis.crypto;
  }
  assert.match(api.newKey(), uuid);
});

test("gives up in time, and does not repeat what is not asked to be", async () => {
  server.answers = Array.from({length: 9}, () => failure(503, "UNAVAILABLE"));
  await assert.rejects(open(client({retry: {first: 1, attempts: 3}})), ApiError);
  assert.equal(server.seen.length, 3);
  await assert.rejects(new residential.AccessPointService(client()).openAccessPoint(
    {...wish, requestId: "r"}, {once: true}), ApiError);
  assert.equal(server.seen.length, 4);
  const token = new api.artel_auth_v1.TokenService(client());
  await assert.rejects(token.createToken({grant_type: "client_credentials"}), ApiError);
  assert.equal(server.seen.length, 5, "a token is issued anew each time");
  server.answers = [failure(404, "NOT_FOUND")];
  await assert.rejects(open(client()), ApiError);
  assert.equal(server.seen.length, 6, "what is not there does not come by asking");
});

test("waits for as long as the server asks", async () => {
  server.answers = [failure(429, "RESOURCE_EXHAUSTED", [], {"retry-after": "1"}), {}];
  const began = Date.now();
  await open(client());
  assert.ok(Date.now() - began >= 990);
});

test("renews a token that is refused, once for all who wait", async () => {
  let issued = 0;
  const tokens = new RefreshingToken(async () => ({token: `t${++issued}`, expiresIn: 900}));
  const caller = client({tokens});
  await open(caller);
  server.answers = [failure(401, "UNAUTHENTICATED"), failure(401, "UNAUTHENTICATED")];
  await Promise.all([open(caller), open(caller)]);
  assert.equal(issued, 2);
  assert.equal(server.seen.at(-1).headers.authorization, "Bearer t2");
  server.answers = Array.from({length: 4}, () => failure(401, "UNAUTHENTICATED"));
  await assert.rejects(open(caller), {code: "UNAUTHENTICATED"});
});

test("renews a token before it ends", async () => {
  let now = 0;
  let issued = 0;
  const tokens = new RefreshingToken(
    async () => ({token: `t${++issued}`, expiresIn: 100}), 30, () => now);
  assert.equal(await tokens.token(), "t1");
  now = 69_000;
  assert.equal(await tokens.token(), "t1");
  now = 70_000;
  assert.deepEqual(await Promise.all([tokens.token(), tokens.token()]), ["t2", "t2"]);
  await assert.rejects(new RefreshingToken(() => Promise.reject(new Error("no"))).token());
});

test("gets tokens for client credentials, coded as OAuth has them", async () => {
  server.answers = [{body: {access_token: "a", expires_in: 900}}, {status: 401, body: {
    error: "invalid_client", error_description: "not known"}}];
  const credentials = {baseUrl: server.base + "/", clientId: "a:b c", clientSecret: "ü&"};
  assert.equal(await api.clientCredentials(credentials).token(), "a");
  const [, coded] = server.seen[0].headers.authorization.split(" ");
  assert.equal(atob(coded), "a%3Ab+c:%C3%BC%26");
  await assert.rejects(api.clientCredentials(credentials).token(), {
    reason: "INVALID_CLIENT", message: "not known"});
});

test("reads errors, whatever they are", async () => {
  server.answers = [failure(400, "INVALID_ARGUMENT", [
    {"@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "R", metadata: {a: "b"}},
    {"@type": "type.googleapis.com/google.rpc.BadRequest", fieldViolations: [
      {field: "unit", description: "wrong"}]},
    {"@type": "type.googleapis.com/google.rpc.LocalizedMessage", message: "Falsch"}, null, 5])];
  const error = await open(client()).catch((one) => one);
  assert.deepEqual(
    [error.httpStatus, error.code, error.reason, error.metadata, error.localizedMessage],
    [400, "INVALID_ARGUMENT", "R", {a: "b"}, "Falsch"]);
  assert.deepEqual(error.fieldViolations, [{field: "unit", description: "wrong"}]);
  for (const text of ["<html>", "", "null", "[]", '{"error":null}', '{"error":{"status":5}}']) {
    server.answers = [{status: 418, text}];
    const other = await open(client()).catch((one) => one);
    assert.deepEqual([other.httpStatus, other.code, other.details], [418, "UNKNOWN", []], text);
  }
});

test("ends with its time, and with its caller", async () => {
  server.answers = [{hangs: true}, {hangs: true}];
  await assert.rejects(new residential.CommandService(client()).getCommand(
    {name: "commands/c"}, {timeout: 50}), TimeoutError);
  const abort = new AbortController();
  setTimeout(() => abort.abort(new Error("enough")), 20);
  await assert.rejects(new residential.CommandService(client()).getCommand(
    {name: "commands/c"}, {signal: abort.signal}), {message: "enough"});
  await assert.rejects(open(new Client({baseUrl: "http://127.0.0.1:1", retry: {attempts: 1}})),
    NetworkError);
});

test("goes on with a stream behind the last message", async () => {
  server.answers = [
    {part: '{"name":"1","resumeToken":"a"}\n{"name":"2","resumeToken":"b"}\n{"na'},
    failure(503, "UNAVAILABLE"), {text: '{"name":"3","resumeToken":"c"}\n'}];
  const names = [];
  const events = new residential.AccessEventService(client());
  for await (const event of events.watchAccessEvents({parent: "units/u"})) names.push(event.name);
  assert.deepEqual(names, ["1", "2", "3"]);
  assert.deepEqual(server.seen.map((one) => one.target.split("?")[1]), [
    undefined, "resumeToken=b", "resumeToken=b"]);
});

test("ends a stream with its error, and when nobody reads on", async () => {
  const events = new residential.AccessEventService(client());
  server.answers = [{text: '{"name":"1"}\n{"error":{"code":500,"status":"DATA_LOSS","message":"lost"}}\n'}];
  const names = [];
  await assert.rejects(async () => {
    for await (const event of events.watchAccessEvents({parent: "units/u"})) names.push(event.name);
  }, {code: "DATA_LOSS", message: "lost"});
  assert.deepEqual(names, ["1"]);
  server.answers = [{text: '{"name":"1"}\n{"name":"2"}\n'}];
  for await (const event of events.watchAccessEvents({parent: "units/u"})) {
    assert.equal(event.name, "1");
    break;
  }
  assert.equal(server.seen.length, 2);
});

test("reads the name of a file, in any script", async () => {
  const method = {
    name: "t/T", bindings: [{verb: "GET", path: "/t"}], idempotency: "READ_ONLY", raw: true};
  for (const [field, name] of [
    ['attachment; filename="a b.txt"', "a b.txt"], ["attachment", undefined],
    ["attachment; filename=\"_.txt\"; filename*=UTF-8''%C3%BC.txt", "ü.txt"],
    ["attachment; filename=\"_.txt\"; filename*=UTF-8''%C3.txt", "_.txt"],
    ['attachment; filename="a\\"b"', 'a"b']]) {
    server.answers = [{headers: {"content-disposition": field}, text: "x"}];
    const {fileName, body} = await client().download(method, {});
    assert.equal(fileName, name);
    assert.equal(await new Response(body).text(), "x");
  }
});
