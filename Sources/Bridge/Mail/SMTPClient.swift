import CCurl
import Dispatch
import Foundation

/// Gives letters to one mail server, over TLS whose certificate is verified.
public struct SMTPClient: Sendable {
  /// Longer takes no letter.
  private static let timeout = 20
  private static let connectTimeout = 5

  private static let isReady = artel_curl_global_init() == CURLE_OK
  // libcurl blocks: not on the threads of tasks.
  private static let queue = DispatchQueue(label: "artel.mail", attributes: .concurrent)

  private let url: String
  private let login: Login?
  private let rootsPEM: String?
  private let isLoopback: Bool

  /// What the server knows us by.
  public struct Login: Sendable {
    let user: String
    let password: String

    /// Creates a login.
    public init(user: String, password: String) {
      self.user = user
      self.password = password
    }
  }

  /// Creates a client; connects nothing yet.
  ///
  /// - Parameters:
  ///   - url: `smtps://host:465`, or `smtp://host:587` for STARTTLS, without which nothing is sent.
  ///   - rootsPEM: certificates that are trusted besides the system's.
  ///   - allowsLoopback: whether a server on this machine needs no TLS.
  /// - Throws: `SMTPError` for any other URL.
  public init(
    url: String, login: Login? = nil, rootsPEM: String? = nil, allowsLoopback: Bool = false
  ) throws(SMTPError) {
    guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty,
      ["smtp", "smtps"].contains(parts.scheme), parts.user == nil, parts.password == nil,
      ["", "/"].contains(parts.path), parts.query == nil, parts.fragment == nil
    else { throw SMTPError(isFinal: true, "not smtps://host:port or smtp://host:port") }
    self.url = url
    self.login = login
    self.rootsPEM = rootsPEM
    isLoopback = allowsLoopback && ["127.0.0.1", "[::1]", "::1", "localhost"].contains(host)
  }

  /// Gives a letter to the server; returns when it has taken it.
  ///
  /// - Throws: `SMTPError`. Where the connection ended, the server may have taken it.
  public func send(_ letter: Letter) async throws {
    guard Letter.isAddress(letter.from), Letter.isAddress(letter.to) else {
      throw SMTPError(isFinal: true, "not an address")
    }
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      Self.queue.async { done.resume(with: Result { try transfer(letter) }) }
    }
  }

  private func transfer(_ letter: Letter) throws {
    guard Self.isReady, let handle = curl_easy_init() else {
      throw SMTPError(isFinal: false, "libcurl does not start")
    }
    defer { curl_easy_cleanup(handle) }
    let recipients = curl_slist_append(nil, "<\(letter.to)>")
    defer { curl_slist_free_all(recipients) }
    let bytes = letter.bytes(at: Date())
    try bytes.withUnsafeBytes { bytes in
      var source = artel_curl_source(
        bytes: bytes.bindMemory(to: CChar.self).baseAddress, size: bytes.count, offset: 0)
      try withUnsafeMutablePointer(to: &source) { source in
        try configure(handle, from: letter.from)
        try check(artel_curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients))
        try check(artel_curl_set_source(handle, source))
        let code = curl_easy_perform(handle)
        guard code != CURLE_OK else { return }
        var response = 0
        _ = artel_curl_response_code(handle, &response)
        throw SMTPError(
          // What is wrong with our login is for the operator to mend.
          isFinal: (500...599).contains(response) && code != CURLE_LOGIN_DENIED,
          "\(String(cString: curl_easy_strerror(code))), last answer \(response)")
      }
    }
  }

  private func configure(_ handle: UnsafeMutableRawPointer, from: String) throws {
    for (option, value) in [
      (CURLOPT_URL, url), (CURLOPT_PROTOCOLS_STR, "smtp,smtps"), (CURLOPT_MAIL_FROM, "<\(from)>"),
      // None of the environment's.
      (CURLOPT_PROXY, ""),
    ] { try check(artel_curl_set_text(handle, option, value)) }
    for (option, value) in [
      (CURLOPT_NOSIGNAL, 1), (CURLOPT_UPLOAD, 1), (CURLOPT_TIMEOUT, Self.timeout),
      (CURLOPT_CONNECTTIMEOUT, Self.connectTimeout), (CURLOPT_SSL_VERIFYPEER, 1),
      (CURLOPT_SSL_VERIFYHOST, 2), (CURLOPT_SSLVERSION, artel_curl_tls_1_2),
      (CURLOPT_USE_SSL, isLoopback ? artel_curl_use_ssl_try : artel_curl_use_ssl_all),
    ] as [(CURLoption, Int)] { try check(artel_curl_set_long(handle, option, value)) }
    if let login {
      try check(artel_curl_set_text(handle, CURLOPT_USERNAME, login.user))
      try check(artel_curl_set_text(handle, CURLOPT_PASSWORD, login.password))
    }
    if let rootsPEM {
      // In place of the system's file; its folder of certificates stays.
      let pem = Array(rootsPEM.utf8)
      try pem.withUnsafeBytes {
        try check(artel_curl_set_blob(handle, CURLOPT_CAINFO_BLOB, $0.baseAddress, $0.count))
      }
    }
  }

  private func check(_ code: CURLcode) throws {
    guard code == CURLE_OK else {
      throw SMTPError(isFinal: false, String(cString: curl_easy_strerror(code)))
    }
  }
}
