import LibCrypto

/// A document as a page: read offline, without anything from elsewhere, and able to send requests with
/// the token of its reader.
public struct ReadingPage: Sendable {
  /// HTML in UTF-8.
  public let html: [UInt8]
  /// What the page may load and do (`Content-Security-Policy`): its own script and style by their
  /// hashes, and requests to where its methods are.
  public let contentPolicy: String

  /// - Parameters:
  ///   - document: What it shows.
  ///   - destinations: Where it may send requests: the sources of CSP's `connect-src`. They are
  ///     written as they are: no one else's text.
  public init(_ document: OpenAPIDocument, destinations: [String] = ["'self'"]) {
    let connect = destinations.joined(separator: " ")
    let policy = """
      default-src 'none'; script-src '\(Self.scriptHash)'; style-src '\(Self.styleHash)'; \
      connect-src \(connect); img-src data:; base-uri 'none'; form-action 'none'; \
      require-trusted-types-for 'script'; trusted-types 'none'
      """
    // Of frames only a header may speak.
    contentPolicy = policy + "; frame-ancestors 'none'"
    var html = Array(Self.beginning.utf8)
    // For a copy that no server sends.
    html += "<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">\n".utf8
    html += Self.rest.utf8
    html += document.json
    html += "</script>\n<script>".utf8
    html += Self.script.utf8
    html += "</script>\n</body>\n</html>\n".utf8
    self.html = html
  }

  private static let scriptHash = hash(script)
  private static let styleHash = hash(style)

  private static let script =
    [
      PageScript.view, PageScript.schema, PageScript.request, PageScript.answer, PageScript.form,
      PageScript.start,
    ].joined()

  /// A source of CSP (CSP3, "hash-source").
  private static func hash(_ text: String) -> String {
    let digest = Array(text.utf8).withUnsafeBytes { SHA256.hash($0) }
    let coded = Base64URL.encode(digest[...]).replacing("-", with: "+").replacing("_", with: "/")
    return "sha256-\(coded)="
  }

  private static let style = PageStyle.text

  private static let beginning = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">

    """

  private static let rest = """
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>API</title>
    <link rel="icon" href="data:,">
    <style>\(style)</style>
    </head>
    <body>
    <a class="skip" href="#content">To the content</a>
    <header>
    <h1 id="title">API</h1>
    <label class="token">Token <input id="token" type="password" autocomplete="off" \
    spellcheck="false" placeholder="sent as Bearer, kept in this page alone"></label>
    <nav class="files" aria-label="Files"><a href="openapi.json">OpenAPI</a> \
    <a href="postman.json">Postman</a></nav>
    <button id="theme" type="button" title="Light or dark (t)">Theme</button>
    </header>
    <div class="columns">
    <aside>
    <input id="search" type="search" placeholder="Search ( / )" aria-label="Search" \
    autocomplete="off" spellcheck="false">
    <nav id="list" aria-label="Methods"></nav>
    <p class="keys"><kbd>/</kbd> search <kbd>j</kbd> <kbd>k</kbd> next, previous \
    <kbd>t</kbd> theme <kbd>Ctrl</kbd>+<kbd>Enter</kbd> send</p>
    </aside>
    <main id="content" tabindex="-1"></main>
    </div>
    <noscript>This page needs JavaScript; <a href="openapi.json">openapi.json</a> does not.</noscript>
    <script type="application/json" id="document">
    """
}
