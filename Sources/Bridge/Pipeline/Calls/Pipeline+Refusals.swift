import LibCrypto
public import RPC

extension Pipeline {
  /// How many refused calls may be asked at once whose they are.
  private static let most = 32

  /// Keeps a call that a door refused before it came here: whoever tries with somebody's credential
  /// what a method makes of malformed messages does not do it unseen. Whose it is, is found out beside
  /// it; where there are too many, it is nobody's.
  public func refused(_ call: RefusedCall) {
    guard keepsJournal else { return }
    var record = CallRecord(
      method: call.method, door: call.peer.door, caller: nil, code: .ok, message: "",
      duration: .zero)
    record.startTime = UnixTime.microseconds()
    record.address = call.peer.address
    record.isRefused = true
    record.fail(call.error)
    // Of nobody who may not call is a credential looked at.
    if configuration.networks.refusal(of: call.peer.address) != nil {
      limitCounters.add(\.networkDenied)
      return self.record(record)
    }
    guard call.metadata.first("authorization") != nil || call.peer.certificatePEM != nil,
      refusals.begin(Self.most)
    else { return self.record(record) }
    let context = ServerContext(
      method: MethodDescriptor(
        service: ServiceDescriptor(fullyQualifiedService: "artel"), method: "Refused", kind: .unary),
      metadata: call.metadata, peer: call.peer)
    Task { [record] in
      var record = record
      do {
        record.caller = try await authenticator.identify(context, .tenant)
      } catch {
        // Its credential is worth nothing: the call is nobody's.
      }
      self.record(record)
      refusals.end()
    }
  }
}
