internal import Synchronization

/// The certificate by which a server proves itself, and whose certificates it takes from clients.
///
/// Both can be replaced while the server runs. A new certificate is for connections from then on;
/// those that stand are not touched. A new trust is also for connections that stand: those whose
/// client no longer verifies are ended.
///
/// Trust is chosen by the name that the client asks for (RFC 6066), before anything of the client
/// is verified: broken roots or lists of one name make handshakes under this name fail, and no
/// others.
public final class ServerCredentials: Sendable {
  private struct Identity {
    var certificateChainPEM: String
    var privateKeyPEM: String
    /// Made when it is first needed, and by every update.
    var context: TLSContext?
  }

  private let identity: Mutex<Identity>
  let trust: TrustBook

  private init(_ certificateChainPEM: String, _ privateKeyPEM: String, _ source: TrustSource) {
    identity = Mutex(
      Identity(certificateChainPEM: certificateChainPEM, privateKeyPEM: privateKeyPEM))
    trust = TrustBook(source)
  }

  /// Takes clients by one trust, whatever name they ask for, or none.
  ///
  /// - Parameters:
  ///   - certificateChainPEM: The server's certificate, then its intermediates.
  ///   - privateKeyPEM: The certificate's key.
  ///   - clientRootsPEM: The roots that client certificates chain to.
  public convenience init(
    certificateChainPEM: String, privateKeyPEM: String, clientRootsPEM: String
  ) {
    self.init(
      certificateChainPEM, privateKeyPEM, .everyone(ClientTrust(rootsPEM: clientRootsPEM)))
  }

  /// Takes clients by the trust of the name that they ask for; those that ask for another name, or
  /// for none, are refused.
  ///
  /// - Parameter clientTrust: Trusts by server names in lower case.
  public convenience init(
    certificateChainPEM: String, privateKeyPEM: String, clientTrust: [String: ClientTrust]
  ) {
    self.init(certificateChainPEM, privateKeyPEM, .table(clientTrust))
  }

  /// Takes clients by trusts that are asked for when a name is needed.
  ///
  /// - Parameters:
  ///   - lifetime: How long an answer holds for new connections.
  ///   - recheckInterval: How often names with standing connections are asked for again: within
  ///     this time, a client that no longer verifies is cut off.
  ///   - trustFor: Gives the trust of a name in lower case, or of no name; nil where nobody is
  ///     served under it. The handshake waits. Where it throws, that handshake fails.
  public convenience init(
    certificateChainPEM: String, privateKeyPEM: String, lifetime: Duration = .seconds(1),
    recheckInterval: Duration = .seconds(3),
    trustFor: @escaping @Sendable (_ serverName: String?) async throws -> ClientTrust?
  ) {
    self.init(
      certificateChainPEM, privateKeyPEM,
      .asked(lifetime: lifetime, recheck: recheckInterval, trustFor))
  }

  /// Replaces the server's certificate and key, for connections from now on.
  ///
  /// - Throws: `ServerCredentialsError` where they cannot be used, or not now; the old ones stay
  ///   then.
  public func update(
    certificateChainPEM: String, privateKeyPEM: String
  ) throws(ServerCredentialsError) {
    let context = try TLSContext(
      certificateChainPEM: certificateChainPEM, privateKeyPEM: privateKeyPEM)
    guard context.isValidNow else {
      throw ServerCredentialsError(description: "the certificate has expired or is not valid yet")
    }
    identity.withLock {
      $0 = Identity(
        certificateChainPEM: certificateChainPEM, privateKeyPEM: privateKeyPEM, context: context)
    }
  }

  /// Replaces the trust of every name by one.
  public func update(clientRootsPEM: String, revocationListsPEM: String = "") {
    trust.set(
      everyone: ClientTrust(rootsPEM: clientRootsPEM, revocationListsPEM: revocationListsPEM))
  }

  /// Replaces the trust of one name; nil serves nobody under it. Where trusts are asked for, the
  /// name is asked for again at once, and `newTrust` is not looked at.
  ///
  /// Standing connections under the name are verified again.
  public func update(clientTrust newTrust: ClientTrust?, forServerName name: String) {
    trust.set(newTrust, for: name.lowercased())
  }

  /// What new connections are made of.
  ///
  /// - Throws: `ServerCredentialsError` where certificate or key cannot be used.
  func context() throws(ServerCredentialsError) -> TLSContext {
    let result = identity.withLock { identity -> Result<TLSContext, ServerCredentialsError> in
      if let context = identity.context { return .success(context) }
      return Result { () throws(ServerCredentialsError) in
        let context = try TLSContext(
          certificateChainPEM: identity.certificateChainPEM, privateKeyPEM: identity.privateKeyPEM)
        identity.context = context
        return context
      }
    }
    return try result.get()
  }
}
