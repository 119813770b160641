import TestSupport
import Testing

@testable import Transcoding

@Suite("multipart/form-data")
struct MultipartReaderTests {
  /// What a reader makes of pieces: the parts with their content, or the error.
  private func read(
    _ text: String, boundary: String = "b", step: Int = .max,
    limits: MultipartLimits = MultipartLimits()
  ) throws(TranscodingError) -> [(MultipartPart, String)] {
    let bytes = Array(text.utf8)
    var reader = try MultipartReader(boundary: boundary, limits: limits)
    var parts: [(MultipartPart, [UInt8])] = []
    var isOpen = false
    var at = 0
    while at < bytes.count {
      let end = min(at + min(step, bytes.count), bytes.count)
      let piece = Array(bytes[at..<end])
      try piece.withUnsafeBufferPointer { piece throws(TranscodingError) in
        try reader.feed(UnsafeRawBufferPointer(piece)) { event throws(TranscodingError) in
          switch event {
          case .part(let part):
            #expect(!isOpen)
            isOpen = true
            parts.append((part, []))
          case .data(let data):
            #expect(isOpen && !data.isEmpty)
            parts[parts.count - 1].1 += data
          case .end:
            #expect(isOpen)
            isOpen = false
          }
        }
      }
      at = end
    }
    try reader.finish()
    #expect(!isOpen)
    return parts.map { ($0.0, String(decoding: $0.1, as: UTF8.self)) }
  }

  private func error(
    _ text: String, boundary: String = "b", limits: MultipartLimits = MultipartLimits()
  ) -> TranscodingError.Kind? {
    do throws(TranscodingError) {
      _ = try read(text, boundary: boundary, limits: limits)
      return nil
    } catch {
      return error.kind
    }
  }

  private func part(_ name: String, _ content: String, _ more: String = "") -> String {
    "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\(more)\r\n\r\n\(content)\r\n"
  }

  @Test("reads the same parts from pieces of any size", .covers("T83"))
  func pieces() throws {
    let tricky = "\r\n-\r\r\n--\r\n--x\r\n--\r\n b--b\r\n--B"
    let text =
      "preamble\r\n--bb\r\n"  // not yet a delimiter: it is, and so refused below
      .replacing("--bb", with: "-b") + part("a", "1") + part("t", tricky)
      + part("f", "file", "; filename=\"f.txt\"\r\nContent-Type: text/html; x=y\r\nX-Other: 1")
      + part("empty", "") + "--b--\r\nepilogue --b\r\n"
    for step in [1, 2, 3, 4, 5, 7, 11, 1000] {
      let parts = try read(text, step: step)
      #expect(parts.map(\.0.name) == ["a", "t", "f", "empty"])
      #expect(parts.map(\.1) == ["1", tricky, "file", ""])
      #expect(parts[2].0.fileName == "f.txt" && parts[2].0.isFile)
      #expect(parts[2].0.contentType == "text/html; x=y")
      #expect(!parts[0].0.isFile && parts[0].0.contentType == nil)
    }
  }

  @Test("reads every cut of a body into two pieces", .covers("T83"))
  func cuts() throws {
    let text = part("a", "x\r\n--") + part("b", "\r") + "--b--"
    for cut in 1..<text.utf8.count {
      let parts = try read(text, step: cut)
      #expect(parts.map(\.1) == ["x\r\n--", "\r"])
    }
  }

