import LibCrypto
import Storage
import StorageTestSupport

/// What sealing costs: one value, a page of rows of different people, and a blind index. The key store is
/// in memory: what a real one adds is a round trip for each key that the process does not hold.
@main
struct SealingBench {
  static func main() async throws {
    let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 5
    let vault = TenantVault.ofTest()
    let tenant = UUIDv7.make()
    let value = Array("anna.long.enough@example.org".utf8)
    func place(_ row: Int) -> SealedPlace {
      SealedPlace(tenant: tenant, table: "person", column: "sealed_login", row: String(row))
    }
    var page: [(sealed: [UInt8], place: SealedPlace)] = []
    for row in 0..<50 {
      page.append(
        (try await vault.seal(value, at: place(row), subject: "artel:\(row)"), place(row)))
    }
    let rows = page
    for round in 1...max(1, rounds) {
      let seal = try await time(10_000) {
        _ = try await vault.seal(value, at: place(1), subject: "artel:1")
      }
      let open = try await time(10_000) { _ = try await vault.open(rows[0].sealed, at: place(0)) }
      let list = try await time(500) { _ = try await vault.open(rows) }
      let index = try await time(10_000) {
        _ = try await vault.blindIndex(
          "anna@example.org", table: "person", column: "login_index", tenantID: tenant)
      }
      print(
        "round \(round): seal \(seal) µs, open \(open) µs, a page of 50 people \(list) µs, "
          + "index \(index) µs")
    }
  }

  /// Microseconds of one of so many.
  private static func time(
    _ count: Int, _ body: () async throws -> Void
  ) async throws -> Double {
    let start = ContinuousClock.now
    for _ in 0..<count { try await body() }
    let each = (ContinuousClock.now - start) / .microseconds(1) / Double(count)
    return (each * 100).rounded() / 100
  }
}
