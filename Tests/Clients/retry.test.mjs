// When a call is tried again, and with whose token.
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure, scripted } from "./scripted.mjs";

const api = await import(process.env.CLIENT);
const { Client, RefreshingToken } = api;
const residential = api.artel_residential_v1;

const server = scripted();
const client = (more = {}) => new Client({baseUrl: server.base, retry: {first: 1}, ...more});
const get = (caller, options) =>
  new residential.CommandService(caller).getCommand({name: "commands/c"}, options);
const info = (delay) => ({"@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: delay});

test("does not come back before the server wants it to", async () => {
  const began = Date.now();
  server.answers = [failure(503, "UNAVAILABLE", [], {"retry-after": "60"})];
  await assert.rejects(get(client(), {timeout: 5000}), {retryAfter: 60_000});
  assert.equal(server.seen.length, 1, "the call has no such time");
  assert.ok(Date.now() - began < 4000);
  // Longer than the longest wait of its own.
  server.answers = [failure(503, "UNAVAILABLE", [info("0.3s")]), {}];
  const then = Date.now();
  await get(client({retry: {first: 1, longest: 1}}));
  assert.ok(Date.now() - then >= 290);
});

test("reads days and details as times to wait", async () => {
  const day = new Date(Date.now() + 3600_000).toUTCString();
  server.answers = [failure(503, "UNAVAILABLE", [], {"retry-after": day})];
  const later = await get(client()).catch((one) => one);
  assert.ok(later.retryAfter > 3_500_000 && later.retryAfter <= 3_600_000);
  server.answers = [failure(429, "RESOURCE_EXHAUSTED", [info("90.5s")])];
  assert.equal((await get(client()).catch((one) => one)).retryAfter, 90_500);
  server.answers = [failure(404, "NOT_FOUND", [info("soon")], {"retry-after": "soon"})];
  assert.equal((await get(client()).catch((one) => one)).retryAfter, undefined);
});

test("stops trying again when too much fails, until calls succeed", async () => {
  const caller = client({retry: {first: 1, attempts: 3, budget: 2}});
  const down = () => {
    server.answers = Array.from({length: 9}, () => failure(503, "UNAVAILABLE"));
  };
  down();
  await assert.rejects(get(caller));
  assert.equal(server.seen.length, 3);
  await assert.rejects(get(caller));
  assert.equal(server.seen.length, 4, "nothing is left");
  server.answers = [];
  for (let count = 0; count < 10; count++) await get(caller);
  down();
  await assert.rejects(get(caller));
  assert.equal(server.seen.length, 16, "one is there again");
});

test("renews a token once for a call, and says so when that does not help", async () => {
  let issued = 0;
  const tokens = new RefreshingToken(async () => ({token: `t${++issued}`, expiresIn: 900}));
  server.answers = [failure(401, "UNAUTHENTICATED"), failure(401, "UNAUTHENTICATED")];
  await assert.rejects(get(client({tokens})), {code: "UNAUTHENTICATED"});
  assert.deepEqual(
    server.seen.map((one) => one.headers.authorization), ["Bearer t1", "Bearer t2"]);
});

test("ends a call that waits for a token, too", async () => {
  const tokens = new RefreshingToken(() => new Promise(() => undefined));
  await assert.rejects(get(client({tokens}), {timeout: 30}), api.TimeoutError);
  const abort = new AbortController();
  setTimeout(() => abort.abort(new Error("enough")), 10);
  await assert.rejects(get(client({tokens}), {signal: abort.signal}), {message: "enough"});
  assert.equal(server.seen.length, 0);
});

test("takes no answer for a token that has none", async () => {
  for (const body of [
    {}, {access_token: ""}, {access_token: 5}, {access_token: "t", expires_in: "x"}]) {
    server.answers = [{body}];
    await assert.rejects(api.clientCredentials(
      {baseUrl: server.base, clientId: "c", clientSecret: "s"}).token(), api.NetworkError);
  }
});

test("goes on with a stream whose token has ended", async () => {
  let issued = 0;
  const tokens = new RefreshingToken(async () => ({token: `t${++issued}`, expiresIn: 900}));
  const end = JSON.stringify({error: {code: 401, status: "UNAUTHENTICATED", message: "ended"}});
  server.answers = [
    {text: `{"name":"1","resumeToken":"a"}\n${end}\n`}, {text: '{"name":"2","resumeToken":"b"}\n'}];
  const names = [];
  const events = new residential.AccessEventService(client({tokens}));
  for await (const event of events.watchAccessEvents({parent: "units/u"})) names.push(event.name);
  assert.deepEqual(names, ["1", "2"]);
  assert.deepEqual(server.seen.map((one) => [one.headers.authorization, one.target.split("?")[1]]), [
    ["Bearer t1", undefined], ["Bearer t2", "resumeToken=a"]]);
  // One that ends each time at once is no stream.
  server.answers = Array.from({length: 9}, () => ({text: `${end}\n`}));
  await assert.rejects(async () => {
    for await (const event of events.watchAccessEvents({parent: "units/u"})) names.push(event);
  }, {code: "UNAUTHENTICATED", httpStatus: 401});
  assert.equal(server.seen.length, 6);
});
