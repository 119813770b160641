import GeneratedAuth
import LibCrypto
import Pipeline
import Postgres
import RPC
import Storage
import TestSupport
import Testing

@testable import Platform

@Suite("What the token endpoint refuses")
struct TokenRefusalTests {
  @Test("refuses every way to be no client with one error", .covers("S-C2"))
  func noClient() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      let administration = fixture.administration
      let good = try await administration.createClient(
        "good", kind: .partner, scopes: [], in: alpha)
      let disabled = try await administration.createClient(
        "disabled", kind: .partner, scopes: [], in: alpha)
      let suspended = try await administration.createClient(
        "suspended", kind: .partner, scopes: [], in: beta)
      let endpoint = TokenEndpoint(fixture)
      // Remembered as right before: it must not matter.
      for client in [disabled, suspended] {
        _ = try await endpoint.token(client.clientID, client.secret)
      }
      try await administration.setClientDisabled(true, of: "disabled", in: alpha)
      try await administration.suspend(beta, reason: "test")
      var errors: Set<RPCError> = []
      for (id, secret) in [
        ("good", good.secret + "x"), ("good", disabled.secret), ("good", " "),
        ("nobody", good.secret), ("disabled", disabled.secret), ("suspended", suspended.secret),
        ("good\u{0}", good.secret), ("GOOD", good.secret), ("' OR 1=1 --", good.secret),
      ] {
        do {
          _ = try await endpoint.token(id, secret)
          Issue.record("\(id) got a token")
        } catch let error as RPCError {
          errors.insert(error)
        }
      }
      #expect(errors.count == 1)
      #expect(errors.first?.code == .unauthenticated)
      #expect(errors.first?.reason == "INVALID_CLIENT")
      _ = try await endpoint.token("good", good.secret)
    }
  }

  @Test("refuses credentials in the header and the form at once", .covers("S-C3"))
  func bothCredentials() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let client = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: [], in: alpha)
      let basic = basicAuthorization("intercom:\(client.secret)")
      await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
        _ = try await TokenEndpoint(fixture).token("intercom", client.secret, authorization: basic)
      }
      _ = try await TokenEndpoint(fixture).token(authorization: basic)
    }
  }

  @Test("takes a secret with every sign of the alphabet by HTTP Basic", .covers("S-C8"))
  func basicSecret() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      _ = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: [], in: alpha)
      let hash = try SecretHash.make("— +<&>* !foo bar:%").encoded
      try await fixture.tenants.change(
        as: Actor(tenantID: alpha.id, service: "test"), action: "test", deadline: nil
      ) { change in
        _ = try await change.execute(
          Statement(
            "UPDATE artel.tenant_client SET secret_hashes = $1", .textArray([hash])))
      }
      let coded = "%E2%80%94+%2B%3C%26%3E*+%21foo%20bar%3A%25"
      _ = try await TokenEndpoint(fixture).token(
        authorization: basicAuthorization("intercom:\(coded)"))
      await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
        _ = try await TokenEndpoint(fixture).token(
          authorization: basicAuthorization("intercom:100%"))
      }
    }
  }

  @Test(
    "knows no other grant", .covers("S-C9"),
    arguments: [
      "password", "implicit", "Client_Credentials",
      "client_credentials ", "urn:ietf:params:oauth:grant-type:jwt-bearer",
    ])
  func otherGrants(grant: String) async throws {
    try await PlatformFixture.with { fixture in
      await expectRefusal(.invalidArgument, "UNSUPPORTED_GRANT_TYPE") {
        _ = try await TokenEndpoint(fixture).token("intercom", "secret", grant: grant)
      }
      await expectRefusal(.invalidArgument, "INVALID_REQUEST") {
        _ = try await TokenEndpoint(fixture).token("intercom", "secret", grant: "")
      }
    }
  }

  @Test(
    "asks an address that keeps failing for patience, but not the client itself elsewhere",
    .covers("S-C29"))
  func failures() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await fixture.tenant("alpha")
      let client = try await fixture.administration.createClient(
        "intercom", kind: .partner, scopes: [], in: alpha)
      let endpoint = TokenEndpoint(fixture)
      for port in 1...10 {
        await expectRefusal(.unauthenticated, "INVALID_CLIENT") {
          _ = try await endpoint.token("intercom", "wrong", address: "ipv4:10.6.6.6:\(port)")
        }
      }
      let bad = "ipv4:10.6.6.6:11"
      await expectRefusal(.resourceExhausted, "TOO_MANY_ATTEMPTS") {
        _ = try await endpoint.token("intercom", "wrong", address: bad)
      }
      await expectRefusal(.resourceExhausted, "TOO_MANY_ATTEMPTS") {
        _ = try await endpoint.token("intercom", client.secret, address: bad)
      }
      _ = try await endpoint.token("intercom", client.secret)
      // Once it is known, its own address does not shut it out either.
      _ = try await endpoint.token("intercom", client.secret, address: bad)
    }
  }
}
