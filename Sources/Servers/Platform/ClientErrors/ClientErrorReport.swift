import GeneratedOperations
import Pipeline

/// Who reports errors: a signed-in app, or one of a tenant's in which nobody has signed in.
struct ClientErrorReporter: Sendable {
  let tenant: Tenant
  /// The identifier of the app's client, as its credential has it; nil where there was none.
  let client: String?

  var isAnonymous: Bool { client == nil }

  /// Whoever calls with a credential. A person's token names the app that it was given to; a service is
  /// its own.
  init(_ caller: Caller) {
    tenant = caller.tenant
    let subject = caller.principal.subject
    let own = subject.hasPrefix("clients/") ? String(subject.dropFirst("clients/".count)) : nil
    client = caller.principal.clientID ?? own ?? ""
  }

  /// An app of which nothing is known.
  init(anonymousOf tenant: Tenant) {
    self.tenant = tenant
    client = nil
  }
}

/// An event, redacted, with what it is told apart by.
struct ClientErrorReport: Sendable {
  let reporter: ClientErrorReporter
  /// The app: as its credential has it, or as it calls itself where it has none.
  let app: String
  let event: Artel_Operations_V1_ClientErrorEvent
  let severity: Artel_Operations_V1_ClientErrorSeverity
  let count: Int
  let type: String
  let message: String
  let stack: String
  let screen: String
  let version: String
  let platform: String
  let osVersion: String
  let labels: [(name: String, value: String)]
  /// What is stored, and what makes the fingerprint.
  let title: String
  let culprit: String
  let fingerprint: String

  /// Redacts an event and finds its group.
  init(_ event: Artel_Operations_V1_ClientErrorEvent, of reporter: ClientErrorReporter) {
    self.reporter = reporter
    self.event = event
    // A credential without a client is of an issuer that names none: the app may say who it is.
    app = reporter.client.flatMap { $0.isEmpty ? nil : $0 } ?? RedactedText.of(event.app.name)
    severity = event.severity == .unspecified ? .error : event.severity
    count = max(1, Int(event.count))
    type = RedactedText.of(event.type)
    message = RedactedText.of(event.message)
    stack = RedactedText.of(event.stack)
    screen = RedactedText.of(event.screen)
    version = Self.version(event.app.version)
    platform = RedactedText.of(event.app.platform)
    osVersion = RedactedText.of(event.app.osVersion)
    labels = event.labels.map { label in
      let isSecret = SecretName.matches(label.name) && !label.value.isEmpty
      return (
        RedactedText.of(label.name),
        isSecret ? RedactedText.secret : RedactedText.of(label.value)
      )
    }
    let frames = GroupedText.frames(stack)
    let text = GroupedText.title(message)
    let name = GroupedText.title(type)
    title = GroupedText.title(name.isEmpty || text.hasPrefix(name) ? text : "\(name): \(text)")
    culprit = frames.first ?? ""
    fingerprint = ClientErrorFingerprint.of(
      app: app, isAnonymous: reporter.isAnonymous, kind: event.kind, type: name,
      // Where the code says what it was, the text need not.
      parts: frames.isEmpty ? [text] : frames)
  }

  /// What looks like a version may have as many numbers as an address.
  private static func version(_ text: String) -> String {
    text.utf8.allSatisfy { $0.isWord || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "+") }
      ? text : RedactedText.of(text)
  }
}
