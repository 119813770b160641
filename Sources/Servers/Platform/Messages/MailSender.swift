public import Mail

/// Sends messages as e-mail.
public struct MailSender: MessageSender {
  private static let subject = "Код для входа · Your sign-in code"

  private let client: SMTPClient
  private let from: String

  /// - Parameter from: the address that people see.
  /// - Throws: `PlatformConfigurationError` where it is none.
  public init(client: SMTPClient, from: String) throws {
    guard Letter.isAddress(from) else {
      throw PlatformConfigurationError("the sender of e-mail is not an address")
    }
    self.client = client
    self.from = from
  }

  public func send(_ message: Message) async throws {
    do {
      try await client.send(
        Letter(
          id: message.id, from: from, to: message.recipient, subject: Self.subject,
          text: message.text))
    } catch let error as SMTPError {
      throw MessageFailure(isFinal: error.isFinal, error.description)
    }
  }
}
