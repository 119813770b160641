import { httpRequest } from "./request.js";
import type { HttpRequest } from "./request.js";
import type { Messages, Method } from "./types.js";

/** The messages of an iterable, whichever it is. */
export function iterator<Message>(messages: Messages<Message>): AsyncIterator<Message> {
  if (Symbol.asyncIterator in messages) {
    return (messages as AsyncIterable<Message>)[Symbol.asyncIterator]();
  }
  const all = (messages as Iterable<Message>)[Symbol.iterator]();
  return {
    next: () => Promise.resolve(all.next()),
    return: () => Promise.resolve(all.return?.() ?? {done: true, value: undefined}),
  };
}

/** The request of a stream of messages: a line of JSON for each, read when it is sent.
 * An array can be sent again; of anything else there is only one. */
export async function requestOf<Request>(
  method: Method<Request, unknown>, messages: Messages<Request>,
): Promise<HttpRequest> {
  if (Array.isArray(messages)) {
    const all = messages as Request[];
    const first = httpRequest(method, all[0] ?? {});
    const text = all.map((one) => line(method, first, one)).join("");
    return {...first, contentType: "application/x-ndjson", body: text};
  }
  const all = iterator(messages);
  const begin = await all.next();
  const first = httpRequest(method, begin.done ? {} : begin.value);
  let failure: unknown;
  let next = begin;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        if (next.done) return controller.close();
        controller.enqueue(new TextEncoder().encode(line(method, first, next.value)));
        next = await all.next();
      } catch (error) {
        failure = error;
        controller.error(error);
      }
    },
    async cancel() { await all.return?.(); },
  }, {highWaterMark: 0});
  return {
    ...first, contentType: "application/x-ndjson", body, isOnce: true, failure: () => failure};
}

/** A message as a line; its path and query have to be those of the first. */
function line(method: Method<never, unknown>, first: HttpRequest, message: unknown): string {
  return element(method, first, message) + "\n";
}

/** What of a message goes into the stream, as JSON. */
export function element(
  method: Method<never, unknown>, first: HttpRequest, message: unknown,
): string {
  const http = httpRequest(method, message);
  if (http.target !== first.target || http.verb !== first.verb) {
    throw new TypeError(`${method.name}: the messages of a stream have one path and query`);
  }
  return typeof http.body === "string" ? http.body : "{}";
}
