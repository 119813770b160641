// Written by tools/clients. Do not edit.

import type { CallOptions, Caller, Duration, Int64, Irregular, Method, Timestamp } from "../runtime/index.js";

/** A circuit breaker of one operation of one partner. */
export interface Breaker {
  /** Output only. The resource name: `breakers/{partner}.{operation}`. */
  name?: string;
  /** Output only. The partner: `partners/{partner}`. */
  partner?: string;
  /** Output only. What is called there: `open`, `state` or `token`. */
  operation?: string;
  /** Output only. Whether calls go out. */
  state?: BreakerState;
  /** Output only. Since when. */
  stateTime?: Timestamp;
  /** Output only. When the next call may try the partner, where the breaker is open. */
  nextProbeTime?: Timestamp;
  /** Output only. How often it opened since it was closed last. */
  openings?: number;
  /** Output only. Answers that did what was asked, since the process started. */
  successes?: Int64;
  /** Output only. Answers 4xx, which open no breaker. */
  refusals?: Int64;
  /** Output only. Answers 5xx, broken connections, timeouts. */
  failures?: Int64;
  /** Output only. The timeouts among the failures. */
  timeouts?: Int64;
  /** Output only. Calls that the breaker refused. */
  rejections?: Int64;
  /** Output only. The process whose breaker it is; another name after each start. */
  process?: string;
}

/** How much of its budget an objective spent over a while, beside what it may spend. */
export interface BurnRate {
  /** How long the while is, which ends now. */
  window?: Duration;
  /** 1 spends exactly the budget in the objective's window; 14.4 spends all of a month's in two days. */
  rate?: number | Irregular;
}

/** The request of GetUsage. */
export interface GetUsageRequest {
  /** Required. The resource name: `usages/daily-calls`. */
  name: string;
}

/** Asks for the breakers. */
export interface ListBreakersRequest {
}

/** The breakers. */
export interface ListBreakersResponse {
  /** By name. */
  breakers?: Breaker[];
  /** The process that answers; another name after each start. */
  process?: string;
}

/** Asks for the objectives. */
export interface ListObjectivesRequest {
  /** Optional. Only objectives whose names begin so, such as `objectives/partner-`. */
  namePrefix?: string;
}

/** The objectives. */
export interface ListObjectivesResponse {
  /** The objectives. */
  objectives?: Objective[];
  /** From when the counts are: when the process started. */
  observedSince?: Timestamp;
}

/** The request of ListUsages. */
export interface ListUsagesRequest {
  /** The greatest number of usages to return; 0 takes 50. More than 500 count as 500. */
  pageSize?: number;
  /** The `next_page_token` of the page before; empty for the first one. */
  pageToken?: string;
}

/** The response of ListUsages. */
export interface ListUsagesResponse {
  /** The usages. */
  usages?: Usage[];
  /** The token of the next page; empty where there is none. */
  nextPageToken?: string;
}

/** A promise, and how it is kept. */
export interface Objective {
  /**
   * The name, such as `objectives/critical-availability` or
   * `objectives/partner-availability:7c1f…/open`.
   */
  name?: string;
  /** What is promised. */
  kind?: ObjectiveKind;
  /** The share of the events that has to be good, such as 0.999. */
  target?: number | Irregular;
  /** Within which time an event is good; only for OBJECTIVE_KIND_LATENCY. */
  threshold?: Duration;
  /** Over which time the promise is kept, up to now. */
  window?: Duration;
  /** How many events of the window were good. */
  goodCount?: Int64;
  /** How many events the window had. */
  totalCount?: Int64;
  /** How much of the budget is left: 1 is all of it, 0 nothing, and less than 0 a broken promise. */
  budgetRemaining?: number | Irregular;
  /** How fast the budget is being spent, over five minutes, an hour and six hours. */
  burnRates?: BurnRate[];
}

/** Closes a breaker. */
export interface ResetBreakerRequest {
  /** Required. `breakers/{breaker}`. */
  name: string;
}

/** What is used of a quota. */
export interface Usage {
  /**
   * Output only. The resource name: `usages/clients`, `usages/daily-calls`,
   * `usages/daily-expensive-calls`, `usages/daily-keyed-calls` or `usages/members`.
   */
  name?: string;
  /** Output only. What is used. Of calls, those of the last seconds may not be counted yet. */
  used?: Int64;
  /** Output only. What may be used. Of calls, administrators may use a twentieth more. */
  limit?: Int64;
  /** Output only. When it is all free again; of what is kept, never. */
  resetTime?: Timestamp;
}

