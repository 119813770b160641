// Written by tools/clients. Do not edit.

import type { Base64, CallOptions, Caller, Method, Timestamp } from "../runtime/index.js";

/** Uses an invitation. */
export interface AcceptInvitationRequest {
  /** Required. The invitation: what stands behind `#` in its address. */
  invitation: string;
  /** Required. The new password: 10 to 200 characters, and not the login. */
  password: string;
  /** Optional. The authorization request that the sign-in is for. */
  authorization?: string;
}

/** An authenticator that is about to be enrolled. */
export interface Authenticator {
  /** Its secret in base32, to type in. */
  secret?: string;
  /** The same as an `otpauth:` URI, to open or to scan. */
  uri?: string;
}

/** Answers an authorization request behind a sign-in. */
export interface AuthorizeSignInRequest {
  /** Required. The sign-in that is COMPLETE. */
  signIn: string;
  /** Required. The authorization request. */
  authorization: string;
}

/** Begins to enrol an authenticator. */
export interface BeginAuthenticatorRequest {
  /** Required. The sign-in that is under way: `token` of what came before. */
  signIn: string;
}

/** Begins to make a passkey. */
export interface BeginPasskeyCreationRequest {
}

/** Begins to make a passkey behind a sign-in. */
export interface BeginPasskeyEnrolmentRequest {
  /** Required. The sign-in that is COMPLETE. */
  signIn: string;
}

/** Begins a sign-in with a passkey. */
export interface BeginPasskeyRequest {
  /** Required. The tenant's name, such as `alpha`. */
  tenant: string;
  /**
   * Optional. The e-mail address or the telephone number. Without it, the browser offers the
   * passkeys that it has for the tenant.
   */
  login?: string;
  /** Optional. The authorization request that the sign-in is for. */
  authorization?: string;
}

/** Begins a sign-in. */
export interface BeginSignInRequest {
  /** Required. The tenant's name, such as `alpha`. */
  tenant: string;
  /** Required. The e-mail address or the telephone number. */
  login: string;
  /**
   * Optional. The authorization request that the sign-in is for, as `/oauth2/authorize` handed it to
   * the page.
   */
  authorization?: string;
}

/** Whom a browser remembers; empty for nobody. */
export interface BrowserSession {
  /** What the person signs in with. */
  login?: string;
  /** What people call the person. */
  displayName?: string;
  /** What the tenant calls itself. */
  tenantDisplayName?: string;
}

/** What a person has allowed an app. */
export interface Consent {
  /** The app: `clients/{client}`. */
  client?: string;
  /** What people call it. */
  displayName?: string;
  /** What it may ask for in the person's name. */
  scopes?: string[];
  /** When the person allowed it last. */
  grantTime?: Timestamp;
}

/** Where the browser goes: to the app, with a code or with a refusal. */
export interface ConsentDecision {
  /** The address. */
  location?: string;
}

/** What an app asks for. */
export interface ConsentQuestion {
  /** The app: `clients/{client}`. */
  client?: string;
  /** What people call it. */
  displayName?: string;
  /** What the tenant calls itself. */
  tenantDisplayName?: string;
  /** What it asks for. */
  scopes?: string[];
}

/** Makes a person known. */
export interface CreateMemberRequest {
  /** Required. The person: at least a `login`. */
  member: MemberInput;
}

/** Keeps a passkey. */
export interface CreatePasskeyRequest {
  /** Required. What the browser made. */
  attestation: PasskeyAttestation;
  /** Optional. What the member calls it. */
  displayName?: string;
}

/** Creates a role. */
export interface CreateRoleRequest {
  /** Required. The last part of its name. */
  roleId: string;
  /** Required. The role. */
  role: RoleInput;
}

/** Answers what an app asks for. */
export interface DecideConsentRequest {
  /** Required. What stands behind `consent=` in the page's address. */
  request: string;
  /** Whether the person allows it. */
  allow?: boolean;
}

/** Forgets a member's passkey. */
export interface DeleteMemberPasskeyRequest {
  /** Required. `members/{member}/passkeys/{passkey}`. */
  name: string;
}

/** Forgets a passkey. */
export interface DeletePasskeyRequest {
  /** Required. `passkeys/{passkey}`. */
  name: string;
}

/** Deletes a role. */
export interface DeleteRoleRequest {
  /** Required. `roles/{role}`. */
  name: string;
}

/** Shuts a member out. */
export interface DisableMemberRequest {
  /** Required. `members/{member}`. */
  name: string;
}

/** Lets a member in again. */
export interface EnableMemberRequest {
  /** Required. `members/{member}`. */
  name: string;
}

/** Ends the caller's other sessions. */
export interface EndOtherSessionsRequest {
}

/** Ends one of the caller's sessions. */
export interface EndOwnSessionRequest {
  /** Required. The session, as the list names it. */
  name: string;
}

/** Ends a session. */
export interface EndSessionRequest {
  /** Required. `members/{member}/sessions/{session}`. */
  name: string;
}

/** Ends every session of a member. */
export interface EndSessionsRequest {
  /** Required. `members/{member}`. */
  parent: string;
}

/** How many sessions ended. */
export interface EndSessionsResponse {
  /** How many: none of those that had ended before. */
  ended?: number;
}

/** Enrols the authenticator. */
export interface EnrolAuthenticatorRequest {
  /** Required. The sign-in that is under way: `token` of what came before. */
  signIn: string;
  /** Required. The six digits that the authenticator shows. */
  code: string;
}

/** Keeps the passkey that was made behind a sign-in. */
export interface EnrolPasskeyRequest {
  /** Required. The sign-in that is COMPLETE. */
  signIn: string;
  /** Required. What the browser made. */
  attestation: PasskeyAttestation;
  /** Optional. What the person calls it. */
  displayName?: string;
}

