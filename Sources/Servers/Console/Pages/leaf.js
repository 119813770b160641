// An audit entry as the leaf of its tenant's log, byte by byte as docs/audit.md says.

import {fromBase64, leafHash, sha256} from "./merkle.js";

const coder = new TextEncoder();

// Whole units of 10^-6 of a decimal text.
function millionths(text) {
  const [whole, fraction = ""] = text.split(".");
  return BigInt(whole || "0") * 1000000n + BigInt(fraction.padEnd(6, "0").slice(0, 6) || "0");
}

// A time of the API, in microseconds since 1970.
function time(text) {
  if (!text) return "";
  const found = /^(.*:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!found) return "";
  const seconds = Date.parse(found[1] + found[3]) / 1000;
  return String(millionths(`${seconds}.${found[2] || ""}`));
}

const latency = (text) => String(millionths((text || "0s").replace(/s$/, "")));

// What is in front, and texts and bytes behind it, each behind its length in four bytes.
function coded(first, values) {
  const fields = values.map((one) => typeof one === "string" ? coder.encode(one) : one);
  const bytes = new Uint8Array(fields.reduce((sum, one) => sum + 4 + one.length, first.length));
  const view = new DataView(bytes.buffer);
  bytes.set(first);
  let place = first.length;
  for (const field of fields) {
    view.setUint32(place, field.length);
    bytes.set(field, place + 4);
    place += 4 + field.length;
  }
  return bytes;
}

const erased = "[erased]";

// The hash of a person and its address as they are shown. Who was erased is shown as that, and
// nothing but the hash is left; who lacks the scope for people is shown the hash alone.
async function originHash(entry) {
  const [actor, address] = [entry.actorIndex ? entry.actor || "" : "", entry.address || ""];
  if (!entry.originHash) return fromBase64("");
  const isMasked = !actor && !address;
  const isErased = address === erased && (!actor || actor === erased);
  if (!entry.originSalt && (isMasked || isErased)) {
    return fromBase64(entry.originHash);
  }
  return sha256(coded(fromBase64(entry.originSalt || ""), [actor, address]));
}

// The bytes of a leaf.
export async function leaf(tenant, entry) {
  const text = (name) => entry[name] || "";
  const number = (name) => String(entry[name] || 0);
  const later = [await originHash(entry), fromBase64(text("actorIndex"))];
  const hasLater = later.some((one) => one.length > 0);
  return coded(Uint8Array.of(hasLater ? 2 : 1), [
    tenant, (entry.name || "").split("/").pop(), text("kind"), time(entry.createTime),
    entry.actorIndex ? "" : text("actor"), text("action"), text("resource"), text("change"),
    text("call"),
    text("principalKind"), text("client"), text("certificate"),
    entry.originHash ? "" : text("address"),
    text("door"), text("code"), text("reason"), time(entry.startTime), latency(entry.latency),
    number("requestCount"), number("responseCount"), fromBase64(text("requestHash")),
    fromBase64(text("responseHash")), text("requestBody"), text("responseBody"), text("trace"),
    fromBase64(text("personalHash")), ...hasLater ? later : [],
  ]);
}

// The hash of an entry as it is shown.
export const entryHash = async (tenant, entry) => leafHash(await leaf(tenant, entry));
