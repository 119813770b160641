// Written by tools/clients. Do not edit.

import type { CallOptions, Caller, Method, Timestamp } from "../runtime/index.js";

/** An entry of the journal. */
export interface AccessEvent {
  /** Output only. The resource name: `accessEvents/{access_event}`. */
  name?: string;
  /** Output only. Where. */
  accessPoint?: string;
  /** Output only. The unit in whose right. */
  unit?: string;
  /** Output only. Who. */
  subject?: string;
  /** Output only. By what. */
  method?: AccessEventMethod;
  /** Output only. With what result. */
  result?: AccessEventResult;
  /** Output only. The command behind it. */
  command?: string;
  /** Output only. When it happened. */
  occurTime?: Timestamp;
  /** Output only. Where a watch can begin again behind this event. */
  resumeToken?: string;
}

/** A door, a gate or a barrier with a device that a partner runs. */
export interface AccessPoint {
  /** Output only. The resource name: `properties/{property}/accessPoints/{access_point}`. */
  name?: string;
  /** What people call it. */
  displayName?: string;
  /** What it is. */
  kind?: AccessPointKind;
  /** Required. The partner that runs the device: `partners/{partner}`. */
  partner?: string;
  /** Required. The device, as the partner names it. */
  deviceRef?: string;
  /** Output only. When it was created. */
  createTime?: Timestamp;
}

/** A door, a gate or a barrier with a device that a partner runs. */
export interface AccessPointInput {
  /** What people call it. */
  displayName?: string;
  /** What it is. */
  kind?: AccessPointKind;
  /** Required. The partner that runs the device: `partners/{partner}`. */
  partner: string;
  /** Required. The device, as the partner names it. */
  deviceRef: string;
}

/**
 * One wish to open an access point, and what became of it.
 *
 * ```
 * CREATED ──► AUTHORIZED ──► SENT ──► ACKNOWLEDGED ──► EXECUTED
 *    │            │           │             │
 *    ▼            ▼           ├─► FAILED ◄──┤
 *  DENIED      EXPIRED        └─► TIMED_OUT ◄┘ ──► EXECUTED (a late report of the device)
 *           or CANCELLED
 * ```
 */
export interface Command {
  /** Output only. The resource name: `commands/{command}`. */
  name?: string;
  /** Output only. What was to be opened. */
  accessPoint?: string;
  /** Output only. The unit in whose right. */
  unit?: string;
  /** Output only. Who asked. */
  requestedBy?: string;
  /** Output only. The caller's key. */
  requestId?: string;
  /** Output only. Where the command is on its way. */
  state?: CommandState;
  /** Output only. Why it was allowed or denied. */
  decision?: CommandDecision;
  /** Output only. When it must be acknowledged at the latest. */
  deadline?: Timestamp;
  /** Output only. When it was asked. */
  createTime?: Timestamp;
  /** Output only. When it was handed to the partner. */
  sentTime?: Timestamp;
  /** Output only. When the partner acknowledged it. */
  ackTime?: Timestamp;
  /** Output only. When the device opened. */
  executedTime?: Timestamp;
  /** Output only. Why it failed. */
  failure?: CommandFailure;
}

/** Why a command was allowed or denied. */
export interface CommandDecision {
  /** Whether it was allowed. */
  allowed?: boolean;
  /** What was looked at, in order, such as `member:owner` or `unit_lacks_access_point`. */
  reasons?: string[];
}

/** Why a command failed. */
export interface CommandFailure {
  /**
   * The platform's name of it: `PARTNER_REFUSED`, `PARTNER_ERROR`, `PARTNER_UNREACHABLE`,
   * `PARTNER_TIMED_OUT`.
   */
  code?: string;
  /** The partner's name of it. */
  partnerCode?: string;
}

/** Creates an access point. */
export interface CreateAccessPointRequest {
  /** Required. `properties/{property}`. */
  parent: string;
  /** Required. The last part of the access point's name. */
  accessPointId: string;
  /** Required. The access point. */
  accessPoint: AccessPointInput;
}

/** Makes a person a member of a unit. */
export interface CreateMemberRequest {
  /** Required. `units/{unit}`. */
  parent: string;
  /** Required. The last part of the member's name. */
  memberId: string;
  /** Required. The member. */
  member: MemberInput;
}

/** Creates a partner. */
export interface CreatePartnerRequest {
  /** Required. The last part of the partner's name. */
  partnerId: string;
  /** Required. The partner. */
  partner: PartnerInput;
}

