/// Gives messages to a provider.
public protocol MessageSender: Sendable {
  /// Sends a message; returns when the provider has taken it.
  ///
  /// - Throws: `MessageFailure` where it has not, or nobody knows.
  func send(_ message: Message) async throws
}

/// Why a message was not taken.
public struct MessageFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// Whether sending it again would fail again.
  public let isFinal: Bool
  /// For the operator; names neither the recipient nor the text.
  public let description: String

  /// Creates a failure.
  public init(isFinal: Bool, _ description: String) {
    self.isFinal = isFinal
    self.description = description
  }
}

/// What sends which kind of message; nil where nothing does.
public struct MessageSenders: Sendable {
  /// For e-mail.
  public var email: (any MessageSender)?
  /// For SMS.
  public var sms: (any MessageSender)?

  /// Creates senders.
  public init(email: (any MessageSender)? = nil, sms: (any MessageSender)? = nil) {
    self.email = email
    self.sms = sms
  }

  /// What can be sent.
  var kinds: Set<MessageKind> {
    Set([email.map { _ in .email }, sms.map { _ in .sms }].compactMap { $0 })
  }

  subscript(kind: MessageKind) -> (any MessageSender)? {
    switch kind {
    case .email: email
    case .sms: sms
    }
  }
}
