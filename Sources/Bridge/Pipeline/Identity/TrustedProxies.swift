import Mutation

/// The proxies in front of the REST door that may say whom they speak for.
public struct TrustedProxies: Sendable {
  private let ranges: [AddressRange]

  /// Reads ranges as CIDR writes them; nil where one is malformed.
  public init?(_ texts: [String]) {
    guard let ranges = AddressRange.all(texts) else { return nil }
    self.ranges = ranges
  }

  /// Who calls: read from the right, `X-Forwarded-For` is true as far as trusted proxies have written
  /// it, so the first address that is none of theirs. A field that is malformed is nobody's: the peer
  /// calls.
  ///
  /// - Parameters:
  ///   - peer: the connection's address.
  ///   - forwardedFor: the field, the nearest proxy's entry last.
  public func client(of peer: String, forwardedFor: String) -> String {
    guard trusts(peer) else { return Mutation.isOn(.believesForwardedFor) ? forwardedFor : peer }
    var client = peer
    for entry in forwardedFor.split(separator: ",", omittingEmptySubsequences: false).reversed() {
      guard let address = Self.address(entry) else { return peer }
      client = address
      if !trusts(address) { return client }
    }
    return client
  }

  /// Whether an address is one of theirs.
  public func trusts(_ address: String) -> Bool {
    guard let bytes = AddressRange.bytes(of: NetworkName.bare(address)) else { return false }
    return ranges.contains { $0.contains(bytes) }
  }

  /// An entry's address, without the port that some write behind it; nil where it is none.
  private static func address(_ entry: Substring) -> String? {
    var text = entry.drop { $0 == " " || $0 == "\t" }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    if text.first == "[" {
      guard let end = text.firstIndex(of: "]"), isPort(text[text.index(after: end)...]) else {
        return nil
      }
      text = text[text.index(after: text.startIndex)..<end]
    } else if let colon = text.firstIndex(of: ":"), colon == text.lastIndex(of: ":") {
      guard isPort(text[colon...]) else { return nil }
      text = text[..<colon]
    }
    let address = String(text)
    return AddressRange.bytes(of: address) == nil ? nil : address
  }

  private static func isPort(_ text: Substring) -> Bool {
    guard let colon = text.first else { return true }
    return colon == ":" && (2...6).contains(text.utf8.count)
      && text.dropFirst().utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}