/** Creates a property. */
export interface CreatePropertyRequest {
  /** Required. The last part of the property's name. */
  propertyId: string;
  /** Required. The property. */
  property: PropertyInput;
}

/** Creates a unit. */
export interface CreateUnitRequest {
  /** Required. The last part of the unit's name. */
  unitId: string;
  /** Required. The unit. */
  unit: UnitInput;
}

/** Deletes a partner. */
export interface DeletePartnerRequest {
  /** Required. `partners/{partner}`. */
  name: string;
  /** Optional. The partner's `etag`: it is deleted only if it is as it was when that was read. */
  etag?: string;
}

/** Leaves a partner alone. */
export interface DisablePartnerRequest {
  /** Required. `partners/{partner}`. */
  name: string;
}

/** Has a partner's devices opened again. */
export interface EnablePartnerRequest {
  /** Required. `partners/{partner}`. */
  name: string;
}

/** Asks for an access point. */
export interface GetAccessPointRequest {
  /** Required. `properties/{property}/accessPoints/{access_point}`. */
  name: string;
}

/** Asks for a command. */
export interface GetCommandRequest {
  /** Required. `commands/{command}`. */
  name: string;
}

/** Asks for a partner. */
export interface GetPartnerRequest {
  /** Required. `partners/{partner}`. */
  name: string;
}

/** Asks for a property. */
export interface GetPropertyRequest {
  /** Required. `properties/{property}`. */
  name: string;
}

/** Asks for a unit. */
export interface GetUnitRequest {
  /** Required. `units/{unit}`. */
  name: string;
}

/** Asks for a page of access events. */
export interface ListAccessEventsRequest {
  /** Required. `units/{unit}` or `properties/{property}`. */
  parent: string;
  /** Optional. The most to return; 50 where it is 0, never more than 500. */
  pageSize?: number;
  /** Optional. The `next_page_token` of the page before. */
  pageToken?: string;
}

/** A page of access events. */
export interface ListAccessEventsResponse {
  /** The events, the newest first. */
  accessEvents?: AccessEvent[];
  /** The token of the next page; empty on the last. */
  nextPageToken?: string;
}

/** Asks for a page of access points. */
export interface ListAccessPointsRequest {
  /** Required. `properties/{property}`. */
  parent: string;
  /** Optional. The most to return; 50 where it is 0, never more than 500. */
  pageSize?: number;
  /** Optional. The `next_page_token` of the page before. */
  pageToken?: string;
}

/** A page of access points. */
export interface ListAccessPointsResponse {
  /** The access points. */
  accessPoints?: AccessPoint[];
  /** The token of the next page; empty on the last. */
  nextPageToken?: string;
}

/** Asks for a page of a unit's members. */
export interface ListMembersRequest {
  /** Required. `units/{unit}`. */
  parent: string;
  /** Optional. The most to return; 50 where it is 0, never more than 500. */
  pageSize?: number;
  /** Optional. The `next_page_token` of the page before. */
  pageToken?: string;
}

/** A page of members. */
export interface ListMembersResponse {
  /** The members. */
  members?: Member[];
  /** The token of the next page; empty on the last. */
  nextPageToken?: string;
}

/** Asks for partners. */
export interface ListPartnersRequest {
  /** How many to return at most: 50 where it is 0, and never more than 500. */
  pageSize?: number;
  /** Where to go on: the `next_page_token` of the page before. */
  pageToken?: string;
}

/** A page of partners. */
export interface ListPartnersResponse {
  /** The partners. */
  partners?: Partner[];
  /** Where the next page begins; empty on the last. */
  nextPageToken?: string;
}

/** Asks for a page of properties. */
export interface ListPropertiesRequest {
  /** Optional. The most to return; 50 where it is 0, never more than 500. */
  pageSize?: number;
  /** Optional. The `next_page_token` of the page before. */
  pageToken?: string;
}

/** A page of properties. */
export interface ListPropertiesResponse {
  /** The properties. */
  properties?: Property[];
  /** The token of the next page; empty on the last. */
  nextPageToken?: string;
}

/** Asks for a page of units. */
export interface ListUnitsRequest {
  /** Optional. The most to return; 50 where it is 0, never more than 500. */
  pageSize?: number;
  /** Optional. The `next_page_token` of the page before. */
  pageToken?: string;
}

/** A page of units. */
export interface ListUnitsResponse {
  /** The units. */
  units?: Unit[];
  /** The token of the next page; empty on the last. */
  nextPageToken?: string;
}

