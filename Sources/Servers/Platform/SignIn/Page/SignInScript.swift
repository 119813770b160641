/// What the page does: shows what the sign-in wants next, and asks for it.
enum SignInScript {
  static let text = #"""
    const element = (id) => document.getElementById(id);
    // What the sign-in is for waits where a passkey may be offered first: its code is short-lived.
    const atOnce = passkeys ? "" : authorization;
    let language = (navigator.language || "").toLowerCase().startsWith("ru") ? "ru" : "en";
    let show = () => {};
    // Whether a code by e-mail or SMS is taken in place of the password.
    let mayGetCode = false;
    let reason = "";

    const say = (name) => Object.hasOwn(words[language], name) ? words[language][name] : "";
    // Failures of what stands in the field.
    const ofField = new Set(["PROOF_WRONG", "FIELD_INVALID", "codeShort"]);

    const post = (path, message) => fetch(path, {
      method: "POST", headers: {"content-type": "application/json"},
      body: JSON.stringify(message), credentials: "same-origin", cache: "no-store",
    });

    async function call(method, message, fail = failed) {
      let response;
      try { response = await post("/v1/signIns" + method, message); }
      catch { return fail("other_error"); }
      const answer = await response.json().catch(() => ({}));
      if (response.ok) return answer;
      const details = (answer.error && answer.error.details) || [];
      const why = details.map((detail) => detail.reason).find((text) => text);
      return fail(say(why) ? why : "other_error");
    }

    function failed(why) {
      if (why === "SIGN_IN_ENDED") {
        signIn = state = "";
        keep();
        view(invitation ? invited : begin, ended || why);
        return null;
      }
      // Gone first: the same words again would not be read out.
      reason = "";
      tell();
      reason = why;
      setTimeout(tell, 50);
      return null;
    }

    function tell() {
      element("error").textContent = say(reason);
      const field = element("field");
      if (field) field.setAttribute("aria-invalid", String(ofField.has(reason)));
    }

    function make(tag, options = {}, ...children) {
      const made = document.createElement(tag);
      for (const [name, value] of Object.entries(options)) {
        if (name in made) made[name] = value; else made.setAttribute(name, value);
      }
      made.append(...children);
      return made;
    }

    // Draws a view, and puts the reader where it begins.
    function view(draw, why = "") {
      show = draw;
      reason = why;
      redraw();
    }

    function redraw() {
      document.documentElement.lang = language;
      const next = language === "ru" ? "en" : "ru";
      element("language").textContent = words[next].name;
      element("language").lang = next;
      element("view").replaceChildren(...show());
      tell();
      (element("field") || element("title")).focus();
    }

    function title(name) {
      document.title = say(name);
      element("title").textContent = say(name);
    }

