import Pipeline
import RPC
import TestSupport
import Testing

@Suite("Address ranges")
struct AddressRangeTests {
  private let lab: IdentityLab

  init() throws { lab = try IdentityLab() }

  private func partner() async throws -> String {
    var claims = IdentityLab.claims
    claims["artel_kind"] = "partner"
    claims["client_id"] = "intercom"
    return try await lab.token(claims)
  }

  @Test(
    "reads CIDR and single addresses, and nothing else",
    arguments: [
      ("203.0.113.0/24", true), ("203.0.113.7", true), ("0.0.0.0/0", true), ("2001:db8::/32", true),
      ("::1", true), ("203.0.113.7/31", false), ("203.0.113.0/33", false), ("203.0.113.0/", false),
      ("203.0.113.0/+4", false), ("2001:db8::/129", false), ("2001:db8::1/64", false), ("", false),
      ("10.1", false), ("0x0a.0.0.1", false), ("fe80::1%eth0", false), ("example.org", false),
      ("1.2.3.4/8/9", false),
    ])
  func reads(text: String, good: Bool) { #expect((AddressRange(text) != nil) == good) }

  @Test(
    "let a client in from its own addresses alone, on either kind of socket", .covers("A15", "B07"))
  func holds() async throws {
    let ranges = try #require(AddressRanges(["203.0.113.0/31", "2001:db8::/127", "192.0.2.9"]))
    lab.partnerRanges.withLock { $0 = ranges }
    let harness = try PipelineHarness(lab, access: .signedIn)
    let token = try await partner()
    for address in [
      "ipv4:203.0.113.0:50000", "203.0.113.1", "ipv6:[2001:db8::1]:7", "ipv4:192.0.2.9:1",
      "ipv6:[::ffff:203.0.113.1]:7",
    ] {
      #expect(await harness.refusal(token: token, address: address) == nil)
    }
    for address in [
      "ipv4:203.0.113.2:50000", "203.0.112.255", "ipv6:[2001:db8::2]:7", "192.0.2.8", "unix:/run/a",
      "", "192.0.2.90",
    ] {
      let error = await harness.refusal(token: token, address: address)
      #expect(error?.code == .permissionDenied)
      #expect(error?.says("ADDRESS_NOT_ALLOWED") == true)
    }
    // A person is not the partner.
    #expect(await harness.refusal(token: try await lab.token(), address: "192.0.2.8") == nil)
  }

  @Test("hold for a client's certificate too", .covers("B07"))
  func certificates() async throws {
    let ranges = try #require(AddressRanges(["203.0.113.0/24"]))
    lab.partnerRanges.withLock { $0 = ranges }
    let harness = try PipelineHarness(lab, access: .signedIn)
    let certificate = try lab.certificate(
      by: lab.alphaAuthority, naming: "alpha", client: "intercom")
    #expect(await harness.refusal(certificate: certificate, address: "203.0.113.9") == nil)
    #expect(
      await harness.refusal(certificate: certificate, address: "203.0.114.9")?
        .says("ADDRESS_NOT_ALLOWED") == true)
  }
}
