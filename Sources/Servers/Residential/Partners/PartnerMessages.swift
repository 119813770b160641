import Egress
import FoundationEssentials
import Postgres

/// A partner's answer about a command.
struct PartnerAnswer: Decodable {
  let state: String
  let failureCode: String?
  let occurTime: String?

  /// Reads a body; nil unless it is in the format and names a state that is known here.
  static func state(_ body: [UInt8], in format: BodyFormat = .json) -> PartnerState? {
    // What went wrong in a foreign body matters to nobody: it is not an answer.
    guard let answer = try? format.decode(PartnerAnswer.self, from: body) else {
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

/// The code in a partner's refusal: `{"error": {"code": …}}`, RFC 6749's `{"error": …}`, or in XML
/// `<error><code>…</code></error>`.
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
  static func code(
    status: Int, body: [UInt8], in format: BodyFormat = .json
  ) -> String {
    // A refusal needs no body of ours: the status says enough.
    let named =
      switch format {
      case .json: try? format.decode(PartnerCode.self, from: body).code
      case .xml: try? format.decode(Named.self, from: body).code
      }
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
