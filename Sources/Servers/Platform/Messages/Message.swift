/// How a message reaches a person.
public enum MessageKind: String, Sendable, Hashable {
  case email = "EMAIL"
  case sms = "SMS"

  /// What reaches a login.
  init(login: String) { self = login.hasPrefix("+") ? .sms : .email }
}

/// A message to one person.
public struct Message: Sendable, Hashable {
  /// Names it: the same when it is sent again.
  public let id: String
  /// How it goes.
  public let kind: MessageKind
  /// The e-mail address or the telephone number.
  public let recipient: String
  /// What it says.
  public let text: String

  /// Creates a message.
  public init(id: String, kind: MessageKind, recipient: String, text: String) {
    self.id = id
    self.kind = kind
    self.recipient = recipient
    self.text = text
  }
}
