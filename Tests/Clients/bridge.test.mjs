// The client of the atelier against a real bridge.
import assert from "node:assert/strict";
import { test } from "node:test";

const api = await import(process.env.CLIENT);
const atelier = new api.atelier_v1.Atelier(new api.Client({baseUrl: process.env.API}));
const name = "rooms/r/things/t";

test("sends and reads values of every type", async () => {
  const thing = {
    title: "T", weight: 1.5, height: "NaN", count: -3, serial: "9007199254740993", small: 7,
    great: "18446744073709551615", signed: "-1", fixed: "1", ready: true, image: "AAEC",
    color: "RED", tags: ["a", "b"], labels: {x: "1"}, parts: {3: {title: "p"}},
    time: "2026-01-15T08:30:00Z", span: "90s", more: {a: [1, null]}, anyValue: "v",
    values: [1, "x"], wrapped: "5", text: "", part: {inner: {size: "2"}}, others: [{title: "o"}],
    company: "C", grade: 0, colors: ["BLUE"], etag: "e"};
  const made = await atelier.createThing({parent: "rooms/r", thing: {...thing, pass: "secret"}});
  assert.deepEqual(made, {...thing, name: "rooms/r/things/1"});
});

test("puts what is nested and what is a list into a query", async () => {
  const thing = await atelier.getThing({
    name, title: "a&b", serial: "-9", great: "1", ready: true, image: "-_8=", color: "BLUE",
    tags: ["x,y", "z"], time: "2026-01-15T08:30:00+02:00", span: "1.5s",
    part: {title: "p", size: "3"}});
  assert.equal(thing.name, name);
  assert.deepEqual(thing.tags, ["x,y", "z"]);
  assert.deepEqual(thing.part, {title: "p", size: "3"});
  assert.equal(thing.time, "2026-01-15T06:30:00Z");
  assert.equal(thing.packed["@type"], "type.googleapis.com/google.protobuf.Duration");
});

test("changes, forgets and fails", async () => {
  assert.equal((await atelier.updateThing({thing: {name, title: "new"}})).title, "new");
  assert.deepEqual(await atelier.deleteThing({name}), {});
  await assert.rejects(atelier.deleteThing({name: "rooms/r/things/none"}), {
    code: "NOT_FOUND", httpStatus: 404, message: "there is no such thing"});
  const error = await atelier.shapeThing({name, title: "t", turns: 1.5}).catch((one) => one);
  assert.equal(error.fieldViolations[0].field, "turns");
});

test("reads a field of an answer, a stream and bytes", async () => {
  assert.deepEqual(await atelier.getLabels({name}), {a: "1", b: String(-(2n ** 60n))});
  const found = [];
  for await (const thing of atelier.watchThings({name, count: 2})) found.push(thing.count);
  assert.deepEqual(found, [2, 2]);
  const data = new Uint8Array([0, 255, 10]);
  const kept = await atelier.putPicture({
    name: "rooms/r", picture: {contentType: "image/png", data}});
  assert.deepEqual(kept, {name: "rooms/r", contentType: "image/png", size: "3"});
  const picture = await atelier.getPicture({name: "rooms/r"});
  assert.equal(picture.contentType, "image/gif");
  assert.equal(new TextDecoder().decode(picture.data), "GIF89a");
});
