// Uploads, downloads and streams of requests against a real bridge.
import assert from "node:assert/strict";
import { test } from "node:test";

const api = await import(process.env.CLIENT);
const client = (more = {}) => new api.Client({baseUrl: process.env.API, ...more});
const atelier = new api.atelier_v1.Atelier(client());
const big = new Uint8Array(3_000_000).fill(7);

const stream = (...parts) => new ReadableStream({
  start(controller) {
    for (const part of parts) controller.enqueue(part);
    controller.close();
  }});

test("uploads bytes, a Blob, a stream, and a stream for each try", async () => {
  for (const [data, type] of [
    [big, undefined], [big.buffer, "image/x"], [new Blob([big], {type: "image/gif"}), undefined],
    [stream(big.subarray(0, 1_000_000), big.subarray(1_000_000)), "image/png"],
    [() => stream(big), "image/png"]]) {
    const picture = type ? {data, contentType: type} : {data};
    assert.deepEqual(await atelier.uploadPicture({name: "rooms/r", picture}), {
      name: "rooms/r", size: "3000000",
      contentType: type ?? (data instanceof Blob ? "image/gif" : "application/octet-stream")});
  }
});

test("says how far an upload is", async () => {
  for (const [data, total] of [[big, big.length], [stream(big, big), undefined]]) {
    const said = [];
    await atelier.uploadPicture(
      {name: "rooms/r", picture: {data}}, {onProgress: (one) => said.push(one)});
    assert.equal(said.at(-1).sent, total ?? 2 * big.length);
    assert.equal(said.at(-1).total, total);
    assert.ok(said.length > 1);
    assert.ok(said.every((one, index) => !index || one.sent > said[index - 1].sent));
  }
});

test("ends an upload with its caller, and with what keeps its source from going on", async () => {
  const abort = new AbortController();
  let isCancelled;
  const cancelled = new Promise((done) => { isCancelled = done; });
  const endless = new ReadableStream({
    pull: (controller) => { controller.enqueue(big); }, cancel: () => isCancelled()});
  setTimeout(() => abort.abort(new Error("enough")), 100);
  await assert.rejects(atelier.uploadPicture(
    {name: "rooms/r", picture: {data: endless}}, {signal: abort.signal}), {message: "enough"});
  await cancelled;
});

test("sends a form with files, and JSON without", async () => {
  const made = await atelier.decorateRoom({
    name: "rooms/r", picture: {data: new Blob(["GIF89a"], {type: "image/gif"}), fileName: "ü.gif"},
    sketches: [new Uint8Array([1, 2]), new Blob(["abc"])], part: {title: "p", size: "5"},
    tags: ["a", "b"]});
  assert.deepEqual(made, {
    contentType: "image/gif", filename: "ü.gif", sizes: ["6", "2", "3"],
    part: {title: "p", size: "5"}, tags: ["a", "b"]});
  const plain = await atelier.decorateRoom(
    {name: "rooms/r", sketches: ["AAEC"], tags: ["c"]});
  assert.deepEqual(plain, {sizes: ["0", "3"], tags: ["c"]});
  await assert.rejects(atelier.decorateRoom(
    {name: "rooms/r", sketches: [stream(big)]}), TypeError);
});

test("gives a download as it comes", async () => {
  const {body, contentType} = await atelier.downloadPicture({name: "rooms/r"});
  assert.equal(contentType, "image/gif");
  assert.equal(await new Response(body).text(), "GIF89a");
  const other = await atelier.downloadPicture({name: "rooms/r"});
  await other.body.cancel();
  const away = client({baseUrl: "http://127.0.0.1:1", retry: {attempts: 1}});
  await assert.rejects(
    new api.atelier_v1.Atelier(away).downloadPicture({name: "rooms/r"}), api.NetworkError);
});

const things = (...titles) => titles.map((title) => ({parent: "rooms/r", thing: {title}}));

test("sends a stream of requests, from an array and as they are made", async () => {
  async function* made() {
    for (const one of things("ü", "b", "c")) {
      await new Promise((done) => setTimeout(done, 5));
      yield one;
    }
  }
  for (const requests of [things("ü", "b", "c"), new Set(things("ü", "b", "c")), made()]) {
    assert.deepEqual(await atelier.gatherThings(requests), {
      parent: "rooms/r", count: 3, titles: ["ü", "b", "c"]});
  }
});