/** A person's membership of a unit. */
export interface Member {
  /** Output only. The resource name: `units/{unit}/members/{member}`. */
  name?: string;
  /**
   * Required. The person, as `{issuer}:{subject}`: the issuer's name in this tenant and the `sub`
   * of its tokens.
   */
  subject?: string;
  /** Required. What the person may do. */
  role?: MemberRole;
  /** Optional. When the membership ends. */
  expireTime?: Timestamp;
  /** Output only. When it was created. */
  createTime?: Timestamp;
}

/** A person's membership of a unit. */
export interface MemberInput {
  /**
   * Required. The person, as `{issuer}:{subject}`: the issuer's name in this tenant and the `sub`
   * of its tokens.
   */
  subject: string;
  /** Required. What the person may do. */
  role: MemberRole;
  /** Optional. When the membership ends. */
  expireTime?: Timestamp;
}

/** Opens an access point. */
export interface OpenAccessPointRequest {
  /** Required. `properties/{property}/accessPoints/{access_point}`. */
  name: string;
  /** Required. The unit in whose right the caller opens: `units/{unit}`. */
  unit: string;
  /** Required. A UUID that the caller makes once for each wish to open (AIP-155). */
  requestId?: string;
}

/**
 * An outside system that runs devices of the complex, and how the platform proves itself there.
 *
 * A credential goes in and never comes out: it is sealed at rest, left out of every answer, of the
 * audit and of logs.
 */
export interface Partner {
  /** Output only. The resource name: `partners/{partner}`. */
  name?: string;
  /** What people call it. */
  displayName?: string;
  /** Required. Where its interface begins, such as `https://api.example.com/v1`. */
  baseUri?: string;
  /** Required. Its token endpoint (RFC 6749 section 3.2). */
  tokenUri?: string;
  /** Required. The platform's client identifier at the partner. */
  clientId?: string;
  /**
   * Optional. The identifier of the client by which the partner calls the platform: reports on
   * commands are taken from it alone.
   */
  reportingClientId?: string;
  /** Output only. When it was created. */
  createTime?: Timestamp;
  /**
   * Optional. How the partner's interface writes messages. Its token endpoint answers JSON, as
   * RFC 6749 wants it.
   */
  format?: PartnerFormat;
  /** Optional. How the platform authenticates; `CLIENT_SECRET_BASIC` where nothing is said. */
  authentication?: PartnerAuthentication;
  /**
   * The name of `assertion_key` at the partner, the `kid` of assertions. Needed with
   * `PRIVATE_KEY_JWT`.
   */
  assertionKeyId?: string;
  /**
   * The certificate that the platform shows on each connection to the partner, as PEM: its own
   * first, then those that lead to an authority of the partner's trust. Needed with
   * `TLS_CLIENT_AUTH`, and possible with every other way.
   */
  tlsCertificate?: string;
  /** Output only. When `tls_certificate` ends. */
  tlsCertificateExpireTime?: Timestamp;
  /** Output only. Whether nothing is sent to it. */
  disabled?: boolean;
  /** Changes with every change of the partner. Send it back to change only what you have seen. */
  etag?: string;
}

/**
 * An outside system that runs devices of the complex, and how the platform proves itself there.
 *
 * A credential goes in and never comes out: it is sealed at rest, left out of every answer, of the
 * audit and of logs.
 */
export interface PartnerInput {
  /** Output only. The resource name: `partners/{partner}`. */
  name?: string;
  /** What people call it. */
  displayName?: string;
  /** Required. Where its interface begins, such as `https://api.example.com/v1`. */
  baseUri: string;
  /** Required. Its token endpoint (RFC 6749 section 3.2). */
  tokenUri: string;
  /** Required. The platform's client identifier at the partner. */
  clientId: string;
  /**
   * Input only. The platform's client secret at the partner. Needed with `CLIENT_SECRET_BASIC` and
   * `CLIENT_SECRET_POST`.
   */
  clientSecret?: string;
  /**
   * Optional. The identifier of the client by which the partner calls the platform: reports on
   * commands are taken from it alone.
   */
  reportingClientId?: string;
  /**
   * Optional. How the partner's interface writes messages. Its token endpoint answers JSON, as
   * RFC 6749 wants it.
   */
  format?: PartnerFormat;
  /** Optional. How the platform authenticates; `CLIENT_SECRET_BASIC` where nothing is said. */
  authentication?: PartnerAuthentication;
  /**
   * Input only. The private key that signs assertions: P-256, as PEM without a password. Needed with
   * `PRIVATE_KEY_JWT`.
   */
  assertionKey?: string;
  /**
   * The name of `assertion_key` at the partner, the `kid` of assertions. Needed with
   * `PRIVATE_KEY_JWT`.
   */
  assertionKeyId?: string;
  /**
   * The certificate that the platform shows on each connection to the partner, as PEM: its own
   * first, then those that lead to an authority of the partner's trust. Needed with
   * `TLS_CLIENT_AUTH`, and possible with every other way.
   */
  tlsCertificate?: string;
  /** Input only. The private key of `tls_certificate`, as PEM without a password. */
  tlsKey?: string;
  /** Changes with every change of the partner. Send it back to change only what you have seen. */
  etag?: string;
}

