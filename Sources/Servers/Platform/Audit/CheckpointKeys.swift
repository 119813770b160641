public import LibCrypto

/// The keys of checkpoints: the one that signs, and those that signed before it.
public struct CheckpointKeys: Sendable {
  /// The public keys, that of the key that signs now first.
  public let publicKeys: [[UInt8]]

  /// Creates the keys.
  public init(_ current: [UInt8], former: [[UInt8]] = []) {
    publicKeys = [current] + former
  }

  /// Whether one of them signed it.
  func signed(_ checkpoint: SignedCheckpoint) -> Bool {
    publicKeys.contains { checkpoint.isSigned(by: $0) }
  }
}
