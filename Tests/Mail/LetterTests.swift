import Foundation
import TestSupport
import Testing

@testable import Mail

@Suite("A letter")
struct LetterTests {
  @Test("lets nothing in its parts end a header", .covers("S-H10"))
  func headers() {
    let letter = Letter(
      id: "1", from: "a@example.org", to: "b@example.org",
      subject: "Код\r\nBcc: c@example.org", text: "one\r\n.\r\nMAIL FROM:<d@example.org>")
    let lines = String(decoding: letter.bytes(at: Date(timeIntervalSince1970: 0)), as: UTF8.self)
      .components(separatedBy: "\r\n")
    #expect(lines.contains("Date: Thu, 01 Jan 1970 00:00:00 +0000"))
    #expect(!lines.contains { $0.hasPrefix("Bcc") || $0.hasPrefix("MAIL") || $0 == "." })
    #expect(lines.firstIndex(of: "") == 9)
  }

  @Test(
    "goes to one address",
    arguments: [
      "a@b.org\r\nRCPT TO:<c@d.org>", "a@b.org>", "a b@c.org", "a@b@c", "@b.org", "a@", "",
      "a\u{2028}@b.org", "a,c@b.org",
    ])
  func addresses(text: String) async throws {
    #expect(!Letter.isAddress(text))
    let client = try SMTPClient(url: "smtps://mail.example.org")
    let error = await #expect(throws: SMTPError.self) {
      try await client.send(
        Letter(id: "1", from: "a@example.org", to: text, subject: "", text: ""))
    }
    #expect(error?.isFinal == true)
  }

  @Test(
    "has a server of a sensible URL",
    arguments: [
      "http://mail.example.org", "smtp://", "mail.example.org", "smtp://user:x@mail.example.org",
      "smtp://mail.example.org/x", "smtp://mail.example.org?x",
    ])
  func servers(url: String) {
    #expect(throws: SMTPError.self) { _ = try SMTPClient(url: url) }
  }

  @Test("is not sent where nobody answers, and may be later")
  func nobody() async throws {
    // Port 1 of loopback: nothing listens there.
    let client = try SMTPClient(url: "smtp://127.0.0.1:1", allowsLoopback: true)
    let error = await #expect(throws: SMTPError.self) {
      try await client.send(
        Letter(id: "1", from: "a@example.org", to: "b@example.org", subject: "", text: ""))
    }
    #expect(error?.isFinal == false)
  }
}
