import { ApiError } from "./errors.js";
import { newKey } from "./key.js";
import { httpRequest } from "./request.js";
import { isPassing } from "./retry.js";
import type { QueueStorage } from "./storage.js";
import type { CallOptions, Caller, Method } from "./types.js";

/** A wish that waits for the network. */
export interface QueuedWish {
  /** `package.Service/Method`. */
  readonly method: string;
  /** With the key by which the server knows it again, however often it is sent. */
  readonly request: Record<string, unknown>;
  /** The same key. */
  readonly key: string;
  /** When it was wished for, in milliseconds since 1970. */
  readonly time: number;
  /** The state that it changes, where it is to change no other. */
  readonly ifMatch?: string;
  /** How often the server has failed on it. */
  readonly failures?: number;
}

/** What became of a wish. */
export type Outcome =
  | { readonly wish: QueuedWish; readonly answer: unknown }
  | { readonly wish: QueuedWish; readonly error: unknown };

/** A method whose requests have a key, and so are done once however often they are sent. */
export type KeyedMethod = Method<never, unknown> & { readonly key?: string };

/** What a queue takes, and what it does about what cannot be done. */
export interface QueueLimits {
  /** How many milliseconds a wish may wait before it is given up; none without. */
  longest?: number;
  /** How many wishes may wait; 1000 without. */
  count?: number;
  /** How often the server may fail on a wish (500) before it is given up; 5 without. */
  failures?: number;
  /**
   * What to wish for instead of what another change has overtaken (ABORTED, 409 or 412): the
   * request anew, made for the state that there is now. Nothing gives the wish up.
   */
  onConflict?: (wish: QueuedWish, error: ApiError) => Promise<QueuedChange | undefined>;
}

/** A wish in the place of another. */
export interface QueuedChange {
  request: Record<string, unknown>;
  ifMatch?: string;
}

/**
 * Keeps wishes while there is no network, and sends them in their order when there is.
 *
 * Only methods with a key are taken: of any other nobody could say whether it has been done. What
 * is kept stands in the storage alone, so that pages and programs may share one. Wishes are their
 * person's: a storage for each, or `clear` when another one comes.
 */
export class OfflineQueue {
  private readonly methods: ReadonlyMap<string, KeyedMethod>;
  private readonly turns: Record<"list" | "send", Promise<unknown>> = {
    list: Promise.resolve(), send: Promise.resolve()};

  /**
   * @param methods The methods that may wait, such as `accessPointServiceMethods.openAccessPoint`.
   */
  constructor(
    private readonly caller: Pick<Caller, "call">, methods: readonly KeyedMethod[],
    private readonly storage: QueueStorage, private readonly limits: QueueLimits = {},
    private readonly now: () => number = Date.now,
  ) {
    for (const method of methods) {
      if (method.key === undefined) throw new TypeError(`${method.name} has no key`);
    }
    this.methods = new Map(methods.map((method) => [method.name, method]));
  }

  /** Keeps a wish; it is in the storage when the promise is kept. Returns its key. */
  add<Request>(
    method: Method<Request, unknown>, request: Request, options: Pick<CallOptions, "ifMatch"> = {},
  ): Promise<string> {
    return this.alone("list", async () => {
      const field = this.methods.get(method.name)?.key;
      if (field === undefined) throw new TypeError(`${method.name} is no method of this queue`);
      const fields = request as unknown as Record<string, unknown>;
      const key = String(fields[field] || newKey());
      const wish: QueuedWish = {
        method: method.name, request: {...fields, [field]: key}, key, time: this.now(),
        ...(options.ifMatch === undefined ? {} : {ifMatch: options.ifMatch})};
      httpRequest(method, wish.request);  // What cannot be sent is said now.
      const wishes = await this.loaded();
      const same = wishes.find((one) => one.key === key);
      if (same) {
        if (same.method === wish.method && canonical(same.request) === canonical(wish.request)) {
          return key;
        }
        throw new TypeError("the key is that of another wish");
      }
      if (wishes.length >= (this.limits.count ?? 1000)) throw new RangeError("the queue is full");
      await this.keep([...wishes, wish]);
      return key;
    });
  }

