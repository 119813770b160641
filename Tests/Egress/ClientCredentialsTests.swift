import FoundationEssentials
import LibCrypto
import TestSupport
import Testing

@testable import Egress

@Suite("Client credentials")
struct ClientCredentialsTests {
  /// A token endpoint and an interface that takes the tokens named in `good`.
  private func answer(
    _ request: EgressServer.Request, good: Set<String>, issued: Int
  ) -> EgressServer.Answer {
    guard request.path == "/token" else {
      let token = request.headers["authorization"]?.dropFirst("Bearer ".count) ?? ""
      return .text(good.contains(String(token)) ? 200 : 401)
    }
    return .text(
      200, #"{"access_token":"t\#(issued)","token_type":"Bearer","expires_in":600}"#)
  }

  private func credentials(
    _ server: EgressServer, scope: String = "", _ proof: ClientCredentials.Proof
  ) -> (EgressDestination, ClientCredentials) {
    let id = EgressDestination.ID(purpose: .partner, tenantID: "t", name: "p")
    let destination = EgressDestination(id, authorities: [server.authority])
    return (
      destination,
      ClientCredentials(
        .init(
          destination: id, tokenURL: "http://\(server.authority)/token", clientID: "a b",
          scope: scope), at: destination
      ) { proof }
    )
  }

  @Test("get a new token once where the old one is no longer taken, and then give up")
  func replaced() async throws {
    for (good, status, tokens) in [(Set(["t1", "t2"]), 200, 1), (["t3"], 200, 2), ([], 401, 2)] {
      try await EgressServer.with(answer: { request, number in
        answer(request, good: good, issued: number)
      }) { server in
        try await EgressClient.with(loopback: [server.authority]) { client in
          let cache = AccessTokens(client: client)
          let (destination, credentials) = credentials(server, .secretBasic("s"))
          let response = try await client.call(
            EgressRequest(operation: "x", url: "http://\(server.authority)/x"), to: destination,
            with: credentials, from: cache, until: .now + .seconds(20))
          #expect(response.status == status)
          #expect(server.requests.filter { $0.path == "/token" }.count == tokens)
          #expect(server.requests.count == 2 * tokens)
        }
      }
    }
  }

  @Test("are proved as the other system wants it", .covers("A19"))
  func proofs() async throws {
    let key = try PrivateKey.makeP256()
    let proofs: [ClientCredentials.Proof] = [
      .secretBasic("s:e/c"), .secretPost("s&e"),
      .privateKeyJWT(pem: try key.pem, keyID: "k1"), .tlsCertificate,
    ]
    try await EgressServer.with(answer: { request, number in
      answer(request, good: [], issued: number)
    }) { server in
      try await EgressClient.with(loopback: [server.authority]) { client in
        for proof in proofs {
          let (_, credentials) = credentials(server, scope: "a:b", proof)
          let result = await client.fetchToken(credentials)
          #expect(throws: Never.self) { try result.get() }
        }
      }
      let requests = server.requests
      #expect(
        requests.allSatisfy { $0.body.hasPrefix("grant_type=client_credentials&scope=a%3Ab") })
      let basic = Data("a+b:s%3Ae%2Fc".utf8).base64EncodedString()
      #expect(requests[0].headers["authorization"] == "Basic \(basic)")
      #expect(requests[1].body.hasSuffix("&client_id=a+b&client_secret=s%26e"))
      #expect(requests[2].body.contains("&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3A"))
      let assertion = try #require(requests[2].body.split(separator: "&client_assertion=").last)
      #expect(assertion.split(separator: ".").count == 3)
      #expect(requests[3].body.hasSuffix("&client_id=a+b"))
      #expect(requests[1...].allSatisfy { $0.headers["authorization"] == nil })
    }
  }

  @Test("end where the endpoint refuses, breaks or answers nothing of use")
  func failures() async throws {
    struct Lost: Error {}
    try await EgressServer.with(answer: { _, number in
      switch number {
      case 1: .text(400, #"{"error":"invalid_client"}"#)
      case 2: .text(302)
      case 3: .text(500)
      case 4: .text(200, "{}")
      default: .init(fault: .drop)
      }
    }) { server in
      try await EgressClient.with(loopback: [server.authority]) { client in
        let (destination, credentials) = credentials(server, .tlsCertificate)
        var errors: [AccessTokenError] = []
        for _ in 1...5 {
          if case .failure(let error) = await client.fetchToken(credentials) {
            errors.append(error)
          }
        }
        #expect(
          errors == [
            .refused(status: 400, body: Array(#"{"error":"invalid_client"}"#.utf8)),
            .refused(status: 302, body: []), .failed(status: 500), .badAnswer,
            .unavailable(EgressError(.broken, isUnsent: false)),
          ])
        let unreadable = ClientCredentials(credentials.id, at: destination) { throw Lost() }
        #expect(await client.fetchToken(unreadable) == .failure(.secretUnreadable))
        #expect(server.requests.count == 5)
      }
    }
  }

  @Test("are not asked for where the call itself would go no further", .covers("S-F5"))
  func open() async throws {
    try await EgressServer.with(answer: { _, _ in .text(500) }) { server in
      let log = EgressLog()
      try await EgressClient.with(loopback: [server.authority], observer: log) { client in
        let (destination, credentials) = credentials(server, .tlsCertificate)
        let request = EgressRequest(
          operation: "x", method: .post, url: "http://\(server.authority)/x")
        for _ in 0..<5 {
          _ = try await client.call(request, to: destination, until: .now + .seconds(20))
        }
        await #expect(throws: EgressError.self) {
          try await client.call(
            request, to: destination, with: credentials, from: AccessTokens(client: client),
            until: .now + .seconds(20))
        }
        #expect(server.requests.map(\.path) == [String](repeating: "/x", count: 5))
        #expect(client.breakers.statuses(tenantID: "t").map(\.counts.rejections) == [1])
        guard case .failed(let error) = log.attempts.last?.result else {
          return #expect(Bool(false), "no refusal was seen")
        }
        #expect(error.reason == .breakerOpen && error.retryAfter != nil)
      }
    }
  }

  @Test("that come too often are throttled, and told when to come again")
  func throttled() async throws {
    try await EgressServer.with(answer: { _, number in
      .init(status: [408, 425, 429][number % 3], headers: [("retry-after", "7")])
    }) { server in
      try await EgressClient.with(loopback: [server.authority]) { client in
        let (_, credentials) = credentials(server, .tlsCertificate)
        for status in [425, 429, 408] {
          #expect(
            await client.fetchToken(credentials)
              == .failure(.throttled(status: status, retryAfter: .seconds(7))))
        }
      }
    }
  }

  @Test("are not asked for to go where nobody may go", .covers("S-E13"))
  func foreign() async throws {
    try await EgressServer.with(answer: { _, _ in .text(200) }) { server in
      try await EgressClient.with(loopback: [server.authority]) { client in
        let (destination, credentials) = credentials(server, .tlsCertificate)
        await #expect(throws: EgressError(.hostNotAllowed)) {
          try await client.call(
            EgressRequest(operation: "x", url: "https://elsewhere.example/"), to: destination,
            with: credentials, from: AccessTokens(client: client), until: .now + .seconds(5))
        }
      }
      #expect(server.requests.isEmpty)
    }
  }
}
