/// How the messages of a server stream stand in the response body.
enum StreamFormat: Sendable {
  /// Newline-delimited JSON.
  case lines
  /// One JSON array.
  case array
  /// Server-Sent Events.
  case events

  /// What `Accept` calls it.
  var mediaType: String {
    switch self {
    case .lines: "application/x-ndjson"
    case .array: "application/json"
    case .events: "text/event-stream"
    }
  }

  /// What `Content-Type` calls it.
  var contentType: StaticString {
    switch self {
    case .lines: "application/x-ndjson"
    case .array: "application/json"
    case .events: "text/event-stream"
    }
  }
}
