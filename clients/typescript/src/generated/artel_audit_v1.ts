// Written by tools/clients. Do not edit.

import type { Base64, CallOptions, Caller, Duration, Int64, Method, Timestamp } from "../runtime/index.js";

/** What was done, or what a call came to. */
export interface AuditEntry {
  /** Output only. The resource name: `auditEntries/{audit_entry}`. */
  name?: string;
  /**
   * Output only. Who: a principal's subject, a background job or an operator. A person is named to
   * callers with the scope `audit.personal:read` alone, `[erased]` once erased; others get it empty.
   */
  actor?: string;
  /**
   * Output only. The method or the background job, such as
   * `artel.residential.v1.AccessPointService/OpenAccessPoint`.
   */
  action?: string;
  /** Output only. The resource that changed; empty of a call. */
  resource?: string;
  /** Output only. What changed, such as `SENT -> ACKNOWLEDGED`; empty of a call. */
  change?: string;
  /** Output only. When the database took it. */
  createTime?: Timestamp;
  /** Output only. What it tells of. */
  kind?: AuditEntryKind;
  /**
   * Output only. The call, a UUID that the platform gave it: its changes carry the same. Empty of a
   * unary method that changes nothing.
   */
  call?: string;
  /** Output only. What the credential stood for, such as `ADMINISTRATOR`. */
  principalKind?: string;
  /** Output only. The OAuth client that got the credential. */
  client?: string;
  /** Output only. `x5t#S256` of the certificate that the caller showed. */
  certificate?: string;
  /** Output only. Where the caller was; of a person, as with `actor`. */
  address?: string;
  /** Output only. The door: `grpc` or `rest`. */
  door?: string;
  /** Output only. The call's result, as google.rpc.Code names it. */
  code?: string;
  /** Output only. The reason of the error, as google.rpc.ErrorInfo has it. */
  reason?: string;
  /** Output only. When the call began. */
  startTime?: Timestamp;
  /** Output only. How long the call took. */
  latency?: Duration;
  /** Output only. How many messages came. */
  requestCount?: Int64;
  /** Output only. How many messages went. */
  responseCount?: Int64;
  /** Output only. SHA-256 of what came, as docs/audit.md says. */
  requestHash?: Base64;
  /** Output only. SHA-256 of what went. */
  responseHash?: Base64;
  /**
   * Output only. What came, as JSON, without secrets and personal data. What is longer
   * than 4 KiB is cut, and has `"[truncated]":true` for its last member.
   */
  requestBody?: string;
  /** Output only. What went, in the same way. */
  responseBody?: string;
  /**
   * Output only. The call's number, which is in logs and traces and was answered as `x-request-id`.
   * Behind a space what the caller sent as `traceparent` or `x-request-id`: its word alone.
   */
  trace?: string;
  /**
   * Output only. SHA-256 of a salt and the personal data of both bodies, which are kept
   * sealed: an erasure destroys them and leaves this.
   */
  personalHash?: Base64;
  /** Output only. The place in the log, from 0; unset until it is sealed. No part of the leaf. */
  leafIndex?: Int64;
  /**
   * Output only. SHA-256 of a salt, a person who did it and its address, which are kept sealed: the leaf
   * has this in place of both. An erasure destroys them, `[erased]` stands for them then, and this stays.
   */
  originHash?: Base64;
  /** Output only. The salt; empty where there is no hash, or the person was erased. */
  originSalt?: Base64;
  /** Output only. What the entries of a person are found by; empty where it was no person. */
  actorIndex?: Base64;
}

/** A signed statement of a log's size and root (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Output only. The log. */
  origin?: string;
  /** Output only. How many entries it has. */
  treeSize?: Int64;
  /** Output only. The root of its tree. */
  rootHash?: Base64;
  /** Output only. The signed note (C2SP signed-note). */
  note?: string;
  /**
   * Output only. The key that verifies the note, as signed-note writes it. Compare it with one that you
   * got another way.
   */
  verifierKey?: string;
  /** Output only. When it was signed. */
  createTime?: Timestamp;
}

/** What proves that a log only grew. */
export interface ConsistencyProof {
  /** Output only. The smaller size. */
  fromSize?: Int64;
  /** Output only. The greater size. */
  toSize?: Int64;
  /** Output only. The proof. */
  hashes?: Base64[];
  /** Output only. The root of the log of the smaller size. */
  fromRootHash?: Base64;
  /** Output only. The root of the log of the greater size. */
  toRootHash?: Base64;
}

