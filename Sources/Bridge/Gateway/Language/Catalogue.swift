import RPC

/// What people are told: by what happened, and where that is not known by the kind of failure. Texts
/// say what to do, not how the platform works.
enum Catalogue {
  /// A text in each language.
  struct Entry: Sendable {
    var english: String
    var russian: String

    init(_ english: String, _ russian: String) {
      self.english = english
      self.russian = russian
    }

    subscript(language: Language) -> String {
      switch language {
      case .english: english
      case .russian: russian
      }
    }
  }

  /// The text for the reason of a google.rpc.ErrorInfo; nil for one that is not ours.
  static func text(of reason: String, in language: Language) -> String? {
    (door[reason] ?? platform[reason])?[language]
  }

  /// The text for the reason of a field violation.
  static func text(ofViolation reason: String, in language: Language) -> String? {
    violations[reason]?[language]
  }

  /// The text for a code.
  static func text(of code: Status.Code, in language: Language) -> String {
    let entry: Entry =
      switch code {
      case .ok: Entry("Done.", "Готово.")
      case .cancelled: Entry("The request was cancelled.", "Запрос отменён.")
      case .invalidArgument, .outOfRange:
        Entry(
          "The request is not filled in correctly. Check it and try again.",
          "Запрос заполнен неверно. Проверьте данные и повторите попытку.")
      case .deadlineExceeded:
        Entry(
          "The request took too long. Try again later.",
          "Запрос выполнялся слишком долго. Повторите попытку позже.")
      case .notFound: Entry("Nothing was found.", "Ничего не найдено.")
      case .alreadyExists: Entry("It exists already.", "Такая запись уже существует.")
      case .permissionDenied:
        Entry("You may not do this.", "У вас нет прав на это действие.")
      case .resourceExhausted:
        Entry(
          "There were too many requests. Try again later.",
          "Слишком много запросов. Повторите попытку позже.")
      case .failedPrecondition:
        Entry(
          "This cannot be done in the present state.",
          "В текущем состоянии это действие невозможно.")
      case .aborted:
        Entry(
          "The data has changed in the meantime. Reload it and try again.",
          "Данные за это время изменились. Обновите их и повторите попытку.")
      case .unimplemented:
        Entry("This is not supported.", "Это действие не поддерживается.")
      case .unavailable:
        Entry(
          "The service is not available at the moment. Try again later.",
          "Сервис временно недоступен. Повторите попытку позже.")
      case .unauthenticated: Entry("Sign in to go on.", "Войдите, чтобы продолжить.")
      case .unknown, .internalError, .dataLoss:
        Entry(
          "Something went wrong on our side. Try again later.",
          "На нашей стороне произошла ошибка. Повторите попытку позже.")
      }
    return entry[language]
  }
}
