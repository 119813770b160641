import TestSupport
import Testing

@testable import Residential

@Suite("Addresses of partners")
struct PartnerAddressTests {
  @Test(
    "are https addresses of other machines", .covers("A07"),
    arguments: [
      "https://api.example.com", "https://api.example.com/", "https://api.example.com:8443/v1/x",
      "https://192.0.2.7/v1", "https://[2001:db8::1]:8443/v1", "HTTPS://Api.Example.com/a-b_c~d",
    ])
  func accepted(uri: String) {
    #expect(PartnerAddressPolicy(allowsLoopback: false).accepts(uri))
    #expect(PartnerAddressPolicy(allowsLoopback: true).accepts(uri))
  }

  @Test(
    "are never anything else", .covers("A07"),
    arguments: [
      "", "api.example.com", "http://api.example.com", "ftp://api.example.com", "https:///v1",
      "https://user@api.example.com", "https://a:b@api.example.com", "https://api.example.com?x=1",
      "https://api.example.com/#x", "https://api.example.com/../x",
      "https://api.example.com/%2e%2E/x",
      "https://api.example.com/.", "https://api.example.com:0", "https://api.example.com:65536",
      "https://api.example.com:", "https://api.example.com:x", "https://api example.com",
      "https://api.example.com\\@evil.example", "https://-a.example.com", "https://a..example.com",
      "https://2130706433/", "https://0x7f.0.0.1/", "https://0177.0.0.1/", "https://127.1/",
      "https://256.0.0.1", "https://1.2.3", "https://[::1", "https://[::1]x", "https://[]/",
      "https://exämple.com", "https://api.example.com/\u{0}",
    ])
  func refused(uri: String) {
    #expect(!PartnerAddressPolicy(allowsLoopback: false).accepts(uri))
    #expect(!PartnerAddressPolicy(allowsLoopback: true).accepts(uri))
  }

  @Test(
    "are on this machine in development only",
    arguments: [
      "http://localhost:8080/v1", "http://127.0.0.1:1/", "https://127.9.9.9/", "http://[::1]:80/",
      "https://partner.localhost/", "https://[::ffff:127.0.0.1]/",
    ])
  func loopback(uri: String) {
    #expect(!PartnerAddressPolicy(allowsLoopback: false).accepts(uri))
    #expect(PartnerAddressPolicy(allowsLoopback: true).accepts(uri))
  }
}
