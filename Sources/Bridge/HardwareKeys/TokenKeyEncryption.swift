import CPKCS11
public import LibCrypto
public import Storage
import Synchronization

/// A key of keys that is in a token of PKCS #11: it wraps and unwraps there, by AES-GCM, and never
/// leaves it. A session that is lost, and a token that was taken out and put back, are found again.
public final class TokenKeyEncryption: KeyEncryption {
  /// Which key it is.
  public struct Location: Sendable {
    /// The path of the vendor's module.
    public var module: String
    /// The token's label.
    public var token: String
    /// The key's label.
    public var key: String

    /// Names a key.
    public init(module: String, token: String, key: String) {
      self.module = module
      self.token = token
      self.key = key
    }
  }

  /// Of what names its key by the key itself, and of what names it by its labels: a key that was made
  /// anew under the same label is another one.
  private static let version: UInt8 = 4
  private static let labelVersion: UInt8 = 3
  private static let nonceSize = 12
  private static let tagSize = 16

  private let location: Location
  private let pin: @Sendable () throws -> String
  let session: TokenSession
  /// What stands in front of what it wraps: the version, and 8 bytes that name the key.
  private let header: [UInt8]
  /// What stood there before keys were named by themselves.
  private let labelHeader: [UInt8]
  private let queue: TokenQueue
  /// The hash of a PIN that the token refused, with its words: that one is never tried again.
  private let refused = Mutex<(pin: [UInt8], error: TokenError)?>(nil)

  /// Opens the token and finds the key.
  ///
  /// - Parameters:
  ///   - pin: reads the PIN; where the token refused one, it is not tried again before this gives
  ///     another.
  ///   - patience: how long one call waits for the token.
  /// - Throws: `TokenError` where there is no such module, token or key, or the PIN is wrong.
  public convenience init(
    _ location: Location, patience: Duration = .seconds(5),
    pin: @escaping @Sendable () throws -> String
  ) throws {
    try self.init(
      location, session: TokenSession(module: location.module), patience: patience, pin: pin)
  }

  init(
    _ location: Location, session: TokenSession, patience: Duration, capacity: Int = 64,
    pin: @escaping @Sendable () throws -> String
  ) throws {
    self.location = location
    self.pin = pin
    self.session = session
    queue = TokenQueue(patience: patience, capacity: capacity)
    let labels = Array(
      SHA256.hash(Array("\(location.token)\u{0}\(location.key)".utf8)).prefix(8))
    labelHeader = [Self.labelVersion] + labels
    let first = try pin()
    try session.open(token: location.token, pin: first, key: location.key)
    header = try Self.header(of: session) ?? labelHeader
  }

  /// What names the key that a session has found; nil where the token chooses nonces itself, and
  /// nothing that it seals comes out the same twice.
  private static func header(of session: TokenSession) throws(TokenError) -> [UInt8]? {
    // Zeros, for a nonce that no key of ours is ever wrapped with: what comes out names the key
    // and tells nothing of it.
    let zero = [UInt8](repeating: 0, count: nonceSize)
    var nonce = zero
    let check = try session.gcm(
      seals: true, &nonce, Array("artel key".utf8), [UInt8](repeating: 0, count: 16))
    return nonce == zero ? [version] + SHA256.hash(check).prefix(8) : nil
  }

  public func wrap(_ key: AES256Key, for place: SealedPlace) async throws -> [UInt8] {
    let additional = header + place.authenticatedData
    let nonce = Random.bytes(Self.nonceSize)
    return header
      + (try await run { session in
        var taken = nonce
        let sealed = try session.gcm(seals: true, &taken, additional, key.bytes)
        return taken + sealed
      })
  }

  public func unwrap(_ wrapped: [UInt8], for place: SealedPlace) async throws -> AES256Key {
    guard knows(wrapped) else {
      throw wrapped.first == Self.version || wrapped.first == Self.labelVersion
        ? TokenError.otherKey : TokenError.malformed
    }
    guard wrapped.count == header.count + Self.nonceSize + AES256Key.size + Self.tagSize else {
      throw TokenError.malformed
    }
    let additional = Array(wrapped.prefix(header.count)) + place.authenticatedData
    let nonce = Array(wrapped.dropFirst(header.count).prefix(Self.nonceSize))
    let body = Array(wrapped.dropFirst(header.count + Self.nonceSize))
    return try AES256Key(
      try await run { session in
        var nonce = nonce
        return try session.gcm(seals: false, &nonce, additional, body)
      })
  }

  public func isOutdated(_ wrapped: [UInt8]) -> Bool { !wrapped.starts(with: header) }

  public func knows(_ wrapped: [UInt8]) -> Bool {
    wrapped.starts(with: header) || wrapped.starts(with: labelHeader)
  }

  /// Runs one operation behind the others; once more with a new session where the old one is lost.
  private func run(
    _ body: @escaping @Sendable (TokenSession) throws -> [UInt8]
  ) async throws -> [UInt8] {
    try await queue.run {
      do {
        return try body(self.session)
      } catch let error as TokenError where error.isLost {
        try self.reopen()
        return try body(self.session)
      }
    }
  }

  private func reopen() throws {
    let pin = try pin()
    let hash = SHA256.hash(Array(pin.utf8))
    if let refused = refused.withLock({ $0 }), refused.pin == hash { throw refused.error }
    do {
      try session.reopen(token: location.token, pin: pin, key: location.key)
    } catch {
      if error.isRefusedPIN { refused.withLock { $0 = (hash, error) } }
      throw error
    }
    // A token that was made anew may have another key under the label: what that one wrapped, under
    // this one's name, would open nowhere.
    guard try Self.header(of: session) ?? labelHeader == header else {
      session.close()
      throw TokenError.changedKey
    }
  }
}