/** Asks for a member. */
export interface GetMemberRequest {
  /** Required. `members/{member}`. */
  name: string;
}

/** A way in for somebody who has no password yet, or needs a new one. */
export interface Invitation {
  /** The member whom it is for. */
  member?: Member;
  /** The address to open, which is shown this once: whoever has it becomes the member. */
  uri?: string;
  /** When it ends. */
  expireTime?: Timestamp;
}

/** Gives a member a new invitation. */
export interface InviteMemberRequest {
  /** Required. `members/{member}`. */
  name: string;
}

/** Asks for a member's passkeys. */
export interface ListMemberPasskeysRequest {
  /** Required. `members/{member}`. */
  parent: string;
}

/** A member's passkeys. */
export interface ListMemberPasskeysResponse {
  /** All of them. */
  passkeys?: Passkey[];
}

/** Asks for members. */
export interface ListMembersRequest {
  /** How many to return at most: 50 where it is 0, and never more than 500. */
  pageSize?: number;
  /** Where to go on: the `next_page_token` of the page before. */
  pageToken?: string;
}

/** A page of members. */
export interface ListMembersResponse {
  /** The members. */
  members?: Member[];
  /** Where the next page begins; empty on the last. */
  nextPageToken?: string;
}

/** Asks for the caller's consents: of each app at most one, which come at once. */
export interface ListOwnConsentsRequest {
}

/** The caller's consents. */
export interface ListOwnConsentsResponse {
  /** The consents. */
  consents?: Consent[];
}

/** Asks for the caller's sessions. */
export interface ListOwnSessionsRequest {
  /** How many to return at most: 50 where it is 0, and never more than 500. */
  pageSize?: number;
  /** Where to go on: the `next_page_token` of the page before. */
  pageToken?: string;
}

/** Asks for the caller's passkeys. */
export interface ListPasskeysRequest {
}

/** The caller's passkeys. */
export interface ListPasskeysResponse {
  /** All of them. */
  passkeys?: Passkey[];
}

/** Asks for roles: a tenant has at most 200, which come at once. */
export interface ListRolesRequest {
}

/** The roles. */
export interface ListRolesResponse {
  /** The roles. */
  roles?: Role[];
}

/** Asks for a member's sessions. */
export interface ListSessionsRequest {
  /** Required. `members/{member}`. */
  parent: string;
  /** How many to return at most: 50 where it is 0, and never more than 500. */
  pageSize?: number;
  /** Where to go on: the `next_page_token` of the page before. */
  pageToken?: string;
}

/** A page of sessions. */
export interface ListSessionsResponse {
  /** The sessions that go on. */
  sessions?: Session[];
  /** Where the next page begins; empty on the last. */
  nextPageToken?: string;
}

/** Asks what an app wants. */
export interface LookUpConsentRequest {
  /** Required. What stands behind `consent=` in the page's address. */
  request: string;
}

/** Asks whom the browser remembers. */
export interface LookUpSessionRequest {
}

/** A person of the tenant. A person who belongs to two tenants is two members. */
export interface Member {
  /**
   * Output only. The resource name: `members/{member}`. Tokens name the member by its last part, as
   * `sub`.
   */
  name?: string;
  /** What people call the member. */
  displayName?: string;
  /**
   * What the member signs in with: an e-mail address, or a telephone number in the form of E.164
   * such as `+79161234567`. One tenant has it once, in whatever case it is written. Shown to callers
   * with the scope `people.contacts:read`.
   */
  login?: string;
  /** Whether the member administers the tenant. Administrators need a second factor. */
  administrator?: boolean;
  /** The roles that the member holds: `roles/{role}`. They decide which scopes its tokens may have. */
  roles?: string[];
  /** Output only. Where the member stands. */
  state?: MemberState;
  /** Output only. Whether the member has a second factor. */
  secondFactor?: boolean;
  /** Output only. When the member last signed in. */
  signInTime?: Timestamp;
  /** Output only. When the member was made known. */
  createTime?: Timestamp;
  /** Changes with what can be changed of the member. Send it back to change only what you have seen. */
  etag?: string;
}

/** A person of the tenant. A person who belongs to two tenants is two members. */
export interface MemberInput {
  /**
   * Output only. The resource name: `members/{member}`. Tokens name the member by its last part, as
   * `sub`.
   */
  name?: string;
  /** What people call the member. */
  displayName?: string;
  /**
   * What the member signs in with: an e-mail address, or a telephone number in the form of E.164
   * such as `+79161234567`. One tenant has it once, in whatever case it is written. Shown to callers
   * with the scope `people.contacts:read`.
   */
  login?: string;
  /** Whether the member administers the tenant. Administrators need a second factor. */
  administrator?: boolean;
  /** The roles that the member holds: `roles/{role}`. They decide which scopes its tokens may have. */
  roles?: string[];
  /** Changes with what can be changed of the member. Send it back to change only what you have seen. */
  etag?: string;
}

/**
 * A passkey of a member (Web Authentication Level 3, W3C): a key pair whose private half stays with
 * the member's device or its maker's account.
 */
export interface Passkey {
  /**
   * Output only. The resource name: `passkeys/{passkey}`, or
   * `members/{member}/passkeys/{passkey}` where administrators see it.
   */
  name?: string;
  /** What the member calls it, such as `Phone`. */
  displayName?: string;
  /** Output only. Whether it may be copied to other devices of the member. */
  backupEligible?: boolean;
  /** Output only. Whether there was a copy when it was last used. */
  backedUp?: boolean;
  /** Output only. When it was made. */
  createTime?: Timestamp;
  /** Output only. When it was last used to sign in. */
  useTime?: Timestamp;
}

