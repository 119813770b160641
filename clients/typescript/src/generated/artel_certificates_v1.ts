// Written by tools/clients. Do not edit.

import type { AnyMessage, Base64, CallOptions, Caller, Duration, Method, RawBody, Timestamp } from "../runtime/index.js";

/** An authority that signs certificates of a tenant's clients. */
export interface Authority {
  /** Output only. The resource name: `authorities/{authority}`. */
  name?: string;
  /** Output only. Its certificate, in PEM. */
  certificatePem?: string;
  /** Output only. Authorities below it that complete chains, in PEM. */
  intermediatesPem?: string;
  /**
   * Output only. Whether the tenant has brought it: the platform has no key of it and issues nothing
   * by it.
   */
  brought?: boolean;
  /** Output only. When its certificate expires. */
  expireTime?: Timestamp;
  /** Output only. When the first of its revocation lists is stale, where it has brought any. */
  revocationListsExpireTime?: Timestamp;
  /** Output only. The name under which its revocation list is published, where the platform makes it. */
  revocationList?: string;
  /** Output only. When it was created. */
  createTime?: Timestamp;
}

/** A client's certificate that was issued here. */
export interface Certificate {
  /**
   * Output only. The resource name: `certificates/{certificate}`, the last part of which is
   * `x5t#S256` of RFC 8705 section 3.1.
   */
  name?: string;
  /** Output only. The client that it names: `clients/{client}`. */
  client?: string;
  /** Output only. The authority that issued it: `authorities/{authority}`. */
  authority?: string;
  /** Output only. Its serial number in hexadecimal digits. */
  serialNumber?: string;
  /** Output only. The certificate, in PEM. */
  certificatePem?: string;
  /** Output only. The authority's certificate, in PEM, in the answer that issues it. */
  authorityPem?: string;
  /** Output only. When it expires. */
  expireTime?: Timestamp;
  /** Output only. When it was revoked, if it was. */
  revokeTime?: Timestamp;
  /** Output only. Why it was revoked. */
  revocationReason?: RevocationReason;
  /** Output only. When it was issued. */
  createTime?: Timestamp;
}

/** Creates an authority. */
export interface CreateAuthorityRequest {
  /**
   * Optional. The certificate of an authority that the tenant brings, in PEM: signed by itself, with
   * a key of at least 112 bits of strength. Without it the platform makes one.
   */
  certificatePem?: string;
  /** Optional. Authorities below the one that is brought, in PEM. */
  intermediatesPem?: string;
  /** Optional. Revocation lists of those that are brought, in PEM. */
  revocationListsPem?: string;
}

/** Asks for a certificate. */
export interface CreateCertificateRequest {
  /**
   * Required. A PKCS #10 request, in PEM, signed by the key to be certified. Only the key is taken
   * from it.
   */
  signingRequestPem: string;
  /**
   * Optional. How long it is to be valid: a day where it is not said, and never longer than the
   * tenant's bound.
   */
  lifetime?: Duration;
}

/** Makes a code. */
export interface CreateEnrollmentCodeRequest {
  /** Required. `clients/{client}`. */
  client: string;
  /** Optional. How long the code is good: an hour where it is not said, a week at most. */
  lifetime?: Duration;
}

/** Deletes an authority. */
export interface DeleteAuthorityRequest {
  /** Required. `authorities/{authority}`. */
  name: string;
  /** Optional. Deletes it although certificates that it issued here are valid. */
  force?: boolean;
}

/** Asks for a first certificate by a code. */
export interface EnrollCertificateRequest {
  /** Required. The client's identifier. */
  clientId: string;
  /** Required. The code. */
  code: string;
  /** Required. A PKCS #10 request, in PEM, signed by the key to be certified. */
  signingRequestPem: string;
  /** Optional. How long it is to be valid, as for CreateCertificate. */
  lifetime?: Duration;
}

/** A code by which a client enrolls once. */
export interface EnrollmentCode {
  /** The code. It is shown here only. */
  code?: string;
  /** Until when it is good. */
  expireTime?: Timestamp;
}

