import NIOCore
import NIOSSL
import RPC

/// A connection as its loop knows it.
protocol LoopConnection: AnyObject {
  /// The gateway is shutting down: what runs may end, nothing more begins.
  func drain()
  /// The gateway has waited long enough.
  func abort()
  /// The certificate that the client has shown; nil without one.
  var client: ClientProof? { get }
  /// The name that TLS was made for; nil without one.
  var serverName: String? { get }
  /// The client's certificate does not count any more.
  func revoke(because reason: String)
}

/// What the connections of one event loop share. Touched on that loop only.
final class LoopState {
  /// The greatest buffer, in bytes, that is kept for the next answer.
  private static let keptCapacity = 128 << 10
  private static let firstCapacity = 4 << 10

  let executor: EventLoopTaskExecutor
  /// The loop's own: what all loops counted together would be in each other's way.
  let handlers = HandlerCount()
  var snapshot: Snapshot
  var date: HTTPDate
  /// Where answers are printed before they are framed.
  var scratch: [UInt8] = []
  /// Where answers are compressed.
  var compressed: [UInt8] = []
  /// Where answers are framed. What was written and not yet sent keeps its bytes: the next answer
  /// then has others.
  var buffer = ByteBufferAllocator().buffer(capacity: firstCapacity)
  var connections: [ObjectIdentifier: any LoopConnection] = [:]
  /// The gateway is shutting down: no connection is kept behind its answer.
  private(set) var isDraining = false
  private var sharedDeflater: Deflater?
  /// Authorities, read once for all handshakes that name them.
  ///
  /// By what they are and not by whom they are trusted for: that changes with every revocation, and
  /// holds much more.
  private var authorities: [[[UInt8]]: [NIOSSLCertificate]] = [:]
  private static let mostAuthorities = 1_024

  init(eventLoop: any EventLoop, snapshot: Snapshot, strictTransport: Duration?) {
    date = HTTPDate(strictTransport: strictTransport)
    executor = EventLoopTaskExecutor(eventLoop: eventLoop)
    self.snapshot = snapshot
  }

  /// One great answer must not cost a quiet loop its size.
  func shrink() {
    if buffer.capacity > Self.keptCapacity {
      buffer = ByteBufferAllocator().buffer(capacity: Self.firstCapacity)
    }
    if scratch.capacity > Self.keptCapacity { scratch = [] }
    if compressed.capacity > Self.keptCapacity { compressed = [] }
  }

  /// Compresses `scratch` or another answer; false where it stays as it is.
  func compress(_ body: [UInt8]) -> Bool {
    if sharedDeflater == nil { sharedDeflater = Deflater(.whole) }
    guard let sharedDeflater else { return false }
    return body.withUnsafeBytes { sharedDeflater.whole($0, into: &compressed) }
  }

  /// The authorities of a name as TLS has them.
  func certificates(of roots: TrustedRoots) throws -> [NIOSSLCertificate] {
    if let known = authorities[roots.rootsDER] { return known }
    let certificates = try roots.rootsDER.map { try NIOSSLCertificate(bytes: $0, format: .der) }
    if authorities.count >= Self.mostAuthorities { authorities = [:] }
    authorities[roots.rootsDER] = certificates
    return certificates
  }

  /// Closes what waits and lets what runs end.
  func drain() {
    isDraining = true
    for connection in Array(connections.values) { connection.drain() }
  }

  /// Ends everything.
  func closeAll() {
    for connection in Array(connections.values) { connection.abort() }
  }
}
