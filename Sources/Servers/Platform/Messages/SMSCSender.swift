public import AsyncHTTPClient
import Foundation
import NIOCore

/// Sends messages as SMS by the protocol of SMSC.
public struct SMSCSender: MessageSender {
  private static let timeout: TimeAmount = .seconds(15)
  private static let largest = 65_536

  /// The answer: one of the two.
  private struct Answer: Decodable {
    var cnt: Int?
    var error: String?
    var errorCode: Int?

    enum CodingKeys: String, CodingKey {
      case cnt
      case error
      case errorCode = "error_code"
    }
  }

  private let url: String
  private let key: String
  private let name: String
  private let client: HTTPClient

  /// - Parameters:
  ///   - url: where the protocol is spoken, such as `https://smsc.ru/sys/send.php`.
  ///   - key: of the account.
  ///   - name: the sender that people see; empty for the account's own.
  ///   - client: made by `IssuerHTTPClient`.
  ///   - allowsLoopback: whether a provider on this machine needs no TLS.
  /// - Throws: `PlatformConfigurationError` for any other URL.
  public init(
    url: String, key: String, name: String = "", client: HTTPClient, allowsLoopback: Bool = false
  ) throws {
    let parts = URLComponents(string: url)
    let isLoopback =
      allowsLoopback && parts?.scheme == "http"
      && ["127.0.0.1", "[::1]", "::1", "localhost"].contains(parts?.host)
    guard let parts, parts.host?.isEmpty == false, parts.scheme == "https" || isLoopback,
      parts.user == nil, parts.query == nil, parts.fragment == nil
    else { throw PlatformConfigurationError("the SMS provider's URL is not an https:// URL") }
    self.url = url
    self.key = key
    self.name = name
    self.client = client
  }

  public func send(_ message: Message) async throws {
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
    var form = [
      ("apikey", key), ("phones", message.recipient), ("mes", message.text), ("fmt", "3"),
      ("charset", "utf-8"), ("id", message.id),
    ]
    if !name.isEmpty { form.append(("sender", name)) }
    request.body = .bytes(
      ByteBuffer(string: form.map { "\($0)=\(Self.escaped($1))" }.joined(separator: "&")))
    let status: UInt
    let body: ByteBuffer
    do {
      let response = try await client.execute(request, timeout: Self.timeout)
      status = response.status.code
      body = try await response.body.collect(upTo: Self.largest)
    } catch {
      // What the client says of it may have the address, and nothing of the form.
      throw MessageFailure(isFinal: false, "the SMS provider does not answer: \(error)")
    }
    guard status == 200 else {
      throw MessageFailure(isFinal: false, "the SMS provider answers \(status)")
    }
    try Self.check(Array(body.readableBytesView))
  }

  /// Reads the answer.
  static func check(_ body: [UInt8]) throws {
    let answer: Answer
    do {
      answer = try JSONDecoder().decode(Answer.self, from: Data(body))
    } catch {
      throw MessageFailure(isFinal: false, "the SMS provider's answer cannot be read")
    }
    if let code = answer.errorCode {
      throw MessageFailure(
        isFinal: SMSCError(rawValue: code)?.isFinal ?? false, "the SMS provider's error \(code)")
    }
    guard answer.error == nil, (answer.cnt ?? 0) > 0 else {
      throw MessageFailure(isFinal: false, "the SMS provider's answer says nothing")
    }
  }

  private static func escaped(_ text: String) -> String {
    text.utf8.reduce(into: "") { out, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        out.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        out += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
  }
}
