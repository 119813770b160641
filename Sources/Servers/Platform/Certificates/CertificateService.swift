import GeneratedCertificates
import GeneratedOptions
import LibCrypto
import Logging
import Pipeline
import Postgres
import RPC
import Storage
import SwiftProtobuf

/// Serves `artel.certificates.v1.CertificateService`.
struct CertificateService: Artel_Certificates_V1_CertificateService.SimpleServiceProtocol {
  /// The longest that a stranger's call may take where it would wait longer.
  private static let patience: Duration = .seconds(10)

  let directory: PlatformDirectory
  let database: TenantDatabase
  let issuer: CertificateIssuer
  let attempts: AttemptLimiter
  let logger: Logger

  func createCertificate(
    request: Artel_Certificates_V1_CreateCertificateRequest, context: ServerContext
  ) async throws -> Artel_Certificates_V1_Certificate {
    try await issue(
      request.signingRequestPem, request.hasLifetime ? request.lifetime : nil, context)
  }

  func renewCertificate(
    request: Artel_Certificates_V1_RenewCertificateRequest, context: ServerContext
  ) async throws -> Artel_Certificates_V1_Certificate {
    let caller = try context.caller
    // A token beside the certificate could be of another client: the certificate's own counts.
    guard caller.principal.certificateThumbprint != nil,
      context.metadata.first("authorization") == nil
    else { throw CertificateFault.certificateMissing }
    return try await issue(
      request.signingRequestPem, request.hasLifetime ? request.lifetime : nil, context)
  }

  private func issue(
    _ signingRequest: String, _ lifetime: Google_Protobuf_Duration?, _ context: ServerContext
  ) async throws -> Artel_Certificates_V1_Certificate {
    let caller = try context.caller
    guard let clientID = caller.principal.clientID else { throw Refusal.notFound }
    let key = try Self.key(signingRequest)
    let seconds = try Self.seconds(lifetime)
    return try await database.answer(
      as: Actor(caller), action: context.action, deadline: context.deadline
    ) { change in
      .init(
        try await issuer.issue(
          to: clientID, of: caller.tenant.name, key: key, seconds: seconds, in: change))
    }
  }

  func enrollCertificate(
    request: Artel_Certificates_V1_EnrollCertificateRequest, context: ServerContext
  ) async throws -> Artel_Certificates_V1_Certificate {
    let clientID = request.clientID
    let seconds = try Self.seconds(request.hasLifetime ? request.lifetime : nil)
    let record = try await directory.client(clientID)
    let tenantID = record?.tenantID ?? TenantIdentifier.nobody
    let tenant = try await directory.tenant(id: tenantID)
    let latest = ContinuousClock.now + Self.patience
    let certificate: Artel_Certificates_V1_Certificate? = try await attempts.attempt(
      clientID: clientID, peer: context.peer
    ) {
      do {
        return try await database.change(
          as: Actor(tenantID: tenantID, service: "certificates"),
          action: context.action,
          deadline: context.deadline.map { min($0, latest) } ?? latest
        ) { change in
          // A code that was not good enough for anything is not used up: the change is undone.
          guard
            try await EnrollmentCodes.use(
              request.code, of: ClientIdentifier.isValid(clientID) ? clientID : "-", in: change),
            let tenant, !tenant.suspended
          else { throw CertificateFault.codeInvalid }
          return .init(
            try await issuer.issue(
              to: clientID, of: tenant.name, key: try Self.key(request.signingRequestPem),
              seconds: seconds, in: change))
        }
      } catch let error as RPCError where error.code == .unauthenticated {
        return nil
      }
    }
    guard let certificate else {
      logger.notice(
        "no certificate for an enrollment code",
        metadata: [
          "client": "\(clientID.prefix(64).debugDescription)", "peer": "\(context.peer.address)",
        ])
      throw CertificateFault.codeInvalid
    }
    return certificate
  }

