import LibCrypto
import Mutation
public import Pipeline
public import RPC

/// A page asked for by AIP-158: how many, and behind which keyset values.
public struct PageRequest: Sendable {
  /// How many to return at most.
  public let limit: Int

  /// The keyset values that the page begins behind; empty on the first.
  public let after: [String]

  private let key: [UInt8]

  /// Reads a request's page.
  ///
  /// - Parameters:
  ///   - size: What the caller asked for; 0 takes the default, more than the most takes the most.
  ///   - token: The token of the page before, or nothing.
  ///   - method: What is listed, with its parent: a token is good for that alone.
  /// - Throws: `RPCError` with `.invalidArgument` for a token that is not this tenant's and
  ///   method's, or a negative size.
  public init(
    size: Int32, token: String, caller: Caller, method: String, default: Int = 50, most: Int = 500
  ) throws(RPCError) {
    guard size >= 0 else { throw Self.invalid("page_size", "must not be negative") }
    limit = size == 0 ? `default` : min(Int(size), most)
    // Row-level security keeps tenants apart; the code only makes a foreign or a made-up token an
    // error instead of an odd page.
    let tenant = Mutation.isOn(.sharesPageTokens) ? "" : caller.tenant.id
    key = SHA256.hash(Array("page \(tenant) \(method)".utf8))
    guard !token.isEmpty else {
      after = []
      return
    }
    guard let bytes = Base64URL.decode(token), bytes.count > 16,
      constantTimeEqual(
        Array(bytes.prefix(16)),
        Array(HMACSHA256.code(of: Array(bytes.dropFirst(16)), key: key).prefix(16))),
      let text = String(validating: bytes.dropFirst(16), as: UTF8.self)
    else { throw Self.invalid("page_token", "is not a token of this list") }
    after = text.split(separator: "\u{0}", omittingEmptySubsequences: false).map(String.init)
  }

  /// The one keyset value of a list that is ordered by a UUID; nil on the first page.
  ///
  /// - Throws: `RPCError` with `.invalidArgument` for a token of something else.
  public var identifier: String? {
    get throws(RPCError) {
      guard let value = after.first else { return nil }
      let isUUID =
        value.utf8.count == 36
        && value.utf8.enumerated().allSatisfy { index, byte in
          [8, 13, 18, 23].contains(index)
            ? byte == UInt8(ascii: "-")
            : (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
        }
      guard isUUID else { throw Self.invalid("page_token", "is not a token of this list") }
      return value
    }
  }

  /// The token of the page behind the given keyset values.
  public func nextToken(_ keyset: [String]) -> String {
    let bytes = Array(keyset.joined(separator: "\u{0}").utf8)
    return Base64URL.encode(HMACSHA256.code(of: bytes, key: key).prefix(16) + bytes)
  }

  private static func invalid(_ field: String, _ description: String) -> RPCError {
    RPCError(
      code: .invalidArgument, reason: "PAGE_INVALID", message: "\(field) \(description)",
      violations: [.init(field: field, description: description)])
  }
}
