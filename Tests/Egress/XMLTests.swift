import TestSupport
import Testing

@testable import Egress

@Suite("XML of other systems")
struct XMLTests {
  private func problem(_ text: String, limits: XMLLimits = XMLLimits()) -> XMLError.Problem? {
    do throws(XMLError) {
      _ = try XMLElement(document: Array(text.utf8), limits: limits)
      return nil
    } catch {
      return error.problem
    }
  }

  @Test("is read as it is written", .covers("A27"))
  func roundTrip() throws {
    let element = XMLElement(
      "open", attributes: ["version": "1 & \"2\""],
      children: [XMLElement("command", text: "a<b>&\"c\" ü"), XMLElement("empty")])
    #expect(try XMLElement(document: element.document) == element)
    let text =
      "<?xml version='1.0' encoding='utf-8'?>\n<a b='1'>\n <c>&lt;&#65;&#x42;</c>\n <d/></a >\n"
    let read = try XMLElement(document: Array(text.utf8))
    #expect(read["c"]?.text == "<AB" && read["d"] == XMLElement("d"))
    #expect(read.attributes == ["b": "1"])
  }

  @Test("has no document type, no entity of its own, and nothing from outside", .covers("A27"))
  func entities() {
    let laughs = """
      <?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>
      <lolz>&lol2;</lolz>
      """
    #expect(problem(laughs) == .declaration)
    let outside = #"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"#
    #expect(problem(outside) == .declaration)
    #expect(problem("<a>&x;</a>") == .entity)
    #expect(problem("<a>&x</a>") == .entity)
    #expect(problem("<a b='&x;'/>") == .entity)
    for number in ["&#0;", "&#xfffe;", "&#xd800;", "&#x110000;", "&#;", "&#-1;", "&#+65;", "&#1;"] {
      #expect(problem("<a>\(number)</a>") == .entity)
    }
    for text in ["<a><!-- c --></a>", "<a><![CDATA[x]]></a>", "<a><?p?></a>", "<a/><!-- c -->"] {
      #expect(problem(text) == .declaration, "\(text)")
    }
    #expect(problem("<a xmlns='urn:x'/>") == .namespace)
    #expect(problem("<x:a/>") == .namespace)
    #expect(problem("<a x:b='1'/>") == .namespace)
  }

  @Test("is bounded in size, depth, number and length", .covers("A27"))
  func limits() {
    #expect(problem("<a>\(String(repeating: "x", count: 64 << 10))</a>") == .tooLarge)
    var wide = XMLLimits()
    wide.bytes = 4 << 20
    let attribute = "<a b='\(String(repeating: "x", count: 1 << 20))'/>"
    #expect(problem(attribute) == .tooLarge && problem(attribute, limits: wide) == .tooLong)
    func nested(_ depth: Int) -> String {
      String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
    }
    #expect(problem(nested(16)) == nil && problem(nested(17)) == .tooDeep)
    #expect(problem(nested(10_000), limits: wide) == .tooDeep)
    #expect(problem("<r>\(String(repeating: "<a/>", count: 1999))</r>") == nil)
    #expect(problem("<r>\(String(repeating: "<a/>", count: 2000))</r>") == .tooMany)
    let many = (0...16).map { "a\($0)='1'" }.joined(separator: " ")
    #expect(problem("<a \(many)/>") == .tooMany)
    #expect(problem("<\(String(repeating: "a", count: 65))/>") == .tooLong)
  }

  @Test("is UTF-8, and says nothing else of itself", .covers("A27"))
  func charset() {
    #expect(problem("<?xml version='1.0' encoding='UTF-16'?><a/>") == .notUTF8)
    #expect(problem("<?xml version='1.0' encoding='windows-1251'?><a/>") == .notUTF8)
    #expect(throws: XMLError(problem: .notUTF8, offset: 0)) {
      try XMLElement(document: [0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e])
    }
    #expect(throws: XMLError(problem: .notUTF8, offset: 0)) {
      try XMLElement(document: [0xff, 0xfe, 0x3c, 0, 0x61, 0, 0x2f, 0, 0x3e, 0])
    }
  }

  @Test(
    "is well-formed",
    arguments: [
      "", " ", "a", "<", "<a", "<a>", "<a></b>", "<a/><b/>", "<a/>x", "<a b/>", "<a b=1/>",
      "<a b='1'c='2'/>", "<a b='1' b='2'/>", "<a b='<'/>", "<a b='1/>", "</a>", "<1/>",
      "<a>\u{1}</a>",
      "<a>x<b/></a>", "<?xml version='1.1'?><a/>", "<?xml?><a/>", "<a><b></a></b>", "<a / >",
    ])
  func malformed(text: String) { #expect(problem(text) != nil) }

  @Test("and JSON give the same message", .covers("A27"))
  func formats() throws {
    struct Message: Decodable, Equatable {
      struct Part: Decodable, Equatable { let code: String }
      let state: String
      let part: Part?
    }
    let json = #"{"state":"FAILED","part":{"code":"x"}}"#
    let xml = "<command><state>FAILED</state><part><code>x</code></part></command>"
    let message = Message(state: "FAILED", part: .init(code: "x"))
    #expect(try BodyFormat.json.decode(Message.self, from: Array(json.utf8)) == message)
    #expect(try BodyFormat.xml.decode(Message.self, from: Array(xml.utf8)) == message)
    #expect(throws: (any Error).self) {
      try BodyFormat.xml.decode(Message.self, from: Array("<command>x</command>".utf8))
    }
    let members = [(name: "a", value: "1/<")]
    #expect(BodyFormat.json.encode(members, root: "r") == Array(#"{"a":"1/<"}"#.utf8))
    #expect(BodyFormat.json.encode([], root: "r") == Array("{}".utf8))
    let odd = [(name: "a", value: "\"\\\n"), (name: "b", value: "ü")]
    #expect(
      BodyFormat.json.encode(odd, root: "r") == Array(#"{"a":"\"\\\u000a","b":"ü"}"#.utf8))
    let element = try XMLElement(document: BodyFormat.xml.encode(members, root: "r"))
    #expect(element["a"]?.text == "1/<")
    #expect(BodyFormat.xml.mediaType == "application/xml")
  }
}
