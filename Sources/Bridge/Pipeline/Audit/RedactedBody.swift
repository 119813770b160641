import LibCrypto
public import RPC

/// A message as it may be kept: JSON with the names of the contract. A secret is `"[secret]"`,
/// personal data is `"[personal]"`, bytes are their number; a list of a map's entries stands for the
/// map, and what the contract does not know is left out. A field that came more than once is what
/// protobuf makes of it. What is too long is cut, and says so by a last member `"[truncated]"`.
public struct RedactedBody: Sendable {
  /// What is wanted of a message.
  public struct Wish: Sendable {
    /// The most bytes of the JSON, but for a name, a number and what closes it; 0 asks for none.
    public var limit: Int
    /// The most bytes of personal data; 0 asks for none.
    public var personalLimit: Int
    /// Whether the hash is wanted.
    public var digests: Bool

    /// Asks for something.
    public init(limit: Int, personalLimit: Int, digests: Bool) {
      self.limit = limit
      self.personalLimit = personalLimit
      self.digests = digests
    }
  }

  /// The JSON.
  public let json: String
  /// The personal data that is not in it: the path of each field, with its values as JSON.
  public let personal: [(path: String, value: String)]
  /// Whether there is any.
  public let holdsPersonalData: Bool
  /// Whether there was more than was wanted.
  public let isPersonalCut: Bool
  /// The hash of the whole: of the message's bytes, and where its type may hold a secret or personal
  /// data, of the JSON with the personal data and without the secrets. Empty where it is not wanted.
  public let digest: [UInt8]

  /// Reads a message; nil for bytes that are none.
  public init?(
    _ message: MessageBytes, plan: RedactionPlan,
    wish: Wish = Wish(limit: .max, personalLimit: .max, digests: false)
  ) {
    var digest: [UInt8] = []
    if wish.digests, plan.isClean { digest = message.withUnsafeBytes { SHA256.hash($0) } }
    let hashes = wish.digests && !plan.isClean
    guard wish.limit > 0 || wish.personalLimit > 0 || hashes else {
      (json, personal, self.digest) = ("", [], digest)
      (holdsPersonalData, isPersonalCut) = (false, false)
      return
    }
    let walked: RedactionWalk? = message.withUnsafeBytes { bytes in
      var walk = RedactionWalk(plan: plan, bytes: bytes, wish: wish, hashes: hashes)
      do throws(MalformedWire) {
        try walk.run()
        return walk
      } catch {
        return nil
      }
    }
    guard var walk = walked else { return nil }
    json = walk.json
    personal = walk.personal
    holdsPersonalData = walk.sawPersonalData
    isPersonalCut = walk.isPersonalCut
    self.digest = walk.digest() ?? digest
  }
}
