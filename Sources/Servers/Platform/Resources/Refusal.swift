import Pipeline
import RPC

/// The refusals that more than one method gives.
enum Refusal {
  /// There is no such resource, or the caller may not know of it: nothing tells the two apart.
  static let notFound = RPCError(
    code: .notFound, reason: "RESOURCE_NOT_FOUND", message: "there is no such resource")

  /// The caller has seen an older state than the present one.
  static let changed = RPCError(
    code: .aborted, reason: "ETAG_MISMATCH", message: "the resource has changed: read it again")

  /// The tenant's rows and keys are gone.
  static let erased = RPCError(
    code: .failedPrecondition, reason: "TENANT_ERASED", message: "the tenant is erased")

  /// A field of the request is at fault.
  static func invalid(_ field: String, _ description: String) -> RPCError {
    RPCError(
      code: .invalidArgument, reason: "FIELD_INVALID", message: "\(field) \(description)",
      violations: [.init(field: field, description: description)])
  }

  /// Another resource has the name already.
  static func exists(_ name: String) -> RPCError {
    RPCError(
      code: .alreadyExists, reason: "RESOURCE_EXISTS",
      message: "another resource has this name already", metadata: ["name": name])
  }

  /// The tenant has as many as it may have.
  static func limit(_ what: String, _ most: Int32) -> RPCError {
    RPCError(
      code: .resourceExhausted, reason: "LIMIT_REACHED",
      message: "the tenant has as many \(what) as it may have",
      metadata: ["limit": String(most), "of": what])
  }
}