/** A building or a group of buildings of the complex. */
export interface Property {
  /** Output only. The resource name: `properties/{property}`. */
  name?: string;
  /** What people call it. */
  displayName?: string;
  /** The postal address. */
  address?: string;
  /** Output only. When it was created. */
  createTime?: Timestamp;
}

/** A building or a group of buildings of the complex. */
export interface PropertyInput {
  /** What people call it. */
  displayName?: string;
  /** The postal address. */
  address?: string;
}

/** A partner's report on a command. */
export interface ReportCommandRequest {
  /** Required. `partners/{partner}/commands/{command}`: the partner is the caller. */
  name: string;
  /** Required. `ACKNOWLEDGED`, `EXECUTED` or `FAILED`. */
  state: CommandState;
  /** Optional. When it happened, by the partner's clock. */
  occurTime?: Timestamp;
  /** Optional. Why the command failed, as the partner names it. */
  failureCode?: string;
}

/** Gives the platform other credentials at a partner: at least one. */
export interface RotatePartnerSecretRequest {
  /** Required. `partners/{partner}`. */
  name: string;
  /** Input only. The new client secret. */
  clientSecret?: string;
  /** Input only. The new key that signs assertions, with its name. */
  assertionKey?: string;
  /** The name of the new key at the partner. */
  assertionKeyId?: string;
  /** The new certificate, with its key. */
  tlsCertificate?: string;
  /** Input only. The private key of the new certificate. */
  tlsKey?: string;
  /** Optional. The partner's `etag`: it is changed only if it is as it was when that was read. */
  etag?: string;
}

/** A flat, an office or a parking space. */
export interface Unit {
  /** Output only. The resource name: `units/{unit}`. */
  name?: string;
  /** Required. The property that it belongs to: `properties/{property}`. */
  property?: string;
  /** The number on its door. */
  number?: string;
  /** The access points that its members may open. */
  accessPoints?: string[];
  /** Output only. When it was created. */
  createTime?: Timestamp;
}

/** A flat, an office or a parking space. */
export interface UnitInput {
  /** Required. The property that it belongs to: `properties/{property}`. */
  property: string;
  /** The number on its door. */
  number?: string;
  /** The access points that its members may open. */
  accessPoints?: string[];
}

/** Changes a partner. */
export interface UpdatePartnerRequest {
  /**
   * Required. The partner, with its name and its new values. With an `etag`, it is changed only if
   * it is as it was when that was read.
   */
  partner: PartnerInput;
  /**
   * Optional. Which fields to change: `display_name`, `base_uri`, `token_uri`, `client_id`,
   * `reporting_client_id`, `format`, `authentication`, and the credentials `client_secret`,
   * `assertion_key`, `assertion_key_id`, `tls_certificate`, `tls_key`, which an empty value removes.
   * Without it, every field that has a value.
   */
  updateMask?: string;
}

/** Asks for access events as they happen. */
export interface WatchAccessEventsRequest {
  /** Required. `units/{unit}` or `properties/{property}`. */
  parent: string;
  /**
   * Optional. The `resume_token` of the last event that the caller saw: the stream begins behind
   * it. Without it, the stream begins with the next event.
   */
  resumeToken?: string;
}

/** By what an access point was opened. */
export type AccessEventMethod =
  | "METHOD_UNSPECIFIED"
  /** The app on a phone. */
  | "APP";

/** With what result. */
export type AccessEventResult =
  | "RESULT_UNSPECIFIED"
  /** Allowed, and the device opened. */
  | "GRANTED"
  /** Refused by the decision. */
  | "DENIED"
  /** Allowed, but the device did not open. */
  | "FAILED";

/** What an access point is. */
export type AccessPointKind =
  | "KIND_UNSPECIFIED"
  /** A door with an intercom. */
  | "DOOR"
  /** A gate for people. */
  | "GATE"
  /** A barrier for vehicles. */
  | "BARRIER";

