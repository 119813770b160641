import GeneratedOptions
import RPC
import TestSupport
import Testing

@testable import Pipeline

@Suite("Calls that a door refuses")
struct RefusedCallTests {
  private let lab: IdentityLab

  init() throws { lab = try IdentityLab() }

  private func call(_ metadata: Metadata, _ address: String = "ipv4:192.0.2.1:5") -> RefusedCall {
    RefusedCall(
      method: "/peer.v1.Directory/GetResident", metadata: metadata,
      peer: Peer(address: address, door: .rest),
      error: RPCError(code: .invalidArgument, reason: "FIELD_UNKNOWN", message: "no"))
  }

  private func record(_ harness: PipelineHarness) async -> CallRecord {
    while true {
      if let record = harness.records.first { return record }
      await Task.yield()
    }
  }

  @Test("are kept with whose they are, without having come to the method", .covers("S-H6", "A09"))
  func known() async throws {
    let harness = try PipelineHarness(lab, access: .signedIn)
    harness.pipeline.refused(call(["authorization": .string("Bearer \(try await lab.token())")]))
    let record = await record(harness)
    #expect(record.caller?.tenant.name == "alpha" && record.isRefused)
    #expect(record.code == .invalidArgument && record.reason == "FIELD_UNKNOWN")
    #expect(record.method == "/peer.v1.Directory/GetResident" && record.request == nil)
    #expect(record.address == "ipv4:192.0.2.1:5" && harness.handled == 0)
  }

  @Test("are nobody's with a credential that is worth nothing, and without one", .covers("S-H6"))
  func strangers() async throws {
    for metadata in [["authorization": "Bearer garbage"], [:]] as [Metadata] {
      let harness = try PipelineHarness(lab, access: .signedIn)
      harness.pipeline.refused(call(metadata))
      let record = await record(harness)
      #expect(record.caller == nil && record.tenantID == nil && record.isRefused)
    }
  }

  @Test(
    "are nobody's from a network that may not call, whose credentials nobody looks at",
    .covers("A15"))
  func denied() async throws {
    let networks = NetworkRules()
    try networks.replace(by: "deny 192.0.2.0/24")
    let harness = try PipelineHarness(lab, access: .signedIn, networks: networks)
    harness.pipeline.refused(call(["authorization": .string("Bearer \(try await lab.token())")]))
    let record = await record(harness)
    #expect(record.caller == nil && record.isRefused)
    #expect(harness.pipeline.limitCounts.networkDenied == 1)
  }

  @Test("are kept where the process has too much to do", .covers("S-F8", "S-H6"))
  func shed() async throws {
    let harness = try PipelineHarness(lab, access: .signedIn)
    for _ in 0..<200 { try harness.pipeline.shedder.enter(.low) }
    for _ in 0..<50 { harness.pipeline.shedder.observe(delay: .seconds(1)) }
    #expect(await harness.refusal(token: try await lab.token())?.code == .unavailable)
    let record = try #require(harness.records.first)
    #expect(record.code == .unavailable && record.isRefused && record.caller == nil)
  }

  @Test("are counted up to a number, and begin no more than that")
  func count() {
    let count = RunningCount()
    #expect(count.begin(2) && count.begin(2) && !count.begin(2))
    count.end()
    #expect(count.begin(2) && !count.begin(2))
  }
}