  func createEnrollmentCode(
    request: Artel_Certificates_V1_CreateEnrollmentCodeRequest, context: ServerContext
  ) async throws -> Artel_Certificates_V1_EnrollmentCode {
    guard let clientID = CertificateNames.clientID(request.client) else {
      throw Refusal.notFound
    }
    let seconds = try Self.seconds(request.hasLifetime ? request.lifetime : nil)
    return try await database.answer(
      as: Actor(try context.caller), action: context.action, deadline: context.deadline
    ) { change in
      let made = try await EnrollmentCodes.make(for: clientID, seconds: seconds, in: change)
      return .with {
        $0.code = made.code
        $0.expireTime = .init(seconds: made.expires)
      }
    }
  }

  func listCertificates(
    request: Artel_Certificates_V1_ListCertificatesRequest, context: ServerContext
  ) async throws -> Artel_Certificates_V1_ListCertificatesResponse {
    let caller = try context.caller
    var client = request.client.isEmpty ? nil : CertificateNames.clientID(request.client)
    if !request.client.isEmpty, client == nil {
      throw Refusal.invalid("client", "is no client's name")
    }
    if caller.principal.kind == .partner {
      guard client == nil || client == caller.principal.clientID else { return .init() }
      client = caller.principal.clientID
    }
    let page = try PageRequest(
      size: request.pageSize, token: request.pageToken, caller: caller,
      method: "ListCertificates \(client ?? "")")
    let rows = try await database.query(
      StoredCertificate.page(
        tenantID: caller.tenant.id, clientID: client, after: page.after, limit: page.limit + 1),
      as: caller, deadline: context.deadline)
    let found = try rows.prefix(page.limit).map { try StoredCertificate($0) }
    return .with {
      $0.certificates = found.map { $0.message }
      if rows.count > page.limit, let last = found.last {
        $0.nextPageToken = page.nextToken(last.keyset)
      }
    }
  }

  func getCertificate(
    request: Artel_Certificates_V1_GetCertificateRequest, context: ServerContext
  ) async throws -> Artel_Certificates_V1_Certificate {
    let caller = try context.caller
    guard let thumbprint = CertificateNames.thumbprint(request.name),
      let row = try await database.query(
        StoredCertificate.statement(thumbprint, tenantID: caller.tenant.id), as: caller,
        deadline: context.deadline
      ).first
    else { throw Refusal.notFound }
    let found = try StoredCertificate(row).message
    if caller.principal.kind == .partner {
      guard let own = caller.principal.clientID, found.client == CertificateNames.client(own) else {
        throw Refusal.notFound
      }
    }
    return found
  }

  func revokeCertificate(
    request: Artel_Certificates_V1_RevokeCertificateRequest, context: ServerContext
  ) async throws -> Artel_Certificates_V1_Certificate {
    guard let thumbprint = CertificateNames.thumbprint(request.name) else {
      throw Refusal.notFound
    }
    return try await database.change(
      as: Actor(try context.caller), action: context.action, deadline: context.deadline
    ) { change in
      try await RevocationLists.revoke(thumbprint, request.reason, in: change)
      guard let stored = try await StoredCertificate.find(thumbprint, in: change) else {
        throw Refusal.notFound
      }
      return stored.message
    }
  }

  /// The key of a signing request.
  private static func key(_ pem: String) throws(RPCError) -> PublicKey {
    do {
      return try CertificateSigningRequest(pem: pem).publicKey
    } catch {
      throw Refusal.invalid(
        "signing_request_pem", "is not a good PKCS #10 request: \(error)")
    }
  }

  /// Whole seconds of a duration.
  private static func seconds(_ duration: Google_Protobuf_Duration?) throws(RPCError) -> Int64? {
    guard let duration else { return nil }
    guard duration.nanos == 0 else {
      throw Refusal.invalid("lifetime", "must be whole seconds")
    }
    return duration.seconds
  }
}