/** Where a command is on its way. */
export type CommandState =
  | "STATE_UNSPECIFIED"
  /** Asked. */
  | "CREATED"
  /** Allowed. */
  | "AUTHORIZED"
  /** Refused by the decision. Final. */
  | "DENIED"
  /** Handed, or about to be handed, to the partner. */
  | "SENT"
  /** The partner took it. */
  | "ACKNOWLEDGED"
  /** The device opened. Final. */
  | "EXECUTED"
  /** The partner refused or broke. Final. */
  | "FAILED"
  /** No answer in time; only a late report that the device opened changes it. */
  | "TIMED_OUT"
  /** Not sent before its deadline. Final. */
  | "EXPIRED"
  /** Called back before it was sent. Final. */
  | "CANCELLED";

/** What a member may do. */
export type MemberRole =
  | "ROLE_UNSPECIFIED"
  /** Owns the unit: opens everything, sees the members. */
  | "OWNER"
  /** Lives there: opens everything. */
  | "INNER"
  /** Comes by: opens gates and barriers, not doors. */
  | "OUTER";

/**
 * How the platform authenticates at the token endpoint (OpenID Connect Core 1.0 section 9,
 * RFC 8705 section 2).
 */
export type PartnerAuthentication =
  /** As by `CLIENT_SECRET_BASIC`. */
  | "AUTHENTICATION_UNSPECIFIED"
  /** `client_secret_basic`: by `client_secret` in HTTP Basic (RFC 6749 section 2.3.1). */
  | "CLIENT_SECRET_BASIC"
  /** `client_secret_post`: by `client_secret` in the form. */
  | "CLIENT_SECRET_POST"
  /** `private_key_jwt`: by an assertion of a minute that `assertion_key` signs with ES256 (RFC 7523). */
  | "PRIVATE_KEY_JWT"
  /** `tls_client_auth`: by `tls_certificate` alone. */
  | "TLS_CLIENT_AUTH";

/** How messages are written. */
export type PartnerFormat =
  /** As JSON. */
  | "FORMAT_UNSPECIFIED"
  /** As JSON (RFC 8259). */
  | "JSON"
  /**
   * As XML 1.0: an element for each member of the JSON message, without document types,
   * namespaces and entities of its own.
   */
  | "XML";

export const accessEventServiceMethods = {
  listAccessEvents: {
    name: "artel.residential.v1.AccessEventService/ListAccessEvents",
    bindings: [{"verb": "GET", "path": "/v1/{parent=units/*}/accessEvents"}, {"verb": "GET", "path": "/v1/{parent=properties/*}/accessEvents"}],
    idempotency: "READ_ONLY",
  } as Method<ListAccessEventsRequest, ListAccessEventsResponse>,
  watchAccessEvents: {
    name: "artel.residential.v1.AccessEventService/WatchAccessEvents",
    bindings: [{"verb": "GET", "path": "/v1/{parent=units/*}/accessEvents:watch"}, {"verb": "GET", "path": "/v1/{parent=properties/*}/accessEvents:watch"}],
    idempotency: "READ_ONLY",
    streams: true,
    resumes: true,
  } as Method<WatchAccessEventsRequest, AccessEvent>,
} as const;

/** The journal of who opened what, and who was refused. */
export class AccessEventService {
  constructor(private readonly caller: Caller) {}

  /**
   * Lists access events, the newest first: of a unit, to its members; of a property, to services
   * and administrators.
   */
  listAccessEvents(request: ListAccessEventsRequest, options?: CallOptions): Promise<ListAccessEventsResponse> {
    return this.caller.call(accessEventServiceMethods.listAccessEvents, request, options);
  }

  /**
   * Sends access events as they are committed, within a second, until the caller hangs up. Over
   * REST the stream is NDJSON (`Accept: application/x-ndjson`) or Server-Sent Events
   * (`Accept: text/event-stream`).
   */
  watchAccessEvents(request: WatchAccessEventsRequest, options?: CallOptions): AsyncIterable<AccessEvent> {
    return this.caller.stream(accessEventServiceMethods.watchAccessEvents, request, options);
  }
}

