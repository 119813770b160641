internal import CGRPC

/// Where a server listens: `host:port`, `[v6]:port`, `unix:/path` or `unix-abstract:name`.
enum ListenAddress: Equatable {
  case host(String, port: UInt16)
  case unix(path: String)
  case abstract(name: String)

  /// Reads an address.
  ///
  /// - Throws: `ServerStartError` for anything else; `dns:` and the like are for clients.
  init(_ text: String) throws(ServerStartError) {
    if text.hasPrefix("unix:") {
      self = .unix(path: String(text.dropFirst(5)))
      return
    }
    if text.hasPrefix("unix-abstract:") {
      self = .abstract(name: String(text.dropFirst(14)))
      return
    }
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
    else { throw ServerStartError(description: "\(text) is not host:port, nor unix:/path") }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      throw ServerStartError(description: "\(text): an IPv6 address stands in brackets")
    }
    guard !host.isEmpty else {
      throw ServerStartError(description: "\(text) names no host; 0.0.0.0 or [::] is every one")
    }
    self = .host(String(host), port: port)
  }

  /// Whether only this machine reaches the address, by its form: names are looked at again when
  /// they are resolved.
  var isLocal: Bool {
    switch self {
    case .unix, .abstract: true
    case .host(let host, _): host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }
  }
}
