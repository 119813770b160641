// Written by tools/clients. Do not edit.

import type { CallOptions, Caller, Json, Method, Timestamp } from "../runtime/index.js";

/** Erases a subject. */
export interface EraseSubjectRequest {
  /** Required. Whom. */
  subject: string;
  /** Required. Why; nothing that names the subject. */
  reason: string;
}

/** That a subject was erased. Whom, it does not say. */
export interface Erasure {
  /** Output only. The resource name: `erasures/{erasure}`; empty where nothing is held. */
  name?: string;
  /** Output only. Where it stands. */
  state?: ErasureState;
  /** Output only. Why. */
  reason?: string;
  /** Output only. When it was asked for first. */
  createTime?: Timestamp;
  /** Output only. When the keys were destroyed. */
  eraseTime?: Timestamp;
}

/** Asks for what is held of a subject. */
export interface ExportSubjectRequest {
  /** Required. Whom. */
  subject: string;
  /** Required. Why. */
  reason: string;
  /**
   * Optional. The most to return; 50 where it is 0, never more than 500. A page may have fewer, where
   * its records are long.
   */
  pageSize?: number;
  /** Optional. The `next_page_token` of the page before. */
  pageToken?: string;
}

/** Asks for an erasure. */
export interface GetErasureRequest {
  /** Required. Its name: `erasures/{erasure}`. */
  name: string;
}

/** Asks for a page of erasures. */
export interface ListErasuresRequest {
  /** Optional. The most to return; 50 where it is 0, never more than 500. */
  pageSize?: number;
  /** Optional. The `next_page_token` of the page before. */
  pageToken?: string;
  /** Optional. Only those that stand so, such as `ERASING`. */
  state?: ErasureState;
}

/** A page of erasures. */
export interface ListErasuresResponse {
  /** The erasures, the newest first. */
  erasures?: Erasure[];
  /** The token of the next page; empty on the last. */
  nextPageToken?: string;
}

/** What is held of a subject. */
export interface SubjectExport {
  /** The records, table by table, and behind them the audit's entries, the oldest first. */
  records?: SubjectRecord[];
  /** The token of the next page; empty on the last. */
  nextPageToken?: string;
}

/** A row that tells of a subject. */
export interface SubjectRecord {
  /** What holds it, such as `session` or `audit_entry`. */
  collection?: string;
  /** Its fields, without keys, hashes and secrets. */
  fields?: Record<string, Json>;
}

/** Where an erasure stands. */
export type ErasureState =
  | "STATE_UNSPECIFIED"
  /** Begun: the subject can do nothing any more. It goes on by itself until the keys are destroyed. */
  | "ERASING"
  /** The keys are destroyed. */
  | "ERASED"
  /**
   * Nothing is held of such a subject, nor was it ever erased: look whether its name is right. Nothing
   * was changed, and no erasure is kept.
   */
  | "NOTHING_HELD";

export const privacyServiceMethods = {
  exportSubject: {
    name: "artel.privacy.v1.PrivacyService/ExportSubject",
    bindings: [{"verb": "POST", "path": "/v1/subjects:export", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<ExportSubjectRequest, SubjectExport>,
  eraseSubject: {
    name: "artel.privacy.v1.PrivacyService/EraseSubject",
    bindings: [{"verb": "POST", "path": "/v1/subjects:erase", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<EraseSubjectRequest, Erasure>,
  listErasures: {
    name: "artel.privacy.v1.PrivacyService/ListErasures",
    bindings: [{"verb": "GET", "path": "/v1/erasures"}],
    idempotency: "READ_ONLY",
  } as Method<ListErasuresRequest, ListErasuresResponse>,
  getErasure: {
    name: "artel.privacy.v1.PrivacyService/GetErasure",
    bindings: [{"verb": "GET", "path": "/v1/{name=erasures/*}"}],
    idempotency: "READ_ONLY",
  } as Method<GetErasureRequest, Erasure>,
} as const;

/**
 * What the tenant holds of a person, and how it is forgotten. A subject is a person as credentials
 * name it, `{issuer}:{subject}`: a member of the tenant is `artel:{member}`.
 */
export class PrivacyService {
  constructor(private readonly caller: Caller) {}

  /**
   * Lists everything that is held of a subject, opened: rows that tell of it, and what the audit's
   * entries say of it. To be kept before an erasure by whoever has to. It opens what other methods show
   * with further scopes alone, so it asks for all of them.
   */
  exportSubject(request: ExportSubjectRequest, options?: CallOptions): Promise<SubjectExport> {
    return this.caller.call(privacyServiceMethods.exportSubject, request, options);
  }

  /**
   * Erases a subject: destroys the key by which everything that tells of it is sealed. From then on it
   * reads `[erased]`, in backups that are restored as well. A member can do nothing any more. There is
   * no way back. What was begun goes on by itself, whatever becomes of the call or of the process; a
   * repeated call answers where it stands. Of whom nothing is held, nothing is erased, and the answer
   * says so: `NOTHING_HELD`.
   */
  eraseSubject(request: EraseSubjectRequest, options?: CallOptions): Promise<Erasure> {
    return this.caller.call(privacyServiceMethods.eraseSubject, request, options);
  }

  /** Lists erasures, the newest first. */
  listErasures(request: ListErasuresRequest, options?: CallOptions): Promise<ListErasuresResponse> {
    return this.caller.call(privacyServiceMethods.listErasures, request, options);
  }

  /** Returns an erasure. */
  getErasure(request: GetErasureRequest, options?: CallOptions): Promise<Erasure> {
    return this.caller.call(privacyServiceMethods.getErasure, request, options);
  }
}
