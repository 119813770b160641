/// A connection that stands, as the server knows it.
public struct ConnectionInfo: Sendable, Identifiable {
  /// Tells the connection from every other of the process.
  public let id: UInt64

  /// The remote address, such as `ipv4:127.0.0.1:40000`.
  public let address: String

  /// The name by which the client asked for the server; nil without TLS, or where it named none.
  public let serverName: String?

  /// The client certificate's subject as RFC 4514 writes it; nil without TLS.
  public let subject: String?

  /// The client's verified chain in DER, the leaf first; empty without TLS.
  public let certificateChainDER: [[UInt8]]

  /// The leaf in PEM; nil without TLS.
  public let certificatePEM: [UInt8]?

  /// Since when the connection is served.
  public let since: ContinuousClock.Instant
}

/// The identity of a connection, looked up by calls.
final class Connection: Sendable {
  let info: ConnectionInfo

  init(_ info: ConnectionInfo) { self.info = info }
}