/** Asks for a certificate. */
export interface GetCertificateRequest {
  /** Required. `certificates/{certificate}`. */
  name: string;
}

/** Asks for a revocation list. */
export interface GetRevocationListRequest {
  /** Required. `tenants/{tenant}/revocationLists/{authority}`. */
  name: string;
}

/**
 * Message that represents an arbitrary HTTP body. It should only be used for
 * payload formats that can't be represented as JSON, such as raw binary or
 * an HTML page.
 *
 *
 * This message can be used both in streaming and non-streaming API methods in
 * the request as well as the response.
 *
 * It can be used as a top-level request field, which is convenient if one
 * wants to extract parameters from either the URL or HTTP template into the
 * request fields and also want access to the raw HTTP body.
 *
 * Example:
 *
 *     message GetResourceRequest {
 *       // A unique request id.
 *       string request_id = 1;
 *
 *       // The raw HTTP body is bound to this field.
 *       google.api.HttpBody http_body = 2;
 *
 *     }
 *
 *     service ResourceService {
 *       rpc GetResource(GetResourceRequest)
 *         returns (google.api.HttpBody);
 *       rpc UpdateResource(google.api.HttpBody)
 *         returns (google.protobuf.Empty);
 *
 *     }
 *
 * Example with streaming methods:
 *
 *     service CaldavService {
 *       rpc GetCalendar(stream google.api.HttpBody)
 *         returns (stream google.api.HttpBody);
 *       rpc UpdateCalendar(stream google.api.HttpBody)
 *         returns (stream google.api.HttpBody);
 *
 *     }
 *
 * Use of this type only changes how the request and response bodies are
 * handled, all other features will continue to work unchanged.
 */
export interface HttpBody {
  /** The HTTP Content-Type header value specifying the content type of the body. */
  contentType?: string;
  /** The HTTP request/response body as raw binary. */
  data?: Base64;
  /**
   * Application specific response metadata. Must be set in the first response
   * for streaming APIs.
   */
  extensions?: AnyMessage[];
}

/** Asks for the authorities. There are never many. */
export interface ListAuthoritiesRequest {
}

/** The tenant's authorities. */
export interface ListAuthoritiesResponse {
  /** The authorities, the newest first. */
  authorities?: Authority[];
}

/** Asks for a page of certificates. */
export interface ListCertificatesRequest {
  /** Optional. Only those of this client: `clients/{client}`. */
  client?: string;
  /** Optional. The most to return; 50 where it is 0, never more than 500. */
  pageSize?: number;
  /** Optional. The `next_page_token` of the page before. */
  pageToken?: string;
}

/** A page of certificates. */
export interface ListCertificatesResponse {
  /** The certificates, the newest first. */
  certificates?: Certificate[];
  /** The token of the next page; empty on the last. */
  nextPageToken?: string;
}

/** Asks for a new certificate. */
export interface RenewCertificateRequest {
  /** Required. A PKCS #10 request, in PEM, signed by the key to be certified. */
  signingRequestPem: string;
  /** Optional. How long it is to be valid, as for CreateCertificate. */
  lifetime?: Duration;
}

/** Replaces the revocation lists of an authority. */
export interface ReplaceRevocationListsRequest {
  /** Required. `authorities/{authority}`. */
  name: string;
  /** Required. The lists of the authority and of those below it, in PEM. */
  revocationListsPem: string;
}

/** Revokes a certificate. */
export interface RevokeCertificateRequest {
  /** Required. `certificates/{certificate}`. */
  name: string;
  /** Optional. Why. */
  reason?: RevocationReason;
}

/** Why a certificate is revoked: the reasons of RFC 5280 section 5.3.1 that a client's may have. */
export type RevocationReason =
  | "REVOCATION_REASON_UNSPECIFIED"
  /** Its key is in others' hands. */
  | "KEY_COMPROMISE"
  /** The client is another one's now. */
  | "AFFILIATION_CHANGED"
  /** Another certificate has taken its place. */
  | "SUPERSEDED"
  /** The client is no more. */
  | "CESSATION_OF_OPERATION"
  /** The client may not have it any more. */
  | "PRIVILEGE_WITHDRAWN";

