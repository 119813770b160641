import RPC

extension RPCError {
  /// The error as this server's callers see it. What the other server said stays as it is; what the
  /// channel to it says is about this side of it, and no business of theirs.
  var ofUpstream: RPCError {
    guard statusDetails.isEmpty else { return self }
    switch code {
    case .unavailable where Self.ofChannel.contains(where: message.contains):
      return RPCError(code: code, message: "the upstream is not reachable", metadata: metadata)
    // A 429 would have the caller come back for the same.
    case .resourceExhausted where Self.ofLimit.contains(where: message.contains):
      return RPCError(code: .internalError, message: "the upstream's answer is too large")
    default:
      return self
    }
  }

  /// How the core speaks of connections that it does not have: with addresses.
  private static let ofChannel = [
    "failed to connect to all addresses", "connections to all backends failing",
    "DNS resolution failed", "empty address list", "ipv4:", "ipv6:", "unix:",
    "Socket closed", "recvmsg:", "sendmsg:", "GOAWAY received", "keepalive watchdog timeout",
  ]

  /// How the core, and RPC behind it, speak of a response beyond the client's limit.
  private static let ofLimit = ["eceived message larger than max", "bytes inflated"]
}
