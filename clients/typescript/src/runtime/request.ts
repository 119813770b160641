import { isObject } from "./errors.js";
import { multipart, jsonOf, setUpload } from "./body.js";
import type { Body } from "./transport.js";
import type { Binding, Method, Upload } from "./types.js";

/** A request as HTTP has it. */
export interface HttpRequest {
  verb: string;
  /** Path and query. */
  target: string;
  contentType?: string;
  /** A function gives it anew for each try. */
  body?: Body | (() => Body);
  /** The body can be read only once. */
  isOnce?: boolean;
  /** How long it takes is for the body to say. */
  isLong?: boolean;
  /** What kept its own source from giving the body; nothing where it did not. */
  failure?: () => unknown;
}

/** Writes a request by the first binding of the method whose path it has the values for. */
export function httpRequest(
  method: Pick<Method<never, unknown>, "name" | "bindings" | "form" | "files">, request: unknown,
): HttpRequest {
  const fields = isObject(request) ? request : {};
  for (const binding of method.bindings) {
    const path = pathOf(binding, fields);
    if (path) return write(binding, path.text, path.taken, fields, method);
  }
  throw new TypeError(`${method.name}: the request lacks what its path needs`);
}

function write(
  binding: Binding, path: string, taken: ReadonlySet<string>, fields: Record<string, unknown>,
  method: Pick<Method<never, unknown>, "form" | "files">,
): HttpRequest {
  const query = new URLSearchParams();
  if (binding.body !== "*") {
    flatten(fields, "", (name) => taken.has(name) || name === binding.body, query);
  }
  const text = query.toString();
  const http: HttpRequest = {verb: binding.verb, target: path + (text ? "?" + text : "")};
  if (binding.body === undefined) return http;
  const body = binding.body === "*" ? without(fields, taken) : fields[binding.body];
  const form = isObject(body) ? multipart(body, method.files ?? []) : undefined;
  if (binding.rawBody) {
    if (body !== undefined) setUpload(http, body as Upload);
  } else if (form) {
    http.body = form;
    http.isLong = true;
  } else if (method.form) {
    const form = new URLSearchParams();
    flatten(body as Record<string, unknown>, "", () => false, form);
    http.contentType = "application/x-www-form-urlencoded";
    http.body = form.toString();
  } else if (body !== undefined) {
    http.contentType = "application/json";
    http.body = jsonOf(body);
  }
  return http;
}

/** The top-level fields that the path does not have. */
function without(
  fields: Record<string, unknown>, taken: ReadonlySet<string>,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !taken.has(name)));
}

/** Parameters by dots for what is inside, by repetition for lists. */
function flatten(
  fields: Record<string, unknown>, prefix: string, isLeftOut: (name: string) => boolean,
  query: URLSearchParams,
): void {
  for (const [name, value] of Object.entries(fields)) {
    const path = prefix + name;
    if (value === undefined || value === null || isLeftOut(path)) continue;
    if (Array.isArray(value)) {
      for (const one of value) query.append(path, String(one));
    } else if (isObject(value)) flatten(value, path + ".", isLeftOut, query);
    else query.append(path, String(value));
  }
}

/** The path with its variables; nothing where a value is missing or has another form. */
function pathOf(
  binding: Binding, fields: Record<string, unknown>,
): { text: string; taken: Set<string> } | undefined {
  const taken = new Set<string>();
  let fits = true;
  const text = binding.path.replace(/\{([^}=]+)(?:=([^}]*))?\}/g, (_, name: string, form = "*") => {
    taken.add(name);
    const value = name.split(".").reduce<unknown>(
      (at, part) => isObject(at) ? at[part] : undefined, fields);
    const coded = value === undefined || value === null ? undefined : segments(String(value), form);
    if (coded === undefined) fits = false;
    return coded ?? "";
  });
  return fits ? {text, taken} : undefined;
}

/** A value in the form of a pattern such as `properties/*`, percent-coded between its slashes. */
function segments(value: string, form: string): string | undefined {
  if (form === "*") return isName(value) ? encodeURIComponent(value) : undefined;
  const patterns = form.split("/");
  const parts = value.split("/");
  const rest = patterns[patterns.length - 1] === "**";
  if (rest ? parts.length < patterns.length - 1 : parts.length !== patterns.length) {
    return undefined;
  }
  const fits = parts.every((part, index) => {
    const pattern = patterns[Math.min(index, patterns.length - 1)];
    if (pattern === "**") return part !== "." && part !== "..";
    return pattern === "*" ? isName(part) : part === pattern;
  });
  return fits ? parts.map(encodeURIComponent).join("/") : undefined;
}

/** A segment that means only itself: dots would lead to another path. */
function isName(text: string): boolean { return text !== "" && text !== "." && text !== ".."; }
