import CPKCS11
import Synchronization

/// The session in which a token's key is used.
///
/// `@unchecked Sendable`: the C structure is touched under the lock alone; PKCS #11 forbids two
/// operations of one session at a time.
final class TokenSession: @unchecked Sendable {
  private let lock = Mutex(())
  /// Owned: freed in `deinit`, behind the session's end.
  private let p11: UnsafeMutablePointer<artel_p11>

  init(module: String) throws(TokenError) {
    p11 = .allocate(capacity: 1)
    let result = artel_p11_load(p11, module)
    // Everything is initialized: `deinit` frees it also where this throws.
    guard result == artel_p11_ok else { throw TokenError(result) }
  }

  /// Takes a module's functions, where they are already loaded; they outlive the session.
  init(functions: CK_FUNCTION_LIST_PTR) throws(TokenError) {
    p11 = .allocate(capacity: 1)
    let result = artel_p11_use(p11, functions)
    guard result == artel_p11_ok else { throw TokenError(result) }
  }

  deinit {
    artel_p11_close(p11)
    p11.deallocate()
  }

  func open(token: String, pin: String, key: String) throws(TokenError) {
    let result = lock.withLock { _ in artel_p11_open(p11, token, pin, key) }
    guard result == artel_p11_ok else { throw TokenError(result) }
  }

  /// Opens it again, also where the token was away meanwhile.
  func reopen(token: String, pin: String, key: String) throws(TokenError) {
    let result = lock.withLock { _ in artel_p11_reopen(p11, token, pin, key) }
    guard result == artel_p11_ok else { throw TokenError(result) }
  }

  /// Ends it; nothing works before it is opened again.
  func close() {
    lock.withLock { _ in artel_p11_close(p11) }
  }

  /// Seals or opens; the result is never larger than input and tag together.
  ///
  /// - Parameter nonce: what was taken, where the token chooses it.
  func gcm(
    seals: Bool, _ nonce: inout [UInt8], _ additional: [UInt8], _ input: [UInt8]
  ) throws(TokenError) -> [UInt8] {
    var (taken, output) = (nonce, [UInt8](repeating: 0, count: input.count + 16))
    defer { nonce = taken }
    var count = UInt(output.count)
    let result = lock.withLock { _ in
      artel_p11_gcm(
        p11, seals, &taken, additional, UInt(additional.count), input, UInt(input.count), &output,
        &count)
    }
    guard result == artel_p11_ok else { throw TokenError(result) }
    return Array(output.prefix(Int(count)))
  }
}
