import GeneratedOptions
import Testing

@Suite("Rules of strings and bytes")
struct StringRuleTests {
  private func check(
    _ text: String, _ rules: @escaping (inout Contract.Rules) -> Void
  ) throws -> Verdict {
    try Contract([Contract.field("f", 1, .string, rules)]).check(Wire.string(1, text))
  }

  private func accepts(_ text: String, _ format: Artel_Options_V1_StringFormat) throws -> Bool {
    try check(text) { $0.format = format } == .valid
  }

  @Test("counts Unicode scalars, not bytes and not characters")
  func lengths() throws {
    for text in ["ab", "éé", "🏠🏠", "e\u{301}", "abcd"] {
      #expect(
        try check(text) {
          $0.minLength = 2
          $0.maxLength = 4
        } == .valid)
    }
    #expect(try check("🏠") { $0.minLength = 2 } == .violations(["f has fewer than 2 characters"]))
    #expect(
      try check("ééééé") { $0.maxLength = 4 } == .violations(["f has more than 4 characters"]))
  }

  @Test("counts bytes of a bytes field")
  func byteLengths() throws {
    let contract = Contract([Contract.field("f", 1, .bytes) { $0.maxLength = 2 }])
    #expect(try contract.check(Wire.bytes(1, [0xff, 0xfe])) == .valid)
    #expect(
      try contract.check(Wire.bytes(1, [1, 2, 3])) == .violations(["f has more than 2 bytes"]))
  }

  @Test("asks nothing of a field without a value, but of one that is present and empty")
  func presence() throws {
    let plain = Contract([Contract.field("f", 1, .string) { $0.minLength = 1 }])
    #expect(try plain.check([]) == .valid)
    #expect(try plain.check(Wire.string(1, "")) == .valid)
    let optional = Contract([Contract.field("f", 1, .string, optional: true) { $0.minLength = 1 }])
    #expect(try optional.check([]) == .valid)
    #expect(
      try optional.check(Wire.string(1, "")) == .violations(["f has fewer than 1 characters"]))
  }

  @Test("checks each element of a list, empty ones included")
  func elements() throws {
    let contract = Contract([
      Contract.field("f", 1, .string, repeated: true) { $0.format = .dnsLabel }
    ])
    let bytes = Wire.string(1, "a") + Wire.string(1, "A") + Wire.string(1, "b") + Wire.string(1, "")
    let fault = "is not a label of lower-case letters, digits and hyphens that begins with a letter"
    #expect(try contract.check(bytes) == .violations(["f[2] \(fault)", "f[4] \(fault)"]))
  }

  @Test(
    "takes text that is not UTF-8 for a broken message, wherever it stands",
    arguments: [
      [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x61, 0xc3],
    ])
  func invalidUTF8(_ text: [UInt8]) throws {
    var contract = Contract()
    contract.add(
      "M",
      [
        Contract.field("ruled", 1, .string) { $0.required = true },
        Contract.field("free", 2, .string),
        Contract.field("list", 3, .string, repeated: true),
        Contract.field("map", 4, .message, of: "M.E", repeated: true),
      ],
      maps: [
        Contract.entry(
          "E", key: Contract.field("key", 1, .string), value: Contract.field("value", 2, .string))
      ])
    let rest = Wire.string(1, "a")
    #expect(try contract.check(Wire.bytes(1, text) + rest) == .malformed)
    #expect(try contract.check(rest + Wire.bytes(2, text)) == .malformed)
    #expect(try contract.check(rest + Wire.bytes(3, text)) == .malformed)
    #expect(try contract.check(rest + Wire.bytes(4, Wire.bytes(1, text))) == .malformed)
    #expect(try contract.check(rest + Wire.bytes(4, Wire.bytes(2, text))) == .malformed)
  }

  @Test("accepts names of the pattern")
  func resources() throws {
    for name in ["properties/p1/accessPoints/A.b_c~d-9", "properties/-/accessPoints/..."] {
      #expect(try check(name) { $0.resource = "properties/*/accessPoints/*" } == .valid)
    }
  }

  @Test(
    "refuses other names",
    arguments: [
      "properties", "properties/p1", "properties/p1/accessPoints", "properties/p1/accessPoints/",
      "properties//accessPoints/a", "/properties/p1/accessPoints/a",
      "properties/p1/accessPoints/a/", "properties/p1/accessPoints/a/b",
      "properties/p1/accesspoints/a", "Properties/p1/accessPoints/a",
      "properties/p 1/accessPoints/a", "properties/p%2F/accessPoints/a",
      "properties/../accessPoints/a", "properties/p1/accessPoints/.",
      "properties/é/accessPoints/a", "properties/p1/accessPoints/a\n",
      "properties/p1/accessPoints/a\0", "properties/*/accessPoints/*",
    ])
  func otherResources(_ name: String) throws {
    #expect(
      try check(name) { $0.resource = "properties/*/accessPoints/*" }
        == .violations(["f is not of the form properties/*/accessPoints/*"]))
  }

  @Test("tells UUIDs")
  func uuids() throws {
    for text in ["017f22e2-79b0-7cc3-98c4-dc0c0c07398f", "017F22E2-79B0-7CC3-98C4-DC0C0C07398F"] {
      #expect(try accepts(text, .uuid))
    }
    for text in [
      "017f22e279b07cc398c4dc0c0c07398f", "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}",
      "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
      "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0", "017f22e27-9b0-7cc3-98c4-dc0c0c07398f", "x",
    ] {
      #expect(try !accepts(text, .uuid))
    }
  }

  @Test("tells DNS labels")
  func labels() throws {
    for text in ["a", "a1", "a-b", String(repeating: "a", count: 63)] {
      #expect(try accepts(text, .dnsLabel))
    }
    for text in ["A", "1a", "-a", "a-", "a.b", "a_b", "é", String(repeating: "a", count: 64)] {
      #expect(try !accepts(text, .dnsLabel))
    }
  }

  @Test("tells tokens")
  func tokens() throws {
    #expect(try accepts("aZ9!~\"", .token))
    for text in [" ", "a b", "a\t", "\u{7f}", "é", "a\n", "\0"] {
      #expect(try !accepts(text, .token))
    }
  }

  @Test(
    "accepts https URIs, and http to this machine",
    arguments: [
      "https://a.example", "https://a.example/", "https://a.example:8443/p/q?r=s%20t&u=[1]",
      "https://127.0.0.1", "https://[2001:db8::1]:443/x", "https://a.example?q=/:@",
      "http://localhost", "http://localhost:8080/x", "http://127.0.0.1:1", "http://[::1]:65535/",
    ])
  func uris(_ text: String) throws { #expect(try accepts(text, .httpsUri)) }

  @Test(
    "refuses other URIs",
    arguments: [
      "https", "https:", "https:/a.example", "https://", "https:///p", "https://:443/",
      "http://a.example", "http://localhost.example/", "http://127.0.0.2/", "http://127.0.0.1.a/",
      "HTTPS://a.example", "ftp://a.example", "//a.example", "a.example", " https://a.example",
      "https://u@a.example", "https://u:p@a.example", "https://a.example#f", "https://a.example/#",
      "https://a.example:", "https://a.example:0", "https://a.example:65536", "https://a.example:x",
      "https://a.example:+1", "https://a.example:443:443", "https://a..example", "https://.a",
      "https://a.", "https://-a.example", "https://a_b.example", "https://a%2eexample",
      "https://[::1", "https://::1]", "https://[::g]", "https://[]", "https://[127.0.0.1]",
      "https://[::1]x", "https://x[::1]", "https://a.example/\\", "https://a.example/ b",
      "https://a.example/%", "https://a.example/%4", "https://a.example/%zz",
      "https://a.example/\u{e9}", "https://a.example/\n", "https://a.example/<>",
      "http://localhost@a.example/", "http://localhost\\.a.example/", "http://[::1%25lo]/",
    ])
  func otherURIs(_ text: String) throws { #expect(try !accepts(text, .httpsUri)) }
}
