// The modules of the console that need no page, in node.

import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import test from "node:test";

import {Account} from "./account.js";
import {API, Failure} from "./api.js";
import {changes, differing} from "./changes.js";
import {Contract} from "./contract.js";
import {camel, durationSeconds, identifier, lines, localTime, span} from "./format.js";
import {leaf} from "./leaf.js";
import * as merkle from "./merkle.js";
import {answer, authorization, challenge, speaksFor, subjectOf, tenantOf} from "./oauth.js";
import {prove} from "./proof.js";
import {Reports, sender} from "./reports.js";
import {catalogues} from "./words.js";

const given = JSON.parse(readFileSync(new URL("./vectors.json", import.meta.url)));
const bytes = merkle.fromBase64;
const spoilt = (hash) => { const other = hash.slice(); other[31] ^= 1; return other; };

test("verifies every inclusion, and none that was changed", async () => {
  for (const {index, size, hashes} of given.inclusion) {
    const leaf = await merkle.leafHash(bytes(given.leaves[index]));
    const root = bytes(given.roots[size]);
    const proof = hashes.map(bytes);
    const found = await merkle.inclusionRoot(leaf, index, size, proof);
    assert.ok(found && merkle.same(found, root), `${index} of ${size}`);
    const wrong = [
      [spoilt(leaf), index, size, proof], [leaf, index, size, [...proof, root]],
      ...proof.map((one, place) => [leaf, index, size, proof.with(place, spoilt(one))]),
      ...(proof.length ? [[leaf, index, size, proof.slice(1)]] : []),
      ...(size > 1 ? [[leaf, (index + 1) % size, size, proof]] : []),
    ];
    for (const one of wrong) {
      const led = await merkle.inclusionRoot(...one);
      assert.ok(!led || !merkle.same(led, root), `${index} of ${size}, changed`);
    }
  }
  for (const [index, size] of [[1, 1], [-1, 1], [0, 0], [0.5, 2], [0, 2 ** 60]]) {
    assert.equal(await merkle.inclusionRoot(bytes(given.roots[1]), index, size, []), null);
  }
});

test("verifies that a log only grew, and nothing else", async () => {
  for (const {from, to, hashes} of given.consistency) {
    const [before, after] = [bytes(given.roots[from]), bytes(given.roots[to])];
    const proof = hashes.map(bytes);
    assert.ok(await merkle.isConsistent(from, before, to, after, proof), `${from} to ${to}`);
    assert.ok(!await merkle.isConsistent(from, spoilt(before), to, after, proof));
    assert.ok(!await merkle.isConsistent(from, before, to, spoilt(after), proof));
    assert.ok(!await merkle.isConsistent(from, before, to, after, [...proof, after]));
    for (const place of proof.keys()) {
      const other = proof.with(place, spoilt(proof[place]));
      assert.ok(!await merkle.isConsistent(from, before, to, after, other));
    }
  }
  const one = bytes(given.roots[1]);
  assert.ok(!await merkle.isConsistent(0, one, 1, one, []));
  assert.ok(!await merkle.isConsistent(2, one, 1, one, []));
});

test("takes the signature of the named key alone", async () => {
  const {note, verifierKey} = given.checkpoint;
  const read = merkle.readNote(note);
  assert.equal(read.origin, "alpha.artel.localhost/audit");
  assert.equal(read.size, given.leaves.length);
  assert.ok(merkle.same(read.root, bytes(given.roots.at(-1))));
  assert.equal(await merkle.isSigned(read, verifierKey), true);
  const grown = merkle.readNote(note.replace(`\n${read.size}\n`, `\n${read.size + 1}\n`));
  assert.equal(await merkle.isSigned(grown, verifierKey), false);
  for (const key of ["", "x", verifierKey.replace("alpha", "beta"),
    verifierKey.replace(/\+[0-9a-f]{8}\+/, "+00000000+")]) {
    assert.equal(await merkle.isSigned(read, key), false);
  }
  for (const broken of ["", "a\n1\n", "a\n1\nAA==\n\nno signature\n", note.replace("\n\n", "\n")]) {
    assert.equal(merkle.readNote(broken), null);
  }
});

