public import GeneratedOptions
public import RPC
public import Transcoding

/// Tells what the pipeline would say of a call, check by check. It asks what enforces: the same
/// verifier of tokens, the same standing, the same authorization of the same contract.
public final class AccessExplainer: Sendable {
  /// Who would call.
  public enum Subject: Sendable {
    /// Whose the token is.
    case token(String)
    /// A principal of a tenant, with a credential that it gets now. Where it is limited by nothing
    /// but the app that asks, `hasEveryScope`.
    case principal(Principal, Tenant, hasEveryScope: Bool)
  }

  /// What came of it.
  public struct Explanation: Sendable {
    /// The caller; nil where there is none.
    public let caller: Caller?
    /// Every check that was made, in order.
    public let findings: [AccessFinding]
    /// What the contract says of people's reach.
    public let rows: Artel_Options_V1_Rows
    /// Whether the method takes no credential.
    public let isPublic: Bool
  }

  private let schema: Schema
  private let configuration: Pipeline.Configuration
  private let tokens: TokenVerifier
  private let standing: Standing

  /// Creates an explainer of the calls that a pipeline of this configuration admits.
  public init(
    schema: Schema, configuration: Pipeline.Configuration, directory: any IdentityDirectory,
    revocations: (any RevocationList)?
  ) {
    self.schema = schema
    self.configuration = configuration
    tokens = TokenVerifier(directory: directory, now: configuration.now)
    standing = Standing(revocations: revocations, cell: configuration.cell)
  }

  /// Explains a call.
  ///
  /// - Parameters:
  ///   - path: `/package.Service/Method`.
  ///   - address: The IP address that the call would come from; nil where nobody says.
  /// - Returns: Nil for a method that there is not.
  /// - Throws: What the directory throws when it cannot answer.
  public func explain(
    _ path: String, by subject: Subject, from address: String?
  ) async throws -> Explanation? {
    guard let policy = schema.method(path: path)?.policy, policy.hasAccess else { return nil }
    let access = policy.access
    if access.public { return Explanation(caller: nil, findings: [], rows: .own, isPublic: true) }
    let caller: Caller
    do {
      caller = try await self.caller(subject, access)
    } catch let error as TokenError {
      let finding = AccessFinding(
        "IDENTITY", demanded: ["a live credential"], held: [],
        reason: error == .expired ? "TOKEN_EXPIRED" : "TOKEN_INVALID",
        remedy: "get a new token; a client has to be enabled")
      return Explanation(caller: nil, findings: [finding], rows: access.rows, isPublic: false)
    }
    var findings = [
      AccessFinding(
        "IDENTITY", demanded: ["a live credential"], held: [caller.principal.subject], remedy: "")
    ]
    for check in StandingCheck.order { findings.append(finding(check, caller)) }
    findings.append(try finding(address, caller))
    let authorization = Authorization(access, operatorTenant: configuration.operatorTenant)
    let now = configuration.now()
    for check in PermissionCheck.order {
      findings.append(authorization.finding(check, caller, now: now))
    }
    return Explanation(caller: caller, findings: findings, rows: access.rows, isPublic: false)
  }

  private func caller(
    _ subject: Subject, _ access: Artel_Options_V1_Access
  ) async throws -> Caller {
    switch subject {
    case .token(let token): return try await tokens.verify(token, access.rows)
    case .principal(var principal, let tenant, let hasEveryScope):
      if hasEveryScope { principal.scopes.formUnion(access.scopes) }
      principal.issuedAt = configuration.now()
      // With its certificate, where it has one: without it, its token could not be got either.
      if principal.isClient { principal.certificateThumbprint = "" }
      return try await tokens.caller(tenant, principal, access.rows)
    }
  }

  private func finding(_ check: StandingCheck, _ caller: Caller) -> AccessFinding {
    let (demanded, held, remedy) =
      switch check {
      case .revocation:
        ("nothing revoked", "", "what was revoked stays so: a new credential is needed")
      case .tenantState:
        (
          "an active tenant", caller.tenant.suspended ? "SUSPENDED" : "ACTIVE",
          "the platform's operator resumes tenants"
        )
      case .cell:
        (configuration.cell, caller.tenant.cell, "call the tenant's own cell")
      }
    return AccessFinding(
      check.rawValue, demanded: [demanded], held: held.isEmpty ? [] : [held],
      reason: standing.refusal(check, caller)?.reason, remedy: remedy)
  }

  private func finding(_ address: String?, _ caller: Caller) throws -> AccessFinding {
    let ranges = caller.addressRanges
    guard let address, ranges != .any else {
      return AccessFinding("ADDRESS", demanded: [], held: [], remedy: "")
    }
    let peer = Peer(
      address: address.contains(":") ? "ipv6:[\(address)]:1" : "ipv4:\(address):1", door: .rest)
    var reason: String?
    do {
      try ranges.check(peer)
    } catch {
      reason = error.reason
    }
    return AccessFinding(
      "ADDRESS", demanded: ["one of the client's address ranges"], held: [address],
      reason: reason, remedy: "call from one of the ranges, or let the client call from more")
  }
}
