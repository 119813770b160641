extension Catalogue {
  /// What the platform's own methods say, by the reasons of their errors. Sentences that would tell a
  /// stranger more than the code does are as vague as the code's.
  static let platform: [String: Entry] = [
    // Who calls.
    "CREDENTIAL_MISSING": Entry("Sign in to go on.", "Войдите, чтобы продолжить."),
    "TOKEN_INVALID": Entry("Sign in again.", "Войдите снова."),
    "TOKEN_EXPIRED": Entry(
      "Your session has expired. Sign in again.", "Сеанс завершён. Войдите снова."),
    "CERTIFICATE_INVALID": Entry(
      "The certificate is not accepted.", "Сертификат не принят."),
    "ENROLLMENT_CODE_INVALID": Entry(
      "The code is not accepted.", "Код не принят."),
    "CERTIFICATE_MISSING": Entry(
      "A certificate is needed for this.", "Для этого нужен сертификат."),
    "CLIENT_DISABLED": Entry(
      "The application is switched off.", "Приложение отключено."),
    "NO_AUTHORITY": Entry(
      "Certificates cannot be issued for your organisation.",
      "Для вашей организации сертификаты не выпускаются."),
    "AUTHORITY_IN_USE": Entry(
      "Certificates of this authority are still valid.", "Сертификаты этого центра ещё действуют."),
    "AUTHORITY_NOT_BROUGHT": Entry(
      "The list of this authority is kept here.", "Список этого центра ведётся здесь."),
    "TOO_MANY_AUTHORITIES": Entry(
      "There are too many authorities.", "Слишком много центров сертификации."),
    "AUTHORIZATION_REPEATED": Entry(
      "The request has two credentials; send one.",
      "В запросе указаны два способа входа. Оставьте один."),
    "STEP_UP_REQUIRED": Entry(
      "Confirm who you are to go on.", "Подтвердите свою личность, чтобы продолжить."),
    "INVALID_CLIENT": Entry(
      "The application is not recognised.", "Приложение не опознано."),
    // What callers may do.
    "SCOPE_MISSING": Entry(
      "The application was not given access to this.",
      "Приложению не предоставлен доступ к этому действию."),
    "ROLE_MISSING": Entry("You may not do this.", "У вас нет прав на это действие."),
    "PRINCIPAL_NOT_ALLOWED": Entry("You may not do this.", "У вас нет прав на это действие."),
    "PRINCIPAL_KIND_REFUSED": Entry("You may not do this.", "У вас нет прав на это действие."),
    "NOT_OPERATOR": Entry("You may not do this.", "У вас нет прав на это действие."),
    "TENANT_KIND_NOT_ALLOWED": Entry(
      "Your organisation does not have this service.",
      "Эта услуга недоступна вашей организации."),
    "TENANT_MISMATCH": Entry(
      "You are signed in to another organisation.",
      "Вы вошли в учётную запись другой организации."),
    "TENANT_SUSPENDED": Entry(
      "Access for your organisation is suspended.",
      "Доступ для вашей организации приостановлен."),
    "TENANT_NOT_FOUND": Entry(
      "There is no such organisation.", "Такой организации нет."),
    "ACCESS_DENIED": Entry("Access denied.", "Доступ запрещён."),
    "PROPERTY_JOURNAL": Entry(
      "This journal is not open to you.", "Этот журнал вам недоступен."),
    // What was asked.
    "FIELD_INVALID": Entry(
      "Some fields are not filled in correctly.", "Некоторые поля заполнены неверно."),
    "MESSAGE_MALFORMED": Entry(
      "The request cannot be read.", "Не удалось прочитать запрос."),
    "PAGE_INVALID": Entry(
      "The list has changed. Open it again from the start.",
      "Список изменился. Откройте его с начала."),
    "RESUME_TOKEN_INVALID": Entry(
      "The connection cannot be resumed. Open it again.",
      "Не удалось возобновить подключение. Откройте его заново."),
    "RESOURCE_NOT_FOUND": Entry("Nothing was found.", "Ничего не найдено."),
    "RESOURCE_EXISTS": Entry("It exists already.", "Такая запись уже существует."),
    "ALREADY_EXISTS": Entry("It exists already.", "Такая запись уже существует."),
    "REFERENCE_NOT_FOUND": Entry(
      "The request names something that does not exist.",
      "В запросе указано то, чего не существует."),
    "CONSTRAINT_VIOLATED": Entry(
      "This contradicts other data.", "Это противоречит другим данным."),
    "CONFLICT": Entry(
      "The data has changed in the meantime. Reload it and try again.",
      "Данные за это время изменились. Обновите их и повторите попытку."),
    "ILLEGAL_MOVE": Entry(
      "This cannot be done in the present state.",
      "В текущем состоянии это действие невозможно."),
    "REQUEST_ID_REUSED": Entry(
      "This request was sent before with other data.",
      "Такой запрос уже отправлялся с другими данными."),
    "IDEMPOTENCY_KEY_REUSED": Entry(
      "This request was sent before with other data.",
      "Такой запрос уже отправлялся с другими данными."),
    "IDEMPOTENCY_KEY_RUNNING": Entry(
      "This request is being carried out. Try again in a moment.",
      "Этот запрос уже выполняется. Повторите попытку чуть позже."),
    "IDEMPOTENCY_KEY_INVALID": Entry(
      "The request cannot be read.", "Не удалось прочитать запрос."),
    "IDEMPOTENCY_KEY_REQUIRED": Entry(
      "The request cannot be read.", "Не удалось прочитать запрос."),
    "ANSWER_ERASED": Entry(
      "This was done before, and what was answered is no longer kept.",
      "Это уже выполнено, но ответ больше не хранится."),
    "PAYMENT_REQUIRED": Entry("Payment is required.", "Требуется оплата."),
    // How it went.
    "RATE_LIMITED": Entry(
      "There were too many requests. Try again later.",
      "Слишком много запросов. Повторите попытку позже."),
    "TOO_MANY_ATTEMPTS": Entry(
      "There were too many attempts. Try again later.",
      "Слишком много попыток. Повторите попытку позже."),
    "OUTCOME_UNKNOWN": Entry(
      "It is not known whether this was done. Check before you try again.",
      "Неизвестно, выполнено ли действие. Проверьте результат, прежде чем повторять."),
    "PARTNER_FAILED": Entry(
      "The device did not carry out the command. Try again later.",
      "Устройство не выполнило команду. Повторите попытку позже."),
    "PARTNER_TIMED_OUT": Entry(
      "The device did not answer in time.", "Устройство не ответило вовремя."),
    "DISPATCH_BUSY": Entry(
      "There are too many commands at the moment. Try again later.",
      "Сейчас слишком много команд. Повторите попытку позже."),
  ]
}
