import { isObject } from "./errors.js";
import type { CallOptions, Method } from "./types.js";

/** The same key for all tries of one wish. */
export function withKey<Request>(method: Method<Request, unknown>, request: Request): Request {
  if (method.key === undefined || !isObject(request) || request[method.key]) return request;
  return {...request, [method.key]: newKey()};
}

/** The same key for all tries of a call whose method takes one as a header. */
export function keyedOptions(method: Method<never, unknown>, options: CallOptions): CallOptions {
  const has = Object.keys(options.headers ?? {}).some((one) => one.toLowerCase() === header);
  if (!method.keyed || has) return options;
  return {...options, headers: {...options.headers, [header]: newKey()}};
}

const header = "idempotency-key";

/** A random UUID (RFC 9562). Browsers make one only for pages that came by https, and Node 18 has no
 * generator that every program sees: a key has to be unlike all others, not secret. */
export function newKey(): string {
  const source = typeof crypto === "undefined" ? undefined : crypto;
  if (typeof source?.randomUUID === "function") return source.randomUUID();
  const bytes = new Uint8Array(16);
  if (source) source.getRandomValues(bytes);
  else bytes.forEach((_, index) => { bytes[index] = Math.random() * 256; });
  bytes[6] = (bytes[6] ?? 0) & 0x0f | 0x40;
  bytes[8] = (bytes[8] ?? 0) & 0x3f | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
