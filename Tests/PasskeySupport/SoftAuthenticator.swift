import LibCrypto

/// A passkey in a test, with its browser: it says and signs what the test likes.
public struct SoftAuthenticator: Sendable {
  /// What a browser hands to its page.
  public struct Creation: Sendable {
    /// `clientDataJSON`.
    public var clientData: [UInt8]
    /// `attestationObject`.
    public var attestationObject: [UInt8]

    /// What a test puts together.
    public init(clientData: [UInt8], attestationObject: [UInt8]) {
      self.clientData = clientData
      self.attestationObject = attestationObject
    }
  }

  /// What a browser hands to its page.
  public struct Proof: Sendable {
    /// `clientDataJSON`.
    public var clientData: [UInt8]
    /// `authenticatorData`.
    public var authenticatorData: [UInt8]
    /// `signature`.
    public var signature: [UInt8]
  }

  /// Present, verified; with a credential in it.
  public static let present: UInt8 = 1, verified: UInt8 = 4, credential: UInt8 = 64
  /// May be copied, and has been.
  public static let eligible: UInt8 = 8, copied: UInt8 = 16

  /// Its identifier.
  public var id: [UInt8] = Random.bytes(32)
  /// The page's origin, and the host that the authenticator takes it for.
  public var origin: String
  /// The relying party's identifier.
  public var host: String
  /// What it says of its user.
  public var flags = present | verified
  /// How often it has signed.
  public var signCount: UInt32 = 0
  /// What the browser says of frames, as JSON.
  public var more = ""
  /// What stands behind the data.
  public var extra: [UInt8] = []
  /// What it says that its algorithm is.
  public var algorithm = -7
  private let key: SigningKey

  /// Makes a key.
  public init(host: String) throws {
    self.host = host
    origin = "https://\(host)"
    key = try SigningKey()
  }

  /// Makes a passkey.
  public func create(
    _ challenge: [UInt8], type: String = "webauthn.create", format: String = "none",
    statement: [UInt8]? = nil
  ) -> Creation {
    let clientData = clientData(type, challenge)
    let data = data(flags | Self.credential, attested)
    var statement = statement ?? CBORWriter.map([])
    if format == "packed" {
      statement = CBORWriter.map([
        (CBORWriter.text("alg"), CBORWriter.number(algorithm)),
        (
          CBORWriter.text("sig"),
          CBORWriter.bytes(key.sign(data + SHA256.hash(clientData)))
        ),
      ])
    }
    return Creation(
      clientData: clientData,
      attestationObject: CBORWriter.map([
        (CBORWriter.text("fmt"), CBORWriter.text(format)),
        (CBORWriter.text("attStmt"), statement),
        (CBORWriter.text("authData"), CBORWriter.bytes(data)),
      ]))
  }

  /// Proves who its user is.
  public func prove(_ challenge: [UInt8], type: String = "webauthn.get") -> Proof {
    let clientData = clientData(type, challenge)
    let data = data(flags, [])
    return Proof(
      clientData: clientData, authenticatorData: data,
      signature: key.sign(data + SHA256.hash(clientData)))
  }

  private func clientData(_ type: String, _ challenge: [UInt8]) -> [UInt8] {
    Array(
      """
      {"type":"\(type)","challenge":"\(Base64URL.encode(challenge))","origin":"\(origin)"\(more)}
      """.utf8)
  }

  private func data(_ flags: UInt8, _ attested: [UInt8]) -> [UInt8] {
    SHA256.hash(Array(host.utf8)) + [flags]
      + withUnsafeBytes(of: signCount.bigEndian) { Array($0) } + attested + extra
  }

  private var attested: [UInt8] {
    [UInt8](repeating: 0, count: 16) + [UInt8(id.count >> 8), UInt8(id.count & 255)] + id
      + CBORWriter.map([
        (CBORWriter.number(1), CBORWriter.number(2)),
        (CBORWriter.number(3), CBORWriter.number(algorithm)),
        (CBORWriter.number(-1), CBORWriter.number(1)),
        (CBORWriter.number(-2), CBORWriter.bytes(key.x)),
        (CBORWriter.number(-3), CBORWriter.bytes(key.y)),
      ])
  }
}
