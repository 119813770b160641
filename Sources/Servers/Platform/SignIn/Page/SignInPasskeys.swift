/// What the page does with passkeys, and says of them: it signs in with one, and offers to make one to
/// whoever has signed in otherwise. Stands between the words and the rest of the script.
enum SignInPasskeys {
  static let script = words + asking + offering

  private static let words = """
    Object.assign(words.en, {
      passkey: "Sign in with a passkey", offerTitle: "Sign in without a password next time?",
      offerHint: "A passkey asks for your finger, your face or the lock of your screen, in place of " +
        "the password and the code.",
      create: "Create a passkey", later: "Not now",
      passkey_none: "No passkey was used. Try again, or sign in another way.",
      passkey_not_made: "No passkey was made. Try again, or go on without one.",
    });
    Object.assign(words.ru, {
      passkey: "Войти по ключу доступа", offerTitle: "Входить дальше без пароля?",
      offerHint: "Ключ доступа спросит палец, лицо или код экрана — вместо пароля и кода из " +
        "приложения.",
      create: "Создать ключ доступа", later: "Не сейчас",
      passkey_none: "Ключ доступа не сработал. Попробуйте ещё раз или войдите иначе.",
      passkey_not_made: "Ключ доступа не создан. Попробуйте ещё раз или продолжите без него.",
    });

    """

  private static let asking = """
    const passkeys = location.protocol === "https:" && Boolean(window.PublicKeyCredential);
    const toBytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
    const toText = (bytes) => bytes ? btoa(String.fromCharCode(...new Uint8Array(bytes))) : "";
    const named = (ids) => (ids || []).map((id) => ({type: "public-key", id: toBytes(id)}));
    let asking = null;

    // For what nobody has asked for.
    const silent = () => null;

    // Asks for a passkey: in a dialogue, or quietly in the list under the field.
    async function usePasskey(quietly = false) {
      if (asking) asking.abort();
      const mine = asking = new AbortController();
      const wish = await call(
        ":beginPasskey", {tenant, login, authorization}, quietly ? silent : failed);
      if (!wish) return;
      let found;
      try {
        found = await navigator.credentials.get({
          signal: mine.signal, mediation: quietly ? "conditional" : "optional",
          publicKey: {
            challenge: toBytes(wish.challenge), rpId: wish.relyingPartyId,
            allowCredentials: named(wish.credentialIds), userVerification: "required",
            timeout: wish.timeoutSeconds * 1000,
          },
        });
      } catch {
        if (!quietly && asking === mine) failed("passkey_none");
        return;
      }
      const said = found.response;
      proceed(await call(":provePasskey", {tenant, assertion: {
        credentialId: toText(found.rawId), clientDataJson: toText(said.clientDataJSON),
        authenticatorData: toText(said.authenticatorData), signature: toText(said.signature),
        userHandle: toText(said.userHandle),
      }}));
    }

    // Once, where the browser can offer passkeys under the field.
    async function listPasskeys() {
      if (!passkeys || asking || !PublicKeyCredential.isConditionalMediationAvailable) return;
      asking = new AbortController();
      if (await PublicKeyCredential.isConditionalMediationAvailable()) await usePasskey(true);
    }

    const passkeyButton = () => passkeys ? [plain("passkey", () => usePasskey())] : [];

    """

  private static let offering = """
    const refused = "passkey-refused";

    // Whether to offer a passkey: not to who has said no within thirty days.
    async function mayOffer() {
      if (!passkeys) return false;
      try {
        if (Date.now() - Number(localStorage.getItem(refused)) < 30 * 86400000) return false;
        return await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
      } catch { return false; }
    }

    // Offers a passkey to a person who has none, and goes on.
    async function offer(next) {
      if (!await mayOffer()) { next(); return; }
      const wish = await call(":beginPasskeyEnrolment", {signIn}, silent);
      if (!wish || (wish.excludedCredentialIds || []).length || wish.relyingPartyId !== location.hostname) {
        next();
        return;
      }
      view(() => {
        title("offerTitle");
        const create = make(
          "button", {type: "button", className: "primary", textContent: say("create")});
        create.addEventListener("click", async () => {
          create.disabled = true;
          if (await makePasskey(wish)) next(); else create.disabled = false;
        });
        const later = plain("later", () => {
          try { localStorage.setItem(refused, String(Date.now())); } catch {}
          next();
        });
        return [hint("offerHint"), create, later];
      });
    }

    async function makePasskey(wish) {
      let made;
      try {
        made = await navigator.credentials.create({publicKey: {
          challenge: toBytes(wish.challenge),
          rp: {id: wish.relyingPartyId, name: wish.relyingPartyName},
          user: {id: toBytes(wish.userId), name: wish.userName, displayName: wish.userDisplayName},
          pubKeyCredParams: wish.algorithms.map((alg) => ({type: "public-key", alg})),
          excludeCredentials: named(wish.excludedCredentialIds), attestation: "none",
          authenticatorSelection: {
            residentKey: "required", requireResidentKey: true, userVerification: "required"},
          timeout: wish.timeoutSeconds * 1000,
        }});
      } catch { failed("passkey_not_made"); return false; }
      const device = navigator.userAgentData ? navigator.userAgentData.platform : "";
      const kept = await call(":enrolPasskey", {
        signIn, displayName: String(device || "").slice(0, 100),
        attestation: {
          clientDataJson: toText(made.response.clientDataJSON),
          attestationObject: toText(made.response.attestationObject),
        },
      });
      return kept !== null;
    }

    async function arrive(who) {
      if (authorization && !atOnce) {
        const answer = await call(":authorize", {signIn, authorization});
        // It has ended, and the page is at its beginning again.
        if (!answer && !signIn) return;
        forget();
        if (answer && answer.location) { location.assign(answer.location); return; }
        if (!answer) { view(() => done(who), reason); return; }
      }
      // Without a way back to it, the app has waited too long.
      view(() => done(who), authorization ? "INVALID_REQUEST" : "");
    }

    """
}
