import Configuration
import Egress
import Foundation
import Mail
import Platform

extension ServerSettings {
  /// How messages to people are sent.
  struct Messages: Sendable {
    var smtpURL: String?
    var smtpFrom: String
    var smtpLogin: SMTPClient.Login?
    var smsURL: String?
    var smsKey: String
    var smsSender: String

    static let names: Set<String> = [
      "ARTEL_SMTP_URL", "ARTEL_SMTP_FROM", "ARTEL_SMTP_USER", "ARTEL_SMTP_PASSWORD_FILE",
      "ARTEL_SMS_URL", "ARTEL_SMS_API_KEY_FILE", "ARTEL_SMS_SENDER",
    ]

    init(_ config: ConfigReader, problems: inout [String]) {
      func secret(_ key: ConfigKey, _ name: String) -> String? {
        guard let path = config.string(forKey: key) else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
          problems.append("\(name): \(path) cannot be read")
          return nil
        }
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
      }
      smtpURL = config.string(forKey: "smtp.url")
      smtpFrom = config.string(forKey: "smtp.from", default: "")
      let password = secret("smtp.password.file", "ARTEL_SMTP_PASSWORD_FILE")
      switch (config.string(forKey: "smtp.user"), password) {
      case (let user?, let password?): smtpLogin = .init(user: user, password: password)
      case (nil, nil): smtpLogin = nil
      default: problems.append("ARTEL_SMTP_USER needs ARTEL_SMTP_PASSWORD_FILE, and it a user")
      }
      smsURL = config.string(forKey: "sms.url")
      let key = secret("sms.api.key.file", "ARTEL_SMS_API_KEY_FILE")
      smsKey = key ?? ""
      smsSender = config.string(forKey: "sms.sender", default: "")
      if smsURL != nil && smsKey.isEmpty {
        problems.append("ARTEL_SMS_URL needs ARTEL_SMS_API_KEY_FILE")
      }
    }
  }

  /// What sends messages; connects nothing yet.
  ///
  /// - Throws: `SettingsError` where a setting makes no sense.
  func senders(_ client: EgressClient) throws -> MessageSenders {
    var senders = MessageSenders()
    if let url = messages.smtpURL {
      do {
        senders.email = try MailSender(
          client: SMTPClient(
            url: url, login: messages.smtpLogin, rootsPEM: egress.trustRootsPEM,
            allowsLoopback: egress.allowsLoopback(of: url)), from: messages.smtpFrom)
      } catch {
        throw SettingsError(problems: ["ARTEL_SMTP_URL, ARTEL_SMTP_FROM: \(error)"])
      }
    }
    if let url = messages.smsURL {
      do {
        senders.sms = try SMSCSender(
          url: url, key: messages.smsKey, name: messages.smsSender, client: client)
      } catch {
        throw SettingsError(problems: ["ARTEL_SMS_URL: \(error)"])
      }
    }
    return senders
  }
}