test("says what is wrong with a stream of requests", async () => {
  const other = {parent: "rooms/other", thing: {}};
  await assert.rejects(atelier.gatherThings([...things("a"), other]), TypeError);
  await assert.rejects(atelier.gatherThings(new Set([...things("a"), other])), /one path/);
  await assert.rejects(atelier.gatherThings((function* () {
    yield* things("a");
    throw new Error("no more");
  })()), {message: "no more"});
  const error = await atelier.gatherThings(
    [...things("a"), {parent: "rooms/r", thing: {count: "x"}}]).catch((one) => one);
  assert.equal(error.code, "INVALID_ARGUMENT");
  assert.match(error.message, /message 2/);
});

const sockets = {skip: typeof WebSocket === "undefined" && "this Node has no WebSocket"};

test("talks over a WebSocket, each answer before the next request", sockets, async () => {
  let go;
  async function* asked() {
    for (const title of ["a", "b"]) {
      const answered = new Promise((done) => { go = done; });
      yield {name: "rooms/r", title};
      await answered;
    }
  }
  const titles = [];
  for await (const thing of atelier.talkThings(asked())) {
    titles.push(thing.title);
    go();
  }
  assert.deepEqual(titles, ["a", "b"]);
});

test("waits for the first request as long as its caller does, and no longer", sockets, async () => {
  const patient = new api.atelier_v1.Atelier(client({timeout: 2000}));
  async function* late() {
    await new Promise((done) => setTimeout(done, 2100));
    yield {name: "rooms/r", title: "late"};
  }
  const talked = (async () => {
    for await (const thing of patient.talkThings(late())) return thing.title;
  })();
  assert.equal(await talked, "late");
  async function* never() { await new Promise(() => undefined); }
  for (const call of [
    (options) => atelier.gatherThings(never(), options),
    async (options) => { for await (const one of atelier.talkThings(never(), options)) return one; }]) {
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error("enough")), 20);
    await assert.rejects(call({signal: abort.signal}), {message: "enough"});
  }
});

test("ends a download with its caller", async () => {
  const abort = new AbortController();
  const {body} = await atelier.downloadPicture({name: "rooms/r"}, {signal: abort.signal});
  abort.abort(new Error("enough"));
  await assert.rejects(new Response(body).text());
});

test("ends a talk with its error, with its caller and when nobody reads on", sockets, async () => {
  const of = (...titles) => titles.map((title) => ({name: "rooms/r", title}));
  const read = async (requests, options) => {
    const titles = [];
    for await (const thing of atelier.talkThings(requests, options)) titles.push(thing.title);
    return titles;
  };
  await assert.rejects(read(of("a", "fail")), {code: "ABORTED", message: "that was wished for"});
  await assert.rejects(read((function* () {
    yield* of("a");
    throw new Error("no more");
  })()), {message: "no more"});
  async function* silent() {
    yield* of("a");
    await new Promise(() => undefined);
  }
  const abort = new AbortController();
  setTimeout(() => abort.abort(new Error("enough")), 100);
  await assert.rejects(read(silent(), {signal: abort.signal}), {message: "enough"});
  for await (const thing of atelier.talkThings(silent())) {
    assert.equal(thing.title, "a");
    break;
  }
  const away = new api.atelier_v1.Atelier(client({webSocket: class {
    constructor() { setTimeout(() => this.onerror()); }
  }}));
  await assert.rejects(async () => {
    for await (const thing of away.talkThings(of("a"))) assert.fail(thing);
  }, api.NetworkError);
});

test("makes the key of a keyed method, and knows names that contracts have taken", async () => {
  const made = await atelier.orderThing({parent: "rooms/r", title: "T"});
  assert.match(made.name, /^[0-9a-f-]{36}$/);
  const numbers = [];
  for await (const one of atelier.followThings({name: "rooms/r", resumeToken: "4"})) {
    numbers.push(one.number);
  }
  assert.deepEqual(numbers, [5, 6, 7]);
});
