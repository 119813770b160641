import { isFailure } from "./answer.js";
import { ApiError, NetworkError } from "./errors.js";
import { Limits } from "./limits.js";
import { httpRequest } from "./request.js";
import { sleep } from "./retry.js";
import { element, iterator } from "./sending.js";
import type { TokenSource } from "./tokens.js";
import type { CallOptions, Messages, Method } from "./types.js";

/** What opens a WebSocket. */
export type WebSocketMaker = new (url: string, protocols: string[]) => WebSocket;

/** Where a WebSocket is opened, and in whose name. */
export interface Place {
  base: string;
  tokens: TokenSource | undefined;
  make: WebSocketMaker | undefined;
  timeout: number;
}

// Bytes that wait to be sent, and messages that wait to be read.
const mostBytes = 1 << 20;
const mostMessages = 10_000;

/** Streams of both sides. The requests are read as they can be sent. */
export async function* talk<Request, Answer>(
  method: Method<Request, Answer>, requests: Messages<Request>, options: CallOptions, place: Place,
): AsyncGenerator<Answer> {
  const all = iterator(requests);
  // How long the caller takes for its first request is its own affair.
  const limits = Limits.ofCaller(options);
  let socket: WebSocket | undefined;
  try {
    const begin = await limits.race(all.next());
    limits.start(options.timeout ?? place.timeout);
    const first = httpRequest(method, begin.done ? {} : begin.value);
    const inbox = new Inbox(limits.signal);
    socket = await opened(place, first.target, limits);
    limits.begun();
    inbox.listen(socket);
    const send = async (to: WebSocket): Promise<void> => {
      for (let next = begin; !next.done; next = await all.next()) {
        while (to.bufferedAmount > mostBytes) await sleep(10, limits.signal);
        if (to.readyState !== 1) return;
        to.send(element(method, first, next.value));
      }
      // An empty frame says that there are no more.
      if (to.readyState === 1) to.send("");
    };
    send(socket).catch((error: unknown) => inbox.fail(error));
    yield* inbox.messages<Answer>();
  } catch (error) {
    throw limits.reasonFor(error);
  } finally {
    limits.end();
    if (socket && socket.readyState < 2) socket.close(1000);
    // A source that is waiting ends when it gets what it waits for.
    void all.return?.().catch(() => undefined);
  }
}

/** A socket that is open. A browser does not say why one is not: a token is renewed once. */
async function opened(place: Place, target: string, limits: Limits): Promise<WebSocket> {
  const make = place.make ?? (typeof WebSocket === "undefined" ? undefined : WebSocket);
  if (!make) throw new TypeError("there are no WebSockets here: give the client one");
  const url = (/^https?:/.test(place.base) ? place.base
    : new URL(place.base, location.href).href.replace(/\/$/, "")).replace(/^http/, "ws") + target;
  const token = await (place.tokens && limits.race(place.tokens.token()));
  try {
    return await limits.race(open(make, url, token, limits.signal));
  } catch (error) {
    if (limits.signal.aborted || !place.tokens || token === undefined) throw error;
    const next = await limits.race(place.tokens.token(token));
    return limits.race(open(make, url, next, limits.signal));
  }
}

function open(
  make: WebSocketMaker, url: string, token: string | undefined, signal: AbortSignal,
): Promise<WebSocket> {
  if (token !== undefined && !/^[A-Za-z0-9._~!#$%&'*+^`|-]+$/.test(token)) {
    return Promise.reject(new TypeError("the token has characters that no subprotocol has"));
  }
  return new Promise((resolve, reject) => {
    const socket = new make(
      url, token === undefined ? ["artel"] : ["artel", "artel.bearer." + token]);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      if (signal.aborted) socket.close(1000);
      resolve(socket);
    };
    socket.onerror = () => reject(new NetworkError(new Error("the WebSocket did not open")));
    socket.onclose = () => reject(new NetworkError(new Error("the WebSocket was closed")));
  });
}

/** What has come, until it is read. */
class Inbox {
  private readonly waiting: unknown[] = [];
  private failure: { error: unknown } | undefined;
  private isOver = false;
  private wake: () => void = () => undefined;

  constructor(private readonly signal: AbortSignal) {}

  listen(socket: WebSocket): void {
    socket.onmessage = ({data}: MessageEvent<string | ArrayBuffer>) => this.take(data);
    socket.onerror = () => undefined;  // What it was is said by the close that follows.
    socket.onclose = ({code}: CloseEvent) => {
      if (code === 1000) this.isOver = true;
      else this.fail(new NetworkError(new Error(`the WebSocket was closed with ${code}`)));
      this.wake();
    };
    this.signal.addEventListener("abort", () => this.fail(this.signal.reason), {once: true});
  }

  /** Only the first failure counts: what follows is its consequence. */
  fail(error: unknown): void {
    this.failure ??= {error};
    this.wake();
  }

  private take(data: string | ArrayBuffer): void {
    if (this.waiting.length >= mostMessages) {
      return this.fail(new RangeError("messages come faster than they are read"));
    }
    if (typeof data !== "string") this.waiting.push({data: new Uint8Array(data)});
    else {
      try {
        const message: unknown = JSON.parse(data);
        if (isFailure(message)) this.fail(ApiError.of(0, message));
        else this.waiting.push(message);
      } catch (error) {
        this.fail(new NetworkError(error));
      }
    }
    this.wake();
  }

  async* messages<Message>(): AsyncGenerator<Message> {
    for (;;) {
      if (this.waiting.length > 0) yield this.waiting.shift() as Message;
      else if (this.failure) throw this.failure.error;
      else if (this.isOver) return;
      else await new Promise<void>((resolve) => { this.wake = resolve; });
    }
  }
}
