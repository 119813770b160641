// Errors of an app, as it reports them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure, memory, scripted } from "./scripted.mjs";

const api = await import(process.env.CLIENT);
const { Client, ErrorReports } = api;
const server = scripted();
const app = {name: "door", version: "1.2.3", platform: "web"};

const reporting = (more = {}) => {
  const client = new Client({baseUrl: server.base, retry: {attempts: 1}});
  const service = new api.artel_operations_v1.ClientErrorService(client);
  return new ErrorReports({
    app, delay: 1e8, report: (events, options) => service.reportClientErrors({events}, options),
    ...more});
};
const sent = () => server.seen.map((one) => JSON.parse(one.body).events);

test("reports an error with where it was, and equal ones once with their number", async () => {
  const reports = reporting({screen: () => "/units"});
  const error = new TypeError("no unit");
  for (let time = 0; time < 3; time += 1) {
    reports.add(error, {labels: {theme: "dark"}, call: {traceId: "0".repeat(32)}});
  }
  reports.add("just a text");
  await reports.flush();
  const [[first, second]] = sent();
  assert.equal(server.seen[0].target, "/v1/clientErrors:report");
  assert.equal(first.count, 3);
  assert.equal(first.type, "TypeError");
  assert.match(first.stack, /no unit/);
  assert.deepEqual(first.app, app);
  assert.deepEqual(first.labels, [{name: "theme", value: "dark"}]);
  assert.equal(first.screen, "/units");
  assert.match(first.eventId, /^[0-9a-f-]{36}$/);
  assert.equal(first.traceId, "0".repeat(32));
  assert.equal(second.message, "just a text");
  assert.equal(reports.waiting, 0);
});

test("keeps what nobody has taken, and gives up what is refused", async () => {
  const reports = reporting({batch: 1});
  reports.add("one");
  server.answers = [failure(503, "UNAVAILABLE")];
  await reports.flush();
  assert.equal(reports.waiting, 1);
  reports.add("two");
  server.answers = [failure(400, "INVALID_ARGUMENT"), {}];
  await reports.flush();
  assert.equal(reports.waiting, 0);
  assert.equal(reports.lost, 1);
  assert.deepEqual(sent().flat().map((one) => one.message), ["one", "one", "two"]);
  assert.equal(sent()[0][0].eventId, sent()[1][0].eventId, "it is known by its number");
  reports.stop();
});

test("keeps few, the newest, also over the end of the program", async () => {
  const storage = memory();
  const away = reporting({
    storage, waiting: 3, report: () => Promise.reject(new api.NetworkError(new Error("away")))});
  for (let number = 0; number < 5; number += 1) away.add(`error ${number}`);
  await away.flush();
  assert.equal(away.waiting, 3);
  assert.equal(away.lost, 2);
  away.stop();
  await away.flush();

  const later = reporting({storage: memory(storage.text)});
  await later.flush();
  assert.deepEqual(sent().flat().map((one) => one.message), ["error 2", "error 3", "error 4"]);
  const broken = reporting({storage: memory("{")});
  await broken.flush();
  broken.add("still works");
  assert.equal(broken.waiting, 1);
  broken.stop();
});

test("cuts what is too long at a character, and leaves out what the app does not want", async () => {
  const reports = reporting({
    before: (event) => event.message.startsWith("secret") ? undefined : event});
  reports.add("secret");
  reports.add("😀".repeat(3000));
  await reports.flush();
  const [[event]] = sent();
  assert.equal([...event.message].length, 2000);
  assert.ok(event.message.isWellFormed?.() ?? true);
});

test("hears of what nobody catches, and sends it when the page goes", async () => {
  const calls = [];
  const reports = reporting({report: async (events, options) => { calls.push({events, options}); }});
  const source = new EventTarget();
  const stop = reports.watch(source);
  const tell = (name, more) => source.dispatchEvent(Object.assign(new Event(name), more));
  tell("error", {error: new Error("thrown")});
  tell("error", {});
  tell("unhandledrejection", {reason: new Error("rejected")});
  await reports.ready;
  tell("pagehide", {});
  assert.equal(calls.length, 1);
  assert.deepEqual(calls[0].options, {once: true, keepalive: true});
  assert.deepEqual(calls[0].events.map((one) => one.message), ["thrown", "rejected"]);
  stop();
  tell("error", {error: new Error("later")});
  assert.equal(reports.waiting, 0);
});

test("asks the browser to finish a call of a page that goes", async () => {
  const seen = [];
  const client = new Client({
    baseUrl: server.base, fetch: (url, init) => {
      seen.push(init.keepalive);
      return fetch(url, init);
    }});
  const service = new api.artel_operations_v1.ClientErrorService(client);
  await service.reportAnonymousClientErrors({tenant: "alpha", events: []}, {keepalive: true});
  await service.reportAnonymousClientErrors({tenant: "alpha", events: []});
  assert.deepEqual(seen, [true, undefined]);
});
