import { ApiError, NetworkError, isObject } from "./errors.js";
import type { Limits } from "./limits.js";
import { lines } from "./lines.js";
import type { Download, Method } from "./types.js";

/** An answer that is none of failure; the error that it is, else. */
export async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = undefined;  // Something on the way has answered: its status says what there is to say.
  }
  throw ApiError.of(response.status, body, retryAfter(response.headers.get("retry-after")));
}

/** Milliseconds, of seconds or of a day (RFC 9110 section 10.2.3); nothing where it is neither. */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  if (/^[0-9]+$/.test(header)) return Number(header) * 1000;
  const moment = Date.parse(header);
  return Number.isNaN(moment) ? undefined : Math.max(moment - Date.now(), 0);
}

/** What a method's answer is, whole. */
export async function answerOf(
  method: Method<never, unknown>, response: Response,
): Promise<unknown> {
  try {
    if (method.raw) {
      return {contentType: typeOf(response), data: new Uint8Array(await response.arrayBuffer())};
    }
    return response.status === 204 ? {} : await response.json() as unknown;
  } catch (error) {
    throw new NetworkError(error);
  }
}

/** A body as it comes; whoever stops reading it ends the call. */
export function download(response: Response, limits: Limits): Download {
  const reader = response.body?.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await reader?.read();
        if (next && !next.done) return controller.enqueue(next.value);
        limits.end();
        controller.close();
      } catch (error) {
        limits.end();
        controller.error(limits.signal.aborted ? limits.signal.reason : new NetworkError(error));
      }
    },
    async cancel(reason) {
      limits.end();
      await reader?.cancel(reason);
    },
  }, {highWaterMark: 0});
  // The length of what is sent is not that of what comes out of its coding.
  const isCoded = response.headers.get("content-encoding") !== null;
  const length = isCoded ? null : response.headers.get("content-length");
  const fileName = fileNameOf(response.headers.get("content-disposition") ?? "");
  return {
    contentType: typeOf(response), body,
    ...(length === null ? {} : {length: Number(length)}),
    ...(fileName === undefined ? {} : {fileName})};
}

/** The name of a file (RFC 6266), in any script where it is there so. */
export function fileNameOf(disposition: string): string | undefined {
  const coded = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition)?.[1];
  if (coded !== undefined) {
    try {
      return decodeURIComponent(coded);
    } catch {
      // It is coded wrongly: the plain one says as much as there is.
    }
  }
  return /filename="((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1]?.replace(/\\(.)/g, "$1");
}

function typeOf(response: Response): string {
  return response.headers.get("content-type") ?? "application/octet-stream";
}

/** The lines of a stream; a network that breaks is told from a message that is none. */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const all = lines(body);
  try {
    for (;;) {
      let next: IteratorResult<string>;
      try {
        next = await all.next();
      } catch (error) {
        throw new NetworkError(error);
      }
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await all.return(undefined);
  }
}

/** A stream that fails ends with its error. */
export function isFailure(message: unknown): boolean {
  if (!isObject(message) || Object.keys(message).length !== 1) return false;
  const error = message["error"];
  return isObject(error) && typeof error["code"] === "number" && typeof error["status"] === "string";
}
