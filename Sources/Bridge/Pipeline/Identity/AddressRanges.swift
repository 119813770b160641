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
    var ranges: [AddressRange] = []
    for text in texts {
      guard let range = AddressRange(text) else { return nil }
      ranges.append(range)
    }
    self.ranges = ranges
  }

  /// Whether a peer may call.
  ///
  /// - Throws: `RPCError` with `.permissionDenied`, also for a peer without an address, such as one
  ///   behind a Unix socket.
  package func check(_ peer: Peer) throws(RPCError) {
    guard !ranges.isEmpty, !Mutation.isOn(.ignoresAddressRanges) else { return }
    guard let address = AddressRange.bytes(of: NetworkName.bare(peer.address)),
      ranges.contains(where: { $0.contains(address) })
    else {
      throw RPCError(
        code: .permissionDenied, reason: "ADDRESS_NOT_ALLOWED",
        message: "the client may not call from this address")
    }
  }
}