    // One question with its field and its button; the answer goes to `work`.
    function question(label, options, button, work, ...more) {
      const field = make("input", {
        id: "field", required: true, autocapitalize: "none", spellcheck: false,
        "aria-describedby": "hint error", ...options});
      const submit = make("button", {type: "submit", className: "primary", textContent: say(button)});
      const form = make("form", {noValidate: true},
        ...more, make("label", {htmlFor: "field", textContent: say(label)}), field, submit);
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        if (!field.value.trim()) { field.focus(); return; }
        failed("");
        submit.disabled = true;
        await work(field.value);
        submit.disabled = false;
        if (field.isConnected) { field.select(); field.focus(); }
      });
      return form;
    }

    // Whose password it is: for password managers, and for who may not know.
    const known = () => login ? [
      make("label", {htmlFor: "known", textContent: say("login")}),
      make("input", {
        id: "known", type: "text", name: "username", autocomplete: "username", readOnly: true,
        value: login}),
    ] : [];

    const hint = (name) => make("p", {id: "hint", className: "hint", textContent: say(name)});

    const plain = (name, work) => {
      const button = make("button", {type: "button", className: "plain", textContent: say(name)});
      button.addEventListener("click", work);
      return button;
    };

    function proceed(answer) {
      if (!answer) return;
      if (answer.token && answer.token !== signIn) until = Date.now() + life;
      signIn = answer.token || signIn;
      login = answer.login || login;
      state = answer.state;
      mayGetCode = Boolean(answer.codeAllowed);
      element("tenant").textContent = tenantName = answer.tenantDisplayName || "";
      keep();
      if (answer.recoveryCodes && answer.recoveryCodes.length) {
        view(() => codes(answer));
        return;
      }
      ({
        NEEDS_PASSWORD: () => view(password), NEEDS_SECOND_FACTOR: () => view(code),
        NEEDS_AUTHENTICATOR: enrol, COMPLETE: () => complete(answer),
      }[state] || (() => failed("other_error")))();
    }

    function begin() {
      title("title");
      listPasskeys();
      return [question("login",
        {
          type: "text", name: "username", autocomplete: "username webauthn", inputMode: "email",
          value: login,
        }, "next", async (text) => {
          login = text;
          ended = "";
          proceed(await call("", {tenant, login, authorization: atOnce}));
        }), ...passkeyButton()];
    }

    function password() {
      title("title");
      return [
        question("password",
          {type: "password", name: "password", autocomplete: "current-password"}, "signIn",
          async (text) => proceed(await call(":provePassword", {signIn, password: text})),
          ...known()),
        ...passkeyButton(),
        ...(mayGetCode ? [plain("sendCode", sendCode)] : []),
        plain("other", () => {
          login = signIn = state = "";
          keep();
          view(begin);
        }),
      ];
    }

    // Whether it went out is not said: nobody learns who is a member.
    async function sendCode() {
      if (await call(":sendCode", {signIn})) view(sentCode);
    }

    function sentCode() {
      title("title");
      return [
        question("sentCode", digits, "signIn", sendDigits(":proveCode"), hint("sentCodeHint")),
        plain("sendAgain", sendCode),
        plain("passwordInstead", () => view(password)),
      ];
    }

    const digits = {
      type: "text", name: "code", autocomplete: "one-time-code", inputMode: "numeric",
      className: "code",
    };

    // Authenticators show a space between the digits; less than a code is not worth an attempt.
    const sendDigits = (method) => async (text) => {
      const code = text.replace(/\D/g, "");
      if (code.length !== 6) return failed("codeShort");
      proceed(await call(method, {signIn, code}));
    };

    function code() {
      title("codeTitle");
      return [
        question("code", digits, "signIn", sendDigits(":proveAuthenticator")),
        plain("recoveryInstead", () => view(recovery)),
      ];
    }

    function recovery() {
      title("codeTitle");
      return [
        question("recovery", {type: "text", name: "recovery", autocomplete: "off"}, "signIn",
          async (text) => proceed(await call(":proveRecoveryCode", {signIn, code: text.trim()}))),
        plain("authenticatorInstead", () => view(code)),
      ];
    }

    function invited() {
      title("invitationTitle");
      return [
        question("newPassword",
          {type: "password", name: "new-password", autocomplete: "new-password", minLength: 10},
          "next", async (text) => {
            const answer = await call(
              ":acceptInvitation", {invitation, password: text, authorization: atOnce});
            // It counts once: what ends from now on goes on with the password.
            if (answer) { leaveInvitation(); ended = "passwordSet"; }
            proceed(answer);
          }, ...known(), hint("passwordHint")),
        plain("havePassword", () => { leaveInvitation(); keep(); view(begin); }),
      ];
    }

    async function enrol() {
      const authenticator = await call(":beginAuthenticator", {signIn});
      if (!authenticator) {
        if (signIn) view(() => { title("enrolTitle"); return [plain("again", enrol)]; }, reason);
        return;
      }
      view(() => {
        title("enrolTitle");
        return [question("code", digits, "next",
          sendDigits(":enrolAuthenticator"), hint("enrolHint"),
          make("a", {href: authenticator.uri, textContent: say("open")}),
          make("code", {textContent: authenticator.secret}))];
      });
    }

    function codes(answer) {
      title("codesTitle");
      return [
        hint("codesHint"),
        make("ol", {}, ...answer.recoveryCodes.map((text) => make("li", {textContent: text}))),
        (() => {
          const button = make("button",
            {type: "button", className: "primary", textContent: say("saved")});
          button.addEventListener("click", () => complete(answer));
          return button;
        })(),
      ];
    }

    // The browser remembers who signed in; that it cannot is no reason to keep anybody waiting.
    async function complete(answer) {
      const kept = await post("/v1/browser:remember", {signIn}).catch(() => null);
      if (!authorization || atOnce) forget();
      if (answer.location) { location.assign(answer.location); return; }
      const who = kept && kept.ok ? await kept.json() : {};
      offer(() => arrive(who));
    }

    function done(who) {
      title("doneTitle");
      const views = [make("p", {textContent: say("done")})];
      if (who.login) {
        views.unshift(make("p", {className: "who", textContent: who.displayName || who.login}));
        views.push(plain("signOut", signOut));
      }
      return views;
    }

    async function signOut() {
      const answer = await post("/v1/browser:signOut", {}).catch(() => null);
      if (!answer || !answer.ok) return failed("other_error");
      element("tenant").textContent = "";
      view(() => {
        title("signedOutTitle");
        return [make("p", {textContent: say("signedOut")})];
      });
    }

    // Opened for nothing: says whom the browser remembers.
    async function lookAround() {
      const answer = await post("/v1/browser:lookUp", {}).catch(() => null);
      const who = answer && answer.ok ? await answer.json() : {};
      element("tenant").textContent = who.tenantDisplayName || "";
      view(who.login ? () => done(who) : nothing);
    }

    // An app that is not the tenant's own asks what it may do.
    async function ask(path, message) {
      const answer = await post("/v1/consents" + path, message).catch(() => null);
      if (answer && answer.ok) return answer.json();
      const body = answer ? await answer.json().catch(() => ({})) : {};
      const details = (body.error && body.error.details) || [];
      const why = details.map((detail) => detail.reason).find((text) => text);
      return fail(say(why) ? why : "other_error");
    }

    async function consenting() {
      const asked = await ask(":lookUp", {request: consent});
      if (!asked) { const why = reason; view(nothing, why); return; }
      element("tenant").textContent = asked.tenantDisplayName || "";
      view(() => {
        title("consentTitle");
        const button = (name, className, allow) => {
          const made = make("button", {type: "button", className, textContent: say(name)});
          made.addEventListener("click", async () => {
            made.disabled = true;
            const answer = await ask(":decide", {request: consent, allow});
            made.disabled = false;
            if (answer) location.assign(answer.location);
          });
          return made;
        };
        const scopes = words[language].scopes;
        return [
          make("p", {className: "hint", textContent:
            `${asked.displayName || asked.client.slice(8)} ${say("consentHint")}`}),
          make("ul", {}, ...(asked.scopes || []).map((name) => make(
            "li", {textContent: Object.hasOwn(scopes, name) ? scopes[name] : name}))),
          button("allow", "primary", true), button("deny", "plain", false),
        ];
      });
    }

    function nothing() {
      title("nothingTitle");
      return [make("p", {textContent: say("nothing")})];
    }

    element("language").addEventListener("click", () => {
      language = language === "ru" ? "en" : "ru";
      const typed = element("field") ? element("field").value : "";
      redraw();
      if (typed && element("field")) element("field").value = typed;
    });
    element("tenant").textContent = tenantName;
    if (invitation || tenant) keep();
    if (consent) consenting();
    else if (signIn) proceed({state, tenantDisplayName: tenantName});
    else if (invitation || tenant) view(invitation ? invited : begin);
    else lookAround();

    """#
}
