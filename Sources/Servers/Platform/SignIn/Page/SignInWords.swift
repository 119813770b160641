/// What the page says, in each language.
enum SignInWords {
  static let script = """

    "use strict";
    const words = {
      en: {
        name: "English", title: "Sign in", login: "E-mail or phone", next: "Next",
        password: "Password", signIn: "Sign in", other: "Use another login",
        sendCode: "Get a code by e-mail or SMS", sentCode: "Code from the message",
        sentCodeHint: "If this login takes codes, one is on its way. It is good for five minutes.",
        sendAgain: "Send another", passwordInstead: "Use the password",
        codeTitle: "Confirm that it is you", code: "Code from your authenticator",
        recoveryInstead: "Use a recovery code", authenticatorInstead: "Use the authenticator",
        recovery: "Recovery code", invitationTitle: "Choose a password",
        newPassword: "New password",
        passwordHint: "At least 10 characters. A few words that only you would put together are good.",
        enrolTitle: "Set up an authenticator",
        enrolHint: "Open the link on the phone with your authenticator, or type this key into it. " +
          "Then enter the code that it shows.",
        open: "Open the authenticator", codesTitle: "Keep your recovery codes",
        codesHint: "Each one signs you in once, if you lose the authenticator. " +
          "They are shown only now.",
        saved: "I have kept them", doneTitle: "You are signed in",
        done: "You can close this page and go back to the app.",
        consentTitle: "Allow this app?", consentHint: "asks for these permissions:",
        allow: "Allow", deny: "Do not allow",
        CONSENT_ENDED: "This question was answered already. Go back to the app.",
        scopes: {
          "openid": "Know who you are", "sessions:read": "See where you are signed in",
          "sessions:write": "Sign you out", "people:read": "See the members",
          "people:write": "Change the members",
        },
        signOut: "Sign out", signedOutTitle: "You are signed out",
        signedOut: "Apps that you used from here have to sign in again, too.",
        nothingTitle: "Nothing to sign in to",
        nothing: "Open the app, or the link of your invitation.",
        PROOF_WRONG: "That is not right. Try again.",
        SIGN_IN_ENDED: "This took too long or went wrong too often. Please begin again.",
        INVITATION_ENDED: "The invitation was used or has ended. If you have a password, sign in; " +
          "else ask for a new invitation.",
        INVALID_REQUEST: "What the app asked for has ended. Go back to the app and begin again.",
        havePassword: "I have a password already", again: "Try again",
        passwordSet: "Your password is set. Sign in with it.",
        codeShort: "Enter the six digits.",
        TOO_MANY_ATTEMPTS: "Too many attempts. Wait a little and try again.",
        RATE_LIMITED: "Too many attempts. Wait a little and try again.",
        FIELD_INVALID: "This is too short, too long or too easy to guess.",
        TENANT_SUSPENDED: "This service is suspended.",
        TENANT_NOT_FOUND: "There is no such service.",
        other_error: "It did not work. Try again in a moment.",
      },
      ru: {
        name: "Русский", title: "Вход", login: "Почта или телефон", next: "Далее",
        password: "Пароль", signIn: "Войти", other: "Войти под другим именем",
        sendCode: "Получить код по почте или SMS", sentCode: "Код из сообщения",
        sentCodeHint: "Если этот логин принимает коды, код уже в пути. Он действует пять минут.",
        sendAgain: "Отправить ещё раз", passwordInstead: "Ввести пароль",
        codeTitle: "Подтвердите, что это вы", code: "Код из приложения-аутентификатора",
        recoveryInstead: "Ввести код восстановления", authenticatorInstead: "Ввести код из приложения",
        recovery: "Код восстановления", invitationTitle: "Придумайте пароль",
        newPassword: "Новый пароль",
        passwordHint: "Не меньше 10 знаков. Хороши несколько слов, которые вместе поставите только вы.",
        enrolTitle: "Подключите аутентификатор",
        enrolHint: "Откройте ссылку на телефоне с аутентификатором или введите в него этот ключ. " +
          "Затем введите код, который он покажет.",
        open: "Открыть аутентификатор", codesTitle: "Сохраните коды восстановления",
        codesHint: "Каждый пустит вас один раз, если аутентификатор потеряется. " +
          "Больше мы их не покажем.",
        saved: "Коды сохранены", doneTitle: "Вы вошли",
        done: "Закройте эту страницу и вернитесь в приложение.",
        consentTitle: "Разрешить приложению?", consentHint: "просит разрешения:",
        allow: "Разрешить", deny: "Не разрешать",
        CONSENT_ENDED: "На этот вопрос уже ответили. Вернитесь в приложение.",
        scopes: {
          "openid": "Знать, кто вы", "sessions:read": "Видеть, где вы вошли",
          "sessions:write": "Завершать ваши сеансы", "people:read": "Видеть участников",
          "people:write": "Изменять участников",
        },
        signOut: "Выйти", signedOutTitle: "Вы вышли",
        signedOut: "Приложениям, в которые вы входили отсюда, тоже придётся войти заново.",
        nothingTitle: "Входить некуда",
        nothing: "Откройте приложение или ссылку из приглашения.",
        PROOF_WRONG: "Не подходит. Попробуйте ещё раз.",
        SIGN_IN_ENDED: "Прошло слишком много времени или попыток. Начните заново.",
        INVITATION_ENDED: "Приглашение уже использовано или истекло. Если пароль у вас есть, " +
          "войдите; если нет, попросите новое приглашение.",
        INVALID_REQUEST: "Запрос приложения истёк. Вернитесь в приложение и начните заново.",
        havePassword: "У меня уже есть пароль", again: "Повторить",
        passwordSet: "Пароль задан. Войдите с ним.",
        codeShort: "Введите шесть цифр.",
        TOO_MANY_ATTEMPTS: "Слишком много попыток. Подождите немного.",
        RATE_LIMITED: "Слишком много попыток. Подождите немного.",
        FIELD_INVALID: "Слишком коротко, слишком длинно или легко угадать.",
        TENANT_SUSPENDED: "Обслуживание приостановлено.",
        TENANT_NOT_FOUND: "Такого сервиса нет.",
        other_error: "Не получилось. Попробуйте чуть позже.",
      },
    };

    """
}
