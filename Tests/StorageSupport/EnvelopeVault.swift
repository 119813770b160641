public import LibCrypto
public import Storage

/// A vault of one key for everything.
public struct EnvelopeVault: DataVault {
  private let envelope: Envelope

  /// Takes the envelope that seals.
  public init(_ envelope: Envelope) { self.envelope = envelope }

  public func seal(
    _ value: [UInt8], at place: SealedPlace, subject: String?
  ) async throws -> [UInt8] { try envelope.seal(value, at: place) }

  public func open(_ sealed: [UInt8], at place: SealedPlace) async throws -> [UInt8]? {
    try envelope.open(sealed, at: place)
  }
}
