// Written by tools/clients. Do not edit.

import type { CallOptions, Caller, Duration, Int64, Irregular, Method, Timestamp } from "../runtime/index.js";

/** A circuit breaker of one operation of one partner, or of one document of an issuer. */
export interface Breaker {
  /**
   * Output only. The resource name: `breakers/{partner}.{operation}`, for an issuer's document
   * `breakers/{digest}.keys`.
   */
  name?: string;
  /** Output only. The partner: `partners/{partner}`; empty for an issuer's document. */
  partner?: string;
  /**
   * Output only. What is called there: `open`, `state` or `token`; of an issuer
   * `keys`.
   */
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
  /**
   * Output only. The document of an outside issuer that is fetched, its discovery document or its
   * keys; empty for a partner.
   */
  documentUri?: string;
}

/** How much of its budget an objective spent over a while, beside what it may spend. */
export interface BurnRate {
  /** How long the while is, which ends now. */
  window?: Duration;
  /** 1 spends exactly the budget in the objective's window; 14.4 spends all of a month's in two days. */
  rate?: number | Irregular;
}

/** A build of an app, and what it runs on. */
export interface ClientErrorApp {
  /** What the app calls itself. Of a signed-in one the identifier of its client counts. */
  name?: string;
  /** Its version, such as `2.14.0`. */
  version?: string;
  /** What it runs on: `ios`, `android`, `web`. */
  platform?: string;
  /** The version of that, such as `iOS 26.1`. */
  osVersion?: string;
}

/** One error of an app, or several equal ones. */
export interface ClientErrorEvent {
  /** Required. A UUID that the app makes for it. */
  eventId: string;
  /** Required. What kind of error it is. */
  kind: ClientErrorKind;
  /** How grave it is. */
  severity?: ClientErrorSeverity;
  /** What the language calls the error, such as `TypeError`. */
  type?: string;
  /** Required. What it says. */
  message: string;
  /** Where in the code it happened, a frame in each line, the innermost first. */
  stack?: string;
  /** Which app. */
  app?: ClientErrorApp;
  /** Where in the app: a route or the name of a screen. */
  screen?: string;
  /** When it happened, by the clock of the device. */
  occurTime?: Timestamp;
  /** How often it happened; 0 counts as 1. */
  count?: number;
  /** The trace of the call that failed, from its `traceparent`: 32 hexadecimal digits. */
  traceId?: string;
  /** The `request_id` or `X-Request-Id` of the call that failed. */
  requestId?: string;
  /** The call that failed, such as `artel.people.v1.MemberService/ListMembers`. */
  method?: string;
  /** What else is worth knowing. */
  labels?: ClientErrorLabel[];
}

/** Errors of one kind, as apps have reported them. */
export interface ClientErrorGroup {
  /**
   * Output only. The resource name: `clientErrorGroups/{fingerprint}`. Equal errors of an app have the
   * same fingerprint, also in the log.
   */
  name?: string;
  /** Output only. The app: the identifier of its client, or what an anonymous report calls it. */
  app?: string;
  /** Output only. Whether no signed-in app has reported it: then nothing proves its app's name. */
  anonymous?: boolean;
  /** Output only. What kind of error it is. */
  kind?: ClientErrorKind;
  /** Output only. The gravest that was reported. */
  severity?: ClientErrorSeverity;
  /** Output only. The message without what differs: numbers, identifiers, quoted texts. */
  title?: string;
  /** Output only. The frame on top of the stack, without lines and columns. */
  culprit?: string;
  /** Output only. Where it was seen last: the screen, without identifiers. */
  screen?: string;
  /** Output only. How often it happened. */
  count?: Int64;
  /** Output only. When it was reported first. */
  firstSeenTime?: Timestamp;
  /** Output only. When it was reported last. */
  lastSeenTime?: Timestamp;
  /** Output only. The versions that have it, the latest first; twenty at most. */
  versions?: string[];
  /** Output only. The platforms that have it, such as `ios` and `web`; ten at most. */
  platforms?: string[];
  /** Output only. Where it stands. */
  state?: ClientErrorGroupState;
  /** Output only. The version that has it no more, where it was resolved. */
  resolvedVersion?: string;
  /** Output only. The trace of the failed call that was reported last; empty where there was none. */
  traceId?: string;
}

/** A name and a value. */
export interface ClientErrorLabel {
  /** Required. The name. */
  name: string;
  /** The value. */
  value?: string;
}

