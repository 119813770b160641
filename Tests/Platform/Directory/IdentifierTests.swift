import Testing

@testable import Platform

@Suite("Identifiers")
struct IdentifierTests {
  @Test("takes a client's identifier", arguments: ["a", "intercom-1", "A.b_C-9"])
  func client(identifier: String) { #expect(ClientIdentifier.isValid(identifier)) }

  @Test(
    "refuses what cannot name a client",
    arguments: [
      "", "-a", ".a", "..", "a b", "a/b", "a\u{0}", "é", "a:b", String(repeating: "a", count: 65),
    ])
  func noClient(identifier: String) { #expect(!ClientIdentifier.isValid(identifier)) }

  @Test("takes a tenant's identifier")
  func tenant() {
    #expect(TenantIdentifier.isValid("01890a5d-ac96-774b-bcce-b302099a8057"))
    #expect(TenantIdentifier.isValid(TenantIdentifier.nobody))
  }

  @Test(
    "refuses what cannot name a tenant",
    arguments: [
      "", "01890a5dac96774bbcceb302099a8057", "01890A5D-AC96-774B-BCCE-B302099A8057",
      "01890a5d-ac96-774b-bcce-b302099a805g", "01890a5d-ac96-774b-bcce-b302099a80577",
      "01890a5d+ac96-774b-bcce-b302099a8057",
    ])
  func noTenant(identifier: String) { #expect(!TenantIdentifier.isValid(identifier)) }
}
