/// Whose certificates are taken under a name, as it was last found out.
package enum TrustAnswer: Sendable {
  case trusted(TrustedRoots)
  /// Nobody is served under the name.
  case unknown
  /// It cannot be said: the roots or lists are broken, or whoever was asked failed. Nobody is let
  /// in under the name.
  case broken(String)

  init(_ trust: ClientTrust?) {
    guard let trust else {
      self = .unknown
      return
    }
    do throws(ServerCredentialsError) {
      self = .trusted(try TrustedRoots(trust))
    } catch {
      self = .broken(error.description)
    }
  }
}
