import NIOCore
import NIOSSL
import NIOTLS
import RPC

/// How TLS begins on one connection: its first message says which server it is for, and by that
/// name it is known whose certificates are taken, before anything of the client is verified.
///
/// On the channel's event loop.
final class Handshake {
  private let connection: Connection
  private let identity: ServerIdentity
  private let clientTrust: TrustBook?

  init(_ connection: Connection, identity: ServerIdentity, clientTrust: TrustBook?) {
    self.connection = connection
    self.identity = identity
    self.clientTrust = clientTrust
  }

  /// Goes on when it is known whom to trust; what comes meanwhile waits.
  func begin(_ hello: SNIResult, _ channel: any Channel) -> EventLoopFuture<Void> {
    guard case .hostname(let asked) = hello else { return secure(nil, channel) }
    // The dot of a whole name (RFC 1034 section 3.1) says nothing.
    let name = (asked.last == "." ? String(asked.dropLast()) : asked).lowercased()
    connection.named(name)
    guard let clientTrust else { return secure(nil, channel) }
    let promise = channel.eventLoop.makePromise(of: Void.self)
    let bound = NIOLoopBound(self, eventLoop: channel.eventLoop)
    let known = clientTrust.trust(for: name) { answer in
      channel.eventLoop.execute { promise.completeWith(bound.value.secure(answer, channel)) }
    }
    if let known { promise.completeWith(secure(known, channel)) }
    return promise.futureResult
  }

  private func secure(_ answer: TrustAnswer?, _ channel: any Channel) -> EventLoopFuture<Void> {
    do {
      try channel.pipeline.syncOperations.addHandler(
        try handler(answer, channel.eventLoop), position: .before(connection))
      return channel.eventLoop.makeSucceededVoidFuture()
    } catch {
      return channel.eventLoop.makeFailedFuture(error)
    }
  }

  private func handler(
    _ answer: TrustAnswer?, _ eventLoop: any EventLoop
  ) throws -> NIOSSLServerHandler {
    let bound = NIOLoopBound(connection, eventLoop: eventLoop)
    switch answer {
    case nil, .unknown: break
    case .trusted(let roots):
      guard !roots.rootsDER.isEmpty || roots.takesSelfSigned else { break }
      // Where no authority has to have signed, none is asked for: a client that is given names shows
      // nothing else (RFC 8446 section 4.2.4).
      let names = roots.takesSelfSigned ? [] : try connection.loop.certificates(of: roots)
      return Self.handler(try identity.asking(for: names)) { [clientTrust] in
        bound.value.verify($0, roots, clientTrust)
      }
    // Who shows a certificate is refused; who has none to show is served.
    case .broken(let reason):
      return Self.handler(try identity.asking(for: [])) { _ in
        bound.value.refuseCertificate(reason)
        return false
      }
    }
    return NIOSSLServerHandler(context: identity.context)
  }

  private static func handler(
    _ context: NIOSSLContext, _ verify: @escaping @Sendable ([NIOSSLCertificate]) -> Bool
  ) -> NIOSSLServerHandler {
    NIOSSLServerHandler(
      context: context,
      customVerificationCallback: { presented, verdict in
        verdict.succeed(verify(presented) ? .certificateVerified : .failed)
      })
  }
}

extension Connection {
  /// The client has shown a certificate and signed with its key.
  ///
  /// The trust that was asked for by its first words may have changed since, and nobody told a
  /// connection without a client.
  fileprivate func verify(
    _ presented: [NIOSSLCertificate], _ first: TrustedRoots, _ book: TrustBook?
  ) -> Bool {
    let roots: TrustedRoots
    switch book?.known(for: serverName) {
    case .trusted(let latest): roots = latest
    case nil: roots = first
    case .unknown, .broken:
      refuseCertificate("the name's trust changed in the handshake")
      return false
    }
    let chain = presented.compactMap { try? $0.toDERBytes() }
    guard !chain.isEmpty, chain.count == presented.count else {
      refuseCertificate("a certificate cannot be read")
      return false
    }
    if let reason = roots.reasonAgainst(chain: chain) {
      refuseCertificate(reason)
      return false
    }
    client = ClientProof(chain: chain, roots: roots)
    return true
  }

  fileprivate func refuseCertificate(_ reason: String) {
    core.refusals.write(
      .notice, "a client certificate was refused", why: "\(reason)", peer: "\(peer.address)",
      ["name": "\(serverName ?? "")"])
  }
}
