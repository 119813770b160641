import GeneratedOptions
import GeneratedResidential
import LibCrypto
import Pipeline
import Postgres
import RPC
import Storage

@testable import Residential

extension World {
  var directory: DirectoryService { DirectoryService(database: database) }
  var points: AccessPointService {
    AccessPointService(database: database, dispatcher: domain.dispatcher)
  }
  var commands: CommandService {
    CommandService(database: database, timing: domain.dispatcher.timing)
  }
  var events: AccessEventService { AccessEventService(database: database, hub: hub) }
  var partners: PartnerService {
    // Taken from the domain: its key seals the secrets.
    for service in domain.services {
      if let service = service as? PartnerService { return service }
    }
    preconditionFailure("the domain has a partner service")
  }

  func user(
    _ name: String, in tenant: String, deadline: ContinuousClock.Instant? = nil,
    rows: Artel_Options_V1_Rows = .own
  ) -> ServerContext {
    context(
      tenant, Principal(kind: .user, subject: "artel:\(name)", clientID: "app"),
      deadline: deadline, rows: rows)
  }

  func administrator(_ tenant: String) -> ServerContext {
    context(tenant, Principal(kind: .administrator, subject: "artel:admin"))
  }

  func service(_ tenant: String) -> ServerContext {
    context(tenant, Principal(kind: .service, subject: "clients/erp", clientID: "erp"))
  }

  func partnerCaller(_ clientID: String = "doors-callback", in tenant: String) -> ServerContext {
    context(
      tenant, Principal(kind: .partner, subject: "clients/\(clientID)", clientID: clientID))
  }

  func context(
    _ tenant: String, _ principal: Principal, deadline: ContinuousClock.Instant? = nil,
    rows: Artel_Options_V1_Rows = .own
  ) -> ServerContext {
    let caller = Caller(
      tenant: Tenant(
        id: tenant, name: "t", displayName: "T", kind: .residential, suspended: false,
        issuer: "https://t.artel.localhost", createTime: 0), principal: principal, rows: rows)
    return ServerContext(
      method: Artel_Residential_V1_AccessPointService.Method.OpenAccessPoint.descriptor,
      metadata: [:], peer: Peer(address: "test", door: .grpc), deadline: deadline,
      attachment: caller)
  }

  /// Opens a door as a person would.
  func open(
    _ name: String, as person: String, unit: String = "units/flat-1",
    request: String = UUIDv7.make(), in tenant: String? = nil,
    deadline: ContinuousClock.Instant? = nil
  ) async throws -> Artel_Residential_V1_Command {
    try await points.openAccessPoint(
      request: .with {
        $0.name = name
        $0.unit = unit
        $0.requestID = request
      }, context: user(person, in: tenant ?? a, deadline: deadline, rows: .decided))
  }

  func report(
    _ command: String, _ state: Artel_Residential_V1_Command.State, partner: String = "doors",
    by client: String = "doors-callback", in tenant: String? = nil,
    _ fill: (inout Artel_Residential_V1_ReportCommandRequest) -> Void = { _ in }
  ) async throws -> Artel_Residential_V1_Command {
    try await commands.reportCommand(
      request: .with {
        $0.name = "partners/\(partner)/\(command)"
        $0.state = state
        fill(&$0)
      }, context: partnerCaller(client, in: tenant ?? a))
  }

  func command(_ name: String, in tenant: String? = nil) async throws
    -> Artel_Residential_V1_Command
  {
    try await commands.getCommand(
      request: .with { $0.name = name }, context: service(tenant ?? a))
  }

  /// The journal, the oldest first, as results.
  func journal(_ tenant: String? = nil) async throws -> [Artel_Residential_V1_AccessEvent.Result] {
    try await events.listAccessEvents(
      request: .with { $0.parent = "properties/north" }, context: service(tenant ?? a)
    ).accessEvents.reversed().map(\.result)
  }

  /// What audit says of a resource, the oldest first.
  func changes(of resource: String, in tenant: String? = nil) async throws -> [String] {
    try await audit(of: resource, in: tenant).map { try $0.text(2) }
  }

  /// Actor, action and change of the audit entries of a resource, the oldest first.
  /// A person who did it is sealed, and none here.
  func audit(of resource: String, in tenant: String? = nil) async throws -> [PostgresRow] {
    try await database.query(
      Statement(
        """
        SELECT actor, action, change FROM artel.audit_entry WHERE resource = $1
        ORDER BY audit_entry_id
        """, .text(resource)), as: try service(tenant ?? a).caller, deadline: nil)
  }

  /// How many rows a tenant has in the outbox: read as superuser, the application cannot.
  func outbox(_ tenant: String) async throws -> [String] {
    try await complex.fixture.sql(
      "SELECT type || ' ' || resource FROM artel.outbox_event WHERE tenant_id = '\(tenant)'"
        + " ORDER BY xid, sequence"
    ).split(separator: "\n").map(String.init)
  }
}
