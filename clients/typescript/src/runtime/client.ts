import { ApiError, NetworkError, TimeoutError, isObject } from "./errors.js";
import { lines } from "./lines.js";
import { httpRequest } from "./request.js";
import { isPassing, sleep, usualRetry, wait } from "./retry.js";
import type { RetryPolicy } from "./retry.js";
import type { TokenSource } from "./tokens.js";
import type { CallOptions, Caller, Method } from "./types.js";

/** How a client works. */
export interface ClientOptions {
  /** Where the platform is, such as `https://api.example.com`. */
  baseUrl: string;
  tokens?: TokenSource;
  retry?: Partial<RetryPolicy>;
  /** How many milliseconds a call may take, with all its tries; 30 s without. */
  timeout?: number;
  /** Headers of every request, such as `accept-language`. */
  headers?: Record<string, string>;
  fetch?: typeof fetch;
}

/** Calls methods: with a token that is renewed, again where that can do no harm, and typed. */
export class Client implements Caller {
  private readonly base: string;
  private readonly policy: RetryPolicy;
  private readonly send: typeof fetch;

  constructor(private readonly options: ClientOptions) {
    this.base = options.baseUrl.replace(/\/+$/, "");
    this.policy = {...usualRetry, ...options.retry};
    this.send = options.fetch ?? ((input, init) => fetch(input, init));
  }

  /** Calls a method with one answer. */
  async call<Request, Answer>(
    method: Method<Request, Answer>, request: Request, options: CallOptions = {},
  ): Promise<Answer> {
    const limits = new Limits(options, this.options.timeout ?? 30_000);
    const keyed = withKey(method, request);
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          const response = await this.exchange(
            method, keyed, "application/json", options, limits.signal);
          return await answerOf(method, response) as Answer;
        } catch (error) {
          if (!this.goesOn(method, error, attempt, options)) throw error;
          await sleep(wait(this.policy, attempt, error), limits.signal);
        }
      }
    } catch (error) {
      throw limits.reasonFor(error);
    } finally {
      limits.end();
    }
  }

  /** Calls a method with a stream of answers. One that can be resumed goes on behind the last
   * message when the network breaks. Whoever stops reading ends the call. */
  async* stream<Request, Answer>(
    method: Method<Request, Answer>, request: Request, options: CallOptions = {},
  ): AsyncGenerator<Answer> {
    let resumeToken: string | undefined;
    let attempt = 1;
    for (;;) {
      const limits = new Limits(options, this.options.timeout ?? 30_000);
      try {
        const asked = resumeToken === undefined ? request : {...request, resumeToken};
        const response = await this.exchange(
          method, asked, "application/x-ndjson", options, limits.signal);
        limits.begun();
        if (!response.body) return;
        for await (const line of linesOf(response.body)) {
          const message: unknown = JSON.parse(line);
          if (isFailure(message)) throw ApiError.of(0, message);
          attempt = 1;
          if (method.resumes && isObject(message) && typeof message["resumeToken"] === "string") {
            resumeToken = message["resumeToken"];
          }
          yield message as Answer;
        }
        return;
      } catch (error) {
        // What has begun without a place to go on from would come twice.
        const canGoOn = resumeToken !== undefined || !limits.hasBegun;
        if (limits.signal.aborted || !canGoOn || !this.goesOn(method, error, attempt, options)) {
          throw limits.reasonFor(error);
        }
        limits.end();
        const pause = new Limits(options);
        try {
          await sleep(wait(this.policy, attempt, error), pause.signal);
        } finally {
          pause.end();
        }
        attempt++;
      } finally {
        limits.end();
      }
    }
  }

  /** Whether a failed try is followed by another. */
  private goesOn(
    method: Method<never, unknown>, error: unknown, attempt: number, options: CallOptions,
  ): boolean {
    const isHarmless = ["READ_ONLY", "IDEMPOTENT", "KEYED"].includes(method.idempotency);
    return isHarmless && !options.once && attempt < this.policy.attempts && isPassing(error);
  }

  /** One try; a token that is not taken is renewed once, since nothing has been done. */
  private async exchange(
    method: Method<never, unknown>, request: unknown, accept: string, options: CallOptions,
    signal: AbortSignal,
  ): Promise<Response> {
    const tokens = method.public ? undefined : this.options.tokens;
    const token = await tokens?.token();
    const first = await this.once(method, request, accept, options, signal, token);
    if (first.status !== 401 || !tokens || token === undefined) return checked(first);
    await first.body?.cancel();
    const next = await tokens.token(token);
    return checked(await this.once(method, request, accept, options, signal, next));
  }

  private async once(
    method: Method<never, unknown>, request: unknown, accept: string, options: CallOptions,
    signal: AbortSignal, token: string | undefined,
  ): Promise<Response> {
    const http = httpRequest(method, request);
    const headers = new Headers({...this.options.headers, ...options.headers});
    headers.set("accept", method.raw ? "*/*" : accept);
    if (token !== undefined) headers.set("authorization", "Bearer " + token);
    if (http.contentType !== undefined) headers.set("content-type", http.contentType);
    if (options.ifMatch !== undefined) headers.set("if-match", options.ifMatch);
    try {
      return await this.send(this.base + http.target, {
        method: http.verb, headers, signal, credentials: "omit", redirect: "error",
        ...(http.body === undefined ? {} : {body: http.body})});
    } catch (error) {
      throw signal.aborted ? signal.reason : new NetworkError(error);
    }
  }
}

