import GeneratedGoogle
import RPC
import TestSupport
import Testing

@testable import Gateway

@Suite("The REST door: languages")
struct LanguageTests {
  @Test(
    "speaks the language that a caller would rather have",
    arguments: [
      ("ru", Language.russian), ("RU-ru", .russian), ("ru;q=0.1", .russian), ("en", .english),
      ("en-GB, ru", .english), ("ru, en", .russian), ("de, ru;q=0.5, en;q=0.4", .russian),
      ("de", .english), ("*", .english), ("en;q=0, *", .russian), ("ru;q=0", .english),
      ("", .english), ("ru;q=2", .english), ("ru;q=x, en;q=0.1", .english),
      ("en;q=0.5, ru;q=0.501", .russian), ("rus", .english), (",,ru", .russian),
      ("de;q=1, *;q=0.5, ru;q=0.2", .english),
    ])
  func best(header: String, language: Language) {
    #expect(Language.best(of: header) == language)
  }

  private func failure(
    _ headers: [String], _ method: RegisteredMethod, _ target: String = "/v1/things/a"
  ) async throws -> Response {
    try await Door.with([method], schema: Things.schema) { door throws in
      try door.exchange("GET", target, headers)
    }
  }

  @Test("adds a text for people by the error's reason")
  func reason() async throws {
    let method = try Things.fail("Get", .failedPrecondition, Things.reason("PAYMENT_REQUIRED"))
    let russian = try await failure(["Accept-Language: ru-RU,ru;q=0.9,en;q=0.8"], method)
    #expect(russian.detail("LocalizedMessage", "locale") == "ru")
    #expect(russian.detail("LocalizedMessage", "message") == "Требуется оплата.")
    #expect(russian["content-language"] == "ru")
    #expect(russian["vary"] == "accept-language")
    // Programs read the same in every language.
    #expect(russian.json("error", "message") == "why")
    #expect(russian.json("error", "status") == "FAILED_PRECONDITION")
    let english = try await failure(["Accept-Language: en"], method)
    #expect(english.detail("LocalizedMessage", "message") == "Payment is required.")
    #expect(english["content-language"] == "en")
  }

  @Test("adds a text by the code where the reason is not known")
  func code() async throws {
    let method = try Things.fail("Get", .notFound, Things.reason("SOMETHING_ELSE"))
    let response = try await failure(["Accept-Language: ru"], method)
    #expect(response.detail("LocalizedMessage", "message") == "Ничего не найдено.")
  }

  @Test("leaves what the handler says to people itself")
  func own() async throws {
    let text = Google_Rpc_LocalizedMessage.with {
      $0.locale = "fr-CH"
      $0.message = "non"
    }
    let response = try await failure(
      ["Accept-Language: ru"], try Things.fail("Get", .notFound, text))
    #expect(response.detail("LocalizedMessage", "message") == "non")
    #expect(response["content-language"] == "fr-CH")
  }

  @Test("adds a text to each field at fault")
  func violations() async throws {
    let response = try await failure(
      ["Accept-Language: ru"], Things.answer("Get"), "/v1/things/a?nope=1")
    #expect(response.status == 400)
    #expect(
      response.json(
        "error", "details", "0", "fieldViolations", "0", "localizedMessage", "message")
        == "Такого поля нет.")
    #expect(response.detail("LocalizedMessage", "locale") == "ru")
  }

  @Test("says nothing to people where nobody asks, but that it would")
  func none() async throws {
    let response = try await failure([], try Things.fail("Get", .notFound))
    #expect(response.detail("LocalizedMessage", "message") == nil)
    #expect(response["content-language"] == nil)
    #expect(response["vary"] == "accept-language")
  }

  @Test("knows a text in both languages for each status of its own, and for each code")
  func catalogue() {
    for own in StatusTable.own {
      for language in Language.allCases {
        #expect(Catalogue.text(of: own.reason, in: language)?.isEmpty == false, "\(own.reason)")
      }
    }
    for exception in StatusTable.exceptions {
      guard let reason = exception.reason else { continue }
      #expect(Catalogue.text(of: reason, in: .russian) != nil)
    }
    for entries in [Catalogue.door, Catalogue.platform, Catalogue.violations] {
      for (reason, entry) in entries {
        #expect(entry.english.hasSuffix(".") && entry.russian.hasSuffix("."), "\(reason)")
        #expect(entry.russian.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) })
      }
    }
  }
}
