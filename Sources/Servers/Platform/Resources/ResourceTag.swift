import LibCrypto
import RPC

/// The etag of a resource: changes with what can be changed of it, and tells nothing else.
enum ResourceTag {
  /// - Parameter parts: what the resource says, in an order that does not change.
  static func of(_ parts: [[UInt8]]) -> String {
    // With its length before each, so that no two resources run together to the same.
    let bytes = parts.flatMap { Array("\($0.count) ".utf8) + $0 }
    return "\"\(Base64URL.encode(Array(SHA256.hash(bytes).prefix(15))))\""
  }

  static func of(_ texts: String..., lists: [String]..., flags: Bool...) -> String {
    of(
      texts.map { Array($0.utf8) }
        + lists.flatMap { list in [Array("\(list.count)".utf8)] + list.map { Array($0.utf8) } }
        + flags.map { [$0 ? 1 : 0] })
  }

  /// - Throws: ABORTED where the caller has seen an older resource; who sends none has seen any.
  static func check(_ sent: String, _ present: String) throws(RPCError) {
    guard sent.isEmpty || sent == present else { throw Refusal.changed }
  }
}
