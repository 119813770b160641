/// What the page is for and how far it has come, which it keeps for its tab: telephones drop a page
/// while its person looks into the authenticator, and open it anew.
///
/// Neither passwords nor codes nor an authenticator's key are kept.
enum SignInMemory {
  static let script = #"""
    const shelf = "sign-in";
    // As long as a sign-in lives.
    const life = 600000;
    const blank = {
      authorization: "", tenant: "", tenantName: "", invitation: "", consent: "", login: "",
      signIn: "", state: "", ended: "", until: 0,
    };

    // What the address says; else what the page was for a moment ago.
    function recall() {
      const wish = new URLSearchParams(location.hash.slice(1));
      // A secret does not stay in the address.
      history.replaceState(null, "", location.pathname);
      const said = (name) => wish.get(name) || "";
      const found = {
        ...blank, authorization: said("authorization"), tenant: said("tenant"),
        invitation: said("invitation"), consent: said("consent"), until: Date.now() + life,
      };
      if (found.invitation || found.tenant || found.consent) return found;
      try {
        const kept = JSON.parse(sessionStorage.getItem(shelf));
        if (kept && kept.until > Date.now()) return {...blank, ...kept};
      } catch {}
      forget();
      return blank;
    }

    // A page that may not keep anything goes on all the same.
    function keep() {
      try {
        sessionStorage.setItem(shelf, JSON.stringify({
          authorization, tenant, tenantName, invitation, login, signIn, state, ended, until,
        }));
      } catch {}
    }

    function forget() {
      try { sessionStorage.removeItem(shelf); } catch {}
    }

    let {
      authorization, tenant, tenantName, invitation, consent, login, signIn, state, ended, until,
    } = recall();

    // From here on the invitation is no longer wanted: its person signs in.
    function leaveInvitation() {
      tenant = invitation.split(".")[0];
      invitation = "";
    }

    // Another link, opened in the same tab.
    addEventListener("hashchange", () => { if (location.hash) location.reload(); });

    """#
}
