import GeneratedOperations
import Logging
import SwiftProtobuf

/// Writes a line for each reported error. Whatever it holds, it is one line: the log's own escaping
/// sees to that. All are of one level: what goes wrong on phones is no error of the process.
struct ClientErrorLog: Sendable {
  let logger: Logger

  func write(_ report: ClientErrorReport) {
    let event = report.event
    let labels = report.labels.sorted { ($0.name, $0.value) < ($1.name, $1.value) }
    let fields: [(String, String)] = [
      ("tenant", report.reporter.tenant.id), ("app", report.app),
      ("anonymous", "\(report.reporter.isAnonymous)"), ("fingerprint", report.fingerprint),
      ("event_id", event.eventID), ("kind", event.kind.word), ("severity", report.severity.word),
      ("count", "\(report.count)"), ("title", report.title), ("error", report.message),
      ("error_type", report.type), ("stack", report.stack), ("screen", report.screen),
      ("app_version", report.version), ("platform", report.platform),
      ("os_version", report.osVersion),
      // Of the call that failed; the line's own trace is that of the report.
      ("call_trace_id", Self.identifier(event.traceID)),
      ("call_request_id", Self.identifier(event.requestID)),
      ("call_method", RedactedText.of(event.method)),
      ("labels", labels.map { "\($0.name)=\($0.value)" }.joined(separator: " ")),
      ("occur_time", event.hasOccurTime ? Self.text(event.occurTime) : ""),
    ]
    var metadata: Logger.Metadata = [:]
    for (key, value) in fields where !value.isEmpty { metadata[key] = .string(value) }
    logger.notice("an app has reported an error", metadata: metadata)
  }

  /// A trace's identifier looks as random as a token does.
  private static func identifier(_ text: String) -> String {
    ClientErrorTally.isTrace(text) ? text.lowercased() : RedactedText.of(text)
  }

  /// RFC 3339; nothing where the device's clock says no time at all.
  private static func text(_ time: Google_Protobuf_Timestamp) -> String {
    (try? time.jsonString().filter { $0 != "\"" }) ?? ""
  }
}

extension Artel_Operations_V1_ClientErrorKind {
  /// As logs and metrics call it.
  var word: String {
    switch self {
    case .crash: "crash"
    case .exception: "exception"
    case .decoding: "decoding"
    case .call: "call"
    case .screen: "screen"
    case .hang: "hang"
    case .unspecified, .UNRECOGNIZED: "other"
    }
  }
}

extension Artel_Operations_V1_ClientErrorSeverity {
  /// As logs call it.
  var word: String {
    switch self {
    case .warning: "warning"
    case .fatal: "fatal"
    case .unspecified, .error, .UNRECOGNIZED: "error"
    }
  }
}