  @Test("takes what RFC 2046 lets be", .covers("T83"))
  func grammar() throws {
    #expect(try read("--b--").isEmpty)
    #expect(try read("\r\n--b--\r\n").isEmpty)
    #expect(try read("--b \t\r\ncontent-disposition:form-data;name=a\r\n\r\n--b--")[0].1 == "")
    #expect(
      try read(
        "--b\r\nContent-Disposition: FORM-DATA; name=a; filename*=UTF-8''x; x=\"y\";\r\n"
          + "Content-Transfer-Encoding: 8bit\r\n\r\nv\r\n--b--")[0].1 == "v")
    let boundary = "a'()+_,-./:=? z0123456789012345678901234567890123456789012345678901234"
    #expect(boundary.utf8.count == 70)
    #expect(try read("--\(boundary)--", boundary: boundary).isEmpty)
  }

  @Test(
    "refuses a boundary that is none", .covers("T83"),
    arguments: ["", "a ", "a\r\nb", "a\"b", "ä", String(repeating: "a", count: 71)])
  func boundaries(_ boundary: String) {
    #expect(error("--b--", boundary: boundary) == .invalidArgument)
  }

  @Test(
    "refuses what is not multipart", .covers("T83"),
    arguments: [
      "", "x", "--b", "--b-", "--b\r\n", "--b\r\n\r\n--b--", "--bx\r\n", "--b-x", "--b\rx",
      "--b\nContent-Disposition: form-data; name=a\n\n1\n--b--",
      "--b\r\nContent-Disposition: form-data; name=a\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition: form-data; name=a\rx\r\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1",
      "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b",
      "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--bb--",
      "--b\r\nContent-Disposition: form-data\r\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition: form-data; filename=a\r\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition: form-data; name=a; filename=a; filename=b\r\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition: form-data; name=\"a\u{1}\"\r\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition: form-data; name=\r\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition: form-data, name=a\r\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition: attachment; name=a\r\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition: form-data; name=a\r\n folded: x\r\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition : form-data; name=a\r\n\r\n\r\n--b--",
      "--b\r\nNo-Colon\r\n\r\n\r\n--b--", "--b\r\n: x\r\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Type: a\u{1}b\r\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Type: a\r\nContent-Type: a\r\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: 7bit\r\nContent-Transfer-Encoding: 7bit\r\n\r\n\r\n--b--",
      "--b\r\nContent-Disposition: form-data; name=a\0\r\n\r\n\r\n--b--",
    ])
  func malformed(_ text: String) {
    #expect(error(text) == .invalidArgument)
  }

  @Test("refuses a header that is not UTF-8", .covers("T83"))
  func notUTF8() throws {
    var reader = try MultipartReader(boundary: "b")
    let bytes = Array("--b\r\nContent-Disposition: form-data; name=".utf8) + [0xff, 0x0d, 0x0a]
    #expect(throws: TranscodingError.self) {
      try bytes.withUnsafeBytes { try reader.feed($0) { _ in } }
    }
  }

  @Test(
    "keeps of a file's name what is no path", .covers("T83"),
    arguments: [
      ("a.txt", "a.txt"), ("../../etc/passwd", "passwd"), ("C:\\Users\\x\\a b.txt", "a b.txt"),
      ("/a/", nil), ("..", nil), (".", nil), ("", nil), ("a\\\"b", "a\"b"), ("x/\u{85}y", "y"),
      ("Ж.pdf", "Ж.pdf"), ("\\\\host\\share\\f", "f"),
    ] as [(String, String?)])
  func fileNames(_ sent: String, _ kept: String?) throws {
    let parts = try read(part("f", "", "; filename=\"\(sent)\"") + "--b--")
    #expect(parts[0].0.fileName == kept && parts[0].0.isFile)
  }

  @Test("keeps to its limits", .covers("T83"))
  func limits() {
    let two = part("a", "1234") + part("b", "") + "--b--"
    #expect(error(two, limits: MultipartLimits(parts: 2)) == nil)
    #expect(error(two, limits: MultipartLimits(parts: 1)) == .tooLarge)
    #expect(error(two, limits: MultipartLimits(partBytes: 4)) == nil)
    #expect(error(two, limits: MultipartLimits(partBytes: 3)) == .tooLarge)
    #expect(error(two, limits: MultipartLimits(headerBytes: 20)) == .tooLarge)
  }
}
