import FoundationEssentials
import Postgres

/// A partner's answer about a command.
struct PartnerAnswer: Decodable {
  let state: String
  let failureCode: String?
  let occurTime: String?

  /// Reads a body; nil unless it is JSON and names a state that is known here.
  static func state(_ body: [UInt8]) -> PartnerState? {
    // What went wrong in a foreign body matters to nobody: it is not an answer.
    guard let answer = try? JSONDecoder().decode(PartnerAnswer.self, from: Data(body)) else {
      return nil
    }
    switch answer.state {
    case "ACKNOWLEDGED": return .acknowledged
    case "EXECUTED":
      return .executed(at: answer.occurTime.flatMap { Timestamp(rfc3339: $0) })
    case "FAILED": return .failed(code: PartnerCode.cleaned(answer.failureCode) ?? "failed")
    default: return nil
    }
  }
}

/// The code in a partner's refusal: `{"error": {"code": …}}`, or RFC 6749's `{"error": …}`.
struct PartnerCode: Decodable {
  private struct Named: Decodable { let code: String }
  private enum Key: CodingKey { case error }

  let code: String

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    do {
      code = try container.decode(Named.self, forKey: .error).code
    } catch {
      code = try container.decode(String.self, forKey: .error)
    }
  }

  /// The code of a refusal, or `http_{status}` where its body has none that may be repeated.
  static func code(status: UInt, body: [UInt8]) -> String {
    // A refusal needs no body of ours: the status says enough.
    let named = try? JSONDecoder().decode(PartnerCode.self, from: Data(body)).code
    return cleaned(named) ?? "http_\(status)"
  }

  /// A partner's code goes into records and answers: a short word of harmless characters only.
  static func cleaned(_ code: String?) -> String? {
    guard let code, (1...100).contains(code.utf8.count),
      code.utf8.allSatisfy({
        (0x30...0x39).contains($0) || (0x61...0x7a).contains($0 | 0x20) || "_.-".utf8.contains($0)
      })
    else { return nil }
    return code
  }
}

/// The answer of a token endpoint (RFC 6749 section 5.1).
struct TokenAnswer: Decodable {
  let accessToken: String
  let tokenType: String
  let expiresIn: Double?

  private enum CodingKeys: String, CodingKey {
    case accessToken = "access_token"
    case tokenType = "token_type"
    case expiresIn = "expires_in"
  }

  /// Reads a body; nil unless it has a bearer token that fits into a header (RFC 6750 section 2.1).
  init?(body: [UInt8]) {
    guard let answer = try? JSONDecoder().decode(TokenAnswer.self, from: Data(body)),
      answer.tokenType.lowercased() == "bearer", !answer.accessToken.isEmpty,
      answer.accessToken.utf8.allSatisfy({ 0x21...0x7e ~= $0 })
    else { return nil }
    self = answer
  }
}
