public import Egress
import Foundation

/// Sends messages as SMS by the protocol of SMSC.
public struct SMSCSender: MessageSender {
  private static let timeout = Duration.seconds(15)

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
  private let client: EgressClient
  private let destination: EgressDestination

  /// - Parameters:
  ///   - url: where the protocol is spoken, such as `https://smsc.ru/sys/send.php`.
  ///   - key: of the account.
  ///   - name: the sender that people see; empty for the account's own.
  ///   - client: the way there.
  /// - Throws: `PlatformConfigurationError` for any other URL.
  public init(url: String, key: String, name: String = "", client: EgressClient) throws {
    guard let address = EgressURL(url), client.policy.refusal(of: address) == nil else {
      throw PlatformConfigurationError("the SMS provider's URL is not an https:// URL")
    }
    destination = EgressDestination(
      .init(purpose: .messages, tenantID: nil, name: "sms"), authorities: [address.authority])
    self.url = url
    self.key = key
    self.name = name
    self.client = client
  }

  public func send(_ message: Message) async throws {
    var form = [
      ("apikey", key), ("phones", message.recipient), ("mes", message.text), ("fmt", "3"),
      ("charset", "utf-8"), ("id", message.id),
    ]
    if !name.isEmpty { form.append(("sender", name)) }
    let body = form.map { "\($0)=\(FormCoding.segment($1))" }.joined(separator: "&")
    let response: EgressResponse
    do throws(EgressError) {
      response = try await client.call(
        EgressRequest(
          operation: "send", method: .post, url: url,
          headers: [(name: "content-type", value: "application/x-www-form-urlencoded")],
          body: Array(body.utf8)),
        to: destination, until: .now + Self.timeout)
    } catch {
      throw MessageFailure(isFinal: false, "the SMS provider does not answer: \(error)")
    }
    guard response.status == 200 else {
      throw MessageFailure(isFinal: false, "the SMS provider answers \(response.status)")
    }
    try Self.check(response.body)
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
}
