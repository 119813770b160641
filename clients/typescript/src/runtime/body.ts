import { isObject } from "./errors.js";
import type { HttpRequest } from "./request.js";
import type { Bytes, Upload } from "./types.js";

/** Gives a request bytes as they are. */
export function setUpload(http: HttpRequest, upload: Upload): void {
  const {data} = upload;
  const own = typeof Blob !== "undefined" && data instanceof Blob ? data.type : "";
  http.contentType = upload.contentType || own || "application/octet-stream";
  http.isLong = true;
  http.body = data;
  http.isOnce = data instanceof ReadableStream;
}

/** A form with a part for each field (RFC 7578), where one of these has bytes; nothing else. */
export function multipart(
  fields: Record<string, unknown>, files: readonly string[],
): FormData | undefined {
  const has = files.some((name) => list(fields[name]).some(
    (one) => isBytes(one) || isObject(one) && isBytes(one["data"])));
  if (!has) return undefined;
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of list(value)) {
      if (files.includes(name)) form.append(name, ...filePart(name, one));
      else if (isObject(one)) form.append(name, json(one));
      else form.append(name, String(one));
    }
  }
  return form;
}

function json(value: unknown): Blob {
  return new Blob([jsonOf(value)], {type: "application/json"});
}

function list(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

function filePart(name: string, value: unknown): [Blob, string] {
  const upload = isObject(value) && "data" in value ? value as unknown as Upload : undefined;
  const data = upload ? upload.data : value as Bytes;
  if (typeof data === "string") throw new TypeError(`${name}: bytes, as the others are`);
  if (typeof data === "function" || data instanceof ReadableStream) {
    throw new TypeError(`${name}: a form takes bytes or a Blob, no stream`);
  }
  const own = data instanceof Blob ? data : undefined;
  const type = upload?.contentType || own?.type || "application/octet-stream";
  const named = typeof File !== "undefined" && own instanceof File ? own.name : name;
  return [new Blob([data], {type}), upload?.fileName ?? named];
}

function isBytes(value: unknown): boolean {
  return value instanceof Uint8Array || value instanceof ArrayBuffer || value instanceof Blob
    || value instanceof ReadableStream || typeof value === "function";
}

/** JSON, with bytes as base64. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, name, shown: unknown) {
    // As it was: a Buffer of Node says of itself what it is in JSON.
    const one = this[name];
    if (one instanceof Uint8Array || one instanceof ArrayBuffer) return base64(new Uint8Array(one));
    if (isBytes(one)) throw new TypeError(`${name}: JSON takes no streams and no Blobs`);
    return shown;
  });
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text);
}
