import GeneratedOptions
import Pipeline
import TestSupport
import Testing

@testable import Platform

@Suite("The table of revocations")
struct RevocationTableTests {
  private func revocation(
    _ kind: Revocation.Kind, _ id: String, at notBefore: Int64 = 100, until: Int64 = 1000,
    tenant: String = "a"
  ) -> Revocation {
    Revocation(
      tenantID: tenant, kind: kind, id: id, notBefore: notBefore, expireTime: until)
  }

  private static let principal = Principal(
    kind: .partner, subject: "clients/intercom", clientID: "intercom",
    certificateThumbprint: "thumb", tokenID: "jti", sessionID: "sid", keyID: "kid", issuedAt: 100)

  @Test(
    "finds a credential by everything that it says of itself",
    arguments: [
      (Revocation.Kind.token, "jti"), (.family, "sid"), (.client, "intercom"),
      (.subject, "clients/intercom"), (.certificate, "thumb"), (.key, "kid"), (.tenant, ""),
    ])
  func kinds(kind: Revocation.Kind, id: String) {
    var table = RevocationTable()
    table.add(revocation(kind, id))
    #expect(table.revokes(Self.principal, tenantID: "a"))
    #expect(!table.revokes(Self.principal, tenantID: "b"))
    var later = Self.principal
    later.issuedAt = 101
    #expect(table.revokes(later, tenantID: "a") == !kind.sparesLater)
    var another = RevocationTable()
    another.add(revocation(kind, id + "2"))
    #expect(!another.revokes(Self.principal, tenantID: "a"))
  }

  @Test("does not take one name for another's")
  func names() {
    var table = RevocationTable()
    for kind in [Revocation.Kind.token, .family, .subject, .certificate, .key] {
      table.add(revocation(kind, "intercom"))
    }
    table.add(revocation(.client, "jti"))
    #expect(!table.revokes(Self.principal, tenantID: "a"))
  }

  @Test("keeps the stricter of two, whichever comes first")
  func stricter() {
    for order in [[50, 100], [100, 50]] as [[Int64]] {
      var table = RevocationTable()
      for time in order { table.add(revocation(.client, "intercom", at: time, until: time * 10)) }
      #expect(table.revokes(Self.principal, tenantID: "a"))
      #expect(table.count == 1)
      let isNews = table.add(revocation(.client, "intercom", at: 1, until: 1))
      #expect(!isNews)
    }
  }

  @Test("forgets what has ended, and nothing else")
  func expiry() {
    var table = RevocationTable()
    table.add(revocation(.token, "jti", until: 200))
    table.add(revocation(.family, "sid", until: 201))
    table.removeExpired(now: 200)
    #expect(table.count == 1)
    #expect(table.contains(.family, "sid", tenantID: "a"))
    #expect(!table.contains(.token, "jti", tenantID: "a"))
  }
}