/** The end of a call: by its caller, or by its time. */
class Limits {
  private readonly controller = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly outer: AbortSignal | undefined;
  hasBegun = false;

  constructor(options: CallOptions, usual?: number) {
    this.outer = options.signal;
    if (this.outer?.aborted) this.stop();
    this.outer?.addEventListener("abort", this.stop);
    const timeout = options.timeout ?? usual;
    if (timeout !== undefined) {
      this.timer = setTimeout(() => this.controller.abort(new TimeoutError()), timeout);
    }
  }

  get signal(): AbortSignal { return this.controller.signal; }

  /** A stream has begun: it has no end of its own. */
  begun(): void {
    this.hasBegun = true;
    clearTimeout(this.timer);
  }

  end(): void {
    clearTimeout(this.timer);
    this.outer?.removeEventListener("abort", this.stop);
  }

  /** What ended the call, where that was not the error itself. */
  reasonFor(error: unknown): unknown { return this.signal.aborted ? this.signal.reason : error; }

  private readonly stop = (): void => this.controller.abort(this.outer?.reason);
}

/** The same key for all tries of one wish. */
function withKey<Request>(method: Method<Request, unknown>, request: Request): Request {
  if (method.key === undefined || !isObject(request) || request[method.key]) return request;
  return {...request, [method.key]: newKey()};
}

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

async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  const header = response.headers.get("retry-after");
  const seconds = header !== null && /^[0-9]+$/.test(header) ? Number(header) : undefined;
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = undefined;  // Something on the way has answered: its status says what there is to say.
  }
  throw ApiError.of(response.status, body, seconds === undefined ? undefined : seconds * 1000);
}

async function answerOf(method: Method<never, unknown>, response: Response): Promise<unknown> {
  try {
    if (method.raw) {
      const contentType = response.headers.get("content-type") ?? "application/octet-stream";
      return {contentType, data: new Uint8Array(await response.arrayBuffer())};
    }
    return response.status === 204 ? {} : await response.json() as unknown;
  } catch (error) {
    throw new NetworkError(error);
  }
}

/** The lines of a stream; a network that breaks is told from a message that is none. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
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
function isFailure(message: unknown): boolean {
  if (!isObject(message) || Object.keys(message).length !== 1) return false;
  const error = message["error"];
  return isObject(error) && typeof error["code"] === "number" && typeof error["status"] === "string";
}
