import Testing

@testable import Platform

@Suite("Addresses of issuers")
struct IssuerURLTests {
  @Test(
    "takes https, and http to this machine",
    arguments: [
      "https://id.example.com", "https://id.example.com:8443/realms/alpha",
      "http://localhost:9000/realms/a", "http://127.0.0.1:9000", "http://[::1]:9000",
      "http://id.artel.localhost:9000",
    ])
  func valid(text: String) { #expect(IssuerURL(text)?.text == text) }

  @Test(
    "refuses every other address",
    arguments: [
      "", "http://id.example.com", "ftp://id.example.com", "file:///etc/passwd", "https://",
      "https://user@id.example.com", "https://user:secret@id.example.com",
      "https://id.example.com?a=b", "https://id.example.com#a", "https://id.example.com/a b",
      "id.example.com", "http://localhost.example.com", "https://id.example.com/\u{e9}",
      "https://id.example.com/" + String(repeating: "a", count: 2000),
    ])
  func invalid(text: String) { #expect(IssuerURL(text) == nil) }

  @Test("puts the discovery document behind the issuer's path")
  func discovery() throws {
    #expect(
      try #require(IssuerURL("https://id.example.com/realms/a")).discovery
        == "https://id.example.com/realms/a/.well-known/openid-configuration")
    #expect(
      try #require(IssuerURL("https://id.example.com/")).discovery
        == "https://id.example.com/.well-known/openid-configuration")
  }

  @Test("does not go from https to http for keys")
  func downgrade() throws {
    let secure = try #require(IssuerURL("https://id.example.com"))
    let local = try #require(IssuerURL("http://localhost:9000"))
    #expect(!secure.accepts(keysFrom: local))
    #expect(local.accepts(keysFrom: local))
    #expect(local.accepts(keysFrom: secure))
    #expect(secure.accepts(keysFrom: secure))
  }
}