export const accessPointServiceMethods = {
  getAccessPoint: {
    name: "artel.residential.v1.AccessPointService/GetAccessPoint",
    bindings: [{"verb": "GET", "path": "/v1/{name=properties/*/accessPoints/*}"}],
    idempotency: "READ_ONLY",
  } as Method<GetAccessPointRequest, AccessPoint>,
  listAccessPoints: {
    name: "artel.residential.v1.AccessPointService/ListAccessPoints",
    bindings: [{"verb": "GET", "path": "/v1/{parent=properties/*}/accessPoints"}],
    idempotency: "READ_ONLY",
  } as Method<ListAccessPointsRequest, ListAccessPointsResponse>,
  createAccessPoint: {
    name: "artel.residential.v1.AccessPointService/CreateAccessPoint",
    bindings: [{"verb": "POST", "path": "/v1/{parent=properties/*}/accessPoints", "body": "accessPoint"}],
    idempotency: "IDEMPOTENT",
  } as Method<CreateAccessPointRequest, AccessPoint>,
  openAccessPoint: {
    name: "artel.residential.v1.AccessPointService/OpenAccessPoint",
    bindings: [{"verb": "POST", "path": "/v1/{name=properties/*/accessPoints/*}:open", "body": "*"}],
    idempotency: "KEYED",
    key: "requestId",
  } as Method<OpenAccessPointRequest, Command>,
} as const;

/** Doors, gates and barriers, and the one thing that people do with them: open. */
export class AccessPointService {
  constructor(private readonly caller: Caller) {}

  /** Returns an access point. */
  getAccessPoint(request: GetAccessPointRequest, options?: CallOptions): Promise<AccessPoint> {
    return this.caller.call(accessPointServiceMethods.getAccessPoint, request, options);
  }

  /**
   * Lists the access points of a property in the order of their names: to a person, those that
   * its units may open.
   */
  listAccessPoints(request: ListAccessPointsRequest, options?: CallOptions): Promise<ListAccessPointsResponse> {
    return this.caller.call(accessPointServiceMethods.listAccessPoints, request, options);
  }

  /** Creates an access point. */
  createAccessPoint(request: CreateAccessPointRequest, options?: CallOptions): Promise<AccessPoint> {
    return this.caller.call(accessPointServiceMethods.createAccessPoint, request, options);
  }

  /**
   * Opens an access point for a unit of which the caller is a member.
   *
   * The platform decides, records the decision with its reasons, and sends the command to the
   * partner that runs the device. The answer is the command as the partner left it: usually
   * `ACKNOWLEDGED`; it becomes `EXECUTED` when the device reports, which the journal and the watch
   * stream show. A repeated `request_id` never opens twice: it returns the first call's command.
   *
   * Errors: `PERMISSION_DENIED` with the reason `ACCESS_DENIED` where the decision is no (the
   * decision's command is named in the error's metadata); `UNAVAILABLE` with `PARTNER_FAILED`
   * where the partner refused or broke; `DEADLINE_EXCEEDED` with `PARTNER_TIMED_OUT` where it did
   * not answer in time; `FAILED_PRECONDITION` with `REQUEST_ID_REUSED` where the `request_id` came
   * before with another request.
   */
  openAccessPoint(request: OpenAccessPointRequest, options?: CallOptions): Promise<Command> {
    return this.caller.call(accessPointServiceMethods.openAccessPoint, request, options);
  }
}

