internal import Synchronization

/// The allowances of a port's clients.
final class AllowanceBook: Sendable {
  /// Above this, clients that were quiet for long are forgotten.
  private static let most = 16_384

  private let limits: FrameLimits
  private let suspension: Duration?
  private let allowances = Mutex<[CertificateHash: ClientAllowance]>([:])

  init(_ limits: FrameLimits, suspension: Duration?) {
    self.limits = limits
    self.suspension = suspension
  }

  /// The allowance of whoever holds a certificate.
  func allowance(of client: CertificateHash) -> ClientAllowance {
    allowances.withLock { allowances in
      if let known = allowances[client] { return known }
      if allowances.count >= Self.most {
        let now = ContinuousClock.now
        allowances = allowances.filter { !$0.value.isForgettable(now: now) }
        // So many certificates at once are an authority's abuse: it costs no more memory.
        if allowances.count >= Self.most { allowances.removeAll() }
      }
      let new = ClientAllowance(limits, suspension: suspension)
      allowances[client] = new
      return new
    }
  }
}