/** What a passkey has signed: the answer of `navigator.credentials.get`. */
export interface PasskeyAssertion {
  /** Required. `rawId`. */
  credentialId: Base64;
  /** Required. `response.clientDataJSON`. */
  clientDataJson: Base64;
  /** Required. `response.authenticatorData`. */
  authenticatorData: Base64;
  /** Required. `response.signature`. */
  signature: Base64;
  /** `response.userHandle`: required where no login was given. */
  userHandle?: Base64;
}

/** A passkey that was just made: the `response` of `navigator.credentials.create`. */
export interface PasskeyAttestation {
  /** Required. `clientDataJSON`. */
  clientDataJson: Base64;
  /** Required. `attestationObject`: in the format `none`, or `packed` signed by the passkey itself. */
  attestationObject: Base64;
}

/**
 * What to ask a passkey for: the `publicKey` of `navigator.credentials.get`. User verification is
 * required.
 */
export interface PasskeyChallenge {
  /** `challenge`. It is good once, for `timeout_seconds`. */
  challenge?: Base64;
  /** `rpId`: the tenant's host. The page must be of this host, with https. */
  relyingPartyId?: string;
  /**
   * `allowCredentials`: empty where no login was given, and any passkey of the host will do. Whether
   * somebody has the login, or has passkeys, cannot be told from it.
   */
  credentialIds?: Base64[];
  /** `timeout`, in seconds. */
  timeoutSeconds?: number;
}

/**
 * What to make a passkey from: the `publicKey` of `navigator.credentials.create`. Ask for no
 * attestation, and require a resident key and user verification.
 */
export interface PasskeyCreation {
  /** `challenge`. It is good once, for `timeout_seconds`. */
  challenge?: Base64;
  /** `rp.id`: the tenant's host. The page must be of this host, with https. */
  relyingPartyId?: string;
  /** `rp.name`: what the tenant calls itself. */
  relyingPartyName?: string;
  /** `user.id`. */
  userId?: Base64;
  /** `user.name`: the login. */
  userName?: string;
  /** `user.displayName`. */
  userDisplayName?: string;
  /** `pubKeyCredParams`: the algorithms that may be used (RFC 9053), the best first. */
  algorithms?: number[];
  /** `excludeCredentials`: those that the member has. */
  excludedCredentialIds?: Base64[];
  /** `timeout`, in seconds. */
  timeoutSeconds?: number;
}

/**
 * A passkey of a member (Web Authentication Level 3, W3C): a key pair whose private half stays with
 * the member's device or its maker's account.
 */
export interface PasskeyInput {
  /**
   * Output only. The resource name: `passkeys/{passkey}`, or
   * `members/{member}/passkeys/{passkey}` where administrators see it.
   */
  name?: string;
  /** What the member calls it, such as `Phone`. */
  displayName?: string;
}

/** Proves who the person is by a code of an authenticator. */
export interface ProveAuthenticatorRequest {
  /** Required. The sign-in that is under way: `token` of what came before. */
  signIn: string;
  /** Required. The six digits that the authenticator shows. */
  code: string;
}

/** Proves who the person is by a code that was sent. */
export interface ProveCodeRequest {
  /** Required. The sign-in that is under way: `token` of what came before. */
  signIn: string;
  /** Required. The six digits. */
  code: string;
}

/** Proves who the person is by a passkey. */
export interface ProvePasskeyRequest {
  /** Required. The tenant's name, as it was at the beginning. */
  tenant: string;
  /** Required. What the passkey has signed. */
  assertion: PasskeyAssertion;
}

/** Proves who the person is by a password. */
export interface ProvePasswordRequest {
  /** Required. The sign-in that is under way: `token` of what came before. */
  signIn: string;
  /** Required. The password. */
  password: string;
}

/** Proves who the person is by a recovery code. */
export interface ProveRecoveryCodeRequest {
  /** Required. The sign-in that is under way: `token` of what came before. */
  signIn: string;
  /** Required. The code, with or without its hyphens. */
  code: string;
}

/** Lets the browser remember a sign-in. */
export interface RememberSessionRequest {
  /** Required. The sign-in that is complete: its `token`. */
  signIn: string;
}

/** What members may do, under a name of the tenant's own. */
export interface Role {
  /** Output only. The resource name: `roles/{role}`. */
  name?: string;
  /** What people call it. */
  displayName?: string;
  /** The scopes that tokens of its members may have. */
  scopes?: string[];
  /** Output only. When it was created. */
  createTime?: Timestamp;
  /** Changes with what can be changed of the role. Send it back to change only what you have seen. */
  etag?: string;
}

/** What members may do, under a name of the tenant's own. */
export interface RoleInput {
  /** Output only. The resource name: `roles/{role}`. */
  name?: string;
  /** What people call it. */
  displayName?: string;
  /** The scopes that tokens of its members may have. */
  scopes?: string[];
  /** Changes with what can be changed of the role. Send it back to change only what you have seen. */
  etag?: string;
}

/** Sends a code. */
export interface SendCodeRequest {
  /** Required. The sign-in that is under way: `token` of what came before. */
  signIn: string;
}

/** A sign-in, and what came of it. */
export interface Session {
  /** Output only. The resource name: `members/{member}/sessions/{session}`. */
  name?: string;
  /** Output only. What the person signed in with, as far as it says so: `Chrome on Android`. */
  device?: string;
  /**
   * Output only. The address that the person signed in from. Shown to callers with the scope
   * `sessions.addresses:read`.
   */
  address?: string;
  /** Output only. How the person signed in (RFC 8176): `pwd`, `otp`, `mfa` and others. */
  methods?: string[];
  /** Output only. When the person signed in. */
  signInTime?: Timestamp;
  /** Output only. When the browser or an app last used it. */
  useTime?: Timestamp;
  /** Output only. When it ends whatever happens. */
  expireTime?: Timestamp;
  /** Output only. Whether the browser remembers it. */
  remembered?: boolean;
  /** Output only. Whether it is the one that the caller's token came of. */
  current?: boolean;
  /** Output only. The apps that have tokens of it. */
  apps?: SessionApp[];
}

