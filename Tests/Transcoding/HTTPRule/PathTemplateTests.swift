import TestSupport
import Testing

@testable import Transcoding

@Suite("Path templates")
struct PathTemplateTests {
  @Test("reads literals, wildcards, nested field paths and a verb")
  func grammar() throws {
    let template = try PathTemplate(parsing: "/v1/{parent=units/*}/x/*/{a.b_c}/{rest=**}:watch")
    #expect(template.variables == ["parent", "a.b_c", "rest"])
    #expect(template.segments.count == 7)
    #expect(template.verb == Array("watch".utf8))
    #expect(template.captures.map(\.isMultiSegment) == [true, false, false, true])
  }

  @Test("decodes percent-encoded literals once, at start")
  func encodedLiterals() throws {
    let template = try PathTemplate(parsing: "/caf%C3%A9/a%2Fb")
    #expect(template.segments == [.literal(Array("café".utf8)), .literal(Array("a/b".utf8))])
  }

  @Test("refuses a variable twice, or one inside another's message", .covers("T1"))
  func duplicateVariable() {
    #expect(fault("/v1/{a}/{a}")?.column == 10)
    #expect(fault("/v1/{a.b}/{a}")?.column == 12)
    #expect(fault("/v1/{a}/{a.b}")?.column == 10)
    #expect(fault("/v1/{a}/{ab}") == nil)
  }

  @Test("refuses a variable inside a variable", .covers("T2"))
  func nestedVariable() {
    #expect(fault("/v1/{a={b}}")?.column == 8)
    #expect(fault("/v1/{a=x/{b}}")?.column == 10)
  }

  @Test("refuses '**' before the end, but takes a verb behind it", .covers("T3"))
  func restIsLast() {
    #expect(fault("/v1/{p=**}/x")?.column == 8)
    #expect(fault("/v1/**/x")?.column == 5)
    #expect(fault("/v1/{p=**/x}")?.column == 8)
    #expect(fault("/v1/{p=x/**}:y") == nil)
  }

  @Test(
    "refuses what the grammar does not know, and names the column", .covers("T8"),
    arguments: [
      ("/v1/", 5), ("/v1//x", 5), ("v1/x", 1), ("", 1), ("/", 2), ("/v1/x?y", 6), ("/v1/a*", 6),
      ("/v1/*a", 6), ("/v1/***", 7), ("/v1/{}", 6), ("/v1/{a", 7), ("/v1/{1a}", 6), ("/v1/x:", 7),
      ("/v1/{a.}", 8), ("/v1/{a=}", 8), ("/v1/x:y:z", 8), ("/v1/x:y/z", 8), ("/v1/ext-{id}", 9),
      ("/v1/{id}.json", 9), ("/v1/x%zz", 6), ("/v1/x%4", 6), ("/v1/./x", 5), ("/v1/%2E%2e", 5),
      ("/v1/x y", 6), ("/v1/x#y", 6), ("/v1/x}", 6), ("/v1/{a}}", 8), ("/v1/{a=*:x}", 9),
      ("/v1/{a=b", 9), ("/v1/*{a}", 6), ("/v1/x:{a}", 7), ("/v1/x:*", 7),
    ])
  func grammarFaults(template: String, column: Int) {
    #expect(fault(template)?.column == column)
  }

  @Test("describes a fault with the template, the column and the reason")
  func faultText() {
    #expect(
      fault("/v1/{a")?.description == "'/v1/{a', column 7: '}' is missing")
  }

  private func fault(_ template: String) -> PathTemplateError? {
    do throws(PathTemplateError) {
      _ = try PathTemplate(parsing: template)
      return nil
    } catch {
      return error
    }
  }
}
