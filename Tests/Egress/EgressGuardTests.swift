import LibCrypto
import NIOSSL
import TestSupport
import Testing

@testable import Egress

@Suite("What is dialled")
struct EgressGuardTests {
  private let partner = EgressDestination.ID(purpose: .partner, tenantID: "t", name: "p")

  private func tls(
    _ authority: CertificateAuthority, _ name: String
  ) throws -> NIOSSLContext {
    let key = try PrivateKey.makeP256()
    let leaf = try authority.issueServer(
      dnsNames: [name], commonName: name, publicKey: key.publicKey, validity: .seconds(3600))
    return try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(leaf.pem.utf8))
          .map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.pem.utf8), format: .pem))))
  }

  @Test("is the judged address, by TLS under the name", .covers("S-E13"))
  func pinned() async throws {
    let root = try CertificateAuthority.make(commonName: "Root", validity: .seconds(3600))
    try await EgressServer.with(
      host: "127.0.0.3", tls: try tls(root, "partner.localhost"), answer: { _, _ in .text(200) }
    ) { server in
      let resolver = TableResolver([["127.0.0.3"]])
      let name = EgressAuthority(host: "partner.localhost", port: server.port)
      try await EgressClient.with(
        loopback: [name], roots: [root.certificate.pem], resolver: resolver
      ) { client in
        #expect(await client.get("https://\(name)/x").status == 200)
        #expect(server.requests.first?.headers["host"] == name.description)
        let other = EgressAuthority(host: "other.localhost", port: server.port)
        #expect(
          await client.get("https://\(other)/x").error?.reason == .addressForbidden(.loopback))
      }
      // The certificate is for another name: nothing is told there.
      let wrong = EgressAuthority(host: "other.localhost", port: server.port)
      try await EgressClient.with(
        loopback: [wrong], roots: [root.certificate.pem], resolver: resolver
      ) { client in
        #expect(await client.get("https://\(wrong)/x").error == EgressError(.untrusted))
      }
      try await EgressClient.with(loopback: [name], resolver: resolver) { client in
        #expect(await client.get("https://\(name)/x").error == EgressError(.untrusted))
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test("is never what a name means at its second answer", .covers("S-E13"))
  func rebinding() async throws {
    // The first answer of the name leads to 127.0.0.3, every later one to 127.0.0.1.
    try await EgressServer.with(host: "127.0.0.3", answer: { _, _ in .text(200) }) { good in
      try await EgressServer.with(port: good.port, answer: { _, _ in .text(200) }) { inner in
        let name = EgressAuthority(host: "rebind.localhost", port: good.port)
        let (clock, resolver) = (EgressClock(), TableResolver([["127.0.0.3"], ["8.8.8.8"]]))
        try await EgressClient.with(loopback: [name], resolver: resolver, clock: clock) {
          client in
          for _ in 0..<10 { #expect(await client.get("http://\(name)/").status == 200) }
          #expect(resolver.asked == ["rebind.localhost"])
          clock.move(.seconds(31))
          // Not this machine any more, and in the clear: refused, and nothing is sent.
          #expect(await client.get("http://\(name)/").error == EgressError(.insecure))
        }
        #expect(good.requests.count == 10)
        #expect(inner.requests.isEmpty)
      }
    }
  }

  @Test(
    "is nothing inside, whatever the name", .covers("S-E13"),
    arguments: [
      (["127.0.0.1"], AddressKind.loopback), (["::1"], .loopback), (["10.1.2.3"], .private),
      (["169.254.169.254"], .linkLocal), (["::ffff:10.0.0.1"], .mapped),
      (["64:ff9b::7f00:1"], .translated), (["2002:7f00:1::"], .sixToFour),
      (["fe80::1"], .linkLocal),
      (["93.184.216.34", "127.0.0.1"], .loopback), (["93.184.216.34", "fd00::1"], .private),
    ])
  func inner(answer: [String], kind: AddressKind) async throws {
    try await EgressClient.with(resolver: TableResolver([answer])) { client in
      let error = await client.get("https://partner.example:8443/").error
      #expect(error == EgressError(.addressForbidden(kind)))
      #expect(error?.isRefusal == true)
    }
  }

  @Test("is no second answer that leads inside", .covers("S-E13"))
  func secondAnswer() async throws {
    let (clock, resolver) = (EgressClock(), TableResolver([["93.184.216.34"], ["127.0.0.1"]]))
    let guards = EgressGuard(policy: EgressPolicy(), resolver: resolver, now: clock.now)
    let url = try #require(EgressURL("https://partner.example/"))
    let outer = try #require(IPAddress("93.184.216.34"))
    #expect(try await guards.addresses(of: url, for: partner, until: .now + .seconds(5)) == [outer])
    clock.move(.seconds(31))
    await #expect(throws: EgressError(.addressForbidden(.loopback))) {
      try await guards.addresses(of: url, for: partner, until: .now + .seconds(5))
    }
  }

  @Test("is no address of this machine, and nothing where nobody knows those", .covers("S-E13"))
  func own() async throws {
    struct Unknown: Error {}
    let url = try #require(EgressURL("https://partner.example/"))
    let address = try #require(IPAddress("93.184.216.34"))
    let resolver = TableResolver([["93.184.216.34"]])
    let own = EgressGuard(
      policy: EgressPolicy(), resolver: resolver, own: { [address] }, now: { .now })
    await #expect(throws: EgressError(.addressForbidden(.own))) {
      try await own.addresses(of: url, for: partner, until: .now + .seconds(5))
    }
    let blind = EgressGuard(
      policy: EgressPolicy(), resolver: resolver, own: { throw Unknown() }, now: { .now })
    await #expect(throws: EgressError(.unresolved)) {
      try await blind.addresses(of: url, for: partner, until: .now + .seconds(5))
    }
    let local = try #require(IPAddress("127.0.0.1"))
    #expect(try EgressGuard.machineAddresses().contains(local))
  }

  @Test("is no address that the operator forbids, in whatever form it comes", .covers("S-E13"))
  func forbidden() async throws {
    let nets = try ["93.184.0.0/16", "2a00:1450::/32"].map { try #require(EgressNetwork($0)) }
    let policy = EgressPolicy(
      hosts: ["partner.example", "2a00:1450::1", "8.8.8.8"], forbidden: nets)
    let url = try #require(EgressURL("https://partner.example/"))
    for answer in ["93.184.216.34", "2a00:1450::1"] {
      let guards = EgressGuard(
        policy: policy, resolver: TableResolver([["8.8.8.8", answer]]), now: { .now })
      await #expect(throws: EgressError(.addressForbidden(.forbidden))) {
        try await guards.addresses(of: url, for: partner, until: .now + .seconds(5))
      }
    }
    let literal = try #require(EgressURL("https://[2A00:1450:0:0::1]/"))
    #expect(policy.refusal(of: literal) == .addressForbidden(.forbidden))
    #expect(EgressPolicy(hosts: ["2a00:1450::1"]).refusal(of: literal) == nil)
    for bad in ["", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/", "10.0.0.0/+8", "x/8", "::/129"] {
      #expect(EgressNetwork(bad) == nil, "\(bad)")
    }
    let all = try #require(EgressNetwork("0.0.0.0/0"))
    #expect(all.contains(try #require(IPAddress("8.8.8.8"))))
    #expect(!all.contains(try #require(IPAddress("::1"))))
  }

  @Test("is no host and no port but the destination's", .covers("S-E13"))
  func foreign() async throws {
    try await EgressClient.with { client in
      let destination = EgressDestination(
        .init(purpose: .partner, tenantID: "t", name: "p"),
        authorities: [EgressAuthority(host: "partner.example", port: 443)])
      for url in [
        "https://other.example/", "https://partner.example:8443/", "https://partner.example.evil/",
      ] {
        await #expect(throws: EgressError(.hostNotAllowed)) {
          try await client.call(
            EgressRequest(operation: "x", url: url), to: destination, until: .now + .seconds(5))
        }
      }
      #expect(await client.get("https://user@partner.example/").error?.reason == .invalidURL)
    }
  }

  @Test("is not where a redirect leads", .covers("S-E13"))
  func redirect() async throws {
    try await EgressServer.with(answer: { _, _ in .text(200, "inside") }) { inner in
      let target = "http://\(inner.authority)/secret"
      try await EgressServer.with(answer: { _, _ in
        .init(status: 302, headers: [("location", target)])
      }) { server in
        try await EgressClient.with(loopback: [server.authority]) { client in
          #expect(await client.get("http://\(server.authority)/").status == 302)
        }
      }
      #expect(inner.requests.isEmpty)
    }
  }

  @Test("is asked for once, however many want it, and not waited for beyond the deadline")
  func lookups() async throws {
    struct Slow: EgressResolver {
      func addresses(of host: String) async throws -> [IPAddress] {
        try await Task.sleep(for: .seconds(60))
        return []
      }
    }
    try await EgressClient.with(resolver: Slow()) { client in
      let result = await client.get("https://slow.example/", within: .milliseconds(50))
      #expect(result.error?.reason == .lookupFailed)
    }
    try await EgressClient.with(resolver: TableResolver([[]])) { client in
      #expect(await client.get("https://none.example/").error?.reason == .unresolved)
    }
  }
}
