import GeneratedPeer
import LibCrypto
import RPC

/// A certificate with its key.
struct LabIdentity: Sendable {
  let certificate: Certificate
  let keyPEM: String

  var certificatePEM: String { certificate.pem }

  var client: ClientConfiguration.Identity {
    .init(certificateChainPEM: certificatePEM, privateKeyPEM: keyPEM)
  }

  fileprivate init(_ issue: (PublicKey) throws(CertificateError) -> Certificate) throws {
    let key = try PrivateKey.makeP256()
    certificate = try issue(key.publicKey)
    keyPEM = try key.pem
  }
}

/// An authority that issues servers and clients.
struct LabAuthority: Sendable {
  let authority: CertificateAuthority

  var rootPEM: String { authority.certificate.pem }

  init(_ name: String = "lab") throws {
    authority = try .make(commonName: name, validity: .seconds(3600))
  }

  func server(
    _ names: String..., validity: Duration = .seconds(600)
  ) throws -> LabIdentity {
    try LabIdentity { key throws(CertificateError) in
      try authority.issueServer(
        dnsNames: names, commonName: names[0], publicKey: key, validity: validity)
    }
  }

  func client(_ name: String, validity: Duration = .seconds(600)) throws -> LabIdentity {
    try LabIdentity { key throws(CertificateError) in
      try authority.issueClient(
        uriSAN: "spiffe://door.test/clients/\(name)", commonName: name, publicKey: key,
        validity: validity)
    }
  }
}

/// A server with TLS for one test, and clients of it.
struct TLSDoor {
  let server: RPCServer
  let port: Int
  let serverRoot: String

  /// A client's channel of its own, so that it makes a connection of its own.
  func client(_ identity: LabIdentity?, name: String = "a.test") -> Peer_V1_Directory.Client {
    var configuration = ClientConfiguration(
      target: "127.0.0.1:\(port)",
      security: .tls(rootsPEM: serverRoot, identity: identity?.client))
    configuration.serverName = name
    return Peer_V1_Directory.Client(wrapping: RPCClient(configuration: configuration))
  }

  /// One call on a connection of its own; gives what the handler said of the peer.
  func call(_ identity: LabIdentity?, name: String = "a.test") async throws -> String {
    try await client(identity, name: name)
      .getResident(Peer_V1_GetResidentRequest(), options: CallOptions(timeout: .seconds(10))).name
  }
}

/// Runs a server whose `getResident` answers with the leaf's thumbprint and the server name.
func withTLSDoor(
  _ credentials: ServerCredentials, serverRoot: String,
  service: TestDirectory? = nil, configure: (inout ServerConfiguration) -> Void = { _ in },
  _ body: (TLSDoor) async throws -> Void
) async throws {
  var configuration = ServerConfiguration(
    address: "127.0.0.1:0", security: .mutualTLS(credentials))
  configuration.gracePeriod = .seconds(2)
  configure(&configuration)
  var router = RPCRouter()
  router.register(
    service
      ?? TestDirectory(get: { _, context in
        .with { $0.name = whoIs(context.peer) }
      }))
  let server = RPCServer(configuration: configuration, methods: router.methods)
  let port = try server.start()
  do {
    try await body(TLSDoor(server: server, port: port, serverRoot: serverRoot))
  } catch {
    await server.shutdown()
    throw error
  }
  await server.shutdown()
}

/// The thumbprint of a peer's leaf, and the name under which it came.
func whoIs(_ peer: Peer) -> String {
  let leaf = peer.certificateChainDER.first.flatMap { try? Certificate(der: $0) }
  return "\(leaf?.thumbprint ?? "nobody") \(peer.serverName ?? "no name")"
}

/// Asks again until something holds, ten seconds at most.
func eventually(_ holds: () async throws -> Bool) async rethrows -> Bool {
  let limit = ContinuousClock.now + .seconds(10)
  while ContinuousClock.now < limit {
    if try await holds() { return true }
    // Cancelled only with the whole test.
    try? await Task.sleep(for: .milliseconds(10))
  }
  return try await holds()
}
