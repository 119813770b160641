import { ApiError, NetworkError, TimeoutError, isObject } from "./errors.js";
import { newKey } from "./key.js";
import { isPassing } from "./retry.js";
import type { QueueStorage } from "./storage.js";
import type { CallOptions } from "./types.js";

/** An error as it is reported: an event of `artel.operations.v1.ClientErrorService`. */
export interface ErrorEvent {
  eventId: string;
  kind: ErrorKind;
  severity: ErrorSeverity;
  type: string;
  message: string;
  stack: string;
  app: ErrorApp;
  screen: string;
  occurTime: string;
  count: number;
  traceId?: string;
  requestId?: string;
  method?: string;
  labels: { name: string; value: string }[];
}

/** What kind of error it is. */
export type ErrorKind = `CLIENT_ERROR_KIND_${
  "CRASH" | "EXCEPTION" | "DECODING" | "CALL" | "SCREEN" | "HANG"}`;

/** How grave it is. */
export type ErrorSeverity = `CLIENT_ERROR_SEVERITY_${"WARNING" | "ERROR" | "FATAL"}`;

/** The build of the app, and what it runs on. */
export interface ErrorApp {
  name: string;
  version: string;
  platform: string;
  osVersion?: string;
}

/** What is known of an error besides itself. */
export interface ErrorFacts {
  /** An exception without; a failed call where the error is one. */
  kind?: ErrorKind;
  severity?: ErrorSeverity;
  screen?: string;
  /** The call that failed. */
  call?: { method?: string; traceId?: string; requestId?: string };
  labels?: Readonly<Record<string, string>>;
}

/** How errors are reported. */
export interface ReportOptions {
  /** Sends events: `(events, options) => service.reportClientErrors({ events }, options)`, or, before
   * anybody has signed in, `reportAnonymousClientErrors`. */
  report: (events: ErrorEvent[], options: CallOptions) => Promise<unknown>;
  app: ErrorApp;
  /** Where events survive the end of the program; in memory alone without. */
  storage?: QueueStorage;
  /** Where the reader is. */
  screen?: () => string;
  /** Looks at each event before it is kept; what it gives instead is, and nothing drops it. */
  before?: (event: ErrorEvent) => ErrorEvent | undefined;
  /** How many events wait at most, the newest; 100 without. */
  waiting?: number;
  /** How many go in one call; 10 without, which is as many as strangers may send. */
  batch?: number;
  /** How many milliseconds errors wait for others; 5000 without. */
  delay?: number;
}

/** What errors can be heard of: a `Window`, or a part of one. */
export interface ErrorSource {
  addEventListener(name: string, listener: (event: never) => void): void;
  removeEventListener(name: string, listener: (event: never) => void): void;
}

/** What a page may send when it goes away (Fetch, section 4.5), with room for the rest of it. */
const lastBytes = 60_000;
const longestPause = 600_000;

/**
 * Reports errors of an app: in batches, later where the platform does not answer, and never an error
 * of reporting itself. Equal errors that wait are one with a count, so that a loop costs one event.
 */
export class ErrorReports {
  private events: ErrorEvent[] = [];
  private ready: Promise<void>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending: Promise<void> | undefined;
  private failures = 0;
  private pause = 0;
  private dropped = 0;

  constructor(private readonly options: ReportOptions) {
    this.ready = this.load();
  }

  /** How many events wait. */
  get waiting(): number { return this.events.length; }

  /** How many were dropped because too many waited, or the platform refused them. */
  get lost(): number { return this.dropped; }

  /** Keeps an error until it is reported. */
  add(error: unknown, facts: ErrorFacts = {}): void {
    let event: ErrorEvent | undefined = this.described(error, facts);
    if (this.options.before) event = this.options.before(event);
    if (!event) return;
    const kept = event;
    const known = this.events.find((one) => isSame(one, kept));
    if (known) known.count = Math.min(known.count + kept.count, 1000);
    else this.events.push(kept);
    this.trim();
    this.save();
    this.plan();
  }

  /** Sends what waits; once more where that failed. Never rejects. */
  async flush(): Promise<void> {
    await this.ready;
    this.cancel();
    await (this.sending ??= this.send().finally(() => { this.sending = undefined; }));
    this.plan();
  }

  /** Sends what waits while the page goes away, as far as a browser lets it. */
  leave(): void {
    const batch: ErrorEvent[] = [];
    let size = 0;
    while (batch.length < this.batch && this.events[0] && !this.sending) {
      size += new TextEncoder().encode(JSON.stringify(this.events[0])).length;
      if (size > lastBytes) break;
      batch.push(this.events.shift() as ErrorEvent);
    }
    if (batch.length === 0) return;
    // Whether it arrives, nobody here learns: it waits on in the storage, and is known by its number.
    void this.options.report(batch, {once: true, keepalive: true}).then(
      () => this.save(), () => undefined);
  }

