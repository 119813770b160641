import TestSupport
import Testing

@testable import Platform

@Suite("The base domain")
struct BaseDomainTests {
  private let domain: BaseDomain

  init() throws { domain = try BaseDomain("artel.localhost") }

  @Test("is a domain name in lower case")
  func valid() throws {
    #expect(try BaseDomain("localhost").name == "localhost")
    #expect(try BaseDomain("artel.example.com").audience == "https://artel.example.com")
    #expect(try BaseDomain("3com.example").name == "3com.example")
  }

  @Test(
    "refuses what is no domain name",
    arguments: [
      "", ".", "artel.", ".artel", "Artel.localhost", "artel..localhost", "-a.b", "a-.b",
      "artel.localhost:8443", "https://artel.localhost", "артель.рф", "a b",
      String(repeating: "a", count: 64), String(repeating: "abcd.", count: 40) + "a",
    ])
  func invalid(name: String) {
    #expect(throws: PlatformConfigurationError.self) { try BaseDomain(name) }
  }

  @Test("names a tenant's issuer and knows it again")
  func issuer() {
    #expect(domain.issuer(of: "alpha") == "https://alpha.artel.localhost")
    #expect(domain.tenantName(ofIssuer: "https://alpha.artel.localhost") == "alpha")
  }

  @Test(
    "takes nothing else for a tenant's issuer", .covers("S-A12"),
    arguments: [
      "https://alpha.artel.localhost/", "https://Alpha.artel.localhost",
      "https://alpha.artel.localhost:443", "http://alpha.artel.localhost",
      "https://a.b.artel.localhost", "https://.artel.localhost", "https://artel.localhost",
      "https://alpha.artel.localhost.evil.example", "https://alphaartel.localhost",
      " https://alpha.artel.localhost", "https://evil@alpha.artel.localhost",
      "https://alpha\u{0}.artel.localhost", "",
    ])
  func foreignIssuer(issuer: String) {
    #expect(domain.tenantName(ofIssuer: issuer) == nil)
  }

  @Test("names a client as its certificate does")
  func spiffe() {
    #expect(
      domain.spiffeID(tenantName: "alpha", clientID: "intercom")
        == "spiffe://artel.localhost/tenants/alpha/clients/intercom")
  }
}