const journal = given.journal;
const proving = (changes = {}, entry = journal.entry, before = journal.before) => prove(
  entry, journal.tenant, async (id) => ({...journal[id], ...changes[id]}), before);
const bad = ({steps}) => steps.filter(({state}) => state !== "good").map(({step}) => step);

test("writes an entry as its leaf, byte by byte", async () => {
  assert.deepEqual(await leaf(journal.tenant, journal.entry), bytes(journal.leaf));
  for (const {entry, leaf: expected} of journal.people) {
    assert.deepEqual(await leaf(journal.tenant, entry), bytes(expected));
    for (const wrong of [{actor: "artel:y"}, {address: "203.0.113.8"}, {originSalt: ""}]) {
      if (!entry.originSalt && "originSalt" in wrong) continue;
      assert.notDeepEqual(await leaf(journal.tenant, {...entry, ...wrong}), bytes(expected));
    }
  }
});

test("proves an entry of a signed log that only grew", async () => {
  const found = await proving();
  assert.deepEqual(bad(found), []);
  assert.equal(found.steps.length, 6);
  assert.equal(found.checkpoint.size, 5);
  assert.equal((await proving({}, journal.entry, null)).steps.length, 4);
});

test("says which step of a proof fails", async () => {
  const proof = journal.AuditService_GetInclusionProof;
  const other = {...journal.entry, actor: "somebody else"};
  assert.deepEqual(bad(await proving({}, other)), ["entry", "inclusion"]);
  assert.deepEqual(bad(await proving({AuditService_GetInclusionProof: {leafIndex: "2"}})),
    ["inclusion"]);
  assert.deepEqual(bad(await proving({AuditService_GetInclusionProof: {
    hashes: [...proof.hashes].reverse()}})), ["inclusion"]);
  assert.deepEqual(bad(await proving({AuditService_GetCheckpoint: {treeSize: "4"}})),
    ["checkpoint", "inclusion", "consistency"]);
  assert.deepEqual(bad(await proving({AuditService_GetCheckpoint: {note: "none"}})),
    ["signature", "checkpoint"]);
  const note = journal.AuditService_GetCheckpoint.note.replace("\n5\n", "\n6\n");
  assert.deepEqual(bad(await proving({AuditService_GetCheckpoint: {note}})),
    ["signature", "checkpoint"]);
  const forked = {...journal.before, root: given.roots[3]};
  assert.deepEqual(bad(await proving({}, journal.entry, forked)), ["consistency"]);
  assert.deepEqual(
    bad(await proving({}, journal.entry, {...journal.before, size: 9})), ["consistency"]);
  assert.deepEqual(
    bad(await proving({}, journal.entry, {...journal.before, verifierKey: "k"})), ["key"]);
  // One that was continued under another name is another log: said once, and nothing is compared.
  assert.deepEqual(
    bad(await proving({}, journal.entry, {...journal.before, origin: "other", size: 9})),
    ["origin"]);
});

