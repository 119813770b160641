// Tells the platform of errors of this page that nobody caught, as every app does: by the public
// API.
//
// A page that fails over and over tells of it a few times, and never of a failure to tell.

import {Failure} from "./api.js";

const most = {waiting: 20, sent: 50, batch: 10};
const delay = 2000;
const longest = 300_000;

// What a report says of an error; null of what is nobody's fault here.
export function described(error, make = () => crypto.randomUUID()) {
  // A call that failed is told to whoever made it; without an answer there is nobody to tell, too.
  if (error instanceof Failure) return null;
  const isError = error instanceof Error;
  const message = String(isError ? error.message : error).slice(0, 2000) || "(nothing)";
  return {
    eventId: make(), kind: "CLIENT_ERROR_KIND_EXCEPTION", severity: "CLIENT_ERROR_SEVERITY_ERROR",
    type: isError ? String(error.name).slice(0, 200) : typeof error, message,
    stack: isError ? String(error.stack || "").slice(0, 8000) : "",
    occurTime: new Date().toISOString(), count: 1,
  };
}

const same = (one, other) =>
  one.type === other.type && one.message === other.message && one.stack === other.stack;

export class Reports {
  // `send(events, keepalive)` fails where nobody has taken them; `screen()` says where the reader
  // is.
  constructor(send, app, screen, wait = (work, time) => setTimeout(work, time)) {
    this.send = send;
    this.app = app;
    this.screen = screen;
    this.wait = wait;
    this.waiting = [];
    this.sent = 0;
    this.pause = delay;
    this.timer = false;
  }

  // Keeps an error until it is sent.
  add(error) {
    const event = described(error);
    if (!event) return;
    const known = this.waiting.find((one) => same(one, event));
    if (known) known.count = Math.min(known.count + 1, 1000);
    else if (this.waiting.length < most.waiting && this.sent + this.waiting.length < most.sent) {
      this.waiting.push({...event, app: this.app, screen: this.screen().slice(0, 200)});
    }
    this.plan();
  }

  plan() {
    if (this.timer || this.waiting.length === 0) return;
    this.timer = true;
    this.wait(() => { this.timer = false; void this.flush(); }, this.pause);
  }

  // Sends what waits; `keepalive` where the page goes away.
  async flush(keepalive = false) {
    const batch = this.waiting.splice(0, most.batch);
    if (batch.length === 0) return;
    try {
      await this.send(batch, keepalive);
      this.sent += batch.length;
      this.pause = delay;
    } catch (failure) {
      const status = failure instanceof Failure ? failure.status : 400;
      // What is refused for good is refused the next time, too.
      if (status === 0 || status === 429 || status >= 500) {
        this.waiting = [...batch, ...this.waiting].slice(0, most.waiting);
        this.pause = Math.min(
          Math.max(this.pause * 2, (failure.retryAfter || 0) * 1000), longest);
      } else this.sent += batch.length;
    }
    this.plan();
  }

  // Hears of what nobody catches.
  watch(page) {
    page.addEventListener("error", (event) => {
      // Without an error it is something that did not load, or another's script.
      if (event.error) this.add(event.error);
    });
    page.addEventListener("unhandledrejection", (event) => this.add(event.reason));
    page.addEventListener("pagehide", () => void this.flush(true));
  }
}

// Sends by the API: in the name of who has signed in; before that, of nobody.
export const sender = (account, fetching = (...all) => fetch(...all)) =>
  async (events, keepalive) => {
    const isKnown = Boolean(account.access);
    let response;
    try {
      response = await fetching(`/v1/clientErrors:report${isKnown ? "" : "Anonymous"}`, {
        method: "POST", body: JSON.stringify({events}), keepalive,
        headers: {
          "content-type": "application/json",
          ...(isKnown ? {authorization: `Bearer ${account.access}`} : {}),
        },
        credentials: "omit", cache: "no-store", redirect: "error",
      });
    } catch { throw new Failure(0); }
    if (!response.ok) {
      throw new Failure(
        response.status, await response.json().catch(() => ({})),
        Number(response.headers.get("retry-after")) || 0);
    }
  };
