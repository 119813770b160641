// Wishes that wait for the network.
import assert from "node:assert/strict";
import { test } from "node:test";
import { failure, memory, scripted } from "./scripted.mjs";

const api = await import(process.env.CLIENT);
const { Client, OfflineQueue } = api;
const residential = api.artel_residential_v1;

const server = scripted();
const client = () => new Client({baseUrl: server.base, retry: {attempts: 1}});
const wish = {name: "properties/p/accessPoints/a", unit: "units/u"};
const opening = residential.accessPointServiceMethods.openAccessPoint;

test("keeps wishes while there is no network, and sends them in order", async () => {
  const storage = memory();
  const away = new Client({baseUrl: "http://127.0.0.1:1", retry: {attempts: 1}});
  const queue = new OfflineQueue(away, [opening], storage);
  const first = await queue.add(opening, {...wish, requestId: "r1"});
  await queue.add(opening, {...wish, unit: "units/v", requestId: ""});
  assert.equal(await queue.add(opening, {...wish, requestId: "r1"}), "r1", "once is enough");
  assert.deepEqual(await queue.flush(), []);
  assert.equal((await queue.pending()).length, 2);
  assert.equal(first, "r1");

  const later = new OfflineQueue(client({retry: {attempts: 1}}), [opening], memory(storage.text));
  server.answers = [{body: {name: "commands/1"}}, failure(503, "UNAVAILABLE")];
  const outcomes = await later.flush();
  assert.deepEqual(outcomes.map((one) => one.answer), [{name: "commands/1"}]);
  const [waiting] = await later.pending();
  assert.equal(waiting.request.unit, "units/v");
  assert.equal(waiting.request.requestId, waiting.key);
  server.answers = [failure(403, "PERMISSION_DENIED")];
  const [refused] = await later.flush();
  assert.equal(refused.error.code, "PERMISSION_DENIED");
  assert.deepEqual(await later.pending(), []);
  assert.equal(JSON.parse(server.seen[1].body).requestId, JSON.parse(server.seen[2].body).requestId);
});

test("takes only methods with a key, no more than it may, and nothing too old", async () => {
  const commands = residential.commandServiceMethods;
  assert.throws(() => new OfflineQueue(client(), [commands.getCommand], memory()), TypeError);
  let now = 0;
  const queue = new OfflineQueue(
    client(), [opening], memory(), {count: 1, longest: 1000}, () => now);
  await assert.rejects(queue.add(commands.reportCommand, {name: "n", state: "SENT"}), TypeError);
  await queue.add(opening, {...wish, requestId: "1"});
  await assert.rejects(queue.add(opening, {...wish, requestId: "2"}), RangeError);
  now = 1001;
  const [old] = await queue.flush();
  assert.ok(old.error instanceof RangeError);
  assert.equal(server.seen.length, 0);
});

const one = async (limits, storage = memory()) => {
  const queue = new OfflineQueue(client(), [opening], storage, limits);
  await queue.add(opening, {...wish, requestId: "r1"});
  return queue;
};

test("gives up nothing for want of a credential, of time or of a server", async () => {
  const queue = await one();
  for (const answer of [
    failure(401, "UNAUTHENTICATED"), failure(429, "RESOURCE_EXHAUSTED"), {breaks: true},
    failure(500, "INTERNAL")]) {
    server.answers = [answer];
    assert.deepEqual(await queue.flush(), []);
    assert.equal((await queue.pending()).length, 1, JSON.stringify(answer));
  }
  for (const error of [new api.TimeoutError(), new DOMException("no", "AbortError"),
    new TypeError("Failed to fetch")]) {
    const away = new OfflineQueue(
      {call: () => Promise.reject(error)}, [opening],
      memory(JSON.stringify(await queue.pending())));
    assert.deepEqual(await away.flush(), [], error.name);
    assert.equal((await away.pending()).length, 1, error.name);
  }
  const keys = new Set(server.seen.map((each) => JSON.parse(each.body).requestId));
  assert.deepEqual([...keys], ["r1"]);
});

test("lets no broken wish stand before all others", async () => {
  const queue = await one({failures: 2});
  await queue.add(opening, {...wish, requestId: "r2"});
  server.answers = [failure(500, "INTERNAL")];
  assert.deepEqual(await queue.flush(), []);
  server.answers = [failure(500, "INTERNAL"), {body: {name: "commands/2"}}];
  const [first, second] = await queue.flush();
  assert.equal(first.error.code, "INTERNAL");
  assert.deepEqual(second.answer, {name: "commands/2"});
});

test("asks what to wish for when another change came first", async () => {
  const asked = [];
  const queue = await one({onConflict: async (old, error) => {
    asked.push([old.key, error.httpStatus]);
    return asked.length === 1 ? {request: {...wish, unit: "units/v"}, ifMatch: '"2"'} : undefined;
  }});
  await queue.clear();
  await queue.add(opening, {...wish, requestId: "r3"}, {ifMatch: '"1"'});
  server.answers = [failure(412, "FAILED_PRECONDITION"), {body: {name: "commands/3"}}];
  const [done] = await queue.flush();
  assert.deepEqual(done.answer, {name: "commands/3"});
  assert.deepEqual(server.seen.map((each) => each.headers["if-match"]), ['"1"', '"2"']);
  const sent = JSON.parse(server.seen[1].body);
  assert.equal(sent.unit, "units/v");
  assert.notEqual(sent.requestId, "r3", "the server knows that key");
  await queue.add(opening, {...wish, requestId: "r4"});
  server.answers = [failure(409, "ABORTED")];
  assert.equal((await queue.flush())[0].error.code, "ABORTED");
  assert.deepEqual(asked.map((each) => each[1]), [412, 409]);
});

test("takes wishes while it sends, and loses none of those of another page", async () => {
  const storage = memory();
  const queue = await one({}, storage);
  const other = new OfflineQueue(client(), [opening], storage);
  assert.equal((await other.pending()).length, 1);
  let go;
  server.answers = [{until: new Promise((done) => { go = done; }), body: {name: "commands/1"}}];
  const sending = queue.flush();
  await queue.add(opening, {...wish, requestId: "r2"});
  await other.add(opening, {...wish, requestId: "r3"});
  go();
  assert.equal((await sending).length, 3);
  assert.deepEqual(
    server.seen.map((each) => JSON.parse(each.body).requestId), ["r1", "r2", "r3"]);
  assert.equal(storage.text, "[]");
});

test("refuses what could never be sent, or has another's key", async () => {
  const queue = await one();
  await assert.rejects(queue.add(opening, {...wish, name: "nowhere"}), TypeError);
  await assert.rejects(queue.add(opening, {...wish, unit: "units/v", requestId: "r1"}), TypeError);
  assert.equal(await queue.add(opening, {requestId: "r1", unit: wish.unit, name: wish.name}), "r1");
  for (const text of ["{", "{}", "5"]) {
    const broken = new OfflineQueue(client(), [opening], memory(text));
    await assert.rejects(broken.pending(), /something else/);
    await broken.clear();
    assert.deepEqual(await broken.pending(), []);
  }
  const old = JSON.stringify([{method: opening.name, key: "k", time: 0, request: {name: "gone"}}]);
  const [given] = await new OfflineQueue(client(), [opening], memory(old)).flush();
  assert.ok(given.error instanceof TypeError);
});
