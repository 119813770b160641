/// Another system that is called, and on whose behalf.
public struct EgressDestination: Sendable, Hashable {
  /// What systems are called for.
  public enum Purpose: String, Sendable, Hashable, CaseIterable {
    /// A tenant's partner.
    case partner
    /// An issuer of tokens.
    case issuer
    /// A provider of messages to people.
    case messages
  }

  /// What breakers, budgets and metrics are kept by. Two tenants never share one, even where they
  /// call the same host.
  public struct ID: Sendable, Hashable {
    /// What it is called for.
    public let purpose: Purpose
    /// On whose behalf; nil for the platform's own.
    public let tenantID: String?
    /// Its name there.
    public let name: String

    /// Names a destination.
    public init(purpose: Purpose, tenantID: String?, name: String) {
      self.purpose = purpose
      self.tenantID = tenantID
      self.name = name
    }
  }

  /// What it is.
  public let id: ID
  /// The hosts and ports that it may be called at: nothing else is.
  public let authorities: Set<EgressAuthority>
  /// What calls there may take.
  public var limits: EgressLimits
  /// The certificate that the platform shows there.
  public var identity: EgressIdentity?

  /// Creates a destination.
  public init(
    _ id: ID, authorities: Set<EgressAuthority>, limits: EgressLimits = EgressLimits(),
    identity: EgressIdentity? = nil
  ) {
    self.id = id
    self.authorities = authorities
    self.limits = limits
    self.identity = identity
  }
}

/// What one call may take. The deadline of the caller comes on top of it.
public struct EgressLimits: Sendable, Hashable {
  /// From the attempt's begin to the head of the answer.
  public var firstByte = Duration.seconds(10)
  /// One attempt, body included.
  public var attempt = Duration.seconds(15)
  /// The most bytes of an answer's body, unpacked.
  public var answerBytes = 64 << 10
  /// The most attempts of a call that may be repeated.
  public var attempts = 3

  /// The limits of a usual call.
  public init() {}
}

/// A certificate with its key, as PEM.
public struct EgressIdentity: Sendable, Hashable {
  let certificateChainPEM: String
  let privateKeyPEM: String

  /// Takes the texts; they are read when a connection is made.
  public init(certificateChainPEM: String, privateKeyPEM: String) {
    self.certificateChainPEM = certificateChainPEM
    self.privateKeyPEM = privateKeyPEM
  }
}
