import GeneratedOptions
import Pipeline
import RPC

/// How much of a complex a caller sees.
enum Viewer: Sendable, Hashable {
  /// Services and administrators: all of it.
  case everything
  /// A person: the units of which it is a member, and what they may open.
  case person(subject: String)

  /// - Throws: PERMISSION_DENIED for callers that see nothing here, such as partners.
  init(_ caller: Caller) throws(RPCError) {
    switch caller.principal.kind {
    case .user: self = .person(subject: caller.principal.subject)
    case .service, .administrator: self = .everything
    default:
      throw RPCError(
        code: .permissionDenied, reason: "PRINCIPAL_KIND_REFUSED",
        message: "this kind of caller cannot read the complex")
    }
  }

  /// The person, as statements take it: null stands for everything.
  var subject: String? {
    if case .person(let subject) = self { return subject }
    return nil
  }

  /// What the viewer learns of who did something: a person learns of others only in a unit that
  /// it owns (A10).
  func shown(_ subject: String, isOwner: Bool) -> String {
    isOwner || self == .everything || self == .person(subject: subject) ? subject : ""
  }
}
