import GeneratedTenancy
import Pipeline
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("The client service")
struct ClientServiceTests {
  private typealias Methods = Artel_Tenancy_V1_ClientService.Method

  private struct Desk {
    let fixture: PlatformFixture
    let tenant: Tenant
    let service: ClientService

    init(_ fixture: PlatformFixture, _ name: String = "alpha") async throws {
      self.fixture = fixture
      tenant = try await fixture.tenant(name)
      service = ClientService(
        clients: Clients(
          database: fixture.tenants, derivations: DerivationQueue(), baseDomain: fixture.baseDomain)
      )
    }

    func context(_ method: MethodDescriptor) -> ServerContext { .of(tenant, method) }

    func create(
      _ id: String = "lift", _ body: (inout Artel_Tenancy_V1_Client) -> Void = { _ in }
    ) async throws -> Artel_Tenancy_V1_ClientSecret {
      try await service.createClient(
        request: .with {
          $0.clientID = id
          $0.client.kind = .partner
          $0.client.scopes = ["b", "a", "b"]
          body(&$0.client)
        }, context: context(Methods.CreateClient.descriptor))
    }

    func update(
      _ name: String, mask: [String]? = nil, _ body: (inout Artel_Tenancy_V1_Client) -> Void
    ) async throws -> Artel_Tenancy_V1_Client {
      try await service.updateClient(
        request: .with {
          $0.client.name = name
          body(&$0.client)
          if let mask { $0.updateMask.paths = mask }
        }, context: context(Methods.UpdateClient.descriptor))
    }

    func get(_ name: String) async throws -> Artel_Tenancy_V1_Client {
      try await service.getClient(
        request: .with { $0.name = name }, context: context(Methods.GetClient.descriptor))
    }

    func rotate(_ name: String, seconds: Int64) async throws -> Artel_Tenancy_V1_ClientSecret {
      try await service.rotateClientSecret(
        request: .with {
          $0.name = name
          $0.overlap.seconds = seconds
        }, context: context(Methods.RotateClientSecret.descriptor))
    }

    func setDisabled(_ disabled: Bool, _ name: String) async throws -> Artel_Tenancy_V1_Client {
      try await disabled
        ? service.disableClient(
          request: .with { $0.name = name }, context: context(Methods.DisableClient.descriptor))
        : service.enableClient(
          request: .with { $0.name = name }, context: context(Methods.EnableClient.descriptor))
    }
  }

