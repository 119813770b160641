/// Where a server learns whose certificates it takes.
enum TrustSource: Sendable {
  /// One trust for every name, and without one.
  case everyone(ClientTrust)
  /// A trust per name; others are unknown.
  case table([String: ClientTrust])
  /// Whoever is asked, when a name is needed whose answer is older than the lifetime.
  case asked(
    lifetime: Duration, recheck: Duration,
    _ ask: @Sendable (_ serverName: String?) async throws -> ClientTrust?)

  /// How names that nobody asked for count.
  static let noName = ""
}