/** Asks for a group. */
export interface GetClientErrorGroupRequest {
  /** Required. `clientErrorGroups/{fingerprint}`. */
  name: string;
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

/** Asks for groups. */
export interface ListClientErrorGroupsRequest {
  /** The greatest number of groups to return; 0 takes 50. More than 500 count as 500. */
  pageSize?: number;
  /** The `next_page_token` of the page before; empty for the first one. */
  pageToken?: string;
  /** Only groups in this state. */
  state?: ClientErrorGroupState;
  /** Only groups of this app. */
  app?: string;
}

/** The groups. */
export interface ListClientErrorGroupsResponse {
  /** The groups. */
  clientErrorGroups?: ClientErrorGroup[];
  /** The token of the next page; empty where there is none. */
  nextPageToken?: string;
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

/** Mutes a group. */
export interface MuteClientErrorGroupRequest {
  /** Required. `clientErrorGroups/{fingerprint}`. */
  name: string;
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

/** Opens a group again. */
export interface ReopenClientErrorGroupRequest {
  /** Required. `clientErrorGroups/{fingerprint}`. */
  name: string;
}

/** Reports errors of an app in which nobody has signed in. */
export interface ReportAnonymousClientErrorsRequest {
  /** The tenant's name, such as `alpha`; without one, the tenant whose host was asked. */
  tenant?: string;
  /** Required. The errors. */
  events: ClientErrorEvent[];
}

/** Reports errors. */
export interface ReportClientErrorsRequest {
  /** Required. The errors. */
  events: ClientErrorEvent[];
}

/** What became of a report. None of it needs to be reported again. */
export interface ReportClientErrorsResponse {
  /** How many events were taken. */
  takenCount?: number;
  /** How many were known already. */
  duplicateCount?: number;
  /** How many were dropped, because the tenant has reported too many. */
  droppedCount?: number;
}

/** Closes a breaker. */
export interface ResetBreakerRequest {
  /** Required. `breakers/{breaker}`. */
  name: string;
}

/** Resolves a group. */
export interface ResolveClientErrorGroupRequest {
  /** Required. `clientErrorGroups/{fingerprint}`. */
  name: string;
  /**
   * The version that has the error no more; without one, the latest that has reported it: the next
   * one has it no more.
   */
  version?: string;
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

/** Where a group stands. */
export type ClientErrorGroupState =
  /** Not a state. */
  | "STATE_UNSPECIFIED"
  /** It happens. */
  | "UNRESOLVED"
  /** A version has it no more. */
  | "RESOLVED"
  /** Nobody needs to look. */
  | "MUTED"
  /** It was resolved, and a later version has it again. */
  | "REGRESSED";

/** What kind of error it is. */
export type ClientErrorKind =
  /** Not a kind. */
  | "CLIENT_ERROR_KIND_UNSPECIFIED"
  /** The app has ended. */
  | "CLIENT_ERROR_KIND_CRASH"
  /** An exception that nobody caught, or one that somebody did and reports. */
  | "CLIENT_ERROR_KIND_EXCEPTION"
  /** An answer that cannot be read. */
  | "CLIENT_ERROR_KIND_DECODING"
  /** A call that failed. */
  | "CLIENT_ERROR_KIND_CALL"
  /** A screen that did not load. */
  | "CLIENT_ERROR_KIND_SCREEN"
  /** The app did not react. */
  | "CLIENT_ERROR_KIND_HANG";

/** How grave an error is. */
export type ClientErrorSeverity =
  /** As CLIENT_ERROR_SEVERITY_ERROR. */
  | "CLIENT_ERROR_SEVERITY_UNSPECIFIED"
  /** Something is odd, and works. */
  | "CLIENT_ERROR_SEVERITY_WARNING"
  /** Something does not work. */
  | "CLIENT_ERROR_SEVERITY_ERROR"
  /** Nothing works. */
  | "CLIENT_ERROR_SEVERITY_FATAL";

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
 * The circuit breakers of the caller's tenant: what its partners' operations are called through, and
 * what the keys of its outside issuers are fetched through. A breaker is a process's own: each process learns for itself that a partner is broken, and an
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
   * others follow within a second; the answer shows the breaker of the process that gave it. An
   * issuer's is known to the processes alone that have used it: another one answers `NOT_FOUND`.
   */
  resetBreaker(request: ResetBreakerRequest, options?: CallOptions): Promise<Breaker> {
    return this.caller.call(breakerServiceMethods.resetBreaker, request, options);
  }
}

export const clientErrorServiceMethods = {
  reportClientErrors: {
    name: "artel.operations.v1.ClientErrorService/ReportClientErrors",
    bindings: [{"verb": "POST", "path": "/v1/clientErrors:report", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<ReportClientErrorsRequest, ReportClientErrorsResponse>,
  reportAnonymousClientErrors: {
    name: "artel.operations.v1.ClientErrorService/ReportAnonymousClientErrors",
    bindings: [{"verb": "POST", "path": "/v1/clientErrors:reportAnonymous", "body": "*"}],
    idempotency: "IDEMPOTENT",
    public: true,
  } as Method<ReportAnonymousClientErrorsRequest, ReportClientErrorsResponse>,
  listClientErrorGroups: {
    name: "artel.operations.v1.ClientErrorService/ListClientErrorGroups",
    bindings: [{"verb": "GET", "path": "/v1/clientErrorGroups"}],
    idempotency: "READ_ONLY",
  } as Method<ListClientErrorGroupsRequest, ListClientErrorGroupsResponse>,
  getClientErrorGroup: {
    name: "artel.operations.v1.ClientErrorService/GetClientErrorGroup",
    bindings: [{"verb": "GET", "path": "/v1/{name=clientErrorGroups/*}"}],
    idempotency: "READ_ONLY",
  } as Method<GetClientErrorGroupRequest, ClientErrorGroup>,
  resolveClientErrorGroup: {
    name: "artel.operations.v1.ClientErrorService/ResolveClientErrorGroup",
    bindings: [{"verb": "POST", "path": "/v1/{name=clientErrorGroups/*}:resolve", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<ResolveClientErrorGroupRequest, ClientErrorGroup>,
  muteClientErrorGroup: {
    name: "artel.operations.v1.ClientErrorService/MuteClientErrorGroup",
    bindings: [{"verb": "POST", "path": "/v1/{name=clientErrorGroups/*}:mute", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<MuteClientErrorGroupRequest, ClientErrorGroup>,
  reopenClientErrorGroup: {
    name: "artel.operations.v1.ClientErrorService/ReopenClientErrorGroup",
    bindings: [{"verb": "POST", "path": "/v1/{name=clientErrorGroups/*}:reopen", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<ReopenClientErrorGroupRequest, ClientErrorGroup>,
} as const;

/**
 * The errors of apps that the server does not see: crashes, answers that cannot be read, screens that
 * do not load. Apps report them; administrators see them in groups, each of one error however often it
 * happened and to how many.
 *
 * What a report holds is untrusted and may name people or hold credentials: it is redacted before
 * anything is written, into the process's log. Stored are groups alone, without what differs from one
 * event to the next.
 */
export class ClientErrorService {
  constructor(private readonly caller: Caller) {}

  /**
   * Takes errors of a signed-in app; its tenant and its name are those of the token.
   *
   * An event is known by its `event_id` for as long as the process that took it remembers it, so that
   * a report whose answer was lost can be made again.
   */
  reportClientErrors(request: ReportClientErrorsRequest, options?: CallOptions): Promise<ReportClientErrorsResponse> {
    return this.caller.call(clientErrorServiceMethods.reportClientErrors, request, options);
  }

  /**
   * Takes errors of an app in which nobody has signed in yet. Who reports is not known, so they are
   * fewer, they never push out what is known of signed-in apps, and no metric has their app's name.
   */
  reportAnonymousClientErrors(request: ReportAnonymousClientErrorsRequest, options?: CallOptions): Promise<ReportClientErrorsResponse> {
    return this.caller.call(clientErrorServiceMethods.reportAnonymousClientErrors, request, options);
  }

  /**
   * Lists the tenant's groups, the one that was seen last first. What was reported within the last
   * seconds may not be counted yet.
   */
  listClientErrorGroups(request: ListClientErrorGroupsRequest, options?: CallOptions): Promise<ListClientErrorGroupsResponse> {
    return this.caller.call(clientErrorServiceMethods.listClientErrorGroups, request, options);
  }

  /** Returns a group. */
  getClientErrorGroup(request: GetClientErrorGroupRequest, options?: CallOptions): Promise<ClientErrorGroup> {
    return this.caller.call(clientErrorServiceMethods.getClientErrorGroup, request, options);
  }

  /**
   * Says that a version has the error no more. A later version that reports it opens the group again,
   * as a regression; what older ones report is counted and changes nothing.
   */
  resolveClientErrorGroup(request: ResolveClientErrorGroupRequest, options?: CallOptions): Promise<ClientErrorGroup> {
    return this.caller.call(clientErrorServiceMethods.resolveClientErrorGroup, request, options);
  }

  /** Says that nobody needs to look at the error: it is counted, and never opens again by itself. */
  muteClientErrorGroup(request: MuteClientErrorGroupRequest, options?: CallOptions): Promise<ClientErrorGroup> {
    return this.caller.call(clientErrorServiceMethods.muteClientErrorGroup, request, options);
  }

  /** Opens a group that was resolved or muted. */
  reopenClientErrorGroup(request: ReopenClientErrorGroupRequest, options?: CallOptions): Promise<ClientErrorGroup> {
    return this.caller.call(clientErrorServiceMethods.reopenClientErrorGroup, request, options);
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