/** An app that has tokens of a session. */
export interface SessionApp {
  /** The client: `clients/{client}`. */
  client?: string;
  /** What people call it. */
  displayName?: string;
}

/** A sign-in that is under way. */
export interface SignIn {
  /** Names the sign-in in what comes next. Whoever has it can go on with it. */
  token?: string;
  /** What is wanted next. */
  state?: SignInState;
  /** What the tenant calls itself. */
  tenantDisplayName?: string;
  /** The recovery codes, where an authenticator was just enrolled. They are shown this once. */
  recoveryCodes?: string[];
  /** Where the browser goes, when the sign-in is COMPLETE and was for an authorization request. */
  location?: string;
  /** Whether a code by e-mail or SMS is taken in place of the password. */
  codeAllowed?: boolean;
  /** Whose password it is now, where an invitation was just accepted. */
  login?: string;
}

/** Signs out at the browser. */
export interface SignOutRequest {
}

/** Changes a member. */
export interface UpdateMemberRequest {
  /**
   * Required. The member, with its name and its new values. With an `etag`, it is changed only if it
   * is as it was when that was read.
   */
  member: MemberInput;
  /**
   * Optional. Which fields to change: `display_name`, `login`, `administrator`, `roles`. Without it,
   * every field that has a value.
   */
  updateMask?: string;
}

/** Changes a passkey. */
export interface UpdatePasskeyRequest {
  /** Required. The passkey, with its name and its new values. */
  passkey: PasskeyInput;
  /** Optional. Which fields to change: `display_name`. */
  updateMask?: string;
}

/** Changes a role. */
export interface UpdateRoleRequest {
  /**
   * Required. The role, with its name and its new values. With an `etag`, it is changed only if it
   * is as it was when that was read.
   */
  role: RoleInput;
  /**
   * Optional. Which fields to change: `display_name`, `scopes`. Without it, every field that has a
   * value.
   */
  updateMask?: string;
}

/** Takes back a consent. */
export interface WithdrawConsentRequest {
  /** Required. The app: `clients/{client}`. */
  client: string;
}

/** Where a member stands. */
export type MemberState =
  | "STATE_UNSPECIFIED"
  /** Has an invitation, and no password yet. */
  | "INVITED"
  /** May sign in. */
  | "ACTIVE"
  /** May not. */
  | "DISABLED";

/** What is wanted next. */
export type SignInState =
  | "STATE_UNSPECIFIED"
  /** A password. */
  | "NEEDS_PASSWORD"
  /** A code of the person's authenticator, or a recovery code. */
  | "NEEDS_SECOND_FACTOR"
  /** An authenticator: the person has none and needs one. */
  | "NEEDS_AUTHENTICATOR"
  /** Nothing: the person is signed in. */
  | "COMPLETE";

