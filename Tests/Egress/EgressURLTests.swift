import TestSupport
import Testing

@testable import Egress

@Suite("Addresses of other systems")
struct EgressURLTests {
  @Test(
    "are https addresses in the internet", .covers("A07"),
    arguments: [
      "https://api.example.com", "https://api.example.com/", "https://api.example.com:8443/v1/x",
      "https://93.184.216.34/v1", "https://[2606:2800:220:1::1]:8443/v1",
      "HTTPS://Api.Example.com/a-b_c~d",
    ])
  func accepted(text: String) throws {
    let url = try #require(EgressURL(text))
    #expect(EgressPolicy().refusal(of: url) == nil)
  }

  @Test(
    "are read strictly: no user, query, fragment, dot segment, odd number or odd character",
    .covers("A07", "S-E13"),
    arguments: [
      "", "api.example.com", "ftp://api.example.com", "https:///v1",
      "https://user@api.example.com", "https://a:b@api.example.com", "https://api.example.com?x=1",
      "https://api.example.com/#x", "https://api.example.com/../x",
      "https://api.example.com/%2e%2E/x",
      "https://api.example.com/.", "https://api.example.com:0", "https://api.example.com:65536",
      "https://api.example.com:", "https://api.example.com:x", "https://api example.com",
      "https://api.example.com\\@evil.example", "https://-a.example.com", "https://a..example.com",
      "https://2130706433/", "https://0x7f.0.0.1/", "https://0177.0.0.1/", "https://127.1/",
      "https://0x7f000001/", "https://017700000001/", "https://127.0.0.1./", "https://a.0x7f/",
      "https://256.0.0.1", "https://1.2.3", "https://[::1", "https://[::1]x", "https://[]/",
      "https://[127.0.0.1]/", "https://[fe80::1%25eth0]/", "https://[::1%1]/",
      "https://exämple.com", "https://api.example.com/\u{0}", "https://%31%32%37.0.0.1/",
    ])
  func refused(text: String) { #expect(EgressURL(text) == nil) }

  @Test("are built from what was read: equal hosts are equal texts")
  func form() throws {
    let long = try #require(EgressURL("HTTPS://[2606:2800:0220:0001:0:0:0:1]:08443/V1"))
    #expect(long.description == "https://[2606:2800:220:1::1]:8443/V1")
    #expect(long.authority == EgressAuthority(host: "2606:2800:220:1::1", port: 8443))
    #expect(EgressURL("https://A.example")?.description == "https://a.example")
    #expect(EgressURL("https://a.example")?.authority.port == 443)
    #expect(EgressURL("http://a.example/x")?.authority.port == 80)
    #expect(EgressURL("https://a.example:1234/x")?.root.description == "https://a.example:1234")
    #expect(EgressAuthority("a.example:1")?.description == "a.example:1")
    #expect(EgressAuthority("[::1]:1")?.description == "[::1]:1")
    for bad in ["a.example", "a.example:1/x", ":1", "a.example:x"] {
      #expect(EgressAuthority(bad) == nil)
    }
  }

  @Test("are refused with a reason", .covers("S-E13"))
  func reasons() throws {
    func reason(_ text: String, _ policy: EgressPolicy = EgressPolicy()) throws
      -> EgressError.Reason?
    {
      policy.refusal(of: try #require(EgressURL(text)))
    }
    #expect(try reason("http://api.example.com/") == .insecure)
    for port in [22, 25, 80, 445] {
      #expect(try reason("https://api.example.com:\(port)/") == .portNotAllowed)
    }
    for host in ["localhost", "a.localhost", "127.0.0.1", "127.9.9.9", "[::1]"] {
      #expect(try reason("https://\(host):8443/") == .addressForbidden(.loopback))
    }
    #expect(try reason("https://169.254.169.254/latest") == .addressForbidden(.linkLocal))
    let listed = EgressPolicy(hosts: ["api.example.com", "*.partners.example"])
    #expect(try reason("https://api.example.com/", listed) == nil)
    #expect(try reason("https://a.b.partners.example/", listed) == nil)
    #expect(try reason("https://partners.example/", listed) == .hostNotAllowed)
    #expect(try reason("https://xpartners.example/", listed) == .hostNotAllowed)
  }

  @Test("of this machine are called where that very host and port is named", .covers("S-E13"))
  func loopback() throws {
    let policy = EgressPolicy(
      loopback: [EgressAuthority(host: "localhost", port: 8445), .init(host: "::1", port: 1)])
    func isCalled(_ text: String) throws -> Bool {
      policy.refusal(of: try #require(EgressURL(text))) == nil
    }
    #expect(try isCalled("http://localhost:8445/v1"))
    #expect(try isCalled("https://LOCALHOST:8445/v1"))
    #expect(try isCalled("http://[0::1]:1/"))
    for other in [
      "http://localhost:8446/", "https://127.0.0.1:8445/", "https://a.localhost:8445/",
      "http://[::1]:2/",
    ] {
      #expect(try !isCalled(other))
    }
  }

  @Test("have their odd characters coded")
  func coding() {
    #expect(FormCoding.encode("a b+c%d:e/ü~") == "a+b%2Bc%25d%3Ae%2F%C3%BC~")
    #expect(FormCoding.segment("dev/1 2?#%") == "dev%2F1%202%3F%23%25")
  }
}