/** Asks for an audit entry. */
export interface GetAuditEntryRequest {
  /** Required. `auditEntries/{audit_entry}`. */
  name: string;
}

/** Asks for a checkpoint. */
export interface GetCheckpointRequest {
  /** Optional. The first checkpoint of a log of so many entries or more; the newest where it is 0. */
  minSize?: Int64;
}

/** Asks for the proof that a log only grew. */
export interface GetConsistencyProofRequest {
  /** Required. The smaller size. */
  fromSize: Int64;
  /** Optional. The greater size; the newest checkpoint's where it is 0. */
  toSize?: Int64;
}

/** Asks for the proof that an entry is in the log. */
export interface GetInclusionProofRequest {
  /** Required. `auditEntries/{audit_entry}`. */
  name: string;
  /**
   * Optional. The size of the log, such as a checkpoint says it; the newest checkpoint's where it is
   * 0.
   */
  treeSize?: Int64;
}

/** What proves that an entry is in a log. */
export interface InclusionProof {
  /** Output only. The entry's place. */
  leafIndex?: Int64;
  /** Output only. The log's size. */
  treeSize?: Int64;
  /** Output only. The hash of the entry's leaf. */
  leafHash?: Base64;
  /** Output only. The proof. */
  hashes?: Base64[];
  /** Output only. The root of the log of that size. */
  rootHash?: Base64;
}

/** Asks for a page of audit entries: those that match everything that is set. */
export interface ListAuditEntriesRequest {
  /** Optional. Only the entries of this resource, such as `commands/{command}`. */
  resource?: string;
  /** Optional. The most to return; 50 where it is 0, never more than 500. */
  pageSize?: number;
  /** Optional. The `next_page_token` of the page before. */
  pageToken?: string;
  /**
   * Optional. Only what this actor did, such as `clients/{client}`. A person is found with the scope
   * `audit.personal:read` alone.
   */
  actor?: string;
  /**
   * Optional. Only this method or background job, such as
   * `artel.residential.v1.AccessPointService/OpenAccessPoint`.
   */
  action?: string;
  /** Optional. Only calls that ended with this code, such as `OK` or `PERMISSION_DENIED`. */
  code?: string;
  /** Optional. Only the entries of this call. */
  call?: string;
  /** Optional. Only what was written then or later. */
  startTime?: Timestamp;
  /** Optional. Only what was written before. */
  endTime?: Timestamp;
}

/** A page of audit entries. */
export interface ListAuditEntriesResponse {
  /** The entries, the newest first. */
  auditEntries?: AuditEntry[];
  /** The token of the next page; empty on the last. */
  nextPageToken?: string;
}

/** Asks for a page of the platform's journal. */
export interface ListPlatformAuditEntriesRequest {
  /** Optional. The most to return; 50 where it is 0, never more than 500. */
  pageSize?: number;
  /** Optional. The `next_page_token` of the page before. */
  pageToken?: string;
}

/** A page of the platform's journal. */
export interface ListPlatformAuditEntriesResponse {
  /** The entries, the newest first. */
  platformAuditEntries?: PlatformAuditEntry[];
  /** The token of the next page; empty on the last. */
  nextPageToken?: string;
}

/** Calls that were refused before it was known whose they are. */
export interface PlatformAuditEntry {
  /** Output only. The resource name: `platformAuditEntries/{platform_audit_entry}`. */
  name?: string;
  /** Output only. The method; empty where the calls were of several, or of none that there is. */
  action?: string;
  /** Output only. The door: `grpc` or `rest`. */
  door?: string;
  /** Output only. The caller's network: its IPv4 address, or the first 64 bits of its IPv6 address. */
  network?: string;
  /** Output only. The result, as google.rpc.Code names it. */
  code?: string;
  /** Output only. The reason of the error. */
  reason?: string;
  /** Output only. How many calls. */
  count?: Int64;
  /** Output only. When the first of them was refused. */
  startTime?: Timestamp;
  /** Output only. When the database took it. */
  createTime?: Timestamp;
}

/** What an entry tells of. */
export type AuditEntryKind =
  /** Never. */
  | "KIND_UNSPECIFIED"
  /** A change, written in the same transaction. */
  | "CHANGE"
  /** How a call ended, a refused one too. */
  | "CALL"
  /**
   * Calls of which nothing else is known: there was no room to keep them. `request_count` says how
   * many.
   */
  | "LOSS"
  /** A stream began: a CALL with the same `call` tells how it ended. */
  | "BEGINNING"
  /**
   * Calls that were refused as others of the same minute were, of the same caller and method, with the
   * same reason: five of them stand singly, `request_count` says how many more there were.
   */
  | "REFUSALS";

