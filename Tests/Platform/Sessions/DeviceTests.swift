import TestSupport
import Testing

@testable import Platform

@Suite("What somebody signs in with")
struct DeviceTests {
  @Test(
    "is told in the words in which people know it",
    arguments: [
      (
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
          + "Chrome/126.0.0.0 Mobile Safari/537.36", "Chrome on Android"
      ),
      (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
          + "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1", "Safari on iPhone"
      ),
      (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
          + "Chrome/126.0.0.0 YaBrowser/24.6 Safari/537.36", "Yandex Browser on Windows"
      ),
      (
        "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox on Linux"
      ),
      ("okhttp/4.12.0", "okhttp"), ("curl/8.5.0", "curl"), ("Android", "Android"), ("", ""),
      ("\u{1b}[31m<script>", ""),
      (String(repeating: "a", count: 500), String(repeating: "a", count: 60)),
    ])
  func summary(userAgent: String, words: String) {
    #expect(Device.summary(of: userAgent) == words)
  }

  @Test("is nothing where nothing is said")
  func silence() { #expect(Device.summary(of: nil) == "") }
}
