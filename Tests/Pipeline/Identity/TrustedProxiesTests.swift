import TestSupport
import Testing

@testable import Pipeline

@Suite("Trusted proxies")
struct TrustedProxiesTests {
  private let proxies = TrustedProxies(["10.0.0.0/8", "2001:db8::/32", "192.0.2.1"])!

  @Test(
    "are read from the right, up to who is none of them", .covers("S-E14"),
    arguments: [
      // Peer, field, who calls.
      ("10.0.0.1", "203.0.113.7", "203.0.113.7"),
      ("10.0.0.1", "198.51.100.9, 203.0.113.7", "203.0.113.7"),
      ("10.0.0.1", "198.51.100.9, 203.0.113.7, 10.9.9.9,192.0.2.1", "203.0.113.7"),
      ("2001:db8::1", "2001:db9::7", "2001:db9::7"),
      ("::ffff:10.0.0.1", "203.0.113.7:4711", "203.0.113.7"),
      ("10.0.0.1", "[2001:db9::7]:4711", "2001:db9::7"),
      ("10.255.255.255", "10.0.0.0", "10.0.0.0"),
      // Who is no proxy of ours says nothing of others.
      ("203.0.113.7", "198.51.100.9", "203.0.113.7"), ("11.0.0.0", "198.51.100.9", "11.0.0.0"),
      ("9.255.255.255", "198.51.100.9", "9.255.255.255"),
      ("192.0.2.2", "198.51.100.9", "192.0.2.2"), ("", "198.51.100.9", ""),
    ])
  func client(peer: String, field: String, client: String) {
    #expect(proxies.client(of: peer, forwardedFor: field) == client)
  }

  @Test(
    "count for nothing where what they say is malformed", .covers("S-E14"),
    arguments: [
      "", ",", "203.0.113.7,", "unknown", "203.0.113.7 203.0.113.8", "203.0.113.7:", "203.0.113",
      "203.0.113.7:abc", "[2001:db9::7", "[2001:db9::7]x", "203.0.113.7;x", "_hidden", "1.2.3.4/8",
    ])
  func malformed(field: String) {
    #expect(proxies.client(of: "10.0.0.1", forwardedFor: field) == "10.0.0.1")
  }

  @Test("are ranges")
  func ranges() {
    #expect(TrustedProxies(["10.0.0.1/8"]) == nil)
    #expect(TrustedProxies(["proxy"]) == nil)
  }
}
