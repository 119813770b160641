import TestSupport
import Testing

@testable import Transcoding

@Suite("Routes")
struct RouteTableTests {
  @Test("refuses two routes of one method and shape, and names both", .covers("T7"))
  func conflict() throws {
    var builder = RouteTableBuilder<Int>()
    try builder.add(
      method: "GET", template: PathTemplate(parsing: "/v1/{x}"), target: 0, name: "a.A/Get")
    let conflict = #expect(throws: RouteConflict.self) {
      try builder.add(
        method: "GET", template: PathTemplate(parsing: "/v1/{y}"), target: 1, name: "b.B/Get")
    }
    #expect(conflict?.name == "b.B/Get")
    #expect(conflict?.otherName == "a.A/Get")
    #expect(
      conflict?.description
        == "GET '/v1/{y}' of b.B/Get matches the same paths as '/v1/{x}' of a.A/Get")
    try builder.add(
      method: "GET", template: PathTemplate(parsing: "/v1/{y}:z"), target: 2, name: "c")
    try builder.add(method: "PUT", template: PathTemplate(parsing: "/v1/*"), target: 3, name: "d")
    #expect(throws: RouteConflict.self) {
      try builder.add(
        method: "GET", template: PathTemplate(parsing: "/v1/*:%7a"), target: 4, name: "e")
    }
  }

  @Test("captures the literal part of a variable with its wildcard", .covers("T9"))
  func literalInVariable() throws {
    let table = try table("GET /v1/{name=shelves/*}")
    #expect(table.get("/v1/shelves/7") == .found("GET /v1/{name=shelves/*}", ["shelves/7"]))
    #expect(table.get("/v1/shelves") == .notFound)
    #expect(table.get("/v1/shelves/7/x") == .notFound)
  }

  @Test("splits the path before it decodes it", .covers("T10", "S-F13"))
  func splitBeforeDecode() throws {
    let table = try table("GET /v1/{id}")
    #expect(table.get("/v1/a%2Fb") == .found("GET /v1/{id}", ["a/b"]))
    #expect(table.get("/v1/a%252Fb") == .found("GET /v1/{id}", ["a%2Fb"]))
  }

  @Test("decodes a single segment whole, and all but slashes in several", .covers("T11"))
  func decoding() throws {
    let table = try table("GET /v1/{id}", "GET /v2/{name=shelves/*}", "GET /v3/{path=**}")
    #expect(table.get("/v1/%20%3F%23").values == [" ?#"])
    #expect(table.get("/v2/shelves/%20%3F%2F%2f%23").values == ["shelves/ ?%2F%2f#"])
    #expect(table.get("/v3/a%2Fb/c%20d").values == ["a%2Fb/c d"])
    #expect(table.get("/v3/caf%C3%A9").values == ["café"])
  }

  @Test("decodes slashes in several segments too where the contract says so", .covers("T11"))
  func decodingReserved() throws {
    var builder = RouteTableBuilder<String>()
    try builder.add(
      method: "GET",
      template: PathTemplate(parsing: "/v1/{name=shelves/**}", decodesReserved: true),
      target: "a", name: "a")
    let table = builder.build()
    #expect(table.get("/v1/shelves/a%2Fb%3F/c").values == ["shelves/a/b?/c"])
  }

  @Test(
    "names the variable of a malformed value", .covers("T12", "S-F13"),
    arguments: [
      "/v1/%zz", "/v1/%4", "/v1/%", "/v1/a%2", "/v1/%ff", "/v1/%c0%af", "/v1/%00", "/v1/%ed%a0%80",
    ])
  func malformed(path: String) throws {
    let table = try table("GET /v1/{id}", "GET /v2/*", "GET /v3/{name=a/**}")
    #expect(table.get(path) == .malformed("id"))
    let rest = path.dropFirst(3)
    #expect(table.get("/v2\(rest)") == .malformed(""))
    #expect(table.get("/v3/a\(rest)") == .malformed("name"))
  }

  @Test("keeps a plus sign of the path", .covers("T13"))
  func plus() throws {
    #expect(try table("GET /v1/{id}").get("/v1/a+b").values == ["a+b"])
  }

  @Test("keeps a colon that begins no known verb", .covers("T14"))
  func colonInValue() throws {
    let table = try table("GET /v1/{id}", "POST /v1/{id}:archive")
    #expect(table.get("/v1/user:42") == .found("GET /v1/{id}", ["user:42"]))
    #expect(table.get("/v1/user:") == .found("GET /v1/{id}", ["user:"]))
    #expect(table.get("/v1/x%3Aarchive") == .found("GET /v1/{id}", ["x:archive"]))
  }

  @Test("cuts a verb at the last colon", .covers("T15"))
  func verb() throws {
    let table = try table("POST /v1/{id}:archive", "POST /v1/f/{p=**}:list")
    #expect(
      table.find("POST", "/v1/a:b:archive") == .found("POST /v1/{id}:archive", ["a:b"]))
    #expect(table.find("POST", "/v1/a:%61rchive").values == ["a"])
    #expect(table.find("POST", "/v1/f:list") == .found("POST /v1/f/{p=**}:list", [""]))
    #expect(table.find("POST", "/v1/f/a/b:list").values == ["a/b"])
    #expect(table.find("POST", "/v1/:archive") == .notFound)
    #expect(table.find("POST", "/v1/a:archive/b") == .notFound)
    #expect(table.find("POST", "/v1/a") == .notFound)
  }

  @Test("says which method a verb has, and never takes it for a value", .covers("T16"))
  func verbMethod() throws {
    let table = try table("GET /v1/{id}", "POST /v1/{id}:archive")
    #expect(table.get("/v1/x:archive") == .methodNotAllowed(["OPTIONS", "POST"]))
  }

  @Test("lets '**' match nothing, unless a literal ends there", .covers("T17"))
  func restMatchesNothing() throws {
    let first = try table("GET /v1/f/{p=**}", "GET /v2/{name=f/**}")
    #expect(first.get("/v1/f") == .found("GET /v1/f/{p=**}", [""]))
    #expect(first.get("/v2/f").values == ["f"])
    #expect(first.get("/v2/f/a/b").values == ["f/a/b"])
    let second = try table("GET /v1/f/{p=**}", "GET /v1/f")
    #expect(second.get("/v1/f") == .found("GET /v1/f", []))
    #expect(second.get("/v1/f/x") == .found("GET /v1/f/{p=**}", ["x"]))
  }

  @Test("keeps empty segments inside '**', and lets '*' match none", .covers("T18", "S-F13"))
  func emptySegments() throws {
    let table = try table("GET /v1/f/{p=**}", "GET /v1/{a}/x")
    #expect(table.get("/v1/f/a//b").values == ["a//b"])
    #expect(table.get("/v1//x") == .notFound)
  }

  @Test("takes a trailing slash for another path", .covers("T19"))
  func trailingSlash() throws {
    let table = try table("GET /v1/books", "GET /v1/books/{id}")
    #expect(table.get("/v1/books/") == .notFound)
    #expect(table.get("/v1/books/1/") == .notFound)
    #expect(table.get("/") == .notFound)
    #expect(table.get("") == .notFound)
    #expect(table.get("v1/books") == .notFound)
  }

  @Test("prefers literals in any order of declaration", .covers("T20"))
  func literalFirst() throws {
    for table in [
      try table("GET /v1/me", "GET /v1/{id}", "GET /v1/**"),
      try table("GET /v1/**", "GET /v1/{id}", "GET /v1/me"),
    ] {
      #expect(table.get("/v1/me") == .found("GET /v1/me", []))
      #expect(table.get("/v1/m%65") == .found("GET /v1/me", []))
      #expect(table.get("/v1/you") == .found("GET /v1/{id}", ["you"]))
      #expect(table.get("/v1/you/too") == .found("GET /v1/**", []))
    }
  }

  @Test("turns back from a literal that leads nowhere", .covers("T21"))
  func backtracking() throws {
    let table = try table("GET /v1/{x}/b/c", "GET /v1/a/b/d", "DELETE /v1/{x}/b/d")
    #expect(table.get("/v1/a/b/c") == .found("GET /v1/{x}/b/c", ["a"]))
    #expect(table.find("DELETE", "/v1/a/b/d") == .found("DELETE /v1/{x}/b/d", ["a"]))
  }

  @Test("keeps a wildcard method off another route's verb", .covers("T22"))
  func wildcardMethod() throws {
    let table = try table("* /v1/{id}", "POST /v1/{id}:cancel", "GET /v1/{id}")
    #expect(table.find("PUT", "/v1/x:cancel") == .methodNotAllowed(["OPTIONS", "POST"]))
    #expect(table.find("PUT", "/v1/x") == .found("* /v1/{id}", ["x"]))
    #expect(table.get("/v1/x") == .found("GET /v1/{id}", ["x"]))
    #expect(
      table.find("TRACE", "/v1/x")
        == .methodNotAllowed(["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]))
  }

  @Test("minds the case of a path", .covers("T23"))
  func caseMatters() throws {
    #expect(try table("GET /v1/books").get("/V1/books") == .notFound)
  }

  @Test(
    "matches no dot segments, encoded or not", .covers("T24", "S-F13"),
    arguments: [
      "/v1/../admin", "/v1/%2e%2e/x", "/v1/.", "/v1/%2E/x", "/v1/.%2e", "/v1/a/..", "/..",
    ])
  func dotSegments(path: String) throws {
    #expect(try table("GET /**", "GET /admin", "GET /v1/{id}/x").get(path) == .notFound)
  }

  @Test("keeps dots that are part of a longer segment", .covers("T24"))
  func dotsInValues() throws {
    #expect(try table("GET /v1/{id}").get("/v1/...").values == ["..."])
    #expect(try table("GET /v1/{id}").get("/v1/..a").values == ["..a"])
  }

  @Test("lists the methods of a path, HEAD with GET and OPTIONS always", .covers("T25"))
  func allow() throws {
    let table = try table("GET /v1/books", "POST /v1/books", "PATCH /v1/{x}")
    #expect(
      table.find("DELETE", "/v1/books")
        == .methodNotAllowed(["GET", "HEAD", "OPTIONS", "PATCH", "POST"]))
    #expect(table.find("HEAD", "/v1/books") == .found("GET /v1/books", []))
    #expect(table.find("get", "/v1/books") != .found("GET /v1/books", []))
  }

  @Test("matches literals that hold what must be encoded")
  func encodedLiterals() throws {
    let table = try table("GET /caf%C3%A9/a%2Fb")
    #expect(table.get("/caf%c3%a9/a%2fb") == .found("GET /caf%C3%A9/a%2Fb", []))
    #expect(table.get("/café/a%2Fb") == .found("GET /caf%C3%A9/a%2Fb", []))
    #expect(table.get("/caf%C3%A9/a/b") == .notFound)
  }

  @Test("finds each of many routes, and walks a hostile path in bounded work")
  func manyRoutes() throws {
    var builder = RouteTableBuilder<Int>()
    for index in 0..<500 {
      try builder.add(
        method: "GET", template: PathTemplate(parsing: "/v1/r\(index)/{a}/x/{b}"), target: index,
        name: "\(index)")
    }
    let table = builder.build()
    for index in 0..<500 {
      guard
        case .found(index, ["p", "q"]) = table.match(
          method: "GET", path: "/v1/r\(index)/p/x/q".utf8.span)
      else {
        Issue.record("route \(index)")
        continue
      }
    }
    let hostile = String(repeating: "/a", count: 100_000)
    guard case .notFound = table.match(method: "GET", path: hostile.utf8.span) else {
      Issue.record("a path of 100,000 segments")
      return
    }
  }

  /// A table of `METHOD template` lines, each its own target.
  private func table(_ routes: String...) throws -> RouteTable<String> {
    var builder = RouteTableBuilder<String>()
    for route in routes {
      let parts = route.split(separator: " ")
      try builder.add(
        method: String(parts[0]), template: PathTemplate(parsing: String(parts[1])), target: route,
        name: route)
    }
    return builder.build()
  }
}

/// `RouteMatch`, comparable.
private enum Answer: Equatable {
  case found(String, [String])
  case methodNotAllowed([String])
  case notFound
  case malformed(String)

  var values: [String]? {
    guard case .found(_, let values) = self else { return nil }
    return values
  }
}

extension RouteTable<String> {
  fileprivate func get(_ path: String) -> Answer { find("GET", path) }

  fileprivate func find(_ method: String, _ path: String) -> Answer {
    switch match(method: method, path: path.utf8.span) {
    case .found(let target, let values): .found(target, values)
    case .methodNotAllowed(let allow): .methodNotAllowed(allow)
    case .notFound: .notFound
    case .malformed(let variable): .malformed(variable)
    }
  }
}
