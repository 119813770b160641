import GeneratedResidential
import LibCrypto
import Postgres
import RPC
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Residential

@Suite("Partners")
struct PartnerTests {
  @Test(
    "keep their secret sealed: it is never returned, and opens in its own row alone",
    .covers("A12", "S-H1"))
  func secret() async throws {
    try await World.run { world async throws in
      let admin = world.administrator(world.a)
      let partner = try await world.partners.getPartner(
        request: .with { $0.name = "partners/doors" }, context: admin)
      #expect(partner.clientSecret.isEmpty && partner.clientID == world.partner.clientID)
      let stored = try await world.complex.fixture.sql(
        "SELECT encode(client_secret, 'escape') FROM artel.partner WHERE tenant_id = '\(world.a)'")
      #expect(!stored.contains(world.partner.clientSecret) && !stored.isEmpty)
      for table in ["audit_entry", "outbox_event"] {
        let rows = try await world.complex.fixture.sql(
          "SELECT t::text FROM artel.\(table) t WHERE tenant_id = '\(world.a)'")
        #expect(!rows.contains(world.partner.clientSecret))
      }

      let secrets = PartnerSecrets(vault: .ofTest())
      let sealed = try await secrets.seal("s", tenantID: world.a, partnerID: "doors")
      #expect(try await secrets.open(sealed, tenantID: world.a, partnerID: "doors") == "s")
      await #expect(throws: VaultError.unknownKey) {
        try await secrets.open(sealed, tenantID: world.b, partnerID: "doors")
      }
      await #expect(throws: CryptoError.self) {
        try await secrets.open(sealed, tenantID: world.a, partnerID: "lifts")
      }
    }
  }

  @Test("fail closed where the secret was moved from another row", .covers("S-H1"))
  func movedSecret() async throws {
    try await World.run { world async throws in
      let other = try await PartnerSecrets(vault: world.database.vault).seal(
        world.partner.clientSecret, tenantID: world.a, partnerID: "lifts")
      let text = other.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      _ = try await world.complex.fixture.sql(
        "UPDATE artel.partner SET client_secret = '\\x\(text)' WHERE tenant_id = '\(world.a)'")
      let metadata = await expectRefusal(.unavailable, "PARTNER_FAILED") {
        try await world.open(World.point, as: "anna")
      }
      #expect(metadata["partner_code"] == "secret_unreadable")
      #expect(world.partner.requests.isEmpty)
    }
  }

  @Test("fail closed where the key of their secret is not here, as far as is known now")
  func absentKey() async throws {
    try await World.run { world async throws in
      // Another tenant's: as of a key that only other processes have.
      _ = try await world.complex.fixture.sql(
        """
        UPDATE artel.partner SET client_secret = (
          SELECT client_secret FROM artel.partner WHERE tenant_id = '\(world.b)')
        WHERE tenant_id = '\(world.a)'
        """)
      let metadata = await expectRefusal(.unavailable, "PARTNER_FAILED") {
        try await world.open(World.point, as: "anna")
      }
      #expect(metadata["partner_code"] == "secret_away")
      #expect(world.partner.requests.isEmpty)
    }
  }

  @Test("are created once; the same again is the same, another secret a conflict")
  func created() async throws {
    try await World.run { world async throws in
      let admin = world.administrator(world.a)
      var request = Artel_Residential_V1_CreatePartnerRequest()
      request.partnerID = "lifts"
      request.partner = world.partnerMessage
      let made = try await world.partners.createPartner(request: request, context: admin)
      #expect(made.clientSecret.isEmpty && made.name == "partners/lifts")
      #expect(try await world.partners.createPartner(request: request, context: admin) == made)
      request.partner.clientSecret = "another"
      await expectRefusal(.alreadyExists, "RESOURCE_EXISTS") {
        try await world.partners.createPartner(request: request, context: admin)
      }
      request.partner.clientSecret = ""
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        try await world.partners.createPartner(request: request, context: admin)
      }
      request.partner = world.partnerMessage
      request.partner.baseUri = "http://partner.example/v1"
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        try await world.partners.createPartner(request: request, context: admin)
      }
      request.partner = world.partnerMessage
      request.partner.tokenUri = "https://user@partner.example/token"
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        try await world.partners.createPartner(request: request, context: admin)
      }
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        try await world.partners.getPartner(
          request: .with { $0.name = "partners/doors" }, context: world.user("anna", in: world.a))
      }
    }
  }

  @Test("are called only where the settings of now allow it")
  func addressNoLongerAllowed() async throws {
    try await World.run { world async throws in
      _ = try await world.complex.fixture.sql(
        "UPDATE artel.partner SET base_uri = 'http://partner.example/v1'"
          + " WHERE tenant_id = '\(world.a)'")
      let metadata = await expectRefusal(.unavailable, "PARTNER_FAILED") {
        try await world.open(World.point, as: "anna")
      }
      #expect(metadata["partner_code"] == "address_not_allowed")
      #expect(world.partner.requests.isEmpty)
    }
  }
}
