import GeneratedOptions
import Pipeline
import RPC
import Storage
import TestSupport
import Testing

@Suite("A page request")
struct PageRequestTests {
  private func caller(_ tenant: String) -> Caller {
    Caller(
      tenant: Tenant(
        id: tenant, name: "t", displayName: "T", kind: .residential, suspended: false,
        issuer: "i", createTime: 0),
      principal: Principal(kind: .user, subject: "a:b"))
  }

  @Test("takes the default for 0 and the most for more")
  func size() throws {
    let sizes: [(Int32, Int)] = [(0, 50), (1, 1), (500, 500), (501, 500), (.max, 500)]
    for (asked, given) in sizes {
      let page = try PageRequest(size: asked, token: "", caller: caller("a"), method: "m")
      #expect(page.limit == given)
      #expect(page.after.isEmpty)
    }
  }

  @Test("refuses a negative size", .covers("T82"))
  func negative() {
    let error = #expect(throws: RPCError.self) {
      try PageRequest(size: -1, token: "", caller: caller("a"), method: "m")
    }
    #expect(error?.code == .invalidArgument)
  }

  @Test("goes on behind the keyset of its token, whatever that holds")
  func token() throws {
    let page = try PageRequest(size: 1, token: "", caller: caller("a"), method: "m")
    for keyset in [["x"], ["", "б", "a/b"], ["1", ""]] {
      let next = try PageRequest(
        size: 1, token: page.nextToken(keyset), caller: caller("a"), method: "m")
      #expect(next.after == keyset)
    }
  }

  @Test(
    "has a key that no other tenant's or list's is like, however they are called", .covers("S-D16"))
  func keys() throws {
    let tenants = [
      "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b",
    ]
    let lists = ["m", "m ", " m", "", "m m"] + tenants + tenants.map { "\($0) m" }
    var tokens: Set<String> = []
    for tenant in tenants {
      for list in lists {
        let page = try PageRequest(size: 1, token: "", caller: caller(tenant), method: list)
        tokens.insert(page.nextToken(["x"]))
      }
    }
    #expect(tokens.count == tenants.count * lists.count)
  }

  @Test("refuses a token of another tenant, another list, or made up", .covers("S-D12"))
  func foreign() throws {
    let page = try PageRequest(size: 1, token: "", caller: caller("a"), method: "m")
    let token = page.nextToken(["x"])
    for (tenant, method, token) in [
      ("b", "m", token), ("a", "n", token), ("a", "m", token + "AA"), ("a", "m", "AAAA"),
      ("a", "m", "not base64!"), ("a", "m", String(token.dropLast())),
    ] {
      let error = #expect(throws: RPCError.self) {
        try PageRequest(size: 1, token: token, caller: caller(tenant), method: method)
      }
      #expect(error?.code == .invalidArgument)
    }
  }
}
