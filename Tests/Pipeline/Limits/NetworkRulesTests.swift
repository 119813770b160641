import RPC
import TestSupport
import Testing

@testable import Pipeline

@Suite("The platform's networks")
struct NetworkRulesTests {
  @Test("let nobody in from one that is denied, before anybody is asked who calls", .covers("A15"))
  func denied() async throws {
    let lab = try IdentityLab()
    let rules = NetworkRules()
    try rules.replace(by: "# Scanners.\ndeny 203.0.113.0/24  # all of it\n\ndeny 2001:db8::/32\n")
    let harness = try PipelineHarness(lab, access: .signedIn, networks: rules)
    let token = try await lab.token()
    for address in ["ipv4:203.0.113.9:4000", "ipv6:[2001:db8::1]:4000", "::ffff:203.0.113.9"] {
      let error = await harness.refusal(token: token, address: address)
      #expect(error?.code == .permissionDenied)
      #expect(error?.says("ADDRESS_NOT_ALLOWED") == true)
      #expect(await harness.refusal(token: nil, address: address)?.code == .permissionDenied)
    }
    for address in ["ipv4:203.0.114.9:4000", "ipv6:[2001:db9::1]:4000", "unix:"] {
      _ = try await harness.call(token: token, address: address)
    }
    #expect(harness.records.count == 9)
  }

  @Test("let nobody else in where some are allowed", .covers("A15"))
  func allowed() throws {
    let rules = NetworkRules()
    // With the line ends of Windows, a comment ends with its line as well.
    try rules.replace(by: "# ours\r\nallow 10.0.0.0/8 # all\r\ndeny 10.1.0.0/16\r\n")
    func admits(_ address: String) -> Bool {
      (try? rules.check(Peer(address: address, door: .grpc))) != nil
    }
    #expect(admits("ipv4:10.2.0.1:1") && admits("unix:"))
    #expect(!admits("ipv4:10.1.0.1:1") && !admits("ipv4:192.0.2.1:1") && !admits("::1"))
  }

  @Test("end streams that came from one that is denied since", .covers("A15"))
  func streams() async throws {
    let lab = try IdentityLab()
    let rules = NetworkRules()
    let harness = try PipelineHarness(lab, access: .signedIn, networks: rules)
    let error = await harness.watch(token: try await lab.token(), address: "203.0.113.9") {
      #expect(throws: Never.self) { try rules.replace(by: "deny 203.0.113.0/24") }
    }
    #expect(error?.code == .permissionDenied)
    #expect(error?.says("ADDRESS_NOT_ALLOWED") == true)
  }

  @Test(
    "stay as they were where a line is malformed",
    arguments: ["permit 10.0.0.0/8", "deny", "deny 10.0.0.0/8 now", "deny 10.0.0.1/8", "deny x"])
  func malformed(text: String) throws {
    let rules = NetworkRules()
    try rules.replace(by: "deny 10.0.0.0/8")
    let fault = #expect(throws: NetworkRules.Fault.self) { try rules.replace(by: "\n\(text)") }
    #expect(fault?.description.contains("line 2") == true)
    #expect(throws: RPCError.self) {
      try rules.check(Peer(address: "10.0.0.1", door: .grpc))
    }
    // Nor does a file that was emptied let everybody in.
    #expect(throws: NetworkRules.Fault.self) { try rules.replace(by: "# nothing\n") }
    #expect(throws: RPCError.self) {
      try rules.check(Peer(address: "10.0.0.1", door: .grpc))
    }
    try rules.replace(by: "allow 0.0.0.0/0\nallow ::/0")
    try rules.check(Peer(address: "10.0.0.1", door: .grpc))
  }
}
