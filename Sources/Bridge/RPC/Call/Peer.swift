/// Who is at the other end of a call's connection.
public struct Peer: Sendable {
  /// Through which door a call came.
  public enum Door: String, Sendable {
    /// The gRPC port.
    case grpc
    /// The REST/JSON bridge.
    case rest
  }

  /// Where an address and a certificate come from.
  package protocol Source: AnyObject, Sendable {
    var peerAddress: String { get }
    var peerServerName: String? { get }
    var peerCertificatePEM: [UInt8]? { get }
    var peerCertificateChainDER: [[UInt8]] { get }
  }

  private enum Backing {
    case known(address: String, serverName: String?, certificatePEM: [UInt8]?, chain: [[UInt8]])
    case connection(any Source)
  }

  private let backing: Backing

  /// Through which door the call came.
  public let door: Door

  /// Creates a peer from what is known of it.
  public init(
    address: String, serverName: String? = nil, certificatePEM: [UInt8]? = nil,
    certificateChainDER: [[UInt8]] = [], door: Door
  ) {
    backing = .known(
      address: address, serverName: serverName, certificatePEM: certificatePEM,
      chain: certificateChainDER)
    self.door = door
  }

  /// A peer that is asked of the connection only when somebody wants to know.
  package init(source: any Source, door: Door) {
    self.backing = .connection(source)
    self.door = door
  }

  /// The network address, such as `ipv4:127.0.0.1:40000` or `unix:`; empty once the call is over.
  public var address: String {
    switch backing {
    case .known(let address, _, _, _): address
    case .connection(let source): source.peerAddress
    }
  }

  /// The name by which the client asked for the server in its TLS handshake (RFC 6066), in lower
  /// case; nil without one. A client's certificate, where it has one, was verified by this name's roots.
  public var serverName: String? {
    switch backing {
    case .known(_, let name, _, _): name
    case .connection(let source): source.peerServerName
    }
  }

  /// The leaf certificate that the peer proved to hold, in PEM, once the transport has verified
  /// it against the configured roots; nil without one.
  public var certificatePEM: [UInt8]? {
    switch backing {
    case .known(_, _, let pem, _): pem
    case .connection(let source): source.peerCertificatePEM
    }
  }

  /// The verified chain in DER, from the leaf to the root; empty without one.
  public var certificateChainDER: [[UInt8]] {
    switch backing {
    case .known(_, _, _, let chain): chain
    case .connection(let source): source.peerCertificateChainDER
    }
  }
}
