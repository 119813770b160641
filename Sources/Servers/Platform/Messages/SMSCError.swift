/// What SMSC refuses a message for: the numbers of its protocol.
enum SMSCError: Int, Sendable {
  case parameters = 1
  case login = 2
  case balance = 3
  case address = 4
  case date = 5
  case forbidden = 6
  case number = 7
  case undeliverable = 8
  case tooMany = 9

  /// Whether sending it again would fail again. What is wrong with our account, its operator mends.
  var isFinal: Bool {
    switch self {
    case .parameters, .date, .forbidden, .number, .undeliverable: true
    case .login, .balance, .address, .tooMany: false
    }
  }
}
