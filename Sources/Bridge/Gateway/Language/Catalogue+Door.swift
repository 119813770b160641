extension Catalogue {
  /// What this door says itself, by the reasons of `StatusTable.own`.
  static let door: [String: Entry] = [
    "REQUEST_INVALID": Entry(
      "The request is not valid.", "Запрос составлен неверно."),
    "ORIGIN_NOT_ALLOWED": Entry(
      "Pages of this site may not connect.", "Страницам этого сайта подключение не разрешено."),
    "UPGRADE_REQUIRED": Entry(
      "This action needs a WebSocket connection.", "Для этого действия нужно соединение WebSocket."),
    "PATH_NOT_FOUND": Entry(
      "There is nothing at this address.", "По этому адресу ничего нет."),
    "METHOD_NOT_ALLOWED": Entry(
      "This address does not support the action.",
      "По этому адресу такое действие не поддерживается."),
    "NOT_ACCEPTABLE": Entry(
      "The answer is not available in the requested format.",
      "Ответ в запрошенном формате недоступен."),
    "REQUEST_TIMEOUT": Entry(
      "The request took too long to arrive. Check your connection and try again.",
      "Запрос передавался слишком долго. Проверьте соединение и повторите попытку."),
    "PRECONDITION_FAILED": Entry(
      "The data has changed in the meantime. Reload it and try again.",
      "Данные за это время изменились. Обновите их и повторите попытку."),
    "BODY_TOO_LARGE": Entry(
      "The request is too large.", "Слишком большой объём данных в запросе."),
    "TARGET_TOO_LONG": Entry(
      "The address is too long.", "Слишком длинный адрес запроса."),
    "UNSUPPORTED_MEDIA_TYPE": Entry(
      "Data in this format is not accepted.", "Данные в таком формате не принимаются."),
    "EXPECTATION_FAILED": Entry(
      "The request asks for something that is not supported.",
      "Запрос требует того, что не поддерживается."),
    "MISDIRECTED_REQUEST": Entry(
      "The request came to the wrong server.", "Запрос пришёл не на тот сервер."),
    "PRECONDITION_REQUIRED": Entry(
      "Load the current data before you change it.",
      "Прежде чем вносить изменения, загрузите актуальные данные."),
    "HEADERS_TOO_LARGE": Entry(
      "The request's headers are too large.", "Слишком большие заголовки запроса."),
    "INTERNAL": Entry(
      "Something went wrong on our side. Try again later.",
      "На нашей стороне произошла ошибка. Повторите попытку позже."),
    "UNAVAILABLE": Entry(
      "The service is not available at the moment. Try again later.",
      "Сервис временно недоступен. Повторите попытку позже."),
    "DEADLINE_EXCEEDED": Entry(
      "The request took too long. Try again later.",
      "Запрос выполнялся слишком долго. Повторите попытку позже."),
    "VERSION_NOT_SUPPORTED": Entry(
      "This version of HTTP is not supported.", "Эта версия HTTP не поддерживается."),
  ]

  /// What is wrong with one field, by the reasons of field violations.
  static let violations: [String: Entry] = [
    "UNKNOWN_FIELD": Entry("There is no such field.", "Такого поля нет."),
    "UNKNOWN_PARAMETER": Entry("There is no such parameter.", "Такого параметра нет."),
    "UNSUPPORTED_PARAMETER": Entry(
      "This parameter is not supported.", "Этот параметр не поддерживается."),
    "DUPLICATE_FIELD": Entry("The value is given twice.", "Значение указано дважды."),
    "ONEOF_TAKEN": Entry(
      "This value cannot be given together with another one.",
      "Это значение нельзя указать вместе с другим."),
    "WRONG_TYPE": Entry("The value is of the wrong type.", "Значение неверного типа."),
    "OUT_OF_RANGE": Entry(
      "The value is out of range.", "Значение выходит за допустимые пределы."),
    "UNKNOWN_ENUM_VALUE": Entry("There is no such option.", "Такого варианта нет."),
    "INVALID_BASE64": Entry("The value must be base64.", "Значение должно быть в формате Base64."),
    "UNKNOWN_TYPE": Entry("The type is not known.", "Неизвестный тип."),
    "INVALID_TIMESTAMP": Entry(
      "Give a date and time such as 2024-02-29T12:00:00Z.",
      "Укажите дату и время в виде 2024-02-29T12:00:00Z."),
    "INVALID_DURATION": Entry(
      "Give a duration in seconds, such as 1.5s.",
      "Укажите длительность в секундах, например 1.5s."),
    "INVALID_FIELD_MASK": Entry(
      "Give the names of fields, separated by commas.",
      "Укажите имена полей через запятую."),
    "INVALID_VALUE": Entry("The value is not valid.", "Недопустимое значение."),
    "INVALID_TEXT": Entry("The text is not coded correctly.", "Текст закодирован неверно."),
    "INVALID_HEADER": Entry("The header is not valid.", "Заголовок заполнен неверно."),
    "MISSING_VALUE": Entry("A value is missing.", "Не указано значение."),
    "CONTRADICTION": Entry(
      "The value contradicts another one.", "Значение противоречит другому."),
    "WRONG_PLACE": Entry(
      "The value cannot be given here.", "Это значение нельзя указать здесь."),
    "MALFORMED_BODY": Entry(
      "The data cannot be read.", "Не удалось прочитать данные запроса."),
    "UNEXPECTED_BODY": Entry(
      "This request must have no body.", "У этого запроса не должно быть тела."),
    "WRONG_BODY": Entry(
      "Data in this form is not accepted.", "Данные в таком виде не принимаются."),
    "NESTED_TOO_DEEPLY": Entry(
      "The data is nested too deeply.", "Слишком большая вложенность данных."),
    "TOO_MANY_PARAMETERS": Entry(
      "There are too many parameters.", "Слишком много параметров."),
  ]
}
