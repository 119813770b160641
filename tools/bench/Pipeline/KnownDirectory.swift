import Pipeline

/// What the platform's directory said once: no cache, no database.
struct KnownDirectory: IdentityDirectory {
  private struct Keys: KeySetSource {
    let json: String
    func keySet(refresh: Bool) async throws -> String { json }
  }

  private let record: TokenIssuerRecord
  private let known: ClientRecord

  /// - Throws: where the platform knows neither.
  init(of directory: some IdentityDirectory, issuer: String, client: String) async throws {
    guard var record = try await directory.issuer(issuer),
      let known = try await directory.client(client)
    else { throw PipelineBench.Failure("the platform does not know the token") }
    record.keys = Keys(json: try await record.keys.keySet(refresh: false))
    self.record = record
    self.known = known
  }

  func issuer(_ iss: String) async throws -> TokenIssuerRecord? {
    iss == record.issuer ? record : nil
  }
  func tenant(named name: String) async throws -> Tenant? { nil }
  func tenant(id: String) async throws -> Tenant? { nil }
  func certificateTrust(tenantID: String) async throws -> CertificateTrust {
    CertificateTrust(authorities: [])
  }
  func client(_ clientID: String) async throws -> ClientRecord? {
    clientID == known.clientID ? known : nil
  }
}
