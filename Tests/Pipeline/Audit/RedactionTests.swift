import GeneratedDescriptors
import Pipeline
import RPC
import TestSupport
import Testing
import Transcoding

@Suite("Redaction of bodies")
struct RedactionTests {
  private let schema: Schema

  init() throws { schema = try Schema(descriptorSet: ArtelDescriptors.descriptorSet) }

  private func plan(_ path: String) throws -> (RedactionPlan, RedactionPlan) {
    let method = try #require(schema.method(path: path))
    return (RedactionPlan(method.input), RedactionPlan(method.output))
  }

  private func field(_ number: Int, _ text: String) -> [UInt8] {
    [UInt8(number << 3 | 2), UInt8(text.utf8.count)] + Array(text.utf8)
  }

  @Test("keeps no secret, whatever is in it", .covers("S-H6", "A09"))
  func secrets() throws {
    for method in schema.methods where method.policy != nil {
      for message in [method.input, method.output] {
        let plan = RedactionPlan(message)
        var bytes: [UInt8] = []
        var secrets = 0
        for field in message.fields
        where field.dataClass == .secret && field.kind == .string && field.number < 16 {
          bytes += self.field(field.number, "s3cret-\(field.number)")
          secrets += 1
        }
        guard secrets > 0 else { continue }
        let body = try #require(RedactedBody(MessageBytes(bytes), plan: plan))
        #expect(!body.json.contains("s3cret"), "\(message.fullName)")
        #expect(!body.personal.contains { $0.value.contains("s3cret") })
        #expect(body.json.components("[secret]") == secrets)
        #expect(plan.holdsSecrets)
      }
    }
  }

  @Test("takes personal data out, and says where it was", .covers("S-H6", "S-H4"))
  func personal() throws {
    let (plan, _) = try plan("/artel.audit.v1.AuditService/ListAuditEntries")
    let bytes = field(1, "units/1") + field(4, "artel:ann") + [2 << 3, 7]
    let body = try #require(RedactedBody(MessageBytes(bytes), plan: plan))
    #expect(body.json == #"{"resource":"units/1","pageSize":7,"actor":"[personal]"}"#)
    #expect(body.personal.map(\.path) == ["actor"])
    #expect(body.personal.map(\.value) == [#""artel:ann""#])
    #expect(plan.holdsPersonalData && !plan.holdsSecrets)
  }

  @Test("keeps one record of whatever text", .covers("S-H9"))
  func injection() throws {
    let (plan, _) = try plan("/artel.audit.v1.AuditService/ListAuditEntries")
    let text = "a\r\nb\u{1b}[31m\u{0}\"}\\\u{9b}\u{2028}\u{202e}"
    let body = try #require(RedactedBody(MessageBytes(field(1, text)), plan: plan))
    #expect(
      body.json
        == #"{"resource":"a\u000d\u000ab\u001b[31m\u0000\"}\\\u009b\u2028\u202e"}"#)
  }

  @Test("reads nothing that is not a message")
  func malformed() throws {
    let (plan, _) = try plan("/artel.audit.v1.AuditService/ListAuditEntries")
    #expect(RedactedBody(MessageBytes([0x0a, 0x7f, 1]), plan: plan) == nil)
    #expect(RedactedBody(MessageBytes([0xff]), plan: plan) == nil)
    #expect(RedactedBody(MessageBytes([UInt8]()), plan: plan)?.json == "{}")
  }

  @Test("cuts a text between two characters")
  func prefixes() {
    #expect(JSONText.prefix("abc", 3) == "abc")
    #expect(JSONText.prefix("aбв", 4) == "aб")
    #expect(JSONText.prefix("aбв", 3) == "aб")
    #expect(JSONText.prefix("aбв", 2) == "a")
  }
}

extension String {
  fileprivate func components(_ part: String) -> Int {
    var (count, rest) = (0, self[...])
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
