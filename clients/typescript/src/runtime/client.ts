import { answerOf, checked, download, isFailure, linesOf } from "./answer.js";
import { ApiError, NetworkError, isObject } from "./errors.js";
import { keyedOptions, withKey } from "./key.js";
import { Limits } from "./limits.js";
import { httpRequest } from "./request.js";
import type { HttpRequest } from "./request.js";
import { RetryBudget, isPassing, sleep, usualRetry, wait } from "./retry.js";
import type { RetryPolicy } from "./retry.js";
import { requestOf } from "./sending.js";
import { talk } from "./socket.js";
import type { WebSocketMaker } from "./socket.js";
import type { TokenSource } from "./tokens.js";
import { transmit } from "./transport.js";
import type { CallOptions, Caller, Download, Messages, Method } from "./types.js";

/** How a client works. */
export interface ClientOptions {
  /** Where the platform is, such as `https://api.example.com`. */
  baseUrl: string;
  tokens?: TokenSource;
  retry?: Partial<RetryPolicy>;
  /** How many milliseconds a call may take, with all its tries; 30 s without. Uploads and streams
   * of requests have no end of their own. */
  timeout?: number;
  /** Headers of every request, such as `accept-language`. */
  headers?: Record<string, string>;
  fetch?: typeof fetch;
  /** Opens WebSockets, where there is none of the program's own, as in Node before 22. */
  webSocket?: WebSocketMaker;
  /** Sends streams as they come. Without it so does Node, and a browser gathers them first: it
   * sends streams over HTTP/2 alone. */
  streamsBodies?: boolean;
}

/** Calls methods: with a token that is renewed, again where that can do no harm, and typed. */
export class Client implements Caller {
  private readonly base: string;
  private readonly policy: RetryPolicy;
  private readonly budget: RetryBudget;
  private readonly fetch: typeof fetch;

  constructor(private readonly options: ClientOptions) {
    this.base = options.baseUrl.replace(/\/+$/, "");
    this.policy = {...usualRetry, ...options.retry};
    this.budget = new RetryBudget(this.policy.budget);
    this.fetch = options.fetch ?? ((input, init) => fetch(input, init));
  }

  /** Calls a method with one answer. */
  async call<Request, Answer>(
    method: Method<Request, Answer>, request: Request, options: CallOptions = {},
  ): Promise<Answer> {
    const http = httpRequest(method, withKey(method, request));
    const usual = http.isLong ? undefined : this.timeout;
    return this.whole(method, http, new Limits(options, usual), options);
  }

  /** Calls a method with a stream of requests, and one answer. All of them have the same path. */
  async send<Request, Answer>(
    method: Method<Request, Answer>, requests: Messages<Request>, options: CallOptions = {},
  ): Promise<Answer> {
    // How long the caller takes for its first request is its own affair.
    const limits = Limits.ofCaller(options);
    let http: HttpRequest;
    try {
      http = await limits.race(requestOf(method, requests));
    } catch (error) {
      limits.end();
      throw limits.reasonFor(error);
    }
    limits.start(options.timeout);
    return this.whole(method, http, limits, options);
  }

  /** Calls a method whose answer is bytes, and gives them as they come. */
  async download<Request>(
    method: Method<Request, unknown>, request: Request, options: CallOptions = {},
  ): Promise<Download> {
    const limits = new Limits(options, this.timeout);
    try {
      const {response} = await this.tried(
        method, httpRequest(method, request), "*/*", limits, options);
      limits.begun();
      return download(response, limits);
    } catch (error) {
      limits.end();
      throw limits.reasonFor(error);
    }
  }

  /** Calls a method with streams of both sides, over a WebSocket. The first request has the path. */
  talk<Request, Answer>(
    method: Method<Request, Answer>, requests: Messages<Request>, options: CallOptions = {},
  ): AsyncGenerator<Answer> {
    return talk(method, requests, options, {
      base: this.base, tokens: method.public ? undefined : this.options.tokens,
      make: this.options.webSocket, timeout: this.timeout});
  }