test("makes the challenge of RFC 7636 appendix B", async () => {
  assert.equal(
    await challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  const asked = new URL(await authorization(
    "a.console", "https://a.example/console", "s", "v", {prompt: "none"}), "https://a.example");
  assert.equal(asked.pathname, "/oauth2/authorize");
  assert.equal(asked.searchParams.get("prompt"), "none");
  assert.equal(asked.searchParams.get("code_challenge_method"), "S256");
});

test("takes an answer with its own state and issuer alone", () => {
  const iss = "https://alpha.example";
  const good = `?code=c&state=s&iss=${iss}`;
  assert.deepEqual(answer(good, "s", iss), {code: "c"});
  assert.deepEqual(answer(good, "t", iss), {error: "state_unknown"});
  assert.deepEqual(answer(good, "", iss), {error: "state_unknown"});
  assert.deepEqual(answer(good, "s", "https://beta.example"), {error: "issuer_unknown"});
  assert.deepEqual(answer("?code=c&state=s", "s", iss), {error: "issuer_unknown"});
  assert.deepEqual(answer(`?error=x&state=s&iss=${iss}`, "s", iss), {error: "x"});
  assert.deepEqual(answer(`?state=s&iss=${iss}`, "s", iss), {error: "invalid_request"});
  assert.equal(tenantOf("https://alpha.artel.localhost"), "alpha");
  assert.ok(speaksFor(iss, "alpha.example"));
  for (const wrong of ["https://alpha.example.evil", "alpha.example", ""]) {
    assert.ok(!speaksFor(wrong, "alpha.example"));
  }
});

test("does not go on in the name of somebody else", async () => {
  const idToken = (sub) =>
    `e30.${Buffer.from(JSON.stringify({sub, name: "Ж"})).toString("base64url")}.x`;
  assert.equal(subjectOf(idToken("anna")), "anna");
  for (const wrong of ["", "x", "a.b.c", "e30.e30.x"]) assert.equal(subjectOf(wrong), "");
  const asked = [];
  const real = globalThis.fetch;
  let next = "anna";
  globalThis.fetch = async (path, request) => {
    asked.push([path, Object.fromEntries(request.body)]);
    assert.equal(request.credentials, "omit");
    return new Response(JSON.stringify({
      access_token: `t-${next}`, refresh_token: `r-${next}`, expires_in: 600, scope: "openid a",
      id_token: idToken(next)}));
  };
  try {
    const account = new Account();
    account.tenant = "alpha";
    globalThis.location = {origin: "https://alpha.example"};
    assert.equal(await account.take({grant_type: "authorization_code"}), true);
    assert.ok(account.may("a") && !account.may("b"));
    next = "boris";
    assert.equal(await account.take({grant_type: "authorization_code"}), false);
    assert.equal(account.access, "t-anna");
    const [path, fields] = asked.at(-1);
    assert.equal(path, "/oauth2/revoke");
    assert.equal(fields.token, "r-boris");
    // Where the server cannot say, nothing has ended.
    const answered = globalThis.fetch;
    for (const status of [0, 429, 503]) {
      globalThis.fetch = async () => {
        if (status === 0) throw new TypeError("offline");
        return new Response("{}", {status, headers: {"retry-after": "7"}});
      };
      await assert.rejects(account.renew(), {status});
      await assert.rejects(account.isAdmitted(), {status});
    }
    assert.equal(account.refresh, "r-anna");
    globalThis.fetch = async () => new Response('{"error":"invalid_grant"}', {status: 400});
    assert.equal(await account.renew(), false);
    globalThis.fetch = answered;
    next = "anna";
    const [one, other] = [account.renew(), account.renew()];
    assert.equal(one, other);
    assert.equal(await one, true);
    assert.equal(asked.at(-1)[1].refresh_token, "r-anna");
    account.leavePage();
    assert.deepEqual([asked.at(-1)[0], asked.at(-1)[1].token], ["/oauth2/revoke", "r-anna"]);
    const count = asked.length;
    account.leavePage();
    assert.equal(asked.length, count);
  } finally {
    globalThis.fetch = real;
    delete globalThis.location;
  }
});

const contract = new Contract({
  paths: {
    "/v1/members/{member}:disable": {
      post: {operationId: "Disable", "x-http-template": "/v1/{name=members/*}:disable"}},
    "/v1/members": {
      get: {operationId: "List", "x-grpc-method": "a.v1.S/List"},
      post: {
        operationId: "Create",
        parameters: [{name: "memberId", in: "query", required: true, schema: {type: "string"}}],
        requestBody: {content: {"application/json": {schema: {$ref: "#/components/schemas/M"}}}},
        "x-artel-policy": {scopes: ["people:write"]},
      }},
    "/v1/keyed": {post: {
      operationId: "Keyed", parameters: [{name: "Idempotency-Key", in: "header"}],
      "x-artel-policy": {scopes: [], tenantKinds: ["RESIDENTIAL"]}}},
  },
  components: {schemas: {
    T: {properties: {
      state: {type: "string", enum: ["ACTIVE"]}, reason: {type: "string", enum: ["LOST"]},
      parts: {type: "array", items: {$ref: "#/components/schemas/E"}},
      window: {type: "string", format: "google-duration"}}},
    E: {type: "string", enum: ["A"]},
    U: {properties: {reason: {type: "string"}, state: {$ref: "#/components/schemas/E"}}},
    M: {required: ["login"], properties: {
      login: {type: "string", maxLength: 9},
      policy: {anyOf: [{$ref: "#/components/schemas/P"}, {type: "null"}]}}},
    P: {properties: {codes: {type: ["boolean", "null"]}}},
  }},
});

test("finds methods and fields in the API's description", () => {
  assert.deepEqual(
    contract.address("Disable", "members/a b/c?d#e%2f"),
    {verb: "POST", path: "/v1/members/a%20b/c%3Fd%23e%252f:disable"});
  for (const name of ["members/..", "members/.", "../clients/a", "members/../../x"]) {
    assert.equal(contract.address("Disable", name), null);
  }
  assert.deepEqual(
    contract.address("List", "", {pageToken: "x&y", pageSize: "", a: ["1", "2"]}),
    {verb: "GET", path: "/v1/members?pageToken=x%26y&a=1&a=2"});
  assert.equal(contract.field("Create", "memberId").place, "query");
  assert.equal(contract.field("Create", "login").required, true);
  assert.equal(contract.field("Create", "login").schema.maxLength, 9);
  assert.equal(contract.field("Create", "policy.codes").schema.type, "boolean");
  assert.deepEqual(contract.field("Create", "nobody").schema, {});
  assert.deepEqual(contract.fields("Create", "policy"), ["codes"]);
  assert.deepEqual(contract.methods(), ["a.v1.S/List"]);
  assert.deepEqual(contract.scopes("Create"), ["people:write"]);
  assert.throws(() => contract.address("Nobody"));
});

test("takes the words of the contract alone for its own", () => {
  assert.deepEqual([...contract.enumerated].sort(), ["parts", "state"]);
  assert.deepEqual([...contract.durations], ["window"]);
});

test("sends what was changed, and what it was seen as", () => {
  const item = {name: "x/1", displayName: "A", scopes: ["a"], etag: '"3"'};
  assert.equal(changes(item, {displayName: "A", scopes: ["a"], more: "", flag: false}), null);
  assert.deepEqual(changes(item, {displayName: "", scopes: ["a"], secret: "s"}), {
    query: {updateMask: "displayName,secret"}, body: {displayName: "", secret: "s", etag: '"3"'}});
  assert.deepEqual(changes({}, {scopes: ["b"]}), {
    query: {updateMask: "scopes"}, body: {scopes: ["b"]}});
});

test("sends the limits alone that are others than they were", () => {
  const before = {members: 10, dailyCalls: "1000"};
  assert.deepEqual(differing(before, {members: "12", dailyCalls: 1000}), {members: "12"});
  assert.equal(differing(before, {members: "10", dailyCalls: "1000"}), null);
});

const reply = (status, body, headers = {}) =>
  new Response(JSON.stringify(body), {status, headers});
const refusal = (reason, metadata = {}) => ({
  error: {message: "no", details: [{reason, metadata}]}});

function world(answers, account = {}) {
  const sent = [];
  const api = new API(contract, {
    token: async () => "t", renew: async () => true, may: () => true,
    signInAgain: async () => true, ...account,
  }, async (path, request) => {
    sent.push({path, ...request});
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next;
  });
  return {api, sent};
}

test("sends the token and no cookie", async () => {
  const {api, sent} = world([reply(200, {a: 1})]);
  assert.deepEqual(await api.call("Create", {body: {login: "x"}}), {a: 1});
  assert.equal(sent[0].headers.authorization, "Bearer t");
  assert.equal(sent[0].credentials, "omit");
  assert.equal(sent[0].body, '{"login":"x"}');
});

test("repeats a call once somebody has signed in again, and not before", async () => {
  const asked = [];
  const stepUp = () => reply(401, refusal("STEP_UP_REQUIRED", {max_age_seconds: "120"}));
  const yes = world([stepUp(), reply(200, {})], {
    signInAgain: async (...all) => asked.push(all) > 0});
  await yes.api.call("Disable", {name: "members/a"});
  assert.deepEqual(asked, [["stepUp", 120]]);
  assert.equal(yes.sent.length, 2);
  const no = world([stepUp()], {signInAgain: async () => false});
  await assert.rejects(no.api.call("Disable", {name: "members/a"}), {reason: "STEP_UP_REQUIRED"});
  assert.equal(no.sent.length, 1);
});

test("renews a token once, and then asks", async () => {
  const ended = () => reply(401, refusal("TOKEN_EXPIRED"));
  const asked = [];
  const {api, sent} = world([ended(), reply(200, {})], {
    renew: async () => false, signInAgain: async (why) => asked.push(why) > 0});
  await api.call("List");
  assert.deepEqual(asked, ["ended"]);
  assert.equal(sent.length, 2);
  const twice = world([ended(), ended()]);
  await assert.rejects(twice.api.call("List"), {reason: "TOKEN_EXPIRED"});
});

test("gives a call whose answer was lost the same key again, and no other call", async () => {
  const {api, sent} = world([
    new TypeError("offline"), reply(503, {}), reply(200, {}), reply(200, {}), reply(400, {}),
    reply(200, {})]);
  const body = {a: 1};
  for (const fails of [true, true, false, false, true, false]) {
    const done = api.call("Keyed", {body});
    await (fails ? assert.rejects(done) : done);
  }
  const keys = sent.map(({headers}) => headers["idempotency-key"]);
  assert.match(keys[0], /^"[\w-]{20,}"$/);
  assert.equal(keys[1], keys[0]);
  assert.equal(keys[2], keys[0]);
  assert.equal(new Set(keys.slice(2)).size, 4);
  const plain = world([reply(200, {})]);
  await plain.api.call("Create", {body});
  assert.equal(plain.sent[0].headers["idempotency-key"], undefined);
});

test("keeps the key of a lost answer until an answer decides", async () => {
  const undecided = [
    reply(409, refusal("IDEMPOTENCY_KEY_RUNNING")), reply(429, refusal("RATE_LIMITED")),
    reply(408, {}), reply(401, refusal("STEP_UP_REQUIRED"))];
  const {api, sent} = world([
    new TypeError("offline"), ...undecided, reply(409, refusal("CLIENT_EXISTS")), reply(200, {})], {
    signInAgain: async () => false});
  for (let call = 0; call < 6; call += 1) await assert.rejects(api.call("Keyed", {body: {a: 1}}));
  await api.call("Keyed", {body: {a: 1}});
  const keys = sent.map(({headers}) => headers["idempotency-key"]);
  assert.equal(new Set(keys.slice(0, 6)).size, 1);
  assert.notEqual(keys[6], keys[5]);
});

test("has the methods of the tenant's own kind", () => {
  const {api} = world([]);
  assert.ok(api.has("Create") && !api.has("Keyed"));
  api.kind = "TENANT_KIND_RESIDENTIAL";
  assert.ok(api.has("Keyed"));
});

test("tells failures apart", async () => {
  const {api} = world([
    new TypeError("offline"), reply(429, {}, {"retry-after": "7"}),
    new Response("<html>", {status: 502}),
    reply(400, {error: {message: "no", details: [
      {reason: "FIELD_INVALID"},
      {fieldViolations: [{field: "client.display_name", description: "too long"}]}]}}),
  ]);
  const failed = async () => api.call("List").then(() => null, (failure) => failure);
  const offline = await failed();
  assert.ok(offline instanceof Failure);
  assert.deepEqual([offline.status, offline.reason], [0, "OFFLINE"]);
  assert.equal((await failed()).retryAfter, 7);
  assert.equal((await failed()).status, 502);
  assert.deepEqual(
    (await failed()).violations, [{field: "client.displayName", description: "too long"}]);
});

test("writes values as people read them", () => {
  assert.equal(span(3600, "en"), "1 hour");
  assert.equal(span(90, "en"), "90 seconds");
  assert.equal(span(604800, "ru"), "7 дней");
  assert.equal(span("x", "en"), "x");
  assert.equal(durationSeconds("3.5s"), 3.5);
  assert.equal(identifier("a/b/c"), "c");
  assert.deepEqual(lines(" a\nb, c\n\n"), ["a", "b", "c"]);
  assert.equal(camel("a_b.c_d"), "aB.cD");
  assert.equal(localTime("", "en"), "");
  assert.equal(localTime("never", "en"), "never");
});

test("has each word in both languages, with the same values", () => {
  const keys = Object.keys(catalogues.en).sort();
  assert.deepEqual(Object.keys(catalogues.ru).sort(), keys);
  const values = (text) => [...text.matchAll(/\{\w+\}/g)].map(([one]) => one).sort();
  for (const key of keys) {
    assert.ok(catalogues.ru[key].trim(), key);
    assert.deepEqual(values(catalogues.ru[key]), values(catalogues.en[key]), key);
  }
  const latin = Object.entries(catalogues.ru).filter(
    ([key, text]) => !/[а-яё]/i.test(text) && !key.startsWith("hint.principal"));
  assert.deepEqual(latin, []);
});

test("reports errors of the page: few of them, each once, and no call that failed", async () => {
  const sent = [];
  let answer = async () => {};
  const reports = new Reports(
    async (events) => { sent.push(events); await answer(); }, {name: "console"}, () => "#units",
    () => {});
  const error = new TypeError("no unit");
  for (let time = 0; time < 3; time += 1) reports.add(error);
  reports.add(new Failure(0));
  reports.add("a text");
  await reports.flush();
  assert.deepEqual(sent[0].map((one) => [one.message, one.count, one.type]),
    [["no unit", 3, "TypeError"], ["a text", 1, "string"]]);
  assert.equal(sent[0][0].screen, "#units");
  assert.match(sent[0][0].stack, /no unit/);

  // What nobody has taken waits; what is refused does not.
  answer = async () => { throw new Failure(429, {}, 60); };
  reports.add("later");
  await reports.flush();
  assert.equal(reports.waiting.length, 1);
  assert.equal(reports.pause, 60_000);
  answer = async () => { throw new Failure(400); };
  await reports.flush();
  assert.equal(reports.waiting.length, 0);

  // A page in a loop says so a few times.
  answer = async () => {};
  for (let number = 0; number < 500; number += 1) {
    reports.add(`error ${number}`);
    await reports.flush();
  }
  assert.ok(sent.length < 60);
  assert.ok(reports.waiting.length <= 20);
});

test("reports in the name of who has signed in, or of nobody", async () => {
  const asked = [];
  const account = {access: ""};
  const send = sender(account, async (path, options) => {
    asked.push([path, options.headers.authorization, options.keepalive]);
    return new Response("{}", {status: asked.length > 2 ? 503 : 200});
  });
  await send([], false);
  account.access = "token";
  await send([], true);
  assert.deepEqual(asked, [
    ["/v1/clientErrors:reportAnonymous", undefined, false],
    ["/v1/clientErrors:report", "Bearer token", true]]);
  await assert.rejects(send([], false), (failure) => failure.status === 503);
});
