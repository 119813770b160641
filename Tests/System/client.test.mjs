// The platform, by its own TypeScript client.
import assert from "node:assert/strict";
import { test } from "node:test";

const api = await import(process.env.CLIENT);
const residential = api.artel_residential_v1;
const { BASE: baseUrl, CONSOLE: clientId, SECRET: clientSecret, PERSON, NAME, UNIT } = process.env;
const console_ = new api.Client({
  baseUrl, tokens: api.clientCredentials({baseUrl, clientId, clientSecret})});
const person = new api.Client({baseUrl, tokens: {token: async () => PERSON}});

test("gets a token by itself and reads", async () => {
  const tenant = await new api.artel_tenancy_v1.TenantService(console_).getTenant({});
  assert.match(tenant.name, /^tenants\//);
  assert.equal(tenant.state, "ACTIVE");
  const unit = await new residential.DirectoryService(console_).getUnit({name: UNIT});
  assert.equal(unit.name, UNIT);
});

test("opens once, however often it is asked to", async () => {
  const doors = new residential.AccessPointService(person);
  const requestId = api.newKey();
  const first = await doors.openAccessPoint({name: NAME, unit: UNIT, requestId});
  const again = await doors.openAccessPoint({name: NAME, unit: UNIT, requestId});
  assert.equal(again.name, first.name);
  assert.equal(again.requestId, requestId);
});

test("sends wishes that have waited", async () => {
  const open = residential.accessPointServiceMethods.openAccessPoint;
  let text = null;
  const storage = {load: async () => text, save: async (next) => { text = next; }};
  const away = new api.Client({baseUrl: "http://127.0.0.1:1", retry: {attempts: 1}});
  const waiting = new api.OfflineQueue(away, [open], storage);
  const requestId = await waiting.add(open, {name: NAME, unit: UNIT, requestId: ""});
  assert.deepEqual(await waiting.flush(), []);
  const [done] = await new api.OfflineQueue(person, [open], storage).flush();
  assert.equal(done.answer.requestId, requestId);
});

test("watches what happens, until it has seen enough", async () => {
  const events = new residential.AccessEventService(console_);
  const stream = events.watchAccessEvents({parent: UNIT})[Symbol.asyncIterator]();
  const first = stream.next();
  // The stream begins with the next event, and says nothing before: so there are some.
  const doors = new residential.AccessPointService(person);
  let isOver = false;
  const opening = (async () => {
    while (!isOver) {
      await doors.openAccessPoint({name: NAME, unit: UNIT, requestId: api.newKey()});
    }
  })();
  const {value} = await first;
  isOver = true;
  await opening;
  await stream.return();
  assert.equal(value.unit, UNIT);
  assert.notEqual(value.resumeToken, "");
});

test("says why it may not, and what is wrong", async () => {
  const doors = new residential.AccessPointService(console_);
  await assert.rejects(doors.openAccessPoint({name: NAME, unit: UNIT, requestId: api.newKey()}), {
    code: "PERMISSION_DENIED", httpStatus: 403, reason: "PRINCIPAL_NOT_ALLOWED"});
  const error = await new residential.AccessPointService(person)
    .openAccessPoint({name: NAME, unit: UNIT, requestId: "none"}).catch((one) => one);
  assert.equal(error.code, "INVALID_ARGUMENT");
  assert.deepEqual(error.fieldViolations.map((one) => one.field), ["request_id"]);
  assert.notEqual(error.localizedMessage, undefined);
});
