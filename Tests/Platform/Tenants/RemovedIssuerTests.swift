import Pipeline
import TestSupport
import Testing

@testable import Platform

@Suite("An issuer that is removed")
struct RemovedIssuerTests {
  private static let outside = "https://id.example.com/realms/a"

  @Test(
    "is nobody's within a second, says so in the audit, and may come again", .covers("S-A20"),
    arguments: ["keycloak", "https://id.example.com/realms/a"])
  func remove(name: String) async throws {
    try await PlatformFixture.with { fixture in
      let administration = fixture.administration
      let alpha = try await fixture.tenant("alpha")
      let beta = try await fixture.tenant("beta")
      let issuer = NewIssuer(alias: "keycloak", issuer: Self.outside, audiences: ["artel"])
      try await administration.addIssuer(issuer, to: alpha)
      let directory = fixture.platform.directory
      #expect(try await directory.issuer(Self.outside) != nil)
      for (wrong, tenant) in [(name, beta), ("other", alpha), ("key\u{0}cloak", alpha)] {
        let error = await #expect(throws: AdministrationError.self) {
          try await administration.removeIssuer(wrong, of: tenant)
        }
        #expect(error?.code == .notFound)
      }
      try await administration.removeIssuer(name, of: alpha)
      #expect(try await eventually { try await directory.issuer(Self.outside) == nil })
      #expect(
        try await fixture.audit(alpha).last
          == "operators/test artel.administration/RemoveIssuer issuers/keycloak: "
          + "removed with issuer \(Self.outside)")
      try await administration.addIssuer(issuer, to: beta)
      #expect(try await eventually { try await directory.issuer(Self.outside)?.tenant == beta })
    }
  }
}
