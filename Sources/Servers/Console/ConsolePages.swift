/// A file of the console, as it is served.
public struct ConsoleFile: Sendable {
  /// Where it is, such as `/console/main.js`.
  public let path: String
  /// Its media type.
  public let contentType: String
  /// Its bytes.
  public let body: [UInt8]
  /// What the page may load and do (`Content-Security-Policy`); nil for what is no page.
  public let contentPolicy: String?
}

/// The administrator's console: a page and the modules that it loads, without anything from elsewhere
/// and without a build step. It is a client of the API as any other could be.
public enum ConsolePages {
  /// Where the page is.
  public static let path = "/console"

  /// The page may run its own modules and call its own door, and no more.
  public static let contentPolicy = """
    default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'
    """

  /// Every file; the page first.
  public static var all: [ConsoleFile] {
    [
      ConsoleFile(
        path: path, contentType: "text/html; charset=utf-8", body: PackageResources.index_html,
        contentPolicy: contentPolicy),
      ConsoleFile(
        path: "\(path)/style.css", contentType: "text/css; charset=utf-8",
        body: PackageResources.style_css, contentPolicy: nil),
    ]
      + modules.map { name, body in
        ConsoleFile(
          path: "\(path)/\(name).js", contentType: "text/javascript; charset=utf-8", body: body,
          contentPolicy: nil)
      }
  }
}