  /** The wishes that wait. */
  pending(): Promise<readonly QueuedWish[]> { return this.alone("list", () => this.loaded()); }

  /** Gives up all that waits, as when another person comes. */
  clear(): Promise<void> { return this.alone("list", () => this.keep([])); }

  /**
   * Sends what waits, in its order, until the network is gone again or a credential is missing.
   * What the server refuses is given up. Returns what became of each. Meanwhile wishes can be added.
   */
  flush(): Promise<Outcome[]> {
    return this.alone("send", async () => {
      const outcomes: Outcome[] = [];
      for (;;) {
        const wish = (await this.pending())[0];
        if (!wish) return outcomes;
        const {outcome, next} = await this.attempt(wish);
        // Forgotten only now: after a crash it is sent again, and its key makes that harmless.
        if (outcome || next) await this.replace(wish, next);
        if (outcome) outcomes.push(outcome);
        // A wish in the place of another is tried at once; one that failed waits.
        else if (!next || next.key === wish.key) return outcomes;
      }
    });
  }

  private replace(wish: QueuedWish, next: QueuedWish | undefined): Promise<void> {
    return this.alone("list", async () => this.keep((await this.loaded()).flatMap(
      (one) => one.key !== wish.key ? [one] : next ? [next] : [])));
  }

  /** What became of a wish, or what waits in its place; neither where it has to wait on. */
  private async attempt(wish: QueuedWish): Promise<{ outcome?: Outcome; next?: QueuedWish }> {
    const method = this.methods.get(wish.method);
    const refused = (error: unknown): { outcome: Outcome } => ({outcome: {wish, error}});
    if (!method) return refused(new TypeError(`${wish.method} is no method of this queue`));
    if (this.limits.longest !== undefined && this.now() - wish.time > this.limits.longest) {
      return refused(new RangeError("the wish has waited for too long"));
    }
    try {
      httpRequest(method, wish.request);
    } catch (error) {
      return refused(error);  // It was added to another version of the program.
    }
    try {
      const options = wish.ifMatch === undefined ? {} : {ifMatch: wish.ifMatch};
      return {outcome: {wish, answer: await this.caller.call(
        method, wish.request as never, options)}};
    } catch (error) {
      // Without an answer, or a credential, nobody has refused anything.
      if (!(error instanceof ApiError) || isPassing(error) || error.code === "UNAUTHENTICATED") {
        return {};
      }
      if (error.httpStatus >= 500 && error.httpStatus !== 501) {
        const failures = (wish.failures ?? 0) + 1;
        const most = this.limits.failures ?? 5;
        return failures < most ? {next: {...wish, failures}} : refused(error);
      }
      if (error.code !== "ABORTED" && ![409, 412].includes(error.httpStatus)) return refused(error);
      const change = await this.limits.onConflict?.(wish, error);
      if (!change) return refused(error);
      const {ifMatch: _, failures: __, ...rest} = wish;
      // Another wish: under the old key the server would know the old one.
      const key = newKey();
      return {next: {...rest, ...change, key, request: {
        ...change.request, [method.key ?? "requestId"]: key}}};
    }
  }

  private async loaded(): Promise<QueuedWish[]> {
    const text = await this.storage.load();
    if (text === null || text === "") return [];
    let wishes: unknown;
    try {
      wishes = JSON.parse(text);
    } catch {
      wishes = undefined;
    }
    if (!Array.isArray(wishes)) throw new TypeError("the storage holds something else than wishes");
    return wishes as QueuedWish[];
  }

  private keep(wishes: readonly QueuedWish[]): Promise<void> {
    return this.storage.save(JSON.stringify(wishes));
  }

  /** One thing after the other, in this program and in others that share the storage. */
  private alone<Value>(part: "list" | "send", work: () => Promise<Value>): Promise<Value> {
    const whole = (): Promise<Value> =>
      this.storage.exclusive ? this.storage.exclusive(part, work) : work();
    const done = this.turns[part].then(whole, whole);
    this.turns[part] = done.catch(() => undefined);
    return done;
  }
}

/** JSON whose members are in the order of their names. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => a < b ? -1 : 1)) : one);
}
