import Postgres
import RPC
import Storage

extension TenantChange {
  /// Holds a person's row until the transaction ends: before any other row of the person, everywhere,
  /// so that no two transactions wait for each other.
  func hold(person id: String) async throws {
    try await execute(
      Statement("SELECT 1 FROM artel.person WHERE person_id = $1 FOR NO KEY UPDATE", .uuid(id)))
  }

  /// What an erasure of a subject is found by.
  func erasureIndex(of subject: String) async throws -> [UInt8] {
    try await vault.blindIndex(
      subject, table: "erasure", column: "subject_index", tenantID: tenantID)
  }

  /// To be asked with the person's row held.
  ///
  /// - Throws: MEMBER_ERASED where the person was erased: whatever they did again would be told of
  ///   nobody, and what is kept of them again would open nowhere.
  func refuseErased(person id: String) async throws {
    let index = try await erasureIndex(of: PersonRow.subject(id))
    let rows = try await query(
      Statement("SELECT 1 FROM artel.erasure WHERE subject_index = $1", .bytes(index)))
    guard rows.isEmpty else {
      throw RPCError(
        code: .failedPrecondition, reason: "MEMBER_ERASED",
        message: "the member was erased; a new one can be made for the person")
    }
  }
}