export const browserServiceMethods = {
  rememberSession: {
    name: "artel.people.v1.BrowserService/RememberSession",
    bindings: [{"verb": "POST", "path": "/v1/browser:remember", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<RememberSessionRequest, BrowserSession>,
  lookUpSession: {
    name: "artel.people.v1.BrowserService/LookUpSession",
    bindings: [{"verb": "POST", "path": "/v1/browser:lookUp", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<LookUpSessionRequest, BrowserSession>,
  signOut: {
    name: "artel.people.v1.BrowserService/SignOut",
    bindings: [{"verb": "POST", "path": "/v1/browser:signOut", "body": "*"}],
    idempotency: "IDEMPOTENT",
    public: true,
  } as Method<SignOutRequest, Record<string, never>>,
} as const;

/**
 * The browser that remembers who has signed in at it, by a cookie that no script can read. What the
 * pages at `/sign-in` call; over gRPC there is no cookie, so nobody is remembered.
 */
export class BrowserService {
  constructor(private readonly caller: Caller) {}

  /**
   * Lets the browser remember a sign-in that is complete, so that the next authorization request
   * needs no new proof: once for each sign-in.
   */
  rememberSession(request: RememberSessionRequest, options?: CallOptions): Promise<BrowserSession> {
    return this.caller.call(browserServiceMethods.rememberSession, request, options);
  }

  /** Tells whom the browser remembers. */
  lookUpSession(request: LookUpSessionRequest, options?: CallOptions): Promise<BrowserSession> {
    return this.caller.call(browserServiceMethods.lookUpSession, request, options);
  }

  /**
   * Signs out at the browser: ends the session that it remembers, with the tokens that apps have of
   * it, and the cookie.
   */
  signOut(request: SignOutRequest, options?: CallOptions): Promise<Record<string, never>> {
    return this.caller.call(browserServiceMethods.signOut, request, options);
  }
}

export const consentServiceMethods = {
  lookUpConsent: {
    name: "artel.people.v1.ConsentService/LookUpConsent",
    bindings: [{"verb": "POST", "path": "/v1/consents:lookUp", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<LookUpConsentRequest, ConsentQuestion>,
  decideConsent: {
    name: "artel.people.v1.ConsentService/DecideConsent",
    bindings: [{"verb": "POST", "path": "/v1/consents:decide", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<DecideConsentRequest, ConsentDecision>,
  listOwnConsents: {
    name: "artel.people.v1.ConsentService/ListOwnConsents",
    bindings: [{"verb": "GET", "path": "/v1/consents"}],
    idempotency: "READ_ONLY",
  } as Method<ListOwnConsentsRequest, ListOwnConsentsResponse>,
  withdrawConsent: {
    name: "artel.people.v1.ConsentService/WithdrawConsent",
    bindings: [{"verb": "POST", "path": "/v1/consents:withdraw", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<WithdrawConsentRequest, Record<string, never>>,
} as const;

/**
 * What people allow apps of others: an app that is not the tenant's own asks once for what it wants,
 * and each person may take it back.
 */
export class ConsentService {
  constructor(private readonly caller: Caller) {}

  /** Returns what an app asks for: what the page at `/sign-in` shows. */
  lookUpConsent(request: LookUpConsentRequest, options?: CallOptions): Promise<ConsentQuestion> {
    return this.caller.call(consentServiceMethods.lookUpConsent, request, options);
  }

  /** Allows or denies what an app asks for, once. What is allowed is remembered until it is withdrawn. */
  decideConsent(request: DecideConsentRequest, options?: CallOptions): Promise<ConsentDecision> {
    return this.caller.call(consentServiceMethods.decideConsent, request, options);
  }

  /** Lists what the caller has allowed, in the order of the apps' identifiers. */
  listOwnConsents(request: ListOwnConsentsRequest, options?: CallOptions): Promise<ListOwnConsentsResponse> {
    return this.caller.call(consentServiceMethods.listOwnConsents, request, options);
  }

  /**
   * Takes back what the caller has allowed an app: its refresh tokens end at once, its access tokens
   * within a second.
   */
  withdrawConsent(request: WithdrawConsentRequest, options?: CallOptions): Promise<Record<string, never>> {
    return this.caller.call(consentServiceMethods.withdrawConsent, request, options);
  }
}

export const memberServiceMethods = {
  createMember: {
    name: "artel.people.v1.MemberService/CreateMember",
    bindings: [{"verb": "POST", "path": "/v1/members", "body": "member"}],
    idempotency: "NONE",
    keyed: true,
  } as Method<CreateMemberRequest, Invitation>,
  getMember: {
    name: "artel.people.v1.MemberService/GetMember",
    bindings: [{"verb": "GET", "path": "/v1/{name=members/*}"}],
    idempotency: "READ_ONLY",
  } as Method<GetMemberRequest, Member>,
  listMembers: {
    name: "artel.people.v1.MemberService/ListMembers",
    bindings: [{"verb": "GET", "path": "/v1/members"}],
    idempotency: "READ_ONLY",
  } as Method<ListMembersRequest, ListMembersResponse>,
  updateMember: {
    name: "artel.people.v1.MemberService/UpdateMember",
    bindings: [{"verb": "PATCH", "path": "/v1/{member.name=members/*}", "body": "member"}],
    idempotency: "IDEMPOTENT",
  } as Method<UpdateMemberRequest, Member>,
  inviteMember: {
    name: "artel.people.v1.MemberService/InviteMember",
    bindings: [{"verb": "POST", "path": "/v1/{name=members/*}:invite", "body": "*"}],
    idempotency: "NONE",
    keyed: true,
  } as Method<InviteMemberRequest, Invitation>,
  disableMember: {
    name: "artel.people.v1.MemberService/DisableMember",
    bindings: [{"verb": "POST", "path": "/v1/{name=members/*}:disable", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<DisableMemberRequest, Member>,
  enableMember: {
    name: "artel.people.v1.MemberService/EnableMember",
    bindings: [{"verb": "POST", "path": "/v1/{name=members/*}:enable", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<EnableMemberRequest, Member>,
} as const;

/** The people of the caller's tenant, as its administrators see them. */
export class MemberService {
  constructor(private readonly caller: Caller) {}

  /** Makes a person known, and returns the invitation by which the person chooses a password. */
  createMember(request: CreateMemberRequest, options?: CallOptions): Promise<Invitation> {
    return this.caller.call(memberServiceMethods.createMember, request, options);
  }

  /** Returns a member. */
  getMember(request: GetMemberRequest, options?: CallOptions): Promise<Member> {
    return this.caller.call(memberServiceMethods.getMember, request, options);
  }

  /** Lists the members, in the order in which they were made known. */
  listMembers(request: ListMembersRequest, options?: CallOptions): Promise<ListMembersResponse> {
    return this.caller.call(memberServiceMethods.listMembers, request, options);
  }

  /**
   * Changes a member. Roles that are taken away count no more in tokens issued from then on, and the
   * tokens that are out end within a second. Nobody changes whether they themselves administer.
   */
  updateMember(request: UpdateMemberRequest, options?: CallOptions): Promise<Member> {
    return this.caller.call(memberServiceMethods.updateMember, request, options);
  }

  /**
   * Gives a member a new invitation; the ones before end. The member's password and second factor go
   * on until the invitation is used, which ends all of the member's sessions.
   */
  inviteMember(request: InviteMemberRequest, options?: CallOptions): Promise<Invitation> {
    return this.caller.call(memberServiceMethods.inviteMember, request, options);
  }

  /** Shuts a member out: sessions and tokens end within a second. Nobody shuts out themselves. */
  disableMember(request: DisableMemberRequest, options?: CallOptions): Promise<Member> {
    return this.caller.call(memberServiceMethods.disableMember, request, options);
  }

  /** Lets a member in again. One that was erased stays out: `MEMBER_ERASED`. */
  enableMember(request: EnableMemberRequest, options?: CallOptions): Promise<Member> {
    return this.caller.call(memberServiceMethods.enableMember, request, options);
  }
}

export const passkeyServiceMethods = {
  beginPasskeyCreation: {
    name: "artel.people.v1.PasskeyService/BeginPasskeyCreation",
    bindings: [{"verb": "POST", "path": "/v1/passkeys:beginCreation", "body": "*"}],
    idempotency: "NONE",
  } as Method<BeginPasskeyCreationRequest, PasskeyCreation>,
  createPasskey: {
    name: "artel.people.v1.PasskeyService/CreatePasskey",
    bindings: [{"verb": "POST", "path": "/v1/passkeys", "body": "*"}],
    idempotency: "NONE",
  } as Method<CreatePasskeyRequest, Passkey>,
  listPasskeys: {
    name: "artel.people.v1.PasskeyService/ListPasskeys",
    bindings: [{"verb": "GET", "path": "/v1/passkeys"}],
    idempotency: "READ_ONLY",
  } as Method<ListPasskeysRequest, ListPasskeysResponse>,
  updatePasskey: {
    name: "artel.people.v1.PasskeyService/UpdatePasskey",
    bindings: [{"verb": "PATCH", "path": "/v1/{passkey.name=passkeys/*}", "body": "passkey"}],
    idempotency: "IDEMPOTENT",
  } as Method<UpdatePasskeyRequest, Passkey>,
  deletePasskey: {
    name: "artel.people.v1.PasskeyService/DeletePasskey",
    bindings: [{"verb": "DELETE", "path": "/v1/{name=passkeys/*}"}],
    idempotency: "IDEMPOTENT",
  } as Method<DeletePasskeyRequest, Record<string, never>>,
  listMemberPasskeys: {
    name: "artel.people.v1.PasskeyService/ListMemberPasskeys",
    bindings: [{"verb": "GET", "path": "/v1/{parent=members/*}/passkeys"}],
    idempotency: "READ_ONLY",
  } as Method<ListMemberPasskeysRequest, ListMemberPasskeysResponse>,
  deleteMemberPasskey: {
    name: "artel.people.v1.PasskeyService/DeleteMemberPasskey",
    bindings: [{"verb": "DELETE", "path": "/v1/{name=members/*/passkeys/*}"}],
    idempotency: "IDEMPOTENT",
  } as Method<DeleteMemberPasskeyRequest, Record<string, never>>,
} as const;

/**
 * The passkeys of the caller, and those of members for administrators. A passkey counts as both
 * factors: it is something that one has, and asks its owner for a PIN, a finger or a face.
 */
export class PasskeyService {
  constructor(private readonly caller: Caller) {}

  /** Begins to make a passkey for the caller, who has just signed in. */
  beginPasskeyCreation(request: BeginPasskeyCreationRequest, options?: CallOptions): Promise<PasskeyCreation> {
    return this.caller.call(passkeyServiceMethods.beginPasskeyCreation, request, options);
  }

  /** Keeps the passkey that was made. */
  createPasskey(request: CreatePasskeyRequest, options?: CallOptions): Promise<Passkey> {
    return this.caller.call(passkeyServiceMethods.createPasskey, request, options);
  }

  /** Lists the caller's passkeys, the oldest first. There are twenty at most. */
  listPasskeys(request: ListPasskeysRequest, options?: CallOptions): Promise<ListPasskeysResponse> {
    return this.caller.call(passkeyServiceMethods.listPasskeys, request, options);
  }

  /** Changes what the caller calls a passkey. */
  updatePasskey(request: UpdatePasskeyRequest, options?: CallOptions): Promise<Passkey> {
    return this.caller.call(passkeyServiceMethods.updatePasskey, request, options);
  }

  /** Forgets a passkey of the caller: nobody signs in with it any more. */
  deletePasskey(request: DeletePasskeyRequest, options?: CallOptions): Promise<Record<string, never>> {
    return this.caller.call(passkeyServiceMethods.deletePasskey, request, options);
  }

  /** Lists a member's passkeys, the oldest first. */
  listMemberPasskeys(request: ListMemberPasskeysRequest, options?: CallOptions): Promise<ListMemberPasskeysResponse> {
    return this.caller.call(passkeyServiceMethods.listMemberPasskeys, request, options);
  }

  /** Forgets a passkey of a member, who may have lost the device. */
  deleteMemberPasskey(request: DeleteMemberPasskeyRequest, options?: CallOptions): Promise<Record<string, never>> {
    return this.caller.call(passkeyServiceMethods.deleteMemberPasskey, request, options);
  }
}

export const roleServiceMethods = {
  createRole: {
    name: "artel.people.v1.RoleService/CreateRole",
    bindings: [{"verb": "POST", "path": "/v1/roles", "body": "role"}],
    idempotency: "IDEMPOTENT",
  } as Method<CreateRoleRequest, Role>,
  listRoles: {
    name: "artel.people.v1.RoleService/ListRoles",
    bindings: [{"verb": "GET", "path": "/v1/roles"}],
    idempotency: "READ_ONLY",
  } as Method<ListRolesRequest, ListRolesResponse>,
  updateRole: {
    name: "artel.people.v1.RoleService/UpdateRole",
    bindings: [{"verb": "PATCH", "path": "/v1/{role.name=roles/*}", "body": "role"}],
    idempotency: "IDEMPOTENT",
  } as Method<UpdateRoleRequest, Role>,
  deleteRole: {
    name: "artel.people.v1.RoleService/DeleteRole",
    bindings: [{"verb": "DELETE", "path": "/v1/{name=roles/*}"}],
    idempotency: "IDEMPOTENT",
  } as Method<DeleteRoleRequest, Record<string, never>>,
} as const;

/** The roles of the caller's tenant. */
export class RoleService {
  constructor(private readonly caller: Caller) {}

  /** Creates a role. A role that is there and asks for the same is returned. */
  createRole(request: CreateRoleRequest, options?: CallOptions): Promise<Role> {
    return this.caller.call(roleServiceMethods.createRole, request, options);
  }

  /** Lists the roles in the order of their names. */
  listRoles(request: ListRolesRequest, options?: CallOptions): Promise<ListRolesResponse> {
    return this.caller.call(roleServiceMethods.listRoles, request, options);
  }

  /** Changes a role, for tokens issued from then on. */
  updateRole(request: UpdateRoleRequest, options?: CallOptions): Promise<Role> {
    return this.caller.call(roleServiceMethods.updateRole, request, options);
  }

  /** Deletes a role that no member holds. */
  deleteRole(request: DeleteRoleRequest, options?: CallOptions): Promise<Record<string, never>> {
    return this.caller.call(roleServiceMethods.deleteRole, request, options);
  }
}

export const sessionServiceMethods = {
  listSessions: {
    name: "artel.people.v1.SessionService/ListSessions",
    bindings: [{"verb": "GET", "path": "/v1/{parent=members/*}/sessions"}],
    idempotency: "READ_ONLY",
  } as Method<ListSessionsRequest, ListSessionsResponse>,
  endSession: {
    name: "artel.people.v1.SessionService/EndSession",
    bindings: [{"verb": "POST", "path": "/v1/{name=members/*/sessions/*}:end", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<EndSessionRequest, Record<string, never>>,
  endSessions: {
    name: "artel.people.v1.SessionService/EndSessions",
    bindings: [{"verb": "POST", "path": "/v1/{parent=members/*}/sessions:end", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<EndSessionsRequest, EndSessionsResponse>,
  listOwnSessions: {
    name: "artel.people.v1.SessionService/ListOwnSessions",
    bindings: [{"verb": "GET", "path": "/v1/sessions"}],
    idempotency: "READ_ONLY",
  } as Method<ListOwnSessionsRequest, ListSessionsResponse>,
  endOwnSession: {
    name: "artel.people.v1.SessionService/EndOwnSession",
    bindings: [{"verb": "POST", "path": "/v1/sessions:end", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<EndOwnSessionRequest, Record<string, never>>,
  endOtherSessions: {
    name: "artel.people.v1.SessionService/EndOtherSessions",
    bindings: [{"verb": "POST", "path": "/v1/sessions:endOthers", "body": "*"}],
    idempotency: "IDEMPOTENT",
  } as Method<EndOtherSessionsRequest, EndSessionsResponse>,
} as const;

/**
 * The sessions of people. A session is one sign-in at one device, with everything that came of it:
 * the browser that remembers it, and the tokens of apps. Whatever ends a session ends its refresh
 * tokens at once, and its access tokens and open streams within a second.
 */
export class SessionService {
  constructor(private readonly caller: Caller) {}

  /** Lists a member's sessions, the newest first. */
  listSessions(request: ListSessionsRequest, options?: CallOptions): Promise<ListSessionsResponse> {
    return this.caller.call(sessionServiceMethods.listSessions, request, options);
  }

  /** Ends a session of a member. One that has ended stays so. */
  endSession(request: EndSessionRequest, options?: CallOptions): Promise<Record<string, never>> {
    return this.caller.call(sessionServiceMethods.endSession, request, options);
  }

  /** Ends every session of a member. */
  endSessions(request: EndSessionsRequest, options?: CallOptions): Promise<EndSessionsResponse> {
    return this.caller.call(sessionServiceMethods.endSessions, request, options);
  }

  /** Lists the caller's own sessions, the newest first. */
  listOwnSessions(request: ListOwnSessionsRequest, options?: CallOptions): Promise<ListSessionsResponse> {
    return this.caller.call(sessionServiceMethods.listOwnSessions, request, options);
  }

  /** Ends one of the caller's own sessions, which may be the one that it calls from. */
  endOwnSession(request: EndOwnSessionRequest, options?: CallOptions): Promise<Record<string, never>> {
    return this.caller.call(sessionServiceMethods.endOwnSession, request, options);
  }

  /** Ends all of the caller's own sessions but the one that it calls from. */
  endOtherSessions(request: EndOtherSessionsRequest, options?: CallOptions): Promise<EndSessionsResponse> {
    return this.caller.call(sessionServiceMethods.endOtherSessions, request, options);
  }
}

export const signInServiceMethods = {
  beginSignIn: {
    name: "artel.people.v1.SignInService/BeginSignIn",
    bindings: [{"verb": "POST", "path": "/v1/signIns", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<BeginSignInRequest, SignIn>,
  provePassword: {
    name: "artel.people.v1.SignInService/ProvePassword",
    bindings: [{"verb": "POST", "path": "/v1/signIns:provePassword", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<ProvePasswordRequest, SignIn>,
  sendCode: {
    name: "artel.people.v1.SignInService/SendCode",
    bindings: [{"verb": "POST", "path": "/v1/signIns:sendCode", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<SendCodeRequest, SignIn>,
  proveCode: {
    name: "artel.people.v1.SignInService/ProveCode",
    bindings: [{"verb": "POST", "path": "/v1/signIns:proveCode", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<ProveCodeRequest, SignIn>,
  proveAuthenticator: {
    name: "artel.people.v1.SignInService/ProveAuthenticator",
    bindings: [{"verb": "POST", "path": "/v1/signIns:proveAuthenticator", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<ProveAuthenticatorRequest, SignIn>,
  proveRecoveryCode: {
    name: "artel.people.v1.SignInService/ProveRecoveryCode",
    bindings: [{"verb": "POST", "path": "/v1/signIns:proveRecoveryCode", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<ProveRecoveryCodeRequest, SignIn>,
  acceptInvitation: {
    name: "artel.people.v1.SignInService/AcceptInvitation",
    bindings: [{"verb": "POST", "path": "/v1/signIns:acceptInvitation", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<AcceptInvitationRequest, SignIn>,
  beginAuthenticator: {
    name: "artel.people.v1.SignInService/BeginAuthenticator",
    bindings: [{"verb": "POST", "path": "/v1/signIns:beginAuthenticator", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<BeginAuthenticatorRequest, Authenticator>,
  enrolAuthenticator: {
    name: "artel.people.v1.SignInService/EnrolAuthenticator",
    bindings: [{"verb": "POST", "path": "/v1/signIns:enrolAuthenticator", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<EnrolAuthenticatorRequest, SignIn>,
  beginPasskey: {
    name: "artel.people.v1.SignInService/BeginPasskey",
    bindings: [{"verb": "POST", "path": "/v1/signIns:beginPasskey", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<BeginPasskeyRequest, PasskeyChallenge>,
  provePasskey: {
    name: "artel.people.v1.SignInService/ProvePasskey",
    bindings: [{"verb": "POST", "path": "/v1/signIns:provePasskey", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<ProvePasskeyRequest, SignIn>,
  beginPasskeyEnrolment: {
    name: "artel.people.v1.SignInService/BeginPasskeyEnrolment",
    bindings: [{"verb": "POST", "path": "/v1/signIns:beginPasskeyEnrolment", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<BeginPasskeyEnrolmentRequest, PasskeyCreation>,
  enrolPasskey: {
    name: "artel.people.v1.SignInService/EnrolPasskey",
    bindings: [{"verb": "POST", "path": "/v1/signIns:enrolPasskey", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<EnrolPasskeyRequest, Passkey>,
  authorizeSignIn: {
    name: "artel.people.v1.SignInService/AuthorizeSignIn",
    bindings: [{"verb": "POST", "path": "/v1/signIns:authorize", "body": "*"}],
    idempotency: "NONE",
    public: true,
  } as Method<AuthorizeSignInRequest, SignIn>,
} as const;

/**
 * How a person signs in: what the pages at `/sign-in` call, and what pages of your own may call in
 * their place.
 *
 * A sign-in begins with a login or an invitation and goes from state to state, each answer saying
 * what is wanted next, until it is COMPLETE. It ends unfinished after ten minutes or five wrong
 * answers. An unknown login goes the way of a known one up to its first proof, so that nobody learns
 * who is a member.
 */
export class SignInService {
  constructor(private readonly caller: Caller) {}

  /** Begins a sign-in with a login. */
  beginSignIn(request: BeginSignInRequest, options?: CallOptions): Promise<SignIn> {
    return this.caller.call(signInServiceMethods.beginSignIn, request, options);
  }

  /** Proves who the person is by a password: the first factor. */
  provePassword(request: ProvePasswordRequest, options?: CallOptions): Promise<SignIn> {
    return this.caller.call(signInServiceMethods.provePassword, request, options);
  }

  /**
   * Sends a code by e-mail or SMS to the login that the sign-in began with, in place of a password.
   * Nothing tells whether the login is somebody's: only a member who is no administrator gets one.
   * A sign-in sends three at most, a login gets five an hour at most.
   */
  sendCode(request: SendCodeRequest, options?: CallOptions): Promise<SignIn> {
    return this.caller.call(signInServiceMethods.sendCode, request, options);
  }

  /**
   * Proves who the person is by the code that was sent last: the first factor. A code counts once,
   * within five minutes.
   */
  proveCode(request: ProveCodeRequest, options?: CallOptions): Promise<SignIn> {
    return this.caller.call(signInServiceMethods.proveCode, request, options);
  }

  /**
   * Proves who the person is by a code of an authenticator (RFC 6238): the second factor. A code
   * counts once.
   */
  proveAuthenticator(request: ProveAuthenticatorRequest, options?: CallOptions): Promise<SignIn> {
    return this.caller.call(signInServiceMethods.proveAuthenticator, request, options);
  }

  /** Proves who the person is by a recovery code, in place of the authenticator. A code counts once. */
  proveRecoveryCode(request: ProveRecoveryCodeRequest, options?: CallOptions): Promise<SignIn> {
    return this.caller.call(signInServiceMethods.proveRecoveryCode, request, options);
  }

  /**
   * Uses an invitation: sets the person's password. The invitation counts once, and only when a
   * password was taken.
   */
  acceptInvitation(request: AcceptInvitationRequest, options?: CallOptions): Promise<SignIn> {
    return this.caller.call(signInServiceMethods.acceptInvitation, request, options);
  }

  /** Begins to enrol an authenticator, where the sign-in wants one: the answer has its secret. */
  beginAuthenticator(request: BeginAuthenticatorRequest, options?: CallOptions): Promise<Authenticator> {
    return this.caller.call(signInServiceMethods.beginAuthenticator, request, options);
  }

  /** Enrols the authenticator by a first code of it. The answer has ten recovery codes, this once. */
  enrolAuthenticator(request: EnrolAuthenticatorRequest, options?: CallOptions): Promise<SignIn> {
    return this.caller.call(signInServiceMethods.enrolAuthenticator, request, options);
  }

  /** Begins a sign-in with a passkey, with a login or without one. */
  beginPasskey(request: BeginPasskeyRequest, options?: CallOptions): Promise<PasskeyChallenge> {
    return this.caller.call(signInServiceMethods.beginPasskey, request, options);
  }

  /** Proves who the person is by a passkey, which is both factors at once: the sign-in is COMPLETE. */
  provePasskey(request: ProvePasskeyRequest, options?: CallOptions): Promise<SignIn> {
    return this.caller.call(signInServiceMethods.provePasskey, request, options);
  }

  /**
   * Begins to make a passkey for the person of a sign-in that became COMPLETE within the last 300
   * seconds.
   */
  beginPasskeyEnrolment(request: BeginPasskeyEnrolmentRequest, options?: CallOptions): Promise<PasskeyCreation> {
    return this.caller.call(signInServiceMethods.beginPasskeyEnrolment, request, options);
  }

  /** Keeps the passkey that was made. */
  enrolPasskey(request: EnrolPasskeyRequest, options?: CallOptions): Promise<Passkey> {
    return this.caller.call(signInServiceMethods.enrolPasskey, request, options);
  }

  /**
   * Answers an authorization request in the name of the person of a sign-in that became COMPLETE
   * within the last 300 seconds, and was begun without one. The sign-in ends with it.
   */
  authorizeSignIn(request: AuthorizeSignInRequest, options?: CallOptions): Promise<SignIn> {
    return this.caller.call(signInServiceMethods.authorizeSignIn, request, options);
  }
}