export const commandServiceMethods = {
  getCommand: {
    name: "artel.residential.v1.CommandService/GetCommand",
    bindings: [{"verb": "GET", "path": "/v1/{name=commands/*}"}],
    idempotency: "READ_ONLY",
  } as Method<GetCommandRequest, Command>,
  reportCommand: {
    name: "artel.residential.v1.CommandService/ReportCommand",
    bindings: [{"verb": "POST", "path": "/v1/{name=partners/*/commands/*}:report", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<ReportCommandRequest, Command>,
} as const;

/** What was asked of devices, and what became of it. */
export class CommandService {
  constructor(private readonly caller: Caller) {}

  /** Returns a command: to a person, one of its own units. */
  getCommand(request: GetCommandRequest, options?: CallOptions): Promise<Command> {
    return this.caller.call(commandServiceMethods.getCommand, request, options);
  }

  /**
   * Takes a partner's report on a command that it was sent. A report of the state that the command
   * already has changes nothing; a move that the state machine of [Command] does not allow is
   * refused with `FAILED_PRECONDITION` and the legal moves.
   */
  reportCommand(request: ReportCommandRequest, options?: CallOptions): Promise<Command> {
    return this.caller.call(commandServiceMethods.reportCommand, request, options);
  }
}

export const directoryServiceMethods = {
  getProperty: {
    name: "artel.residential.v1.DirectoryService/GetProperty",
    bindings: [{"verb": "GET", "path": "/v1/{name=properties/*}"}],
    idempotency: "READ_ONLY",
  } as Method<GetPropertyRequest, Property>,
  listProperties: {
    name: "artel.residential.v1.DirectoryService/ListProperties",
    bindings: [{"verb": "GET", "path": "/v1/properties"}],
    idempotency: "READ_ONLY",
  } as Method<ListPropertiesRequest, ListPropertiesResponse>,
  createProperty: {
    name: "artel.residential.v1.DirectoryService/CreateProperty",
    bindings: [{"verb": "POST", "path": "/v1/properties", "body": "property"}],
    idempotency: "IDEMPOTENT",
  } as Method<CreatePropertyRequest, Property>,
  getUnit: {
    name: "artel.residential.v1.DirectoryService/GetUnit",
    bindings: [{"verb": "GET", "path": "/v1/{name=units/*}"}],
    idempotency: "READ_ONLY",
  } as Method<GetUnitRequest, Unit>,
  listUnits: {
    name: "artel.residential.v1.DirectoryService/ListUnits",
    bindings: [{"verb": "GET", "path": "/v1/units"}],
    idempotency: "READ_ONLY",
  } as Method<ListUnitsRequest, ListUnitsResponse>,
  createUnit: {
    name: "artel.residential.v1.DirectoryService/CreateUnit",
    bindings: [{"verb": "POST", "path": "/v1/units", "body": "unit"}],
    idempotency: "IDEMPOTENT",
  } as Method<CreateUnitRequest, Unit>,
  listMembers: {
    name: "artel.residential.v1.DirectoryService/ListMembers",
    bindings: [{"verb": "GET", "path": "/v1/{parent=units/*}/members"}],
    idempotency: "READ_ONLY",
  } as Method<ListMembersRequest, ListMembersResponse>,
  createMember: {
    name: "artel.residential.v1.DirectoryService/CreateMember",
    bindings: [{"verb": "POST", "path": "/v1/{parent=units/*}/members", "body": "member"}],
    idempotency: "IDEMPOTENT",
  } as Method<CreateMemberRequest, Member>,
} as const;

/**
 * Keeps the complex's buildings: properties, their access points, units and who lives there.
 *
 * A person sees only the units of which it is a member, and what those units may open. Services
 * and administrators of the complex see all of it.
 */
export class DirectoryService {
  constructor(private readonly caller: Caller) {}

  /** Returns a property. */
  getProperty(request: GetPropertyRequest, options?: CallOptions): Promise<Property> {
    return this.caller.call(directoryServiceMethods.getProperty, request, options);
  }

  /** Lists properties in the order of their names. */
  listProperties(request: ListPropertiesRequest, options?: CallOptions): Promise<ListPropertiesResponse> {
    return this.caller.call(directoryServiceMethods.listProperties, request, options);
  }

  /** Creates a property. */
  createProperty(request: CreatePropertyRequest, options?: CallOptions): Promise<Property> {
    return this.caller.call(directoryServiceMethods.createProperty, request, options);
  }

  /** Returns a unit. */
  getUnit(request: GetUnitRequest, options?: CallOptions): Promise<Unit> {
    return this.caller.call(directoryServiceMethods.getUnit, request, options);
  }

  /** Lists units in the order of their names: to a person, its own. */
  listUnits(request: ListUnitsRequest, options?: CallOptions): Promise<ListUnitsResponse> {
    return this.caller.call(directoryServiceMethods.listUnits, request, options);
  }

  /** Creates a unit with the access points that it may open. */
  createUnit(request: CreateUnitRequest, options?: CallOptions): Promise<Unit> {
    return this.caller.call(directoryServiceMethods.createUnit, request, options);
  }

  /** Lists the members of a unit in the order of their names. */
  listMembers(request: ListMembersRequest, options?: CallOptions): Promise<ListMembersResponse> {
    return this.caller.call(directoryServiceMethods.listMembers, request, options);
  }

  /** Makes a person a member of a unit. */
  createMember(request: CreateMemberRequest, options?: CallOptions): Promise<Member> {
    return this.caller.call(directoryServiceMethods.createMember, request, options);
  }
}

export const partnerServiceMethods = {
  getPartner: {
    name: "artel.residential.v1.PartnerService/GetPartner",
    bindings: [{"verb": "GET", "path": "/v1/{name=partners/*}"}],
    idempotency: "READ_ONLY",
  } as Method<GetPartnerRequest, Partner>,
  listPartners: {
    name: "artel.residential.v1.PartnerService/ListPartners",
    bindings: [{"verb": "GET", "path": "/v1/partners"}],
    idempotency: "READ_ONLY",
  } as Method<ListPartnersRequest, ListPartnersResponse>,
  createPartner: {
    name: "artel.residential.v1.PartnerService/CreatePartner",
    bindings: [{"verb": "POST", "path": "/v1/partners", "body": "partner"}],
    idempotency: "IDEMPOTENT",
  } as Method<CreatePartnerRequest, Partner>,
  updatePartner: {
    name: "artel.residential.v1.PartnerService/UpdatePartner",
    bindings: [{"verb": "PATCH", "path": "/v1/{partner.name=partners/*}", "body": "partner"}],
    idempotency: "IDEMPOTENT",
  } as Method<UpdatePartnerRequest, Partner>,
  rotatePartnerSecret: {
    name: "artel.residential.v1.PartnerService/RotatePartnerSecret",
    bindings: [{"verb": "POST", "path": "/v1/{name=partners/*}:rotateSecret", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<RotatePartnerSecretRequest, Partner>,
  disablePartner: {
    name: "artel.residential.v1.PartnerService/DisablePartner",
    bindings: [{"verb": "POST", "path": "/v1/{name=partners/*}:disable", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<DisablePartnerRequest, Partner>,
  enablePartner: {
    name: "artel.residential.v1.PartnerService/EnablePartner",
    bindings: [{"verb": "POST", "path": "/v1/{name=partners/*}:enable", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<EnablePartnerRequest, Partner>,
  deletePartner: {
    name: "artel.residential.v1.PartnerService/DeletePartner",
    bindings: [{"verb": "DELETE", "path": "/v1/{name=partners/*}"}],
    idempotency: "IDEMPOTENT",
  } as Method<DeletePartnerRequest, Record<string, never>>,
} as const;

/** The outside systems that run the complex's devices. */
export class PartnerService {
  constructor(private readonly caller: Caller) {}

  /** Returns a partner, without its credentials. */
  getPartner(request: GetPartnerRequest, options?: CallOptions): Promise<Partner> {
    return this.caller.call(partnerServiceMethods.getPartner, request, options);
  }

  /** Lists the partners in the order of their names, without their credentials. */
  listPartners(request: ListPartnersRequest, options?: CallOptions): Promise<ListPartnersResponse> {
    return this.caller.call(partnerServiceMethods.listPartners, request, options);
  }

  /**
   * Creates a partner with the credentials by which the platform calls it. A partner that is there
   * and is asked for the same is returned.
   */
  createPartner(request: CreatePartnerRequest, options?: CallOptions): Promise<Partner> {
    return this.caller.call(partnerServiceMethods.createPartner, request, options);
  }

  /**
   * Changes a partner, for commands from then on. What it says as a whole has to hold: each way to
   * authenticate has the credentials that it needs. Where `base_uri` or `token_uri` moves to another
   * host or port, the credentials have to come along: those of one host are never sent to another,
   * and those that do not come along are deleted.
   */
  updatePartner(request: UpdatePartnerRequest, options?: CallOptions): Promise<Partner> {
    return this.caller.call(partnerServiceMethods.updatePartner, request, options);
  }

  /**
   * Gives the platform other credentials at a partner: those that the request has, in place of those
   * before. They count from the next token on, and no token of the old ones is used any more.
   */
  rotatePartnerSecret(request: RotatePartnerSecretRequest, options?: CallOptions): Promise<Partner> {
    return this.caller.call(partnerServiceMethods.rotatePartnerSecret, request, options);
  }

  /**
   * Leaves a partner alone: its devices are opened no more, and who tries is told PARTNER_DISABLED.
   * Commands that are on their way end as they would. Disabling it again changes nothing.
   */
  disablePartner(request: DisablePartnerRequest, options?: CallOptions): Promise<Partner> {
    return this.caller.call(partnerServiceMethods.disablePartner, request, options);
  }

  /** Has a partner's devices opened again, by the credentials that it still has. */
  enablePartner(request: EnablePartnerRequest, options?: CallOptions): Promise<Partner> {
    return this.caller.call(partnerServiceMethods.enablePartner, request, options);
  }

  /**
   * Deletes a partner with its credentials. Refused with PARTNER_IN_USE while devices or commands
   * name it: such a partner is disabled instead.
   */
  deletePartner(request: DeletePartnerRequest, options?: CallOptions): Promise<Record<string, never>> {
    return this.caller.call(partnerServiceMethods.deletePartner, request, options);
  }
}
