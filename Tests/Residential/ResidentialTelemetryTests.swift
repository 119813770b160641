import Telemetry
import TestSupport
import Testing

@testable import Residential

@Suite("What is measured of partners")
struct ResidentialTelemetryTests {
  @Test("leaves room for other tenants' partners", .covers("A30", "B32", "S-D16"))
  func room() {
    let registry = MetricRegistry()
    let telemetry = ResidentialTelemetry(
      registry: registry, objectives: ObjectiveBook(registry: registry))
    for number in 0..<600 {
      telemetry.asked("greedy/\(number)", "open", "refused", false, .milliseconds(1))
    }
    telemetry.asked("quiet/doors", "open", "unreachable", false, .milliseconds(1))
    let lines = Exposition.text(of: registry, as: .prometheus).split(separator: "\n")
    func has(_ labels: String, _ value: Int) -> Bool {
      lines.contains { $0 == "artel_partner_requests_total{\(labels)} \(value)" }
    }
    #expect(has(#"partner="quiet/doors",operation="open",outcome="unreachable""#, 1))
    #expect(has(#"partner="other",operation="open",outcome="refused""#, 575))
    #expect(
      lines.contains {
        $0.hasPrefix("artel_partner_request_duration_seconds_count")
          && $0.contains(#"partner="quiet/doors""#)
      })
  }
}
