import { newKey } from "./client.js";
import { isPassing } from "./retry.js";
import type { Caller, Method } from "./types.js";

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
}

/** What became of a wish. */
export type Outcome =
  | { readonly wish: QueuedWish; readonly answer: unknown }
  | { readonly wish: QueuedWish; readonly error: unknown };

/** Where wishes survive the end of a program. */
export interface QueueStorage {
  load(): Promise<string | null>;
  save(text: string): Promise<void>;
}

/** A storage in a browser's localStorage. Requests stand there in plain text. */
export function webStorage(storage: Storage, name: string): QueueStorage {
  return {
    load: () => Promise.resolve(storage.getItem(name)),
    save: (text) => Promise.resolve(storage.setItem(name, text)),
  };
}

/** A method whose requests have a key, and so are done once however often they are sent. */
export type KeyedMethod = Method<never, unknown> & { readonly key?: string };

/**
 * Keeps wishes while there is no network, and sends them in their order when there is.
 *
 * Only methods with a key are taken: of any other nobody could say whether it has been done.
 */
export class OfflineQueue {
  private wishes: QueuedWish[] | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private readonly methods: ReadonlyMap<string, KeyedMethod>;

  /**
   * @param methods The methods that may wait, such as `accessPointServiceMethods.openAccessPoint`.
   * @param longest How many milliseconds a wish may wait before it is given up; none without.
   */
  constructor(
    private readonly caller: Caller, methods: readonly KeyedMethod[],
    private readonly storage: QueueStorage,
    private readonly limits: { longest?: number; count?: number } = {},
    private readonly now: () => number = Date.now,
  ) {
    for (const method of methods) {
      if (method.key === undefined) throw new TypeError(`${method.name} has no key`);
    }
    this.methods = new Map(methods.map((method) => [method.name, method]));
  }

  /** Keeps a wish; it is in the storage when the promise is kept. Returns its key. */
  add<Request>(method: Method<Request, unknown>, request: Request): Promise<string> {
    return this.alone(async () => {
      const field = this.methods.get(method.name)?.key;
      if (field === undefined) throw new TypeError(`${method.name} is no method of this queue`);
      const wishes = await this.loaded();
      if (wishes.length >= (this.limits.count ?? 1000)) throw new RangeError("the queue is full");
      const fields = request as unknown as Record<string, unknown>;
      const key = String(fields[field] || newKey());
      if (wishes.some((one) => one.key === key)) return key;
      const wish = {method: method.name, request: {...fields, [field]: key}, key, time: this.now()};
      await this.keep([...wishes, wish]);
      return key;
    });
  }

  /** The wishes that wait. */
  pending(): Promise<readonly QueuedWish[]> {
    return this.alone(async () => [...await this.loaded()]);
  }

  /**
   * Sends what waits, in its order, until the network is gone again. What the server refuses is
   * given up. Returns what became of each.
   */
  flush(): Promise<Outcome[]> {
    return this.alone(async () => {
      const outcomes: Outcome[] = [];
      for (;;) {
        const wish = (await this.loaded())[0];
        if (!wish) return outcomes;
        const outcome = await this.attempt(wish);
        if (!outcome) return outcomes;
        // Forgotten only now: after a crash it is sent again, and its key makes that harmless.
        await this.keep((await this.loaded()).slice(1));
        outcomes.push(outcome);
      }
    });
  }

  /** Nothing where the wish has to wait on. */
  private async attempt(wish: QueuedWish): Promise<Outcome | undefined> {
    const method = this.methods.get(wish.method);
    if (!method) return {wish, error: new TypeError(`${wish.method} is no method of this queue`)};
    if (this.limits.longest !== undefined && this.now() - wish.time > this.limits.longest) {
      return {wish, error: new RangeError("the wish has waited for too long")};
    }
    try {
      return {wish, answer: await this.caller.call(method, wish.request as never)};
    } catch (error) {
      return isPassing(error) ? undefined : {wish, error};
    }
  }

  private async loaded(): Promise<QueuedWish[]> {
    if (!this.wishes) {
      const text = await this.storage.load();
      this.wishes = text === null || text === "" ? [] : JSON.parse(text) as QueuedWish[];
    }
    return this.wishes;
  }

  private async keep(wishes: QueuedWish[]): Promise<void> {
    await this.storage.save(JSON.stringify(wishes));
    this.wishes = wishes;
  }

  /** One thing after the other. */
  private alone<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.last.then(work, work);
    this.last = done.catch(() => undefined);
    return done;
  }
}