export const auditServiceMethods = {
  listAuditEntries: {
    name: "artel.audit.v1.AuditService/ListAuditEntries",
    bindings: [{"verb": "GET", "path": "/v1/auditEntries"}],
    idempotency: "READ_ONLY",
  } as Method<ListAuditEntriesRequest, ListAuditEntriesResponse>,
  getAuditEntry: {
    name: "artel.audit.v1.AuditService/GetAuditEntry",
    bindings: [{"verb": "GET", "path": "/v1/{name=auditEntries/*}"}],
    idempotency: "READ_ONLY",
  } as Method<GetAuditEntryRequest, AuditEntry>,
  getCheckpoint: {
    name: "artel.audit.v1.AuditService/GetCheckpoint",
    bindings: [{"verb": "GET", "path": "/v1/auditCheckpoint"}],
    idempotency: "READ_ONLY",
  } as Method<GetCheckpointRequest, Checkpoint>,
  getInclusionProof: {
    name: "artel.audit.v1.AuditService/GetInclusionProof",
    bindings: [{"verb": "GET", "path": "/v1/{name=auditEntries/*}:inclusionProof"}],
    idempotency: "READ_ONLY",
  } as Method<GetInclusionProofRequest, InclusionProof>,
  getConsistencyProof: {
    name: "artel.audit.v1.AuditService/GetConsistencyProof",
    bindings: [{"verb": "GET", "path": "/v1/auditCheckpoint:consistencyProof"}],
    idempotency: "READ_ONLY",
  } as Method<GetConsistencyProofRequest, ConsistencyProof>,
  listPlatformAuditEntries: {
    name: "artel.audit.v1.AuditService/ListPlatformAuditEntries",
    bindings: [{"verb": "GET", "path": "/v1/platformAuditEntries"}],
    idempotency: "READ_ONLY",
  } as Method<ListPlatformAuditEntriesRequest, ListPlatformAuditEntriesResponse>,
} as const;

/**
 * Who did what, and what proves that nobody changed the record of it: one Merkle log for each tenant
 * (RFC 9162 section 2.1), with signed checkpoints. How an entry becomes a leaf of it is written in
 * docs/audit.md.
 */
export class AuditService {
  constructor(private readonly caller: Caller) {}

  /** Lists audit entries, the newest first. */
  listAuditEntries(request: ListAuditEntriesRequest, options?: CallOptions): Promise<ListAuditEntriesResponse> {
    return this.caller.call(auditServiceMethods.listAuditEntries, request, options);
  }

  /** Returns an audit entry. */
  getAuditEntry(request: GetAuditEntryRequest, options?: CallOptions): Promise<AuditEntry> {
    return this.caller.call(auditServiceMethods.getAuditEntry, request, options);
  }

  /** Returns the newest checkpoint of the tenant's log, or the first one of a size or more. */
  getCheckpoint(request: GetCheckpointRequest, options?: CallOptions): Promise<Checkpoint> {
    return this.caller.call(auditServiceMethods.getCheckpoint, request, options);
  }

  /** Returns what proves that an entry is in the log of a size (RFC 9162 section 2.1.3). */
  getInclusionProof(request: GetInclusionProofRequest, options?: CallOptions): Promise<InclusionProof> {
    return this.caller.call(auditServiceMethods.getInclusionProof, request, options);
  }

  /**
   * Returns what proves that the log of one size begins with the log of another (RFC 9162 section
   * 2.1.4).
   */
  getConsistencyProof(request: GetConsistencyProofRequest, options?: CallOptions): Promise<ConsistencyProof> {
    return this.caller.call(auditServiceMethods.getConsistencyProof, request, options);
  }

  /**
   * Lists calls that were refused before it was known whose they are, the newest first: the
   * platform's own journal, for its operator. From a network that is refused often, one entry stands
   * for many calls.
   */
  listPlatformAuditEntries(request: ListPlatformAuditEntriesRequest, options?: CallOptions): Promise<ListPlatformAuditEntriesResponse> {
    return this.caller.call(auditServiceMethods.listPlatformAuditEntries, request, options);
  }
}