/** Whether calls go out. */
export type BreakerState =
  /** Not a state. */
  | "STATE_UNSPECIFIED"
  /** They do. */
  | "CLOSED"
  /** They do not: each is refused at once. */
  | "OPEN"
  /** One is on its way, and decides. */
  | "HALF_OPEN";

/** What of its events an objective promises to be good. */
export type ObjectiveKind =
  /** Never answered. */
  | "OBJECTIVE_KIND_UNSPECIFIED"
  /** They do not fail by the platform's fault, or the partner's. */
  | "OBJECTIVE_KIND_AVAILABILITY"
  /** They are answered in time. */
  | "OBJECTIVE_KIND_LATENCY";

export const breakerServiceMethods = {
  listBreakers: {
    name: "artel.operations.v1.BreakerService/ListBreakers",
    bindings: [{"verb": "GET", "path": "/v1/breakers"}],
    idempotency: "READ_ONLY",
  } as Method<ListBreakersRequest, ListBreakersResponse>,
  resetBreaker: {
    name: "artel.operations.v1.BreakerService/ResetBreaker",
    bindings: [{"verb": "POST", "path": "/v1/{name=breakers/*}:reset", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<ResetBreakerRequest, Breaker>,
} as const;

/**
 * The circuit breakers of the caller's tenant: what its partners' operations are called through. A
 * breaker is a process's own: each process learns for itself that a partner is broken, and an
 * answer shows those of the process that gave it.
 */
export class BreakerService {
  constructor(private readonly caller: Caller) {}

  /** Lists the breakers that were used since the process started, in the order of their names. */
  listBreakers(request: ListBreakersRequest, options?: CallOptions): Promise<ListBreakersResponse> {
    return this.caller.call(breakerServiceMethods.listBreakers, request, options);
  }

  /**
   * Closes a breaker at every process, whatever it has seen: the next call goes to the partner. The
   * others follow within a second; the answer shows the breaker of the process that gave it.
   */
  resetBreaker(request: ResetBreakerRequest, options?: CallOptions): Promise<Breaker> {
    return this.caller.call(breakerServiceMethods.resetBreaker, request, options);
  }
}

export const limitServiceMethods = {
  getUsage: {
    name: "artel.operations.v1.LimitService/GetUsage",
    bindings: [{"verb": "GET", "path": "/v1/{name=usages/*}"}],
    idempotency: "READ_ONLY",
  } as Method<GetUsageRequest, Usage>,
  listUsages: {
    name: "artel.operations.v1.LimitService/ListUsages",
    bindings: [{"verb": "GET", "path": "/v1/usages"}],
    idempotency: "READ_ONLY",
  } as Method<ListUsagesRequest, ListUsagesResponse>,
} as const;

/**
 * What the caller's tenant has used of what it may use. The platform's operator sets the quotas:
 * they are the tenant's `limits`.
 */
export class LimitService {
  constructor(private readonly caller: Caller) {}

  /** Returns what the tenant has used of one quota. What is kept is counted when it is asked for. */
  getUsage(request: GetUsageRequest, options?: CallOptions): Promise<Usage> {
    return this.caller.call(limitServiceMethods.getUsage, request, options);
  }

  /** Lists what the tenant has used of each quota, in the order of their names. */
  listUsages(request: ListUsagesRequest, options?: CallOptions): Promise<ListUsagesResponse> {
    return this.caller.call(limitServiceMethods.listUsages, request, options);
  }
}

export const objectiveServiceMethods = {
  listObjectives: {
    name: "artel.operations.v1.ObjectiveService/ListObjectives",
    bindings: [{"verb": "GET", "path": "/v1/operations/objectives"}],
    idempotency: "READ_ONLY",
  } as Method<ListObjectivesRequest, ListObjectivesResponse>,
} as const;

/**
 * Tells the platform's operator how well its promises are kept: availability and latency of calls,
 * and of every partner's operations, each with its error budget.
 */
export class ObjectiveService {
  constructor(private readonly caller: Caller) {}

  /**
   * Lists the objectives of the process that answers, in the order of their names.
   *
   * The numbers are this process's own, kept in its memory since it started: `observed_since` says
   * from when they are. What all processes did together, and over restarts, Prometheus knows, from the
   * metrics that have the same names. There are as many as method classes and partners' operations,
   * and their number is bounded: there are no pages.
   */
  listObjectives(request: ListObjectivesRequest, options?: CallOptions): Promise<ListObjectivesResponse> {
    return this.caller.call(objectiveServiceMethods.listObjectives, request, options);
  }
}
