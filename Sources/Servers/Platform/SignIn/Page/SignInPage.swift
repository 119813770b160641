import LibCrypto

/// The page at which people sign in: phone first, in Russian and English, without anything from
/// elsewhere. It is a client of `SignInService` as any other page could be.
///
/// What it is for stands behind `#` in its address, which neither goes to servers nor into logs:
/// `authorization` and `tenant`, or an `invitation`. It takes it out of the address at once, and keeps
/// it for its tab until the sign-in ends.
public enum SignInPage {
  /// Where it is served.
  public static let path = "/sign-in"

  /// HTML in UTF-8.
  public static var html: [UInt8] { Array(text.utf8) }

  /// What it may load and do: its own script and style by their hashes, and calls to its own door.
  public static var contentPolicy: String {
    """
    default-src 'none'; script-src '\(hash(script))'; style-src '\(hash(SignInStyle.text))'; \
    connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'
    """
  }

  private static let script =
    SignInWords.script + SignInMemory.script + SignInPasskeys.script
    + SignInScript.text

  private static let text = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <title>Sign in</title>
    <link rel="icon" href="data:,">
    <style>\(SignInStyle.text)</style>
    </head>
    <body>
    <main>
    <h1 id="title" tabindex="-1"></h1>
    <p id="tenant"></p>
    <p id="error" role="alert"></p>
    <div id="view"></div>
    </main>
    <button id="language" type="button"></button>
    <noscript>This page needs JavaScript. Странице нужен JavaScript.</noscript>
    <script>\(script)</script>
    </body>
    </html>

    """

  /// A source of CSP (CSP3, "hash-source").
  private static func hash(_ text: String) -> String {
    let coded = Base64URL.encode(SHA256.hash(Array(text.utf8)))
      .replacing("-", with: "+").replacing("_", with: "/")
    return "sha256-\(coded)="
  }
}
