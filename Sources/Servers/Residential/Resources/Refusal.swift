import Pipeline
import RPC

/// The refusals that more than one method gives.
enum Refusal {
  /// There is no such resource, or the caller may not know of it: nothing tells the two apart,
  /// neither here nor in the time that it takes to find out (S-D12).
  static let notFound = RPCError(
    code: .notFound, reason: "RESOURCE_NOT_FOUND", message: "there is no such resource")

  /// A field of the request is at fault.
  static func invalid(_ field: String, _ description: String) -> RPCError {
    RPCError(
      code: .invalidArgument, reason: "FIELD_INVALID", message: "\(field) \(description)",
      violations: [.init(field: field, description: description)])
  }

  /// The request names a resource that does not exist.
  static func referenceNotFound(_ field: String) -> RPCError {
    let description = "names a resource that does not exist"
    return RPCError(
      code: .failedPrecondition, reason: "REFERENCE_NOT_FOUND", message: "\(field) \(description)",
      metadata: ["field": field], violations: [.init(field: field, description: description)])
  }

  /// Another resource has the name already.
  static func exists(_ name: String) -> RPCError {
    RPCError(
      code: .alreadyExists, reason: "RESOURCE_EXISTS",
      message: "another resource has this name already", metadata: ["name": name])
  }

  /// The caller has seen an older state than the present one.
  static let changed = RPCError(
    code: .aborted, reason: "ETAG_MISMATCH", message: "the resource has changed: read it again")

  /// The partner is left alone until somebody enables it.
  static func partnerDisabled(_ id: String) -> RPCError {
    RPCError(
      code: .failedPrecondition, reason: "PARTNER_DISABLED",
      message: "the partner is disabled: nothing is sent to it",
      metadata: ["partner": ResourceName.partner(id)])
  }
}