  /** Hears of what nobody catches, of a network that is back and a page that goes; until the function
   * that it gives is called. */
  watch(source: ErrorSource): () => void {
    const listeners: Record<string, (event: { error?: unknown; reason?: unknown }) => void> = {
      error: (event) => { if (event.error !== undefined) this.add(event.error); },
      unhandledrejection: (event) => this.add(event.reason),
      pagehide: () => this.leave(),
      online: () => {
        this.failures = 0;
        void this.flush();
      },
    };
    for (const [name, one] of Object.entries(listeners)) source.addEventListener(name, one);
    return () => {
      for (const [name, one] of Object.entries(listeners)) source.removeEventListener(name, one);
    };
  }

  /** Ends the waiting; what waits stays in the storage. */
  stop(): void { this.cancel(); }

  private get batch(): number { return Math.min(Math.max(this.options.batch ?? 10, 1), 50); }

  private described(error: unknown, facts: ErrorFacts): ErrorEvent {
    const isError = error instanceof Error;
    const isCall = error instanceof ApiError || error instanceof NetworkError
      || error instanceof TimeoutError;
    const {call = {}} = facts;
    return {
      eventId: newKey(),
      kind: facts.kind ?? (isCall ? "CLIENT_ERROR_KIND_CALL" : "CLIENT_ERROR_KIND_EXCEPTION"),
      severity: facts.severity ?? "CLIENT_ERROR_SEVERITY_ERROR",
      type: cut(isError ? error.name : typeof error, 200),
      message: cut(isError ? error.message : String(error), 2000) || "(nothing)",
      stack: cut(isError ? error.stack ?? "" : "", 8000),
      app: this.options.app,
      screen: cut(facts.screen ?? this.options.screen?.() ?? "", 200),
      occurTime: new Date().toISOString(),
      count: 1,
      ...(call.method ? {method: call.method} : {}),
      ...(call.traceId ? {traceId: call.traceId} : {}),
      ...(call.requestId ? {requestId: call.requestId} : {}),
      labels: Object.entries(facts.labels ?? {}).slice(0, 20).map(
        ([name, value]) => ({name: cut(name, 40), value: cut(value, 200)})),
    };
  }

  private async send(): Promise<void> {
    while (this.events.length > 0) {
      const batch = this.events.slice(0, this.batch);
      const numbers = new Set(batch.map((one) => one.eventId));
      const forget = (): void => {
        this.events = this.events.filter((one) => !numbers.has(one.eventId));
        this.save();
      };
      try {
        await this.options.report(batch.map((one) => ({...one})), {});
        this.failures = 0;
        forget();
      } catch (error) {
        const wait = error instanceof ApiError ? error.retryAfter ?? 0 : 0;
        if (error instanceof ApiError && !isPassing(error) && error.httpStatus < 500
          && error.code !== "UNAUTHENTICATED") {
          // Refused for good: the rest may not be.
          this.dropped += batch.length;
          forget();
          continue;
        }
        this.failures += 1;
        const span = Math.min(this.delay * 2 ** this.failures, longestPause);
        this.pause = Math.max(wait, span / 2 + Math.random() * span / 2);
        return;
      }
    }
  }

  private get delay(): number { return this.options.delay ?? 5000; }

  private plan(): void {
    if (this.timer !== undefined || this.sending || this.events.length === 0) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, this.failures > 0 ? this.pause : this.delay);
    // In Node a program ends without waiting for it.
    const timer: unknown = this.timer;
    if (isObject(timer) && typeof timer["unref"] === "function") (timer["unref"] as () => void)();
  }

  private cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private trim(): void {
    const surplus = this.events.length - Math.max(this.options.waiting ?? 100, 1);
    if (surplus <= 0) return;
    this.events.splice(0, surplus);
    this.dropped += surplus;
  }

  private async load(): Promise<void> {
    try {
      const kept: unknown = JSON.parse(await this.options.storage?.load() ?? "[]");
      if (Array.isArray(kept)) this.events = [...kept.filter(isEvent), ...this.events];
    } catch {
      // What cannot be read is of nobody's use.
    }
    this.trim();
    this.plan();
  }

  private save(): void {
    const {storage} = this.options;
    if (!storage) return;
    // A storage that is full or gone loses reports, and breaks nothing.
    this.ready = this.ready.then(
      () => storage.save(JSON.stringify(this.events))).catch(() => undefined);
  }
}

function cut(text: string, most: number): string {
  // By characters, as the platform counts: a pair of surrogates is one.
  const all = [...text.slice(0, most * 2)];
  return all.length <= most ? all.join("") : all.slice(0, most).join("");
}

function isSame(one: ErrorEvent, other: ErrorEvent): boolean {
  return one.kind === other.kind && one.type === other.type && one.message === other.message
    && one.stack === other.stack && one.screen === other.screen;
}

function isEvent(value: unknown): value is ErrorEvent {
  return isObject(value) && typeof value["eventId"] === "string"
    && typeof value["message"] === "string";
}