  /** Calls a method with a stream of answers. One that can be resumed goes on behind the last
   * message when the network breaks or the token ends. Whoever stops reading ends the call. */
  async* stream<Request, Answer>(
    method: Method<Request, Answer>, request: Request, options: CallOptions = {},
  ): AsyncGenerator<Answer> {
    let resumeToken: string | undefined;
    let hasYielded = false;
    let attempt = 1;
    for (;;) {
      const limits = new Limits(options, this.timeout);
      const began = Date.now();
      let token: string | undefined;
      try {
        const asked = resumeToken === undefined ? request : {...request, resumeToken};
        const one = await this.exchange(
          method, httpRequest(method, asked), "application/x-ndjson", options, limits);
        token = one.token;
        limits.begun();
        this.budget.succeeded();
        if (!one.response.body) return;
        for await (const line of linesOf(one.response.body)) {
          const message: unknown = JSON.parse(line);
          if (isFailure(message)) throw ApiError.of(0, message);
          attempt = 1;
          if (method.resumes && isObject(message) && typeof message["resumeToken"] === "string") {
            resumeToken = message["resumeToken"];
          }
          hasYielded = true;
          yield message as Answer;
        }
        return;
      } catch (error) {
        // What has begun without a place to go on from would come twice.
        const canGoOn = resumeToken !== undefined || !hasYielded;
        const hasEnded = limits.hasBegun && token !== undefined && error instanceof ApiError
          && error.code === "UNAUTHENTICATED";
        if (Date.now() - began > this.policy.longest && limits.hasBegun) attempt = 1;
        if (limits.signal.aborted || !canGoOn
            || !this.goesOn(method, error, attempt, options, Infinity, hasEnded)) {
          throw limits.reasonFor(error);
        }
        limits.end();
        const pause = new Limits(options);
        try {
          if (hasEnded) await pause.race(this.options.tokens?.token(token) ?? Promise.resolve(""));
          if (!hasEnded || attempt > 1) {
            await sleep(wait(this.policy, attempt, error), pause.signal);
          }
        } finally {
          pause.end();
        }
        attempt++;
      } finally {
        limits.end();
      }
    }
  }

  private get timeout(): number { return this.options.timeout ?? 30_000; }

  /** A call with one answer, to its end. */
  private async whole<Answer>(
    method: Method<never, Answer>, http: HttpRequest, limits: Limits, options: CallOptions,
  ): Promise<Answer> {
    try {
      const read = async (response: Response): Promise<unknown> => answerOf(method, response);
      return (await this.tried(
        method, http, method.raw ? "*/*" : "application/json", limits, options, read,
      )).answer as Answer;
    } catch (error) {
      throw limits.reasonFor(error);
    } finally {
      limits.end();
    }
  }

  /** All tries of a call. */
  private async tried(
    method: Method<never, unknown>, http: HttpRequest, accept: string, limits: Limits,
    given: CallOptions, read?: (response: Response) => Promise<unknown>,
  ): Promise<{response: Response; answer: unknown}> {
    const options = keyedOptions(method, given);
    for (let attempt = 1; ; attempt++) {
      try {
        const {response} = await this.exchange(method, http, accept, options, limits);
        const answer = await read?.(response);
        this.budget.succeeded();
        return {response, answer};
      } catch (error) {
        const isOnce = limits.signal.aborted || http.isOnce === true;
        if (isOnce || !this.goesOn(method, error, attempt, options, limits.left)) throw error;
        await sleep(wait(this.policy, attempt, error), limits.signal);
      }
    }
  }

  /** Whether a failed try is followed by another: one that can do no harm, has the time that the
   * server asks for, and is not one of too many. */
  private goesOn(
    method: Method<never, unknown>, error: unknown, attempt: number, options: CallOptions,
    left: number, isHarmless = false,
  ): boolean {
    const may = isHarmless || isPassing(error)
      && (method.keyed || ["READ_ONLY", "IDEMPOTENT", "KEYED"].includes(method.idempotency));
    if (!may || options.once || attempt >= this.policy.attempts) return false;
    if (error instanceof ApiError && (error.retryAfter ?? 0) >= left) return false;
    return this.budget.take();
  }

  /** One try; a token that is not taken is renewed once, since nothing has been done. */
  private async exchange(
    method: Method<never, unknown>, http: HttpRequest, accept: string, options: CallOptions,
    limits: Limits,
  ): Promise<{response: Response; token: string | undefined}> {
    const tokens = method.public ? undefined : this.options.tokens;
    const token = await (tokens && limits.race(tokens.token()));
    const response = await this.once(method, http, accept, options, limits.signal, token);
    if (response.status !== 401 || !tokens || token === undefined || http.isOnce) {
      return {response: await checked(response), token};
    }
    await response.body?.cancel();
    const next = await limits.race(tokens.token(token));
    const second = await this.once(method, http, accept, options, limits.signal, next);
    return {response: await checked(second), token: next};
  }

  private async once(
    method: Method<never, unknown>, http: HttpRequest, accept: string, options: CallOptions,
    signal: AbortSignal, token: string | undefined,
  ): Promise<Response> {
    const headers = new Headers({...this.options.headers, ...options.headers});
    headers.set("accept", method.raw ? "*/*" : accept);
    if (token !== undefined) headers.set("authorization", "Bearer " + token);
    if (http.contentType !== undefined) headers.set("content-type", http.contentType);
    if (options.ifMatch !== undefined) headers.set("if-match", options.ifMatch);
    try {
      const body = typeof http.body === "function" ? http.body() : http.body;
      return await transmit(this.fetch, this.base + http.target, {
        method: http.verb, headers, signal, credentials: "omit", redirect: "error",
        ...(options.keepalive ? {keepalive: true} : {}),
      }, body, {
        progress: options.onProgress, streams: this.options.streamsBodies,
      });
    } catch (error) {
      const own = http.failure?.();
      if (own !== undefined) throw own;
      throw signal.aborted ? signal.reason : new NetworkError(error);
    }
  }
}
