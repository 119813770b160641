import TestSupport
import Testing

@testable import OpenAPI

@Suite("Reading pages")
struct ReadingPageTests {
  @Test("carry their policy where no server sends it")
  func written() throws {
    let document = try Library.documents(
      [Library.message("M", [Library.field("a", 1)])],
      [Library.method("Do", "M", "M", Library.get("/v1/m"))]
    ).whole
    let page = ReadingPage(document, destinations: ["'self'", "https://api.example.com"])
    let html = String(decoding: page.html, as: UTF8.self)
    #expect(page.contentPolicy.contains("connect-src 'self' https://api.example.com;"))
    #expect(page.contentPolicy.hasSuffix("; frame-ancestors 'none'"))
    #expect(
      html.contains(
        #"content="\#(page.contentPolicy.replacing("; frame-ancestors 'none'", with: ""))">"#))
  }
}
