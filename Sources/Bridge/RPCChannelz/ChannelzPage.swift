import RPC

/// A page that a caller asks for: of what begins where, and how much at most.
struct ChannelzPage {
  /// The least identifier.
  let start: Int

  /// How many at most.
  let limit: Int

  /// How many there are where the caller names no number, and at most; as many as the core's
  /// longest pages have.
  static let longest = 500

  /// Creates a page; 0 leaves the length to us.
  ///
  /// - Throws: `RPCError` with `.invalidArgument` for negative numbers, which would end the process
  ///   if they came to the core.
  init(from start: Int64, limit: Int64) throws(RPCError) {
    guard start >= 0, limit >= 0 else {
      throw RPCError(
        code: .invalidArgument, message: "a page begins at 0 or above, and has no negative length")
    }
    self.start = Int(start)
    self.limit = limit == 0 ? Self.longest : Int(min(limit, Int64(Self.longest)))
  }

  /// Drops what is beyond the limit, and says whether that was anything.
  func cut<Element>(_ elements: inout [Element]) -> Bool {
    guard elements.count > limit else { return false }
    elements.removeLast(elements.count - limit)
    return true
  }
}
