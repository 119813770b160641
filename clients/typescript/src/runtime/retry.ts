import { ApiError, NetworkError } from "./errors.js";

/** How often and when a call is tried again. */
export interface RetryPolicy {
  /** All tries, the first among them. */
  attempts: number;
  /** Milliseconds before the second try; each later one waits twice as long. */
  first: number;
  /** The longest wait in milliseconds, where the server does not say how long. */
  longest: number;
  /** How many tries again all calls of a client may have in a row; ten calls that succeed give one
   * back. A server in trouble is not helped by many clients that try again. */
  budget: number;
}

export const usualRetry: RetryPolicy = {attempts: 4, first: 200, longest: 10_000, budget: 20};

/** What is left of the tries again that all calls share. */
export class RetryBudget {
  /** In tenths: their sums are exact. */
  private left: number;

  constructor(private readonly most: number) { this.left = most * 10; }

  take(): boolean {
    if (this.left < 10) return false;
    this.left -= 10;
    return true;
  }

  succeeded(): void { this.left = Math.min(this.left + 1, this.most * 10); }
}

/** Whether an error may be gone at the next try. */
export function isPassing(error: unknown): boolean {
  if (error instanceof NetworkError) return true;
  if (!(error instanceof ApiError)) return false;
  return [408, 429, 502, 503, 504].includes(error.httpStatus);
}

/** How long to wait before a try, in milliseconds: what the server says, or a random part of a span
 * that doubles, so that many clients do not come back at once. */
export function wait(policy: RetryPolicy, attempt: number, error: unknown): number {
  if (error instanceof ApiError && error.retryAfter !== undefined) return error.retryAfter;
  const span = Math.min(policy.first * 2 ** (attempt - 1), policy.longest);
  return span / 2 + Math.random() * span / 2;
}

/** Waits; an abort ends it with its reason. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, {once: true});
  });
}