  @Test("changes only what its caller has seen", .covers("A12"))
  func etag() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      let seen = try await desk.create().client
      #expect(!seen.etag.isEmpty)
      #expect(try await desk.get(seen.name).etag == seen.etag)
      // Another session takes a scope away.
      let narrowed = try await desk.update(seen.name, mask: ["scopes"]) { $0.scopes = ["a"] }
      #expect(narrowed.etag != seen.etag)
      await expectRefusal(.aborted, "ETAG_MISMATCH") {
        _ = try await desk.update(seen.name, mask: ["display_name", "scopes", "etag"]) {
          $0.displayName = "Lifts"
          $0.scopes = seen.scopes
          $0.etag = seen.etag
        }
      }
      #expect(try await desk.get(seen.name) == narrowed)
      let renamed = try await desk.update(seen.name, mask: ["display_name"]) {
        $0.displayName = "Lifts"
        $0.etag = narrowed.etag
      }
      #expect(renamed.scopes == ["a"] && renamed.etag != narrowed.etag)
      #expect(try await desk.setDisabled(true, seen.name).etag != renamed.etag)
    }
  }

  @Test(
    "creates a client whose secret gets tokens, with its own scopes", .covers("A12", "A13", "A19"))
  func create() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      let made = try await desk.create { $0.addressRanges = ["203.0.113.0/24"] }
      #expect(made.client.name == "clients/alpha.lift")
      #expect(made.client.clientID == "alpha.lift")
      #expect(made.client.scopes == ["a", "b"])
      #expect(made.client.addressRanges == ["203.0.113.0/24"])
      #expect(made.client.liveSecrets == 1)
      let endpoint = TokenEndpoint(fixture)
      let token = try await endpoint.token("alpha.lift", made.secret, address: "203.0.113.7")
      await expectRefusal(.unauthenticated, "INVALID_CLIENT") {
        _ = try await endpoint.token("alpha.lift", made.secret, address: "203.0.114.7")
      }
      #expect(token.scope == "a b")
      #expect(try await desk.get("clients/alpha.lift") == made.client)
      await expectRefusal(.alreadyExists, "RESOURCE_EXISTS") { _ = try await desk.create() }
      #expect(
        try await fixture.audit(desk.tenant)[1]
          == "artel:ann artel.tenancy.v1.ClientService/CreateClient clients/alpha.lift: "
          + "created as PARTNER with scopes a b")
    }
  }

  @Test(
    "lets two tenants use the same identifier, and neither see the other's",
    .covers("S-D6", "S-D12"))
  func twoTenants() async throws {
    try await PlatformFixture.with { fixture in
      let alpha = try await Desk(fixture)
      let beta = try await Desk(fixture, "beta")
      let one = try await alpha.create()
      let two = try await beta.create()
      #expect(one.client.clientID == "alpha.lift")
      #expect(two.client.clientID == "beta.lift")
      for name in ["clients/alpha.lift", "clients/beta.nobody", "clients/..", "clients/a b"] {
        await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") { _ = try await beta.get(name) }
        await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
          _ = try await beta.update(name) { $0.scopes = ["x"] }
        }
        await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
          _ = try await beta.rotate(name, seconds: 0)
        }
        await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
          _ = try await beta.setDisabled(true, name)
        }
      }
      #expect(try await alpha.get("clients/alpha.lift") == one.client)
    }
  }

  @Test("changes what is asked for, at every process within a second", .covers("A17"))
  func update() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      _ = try await desk.create { $0.displayName = "Lifts" }
      let changed = try await desk.update("clients/alpha.lift") {
        $0.addressRanges = ["2001:db8::/32"]
      }
      #expect(changed.displayName == "Lifts")
      #expect(changed.scopes == ["a", "b"])
      #expect(changed.addressRanges == ["2001:db8::/32"])
      let emptied = try await desk.update(
        "clients/alpha.lift", mask: ["scopes", "address_ranges"]
      ) { $0.displayName = "Not this" }
      #expect(emptied.displayName == "Lifts")
      #expect(emptied.scopes.isEmpty)
      #expect(emptied.addressRanges.isEmpty)
      #expect(
        try await eventually {
          try await fixture.platform.directory.client("alpha.lift")?.scopes.isEmpty == true
        })
    }
  }

  @Test(
    "refuses what cannot be",
    arguments: [
      (["kind"], "update_mask"), (["secret_hashes"], "update_mask"),
      (["scopes"], "client.scopes[1]"), (["address_ranges"], "client.address_ranges[1]"),
    ])
  func refuses(mask: [String], field: String) async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      _ = try await desk.create()
      let error = await #expect(throws: RPCError.self) {
        _ = try await desk.update("clients/alpha.lift", mask: mask) {
          $0.scopes = ["fine", "not\"fine"]
          $0.addressRanges = ["10.0.0.0/8", "10.0.0.1/8"]
        }
      }
      #expect(error?.violatedFields == [field])
    }
  }

  @Test("keeps to the tenant's limit of clients, also when many come at once")
  func limit() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      try await fixture.database.sql("UPDATE artel.tenant SET max_clients = 3")
      let made = await withTaskGroup(of: Bool.self, returning: Int.self) { group in
        for index in 0..<8 {
          group.addTask {
            do {
              _ = try await desk.create("lift-\(index)")
              return true
            } catch {
              return (error as? RPCError)?.reason == "LIMIT_REACHED" ? false : true
            }
          }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(made == 3)
      let listed = try await desk.service.listClients(
        request: .init(), context: desk.context(Methods.ListClients.descriptor))
      #expect(listed.clients.count == 3)
    }
  }

  @Test("replaces a secret, the old one good for as long as was said", .covers("S-C13"))
  func rotate() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      let first = try await desk.create()
      let second = try await desk.rotate("clients/alpha.lift", seconds: 3600)
      #expect(second.client.liveSecrets == 2)
      #expect(second.client.hasOlderSecretExpireTime)
      let endpoint = TokenEndpoint(fixture)
      _ = try await endpoint.token("alpha.lift", first.secret)
      _ = try await endpoint.token("alpha.lift", second.secret)
      let third = try await desk.rotate("clients/alpha.lift", seconds: 0)
      #expect(third.client.liveSecrets == 1)
      for old in [first.secret, second.secret] {
        await expectRefusal(.unauthenticated, "INVALID_CLIENT") {
          _ = try await endpoint.token("alpha.lift", old)
        }
      }
      _ = try await endpoint.token("alpha.lift", third.secret)
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        _ = try await desk.rotate("clients/alpha.lift", seconds: 91 * 86_400)
      }
    }
  }

  @Test("gives no second way in to a client without a secret, nor a first to one that was revoked")
  func withoutSecret() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      _ = try await fixture.administration.createClient(
        "tls", kind: .partner, scopes: [], profile: ClientProfile(method: .tlsClientAuth),
        in: desk.tenant)
      _ = try await desk.create()
      try await fixture.administration.revokeClient("alpha.lift", in: desk.tenant)
      for name in ["clients/tls", "clients/alpha.lift"] {
        await expectRefusal(.failedPrecondition, "CLIENT_WITHOUT_SECRET") {
          _ = try await desk.rotate(name, seconds: 0)
        }
      }
      await expectRefusal(.failedPrecondition, "CLIENT_REVOKED") {
        _ = try await desk.setDisabled(false, "clients/alpha.lift")
      }
      let error = await #expect(throws: AdministrationError.self) {
        try await fixture.administration.setClientDisabled(
          false, of: "alpha.lift", in: desk.tenant)
      }
      #expect(error?.code == .notFound)
    }
  }

  @Test("shuts a client out and lets it in again, each once in the audit", .covers("A17", "A18"))
  func disable() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await Desk(fixture)
      let made = try await desk.create()
      for _ in 0..<2 {
        #expect(try await desk.setDisabled(true, "clients/alpha.lift").disabled)
      }
      let endpoint = TokenEndpoint(fixture)
      await expectRefusal(.unauthenticated, "INVALID_CLIENT") {
        _ = try await endpoint.token("alpha.lift", made.secret)
      }
      for _ in 0..<2 {
        #expect(try await !desk.setDisabled(false, "clients/alpha.lift").disabled)
      }
      _ = try await endpoint.token("alpha.lift", made.secret)
      let acts = try await fixture.audit(desk.tenant).filter {
        $0.hasSuffix(": disabled") || $0.hasSuffix(": enabled")
      }
      #expect(acts.count == 2)
    }
  }
}