export const authorityServiceMethods = {
  listAuthorities: {
    name: "artel.certificates.v1.AuthorityService/ListAuthorities",
    bindings: [{"verb": "GET", "path": "/v1/authorities"}],
    idempotency: "READ_ONLY",
  } as Method<ListAuthoritiesRequest, ListAuthoritiesResponse>,
  createAuthority: {
    name: "artel.certificates.v1.AuthorityService/CreateAuthority",
    bindings: [{"verb": "POST", "path": "/v1/authorities", "body": "*"}],
    idempotency: "NONE",
    keyed: true,
  } as Method<CreateAuthorityRequest, Authority>,
  replaceRevocationLists: {
    name: "artel.certificates.v1.AuthorityService/ReplaceRevocationLists",
    bindings: [{"verb": "POST", "path": "/v1/{name=authorities/*}:replaceRevocationLists", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<ReplaceRevocationListsRequest, Authority>,
  deleteAuthority: {
    name: "artel.certificates.v1.AuthorityService/DeleteAuthority",
    bindings: [{"verb": "DELETE", "path": "/v1/{name=authorities/*}"}],
    idempotency: "IDEMPOTENT",
  } as Method<DeleteAuthorityRequest, Record<string, never>>,
  getRevocationList: {
    name: "artel.certificates.v1.AuthorityService/GetRevocationList",
    bindings: [{"verb": "GET", "path": "/v1/{name=tenants/*/revocationLists/*}"}],
    idempotency: "READ_ONLY",
    raw: true,
    public: true,
  } as Method<GetRevocationListRequest, RawBody>,
} as const;

/**
 * The authorities whose certificates a tenant's clients may show. A tenant has one from its first
 * day, whose key the platform keeps; it can have others made, and bring its own.
 *
 * To replace an authority, create the new one, let every client renew, and delete the old one: both
 * count meanwhile.
 */
export class AuthorityService {
  constructor(private readonly caller: Caller) {}

  /** Lists the tenant's authorities, the newest first. */
  listAuthorities(request: ListAuthoritiesRequest, options?: CallOptions): Promise<ListAuthoritiesResponse> {
    return this.caller.call(authorityServiceMethods.listAuthorities, request, options);
  }

  /**
   * Creates an authority: one that the platform makes and keeps the key of, or one that the tenant
   * brings. New certificates come of the newest one with a key, from five seconds after its
   * creation: by then every process trusts it.
   */
  createAuthority(request: CreateAuthorityRequest, options?: CallOptions): Promise<Authority> {
    return this.caller.call(authorityServiceMethods.createAuthority, request, options);
  }

  /**
   * Replaces the revocation lists of an authority that the tenant has brought. From the first list
   * on its certificates count only while there is a list whose next update is to come.
   */
  replaceRevocationLists(request: ReplaceRevocationListsRequest, options?: CallOptions): Promise<Authority> {
    return this.caller.call(authorityServiceMethods.replaceRevocationLists, request, options);
  }

  /**
   * Deletes an authority: nothing that it has signed counts any more, open connections included,
   * within five seconds. Without `force` it fails while certificates issued here by it are valid.
   */
  deleteAuthority(request: DeleteAuthorityRequest, options?: CallOptions): Promise<Record<string, never>> {
    return this.caller.call(authorityServiceMethods.deleteAuthority, request, options);
  }

  /**
   * Returns the revocation list (RFC 5280 section 5) of an authority whose key the platform keeps, in
   * DER, for whoever verifies its certificates elsewhere.
   */
  getRevocationList(request: GetRevocationListRequest, options?: CallOptions): Promise<RawBody> {
    return this.caller.call(authorityServiceMethods.getRevocationList, request, options);
  }
}

export const certificateServiceMethods = {
  createCertificate: {
    name: "artel.certificates.v1.CertificateService/CreateCertificate",
    bindings: [{"verb": "POST", "path": "/v1/certificates", "body": "*"}],
    idempotency: "NONE",
    keyed: true,
  } as Method<CreateCertificateRequest, Certificate>,
  renewCertificate: {
    name: "artel.certificates.v1.CertificateService/RenewCertificate",
    bindings: [{"verb": "POST", "path": "/v1/certificates:renew", "body": "*"}],
    idempotency: "NONE",
    keyed: true,
  } as Method<RenewCertificateRequest, Certificate>,
  enrollCertificate: {
    name: "artel.certificates.v1.CertificateService/EnrollCertificate",
    bindings: [{"verb": "POST", "path": "/v1/certificates:enroll", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<EnrollCertificateRequest, Certificate>,
  createEnrollmentCode: {
    name: "artel.certificates.v1.CertificateService/CreateEnrollmentCode",
    bindings: [{"verb": "POST", "path": "/v1/{client=clients/*}/enrollmentCodes", "body": "*"}],
    idempotency: "NONE",
    keyed: true,
  } as Method<CreateEnrollmentCodeRequest, EnrollmentCode>,
  listCertificates: {
    name: "artel.certificates.v1.CertificateService/ListCertificates",
    bindings: [{"verb": "GET", "path": "/v1/certificates"}],
    idempotency: "READ_ONLY",
  } as Method<ListCertificatesRequest, ListCertificatesResponse>,
  getCertificate: {
    name: "artel.certificates.v1.CertificateService/GetCertificate",
    bindings: [{"verb": "GET", "path": "/v1/{name=certificates/*}"}],
    idempotency: "READ_ONLY",
  } as Method<GetCertificateRequest, Certificate>,
  revokeCertificate: {
    name: "artel.certificates.v1.CertificateService/RevokeCertificate",
    bindings: [{"verb": "POST", "path": "/v1/{name=certificates/*}:revoke", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<RevokeCertificateRequest, Certificate>,
} as const;

/**
 * The certificates by which a tenant's partners and services prove themselves. They are short-lived:
 * a client enrolls once, by its token or by a code of an administrator, and renews by the certificate
 * that it has.
 */
export class CertificateService {
  constructor(private readonly caller: Caller) {}

  /** Issues a certificate to the calling client. */
  createCertificate(request: CreateCertificateRequest, options?: CallOptions): Promise<Certificate> {
    return this.caller.call(certificateServiceMethods.createCertificate, request, options);
  }

  /** Issues a new certificate to a client that calls with a valid one. The one it has stays valid. */
  renewCertificate(request: RenewCertificateRequest, options?: CallOptions): Promise<Certificate> {
    return this.caller.call(certificateServiceMethods.renewCertificate, request, options);
  }

  /** Issues a certificate to a client that has a code of an administrator. A code counts once. */
  enrollCertificate(request: EnrollCertificateRequest, options?: CallOptions): Promise<Certificate> {
    return this.caller.call(certificateServiceMethods.enrollCertificate, request, options);
  }

  /** Makes a code by which a client enrolls. */
  createEnrollmentCode(request: CreateEnrollmentCodeRequest, options?: CallOptions): Promise<EnrollmentCode> {
    return this.caller.call(certificateServiceMethods.createEnrollmentCode, request, options);
  }

  /** Lists certificates that were issued here, the newest first. A partner sees its own. */
  listCertificates(request: ListCertificatesRequest, options?: CallOptions): Promise<ListCertificatesResponse> {
    return this.caller.call(certificateServiceMethods.listCertificates, request, options);
  }

  /** Returns a certificate. A partner sees its own. */
  getCertificate(request: GetCertificateRequest, options?: CallOptions): Promise<Certificate> {
    return this.caller.call(certificateServiceMethods.getCertificate, request, options);
  }

  /**
   * Revokes a certificate: within five seconds nobody comes in with it, and connections that it has
   * opened are ended. It is on the authority's revocation list until it expires.
   */
  revokeCertificate(request: RevokeCertificateRequest, options?: CallOptions): Promise<Certificate> {
    return this.caller.call(certificateServiceMethods.revokeCertificate, request, options);
  }
}
