import Postgres
import Storage

extension TenantChange {
  /// Holds a person's row until the transaction ends: before any other row of the person, everywhere,
  /// so that no two transactions wait for each other.
  func hold(person id: String) async throws {
    try await execute(
      Statement("SELECT 1 FROM artel.person WHERE person_id = $1 FOR NO KEY UPDATE", .uuid(id)))
  }
}
