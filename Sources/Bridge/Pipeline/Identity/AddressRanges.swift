import Mutation
public import RPC

/// Where a caller may call from.
public struct AddressRanges: Sendable, Hashable {
  /// From anywhere.
  public static let any = AddressRanges(ranges: [])

  private let ranges: [AddressRange]

  private init(ranges: [AddressRange]) { self.ranges = ranges }

  /// Reads ranges; without any, every address is one of them. Nil where one is malformed.
  public init?(_ texts: [String]) {
    guard let ranges = AddressRange.all(texts) else { return nil }
    self.ranges = ranges
  }

  /// Whether a peer with this address is in one of them.
  ///
  /// - Parameter address: as for `NetworkName`.
  public func contains(_ address: String) -> Bool {
    guard !ranges.isEmpty else { return true }
    guard let address = AddressRange.bytes(of: NetworkName.bare(address)) else { return false }
    return ranges.contains { $0.contains(address) }
  }

  /// Whether a peer may call.
  ///
  /// - Throws: `RPCError` with `.permissionDenied`, also for a peer without an address, such as one
  ///   behind a Unix socket.
  package func check(_ peer: Peer) throws(RPCError) {
    guard !ranges.isEmpty, !Mutation.isOn(.ignoresAddressRanges) else { return }
    guard contains(peer.address) else {
      throw RPCError(
        code: .permissionDenied, reason: "ADDRESS_NOT_ALLOWED",
        message: "the client may not call from this address")
    }
  }
}
