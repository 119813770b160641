import GeneratedGoogle
import RPC
import SwiftProtobuf

/// The `google.rpc.Status` of a failure, read where something depends on it.
struct ErrorDetails {
  private var status: Google_Rpc_Status
  private var isChanged = false

  /// Bytes that are no status count as one without details.
  init(_ bytes: [UInt8]) {
    status = (bytes.isEmpty ? nil : try? Google_Rpc_Status(serializedBytes: bytes)) ?? .init()
  }

  /// The bytes, where something was added.
  var changed: [UInt8]? {
    guard isChanged else { return nil }
    // The types have no required fields, so none can fail to serialize.
    return try? status.serializedBytes()
  }

  private func first<Detail: Message>(_ type: Detail.Type) -> Detail? {
    for detail in status.details where detail.isA(type) {
      // One that cannot be read counts as none.
      if let value = try? Detail(unpackingAny: detail) { return value }
    }
    return nil
  }

  /// What happened, for programs.
  var reason: String? { first(Google_Rpc_ErrorInfo.self)?.reason }

  /// How many whole seconds to wait before the next try.
  var retrySeconds: Int? {
    guard let delay = first(Google_Rpc_RetryInfo.self)?.retryDelay else { return nil }
    return Int(clamping: max(0, delay.seconds)) + (delay.nanos > 0 ? 1 : 0)
  }

  /// Adds what happened, to a failure that does not say so.
  mutating func add(reason: String, of failure: Failure) {
    guard self.reason == nil else { return }
    status.code = Int32(failure.status.rawValue)
    status.message = failure.message
    append(
      Google_Rpc_ErrorInfo.with {
        $0.reason = reason
        $0.domain = "artel"
      })
  }

  private mutating func append(_ detail: some Message) {
    guard let packed = try? Google_Protobuf_Any(message: detail) else { return }
    status.details.append(packed)
    isChanged = true
  }

  // MARK: Languages

  /// Adds what a person may read, to the whole and to each field at fault. What the handler has said
  /// itself stays.
  ///
  /// - Returns: The language of the whole; nil where there is no text.
  mutating func localize(_ language: Language, status code: Status.Code) -> String? {
    localizeViolations(language)
    if let own = first(Google_Rpc_LocalizedMessage.self) {
      return Language.isTag(own.locale) ? own.locale : nil
    }
    let text =
      reason.flatMap { Catalogue.text(of: $0, in: language) }
      ?? Catalogue.text(of: code, in: language)
    append(
      Google_Rpc_LocalizedMessage.with {
        $0.locale = language.tag
        $0.message = text
      })
    return language.tag
  }

  private mutating func localizeViolations(_ language: Language) {
    for index in status.details.indices where status.details[index].isA(Google_Rpc_BadRequest.self)
    {
      guard var request = try? Google_Rpc_BadRequest(unpackingAny: status.details[index]) else {
        continue
      }
      for place in request.fieldViolations.indices {
        let violation = request.fieldViolations[place]
        guard !violation.hasLocalizedMessage,
          let text = Catalogue.text(ofViolation: violation.reason, in: language)
        else { continue }
        request.fieldViolations[place].localizedMessage = .with {
          $0.locale = language.tag
          $0.message = text
        }
        isChanged = true
      }
      if let packed = try? Google_Protobuf_Any(message: request) { status.details[index] = packed }
    }
  }
}
