/// Who a passkey is for: one host, and the pages of it (Web Authentication Level 3 section 5.1.2).
public struct RelyingParty: Sendable, Hashable {
  /// The host.
  public let id: String
  /// The one origin whose pages may ask: `https://` and the host, without a port.
  public let origin: String

  /// The relying party whose pages have an origin; nil unless it is https with a plain host.
  public init?(origin: String) {
    let scheme = "https://"
    guard origin.hasPrefix(scheme) else { return nil }
    let host = origin.dropFirst(scheme.count)
    guard !host.isEmpty, !host.utf8.contains(where: { ":/?#@".utf8.contains($0) }) else {
      return nil
    }
    id = String(host)
    self.origin = origin
  }
}
