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
  /** Output only. The resource name: `erasures/{erasure}`. */
  name?: string;
  /** Output only. Where it stands. */
  state?: ErasureState;
  /** Output only. Why. */
  reason?: string;
  /** Output only. When it was asked for. */
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
  /** How many records to return; 500 at most. */
  pageSize?: number;
  /** The token of the page before. */
  pageToken?: string;
}

/** Asks for an erasure. */
export interface GetErasureRequest {
  /** Required. Its name: `erasures/{erasure}`. */
  name: string;
}

/** What is held of a subject. */
export interface SubjectExport {
  /** The records, table by table. */
  records?: SubjectRecord[];
  /** The token of the next page; empty on the last. */
  nextPageToken?: string;
}

/** A row that tells of a subject. */
export interface SubjectRecord {
  /** What holds it, such as `session`. */
  collection?: string;
  /** Its fields, without keys, hashes and secrets. */
  fields?: Record<string, Json>;
}

/** Where an erasure stands. */
export type ErasureState =
  | "STATE_UNSPECIFIED"
  /** Begun: the subject can do nothing any more. To be called again. */
  | "ERASING"
  /** The keys are destroyed. */
  | "ERASED";

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

  /** Lists everything that is held of a subject, opened. To be kept before an erasure by whoever has to. */
  exportSubject(request: ExportSubjectRequest, options?: CallOptions): Promise<SubjectExport> {
    return this.caller.call(privacyServiceMethods.exportSubject, request, options);
  }

  /**
   * Erases a subject: destroys the key by which everything that tells of it is sealed. From then on it
   * reads `[erased]`, in backups that are restored as well. A member can do nothing any more. There is
   * no way back; a repeated call goes on with what was begun.
   */
  eraseSubject(request: EraseSubjectRequest, options?: CallOptions): Promise<Erasure> {
    return this.caller.call(privacyServiceMethods.eraseSubject, request, options);
  }

  /** Returns an erasure. */
  getErasure(request: GetErasureRequest, options?: CallOptions): Promise<Erasure> {
    return this.caller.call(privacyServiceMethods.getErasure, request, options);
  }
}
