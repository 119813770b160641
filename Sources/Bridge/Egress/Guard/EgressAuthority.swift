/// A host and a port that may be called.
public struct EgressAuthority: Sendable, Hashable, CustomStringConvertible {
  /// A name in lower case, or an address, one of version 6 without brackets.
  public let host: String
  /// The port.
  public let port: Int

  /// Takes a host as `EgressURL` has it.
  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `host:port`, the host as in a URL.
  public init?(_ text: String) {
    guard let url = EgressURL("https://\(text)"), url.path.isEmpty, url.port != nil else {
      return nil
    }
    self = url.authority
  }

  /// As in a URL.
  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
