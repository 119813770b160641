import GeneratedPeople
import LibCrypto
import Pipeline
import Postgres
import RPC
import Storage
import SwiftProtobuf

/// What people allow apps that are not the tenant's own.
struct ConsentService: Artel_People_V1_ConsentService.SimpleServiceProtocol {
  let database: TenantDatabase
  let authorization: AuthorizationService
  let revocations: RevocationFeed

  func lookUpConsent(
    request: Artel_People_V1_LookUpConsentRequest, context: ServerContext
  ) async throws -> Artel_People_V1_ConsentQuestion {
    let deadline = SignIns.deadline(context)
    let (tenant, name) = try await authorization.consentRequest(request.request)
    let (wish, person, client) = try await authorization.question(
      name, of: tenant, deadline: deadline)
    let rows = try await database.query(
      Statement(
        "SELECT display_name FROM artel.tenant_client WHERE client_id = $1", .text(client.clientID)),
      as: Actor(tenantID: tenant.id, service: "tokens"), deadline: deadline)
    let displayName = try rows.first?.text(0) ?? ""
    return .with {
      $0.client = ClientRow.name(client.clientID)
      $0.displayName = displayName
      $0.tenantDisplayName = tenant.displayName
      $0.scopes = person.granted(wish.scopes)
    }
  }

  func decideConsent(
    request: Artel_People_V1_DecideConsentRequest, context: ServerContext
  ) async throws -> Artel_People_V1_ConsentDecision {
    let (tenant, name) = try await authorization.consentRequest(request.request)
    let location = try await authorization.decide(
      name, of: tenant, allows: request.allow, deadline: SignIns.deadline(context))
    return .with { $0.location = location }
  }

  func listOwnConsents(
    request: Artel_People_V1_ListOwnConsentsRequest, context: ServerContext
  ) async throws -> Artel_People_V1_ListOwnConsentsResponse {
    guard let person = try SessionService.own(context) else { return .init() }
    let rows = try await database.query(
      Statement(
        """
        SELECT c.client_id, t.display_name, c.scopes, c.grant_time
        FROM artel.consent AS c JOIN artel.tenant_client AS t USING (tenant_id, client_id)
        WHERE c.person_id = $1 ORDER BY c.client_id
        """, .uuid(person)), as: try context.caller, deadline: context.deadline)
    return try .with {
      $0.consents = try rows.map { row in
        let granted = try row.timestamp(3)
        return try .with {
          $0.client = ClientRow.name(try row.text(0))
          $0.displayName = try row.text(1)
          $0.scopes = try row.textArray(2)
          $0.grantTime = Google_Protobuf_Timestamp(granted)
        }
      }
    }
  }

  func withdrawConsent(
    request: Artel_People_V1_WithdrawConsentRequest, context: ServerContext
  ) async throws -> Google_Protobuf_Empty {
    guard request.client.hasPrefix("clients/"), let person = try SessionService.own(context) else {
      throw Refusal.notFound
    }
    let client = try ClientRow.identifier(request.client)
    let ended = try await database.change(
      as: .init(try context.caller), action: context.action, deadline: context.deadline
    ) { try await $0.withdraw(client, by: person) }
    revocations.add(ended)
    return Google_Protobuf_Empty()
  }
}
