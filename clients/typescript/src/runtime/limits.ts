import { TimeoutError } from "./errors.js";
import type { CallOptions } from "./types.js";

/** The end of a call: by its caller, or by its time. */
export class Limits {
  private readonly controller = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly outer: AbortSignal | undefined;
  private until = Infinity;
  hasBegun = false;

  constructor(options: Pick<CallOptions, "signal" | "timeout">, usual?: number) {
    this.outer = options.signal;
    if (this.outer?.aborted) this.stop();
    this.outer?.addEventListener("abort", this.stop);
    this.start(options.timeout ?? usual);
  }

  /** The end of the caller alone, until `start` says how long a call may take. */
  static ofCaller({signal}: CallOptions): Limits { return new Limits(signal ? {signal} : {}); }

  /** The time runs from here. */
  start(timeout: number | undefined): void {
    if (timeout === undefined) return;
    this.until = Date.now() + timeout;
    this.timer = setTimeout(() => this.controller.abort(new TimeoutError()), timeout);
  }

  get signal(): AbortSignal { return this.controller.signal; }

  /** How many milliseconds there are. */
  get left(): number { return this.until - Date.now(); }

  /** What a promise comes to, unless the call ends before. */
  race<Value>(promise: Promise<Value>): Promise<Value> {
    const signal = this.signal;
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(signal.reason);
      if (signal.aborted) stop();
      signal.addEventListener("abort", stop, {once: true});
      promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
    });
  }

  /** A stream has begun: it has no end of its own. */
  begun(): void {
    this.hasBegun = true;
    this.until = Infinity;
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
