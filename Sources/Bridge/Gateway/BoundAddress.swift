/// Where a gateway listens.
public struct BoundAddress: Sendable, Hashable, CustomStringConvertible {
  /// The IP address.
  public let host: String
  /// The TCP port.
  public let port: Int

  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
