/// What somebody signs in with, in the few words in which people know it. The rest of what a browser
/// says of itself is not kept.
enum Device {
  private static let browsers = [
    // What others claim to be comes last.
    ("YaBrowser/", "Yandex Browser"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("Edg/", "Edge"),
    ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"), ("Safari/", "Safari"),
  ]
  private static let systems = [
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Macintosh", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
  ]
  private static let longest = 60

  /// `Chrome on Android`; the first word of what no browser says, without its version; empty for
  /// nothing.
  static func summary(of userAgent: String?) -> String {
    guard let userAgent, !userAgent.isEmpty else { return "" }
    let browser = browsers.first { userAgent.contains($0.0) }?.1
    let system = systems.first { userAgent.contains($0.0) }?.1
    switch (browser, system) {
    case (let browser?, let system?): return "\(browser) on \(system)"
    case (let name?, nil), (nil, let name?): return name
    case (nil, nil):
      let word = userAgent.prefix {
        $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0))
      }
      return String(word.prefix(longest))
    }
  }
}
