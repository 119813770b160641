import Mutation
public import RPC
import Synchronization

/// Which networks may call the platform at all, before anybody is asked who calls.
///
/// A text of lines, each `deny RANGE` or `allow RANGE`, as CIDR writes ranges; `#` begins a comment. A
/// peer in a range that is denied is refused; where ranges are allowed, so is one in none of them.
/// Peers without an address, behind a Unix socket, are this machine's own.
public final class NetworkRules: Sendable {
  private struct Rules {
    var denied: [AddressRange] = []
    var allowed: [AddressRange] = []
  }

  /// Why a text is none of rules.
  public struct Fault: Error, Sendable, CustomStringConvertible {
    /// Which line, for an operator.
    public let description: String
  }

  private let rules: Mutex<Rules>
  private let isOn: Atomic<Bool>

  /// Rules that let everybody in.
  public init() {
    rules = Mutex(Rules())
    isOn = Atomic(false)
  }

  /// Takes other rules from now on.
  ///
  /// - Throws: `Fault` where a line is malformed, or no rule is left; the rules before stay.
  public func replace(by text: String) throws(Fault) {
    var new = Rules()
    // Not by "\n" alone: the two bytes of a line's end in Windows are one Character, and another one.
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (number, line) in lines.enumerated() {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
      if words.isEmpty { continue }
      guard words.count == 2, let range = AddressRange(String(words[1])) else {
        throw Fault(description: "line \(number + 1) is neither `deny RANGE` nor `allow RANGE`")
      }
      switch words[0] {
      case "deny": new.denied.append(range)
      case "allow": new.allowed.append(range)
      default: throw Fault(description: "line \(number + 1) begins with neither deny nor allow")
      }
    }
    let taken = new
    let isEmpty = taken.denied.isEmpty && taken.allowed.isEmpty
    // A file that was cut off lets everybody in; who means that can say it.
    if isEmpty, isOn.load(ordering: .relaxed) {
      throw Fault(
        description: "there is no rule any more; `allow 0.0.0.0/0` and `allow ::/0` let all in")
    }
    rules.withLock { $0 = taken }
    isOn.store(!isEmpty, ordering: .relaxed)
  }

  /// Whether a peer may call.
  ///
  /// - Throws: `RPCError` with `.permissionDenied`.
  func check(_ peer: Peer) throws(RPCError) {
    if let refusal = refusal(of: peer.address) { throw refusal }
  }

  /// Why nobody may call from an address; nil where they may.
  public func refusal(of address: String) -> RPCError? {
    guard isOn.load(ordering: .relaxed), !Mutation.isOn(.ignoresNetworkRules),
      let address = AddressRange.bytes(of: NetworkName.bare(address))
    else { return nil }
    let isAdmitted = rules.withLock { rules in
      !rules.denied.contains { $0.contains(address) }
        && (rules.allowed.isEmpty || rules.allowed.contains { $0.contains(address) })
    }
    return isAdmitted ? nil : Self.denied
  }

  private static let denied = RPCError(
    code: .permissionDenied, reason: "ADDRESS_NOT_ALLOWED",
    message: "nobody may call from this address")
}
