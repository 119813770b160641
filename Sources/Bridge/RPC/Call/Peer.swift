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
    var peerCertificatePEM: [UInt8]? { get }
  }

  private enum Backing {
    case known(address: String, certificatePEM: [UInt8]?)
    case connection(any Source)
  }

  private let backing: Backing

  /// Through which door the call came.
  public let door: Door

  /// Creates a peer from what is known of it.
  public init(address: String, certificatePEM: [UInt8]? = nil, door: Door) {
    self.backing = .known(address: address, certificatePEM: certificatePEM)
    self.door = door
  }

  /// A peer that is asked of the connection only when somebody wants to know.
  package init(source: any Source, door: Door) {
    self.backing = .connection(source)
    self.door = door
  }

  /// The network address as the core writes it, such as `ipv4:127.0.0.1:40000`; empty once the
  /// call is over.
  public var address: String {
    switch backing {
    case .known(let address, _): address
    case .connection(let source): source.peerAddress
    }
  }

  /// The leaf certificate that the peer proved to hold, in PEM, once the transport has verified
  /// it against the configured roots; nil without one.
  public var certificatePEM: [UInt8]? {
    switch backing {
    case .known(_, let pem): pem
    case .connection(let source): source.peerCertificatePEM
    }
  }
}
