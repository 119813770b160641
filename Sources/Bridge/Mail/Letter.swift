import Foundation

/// An e-mail of plain text to one person.
public struct Letter: Sendable, Hashable {
  /// Names it, at the sender's domain.
  public let id: String
  /// The sender's address.
  public let from: String
  /// The recipient's address.
  public let to: String
  /// What it is about.
  public let subject: String
  /// What it says.
  public let text: String

  /// Creates a letter.
  public init(id: String, from: String, to: String, subject: String, text: String) {
    self.id = id
    self.from = from
    self.to = to
    self.subject = subject
    self.text = text
  }

  /// Whether a text is one address, and nothing that could end its header or its command.
  public static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts.contains("") && text.utf8.count <= 254
      && text.unicodeScalars.allSatisfy {
        $0.value > 0x20 && !(0x7f...0x9f).contains($0.value)
          && !$0.properties.isWhitespace && !"<>\"\\(),:;[]".unicodeScalars.contains($0)
      }
  }

  /// As it goes over the wire (RFC 5322, RFC 2045). Subject and text are in base64, so that nothing
  /// in them ends a header or the letter.
  func bytes(at date: Date) -> [UInt8] {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss +0000"
    let domain = from.split(separator: "@").last.map(String.init) ?? ""
    let lines = [
      "From: <\(from)>", "To: <\(to)>",
      "Subject: =?UTF-8?B?\(Data(subject.utf8).base64EncodedString())?=",
      "Date: \(formatter.string(from: date))", "Message-ID: <\(id)@\(domain)>",
      "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: base64", "Auto-Submitted: auto-generated", "",
      Data(text.utf8).base64EncodedString(
        options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed]), "",
    ]
    return Array(lines.joined(separator: "\r\n").utf8)
  }
}
