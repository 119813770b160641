import GeneratedResidential
import LibCrypto
import RPC
import StorageTestSupport
import SwiftProtobuf
import TestSupport
import Testing

@testable import Residential

@Suite("Partners that are looked after")
struct PartnerChangeTests {
  private func update(
    _ world: World, _ mask: [String], _ fill: (inout Artel_Residential_V1_Partner) -> Void
  ) async throws -> Artel_Residential_V1_Partner {
    try await world.partners.updatePartner(
      request: .with {
        $0.partner.name = "partners/doors"
        fill(&$0.partner)
        $0.updateMask.paths = mask
      }, context: world.administrator(world.a))
  }

  private func doors(_ world: World) async throws -> Artel_Residential_V1_Partner {
    try await world.partners.getPartner(
      request: .with { $0.name = "partners/doors" }, context: world.administrator(world.a))
  }

  @Test("are listed page by page, in the order of their names, without credentials")
  func list() async throws {
    try await World.run { world async throws in
      let admin = world.administrator(world.a)
      for id in ["lifts", "barriers"] {
        _ = try await world.partners.createPartner(
          request: .with {
            $0.partnerID = id
            $0.partner = world.partnerMessage
          }, context: admin)
      }
      let first = try await world.partners.listPartners(
        request: .with { $0.pageSize = 2 }, context: admin)
      #expect(first.partners.map(\.name) == ["partners/barriers", "partners/doors"])
      #expect(first.partners.allSatisfy { $0.clientSecret.isEmpty && !$0.etag.isEmpty })
      let second = try await world.partners.listPartners(
        request: .with {
          $0.pageSize = 2
          $0.pageToken = first.nextPageToken
        }, context: admin)
      #expect(second.partners.map(\.name) == ["partners/lifts"])
      #expect(second.nextPageToken.isEmpty)
      // The other complex has one of its own.
      let other = try await world.partners.listPartners(
        request: .init(), context: world.administrator(world.b))
      #expect(other.partners.count == 1)
    }
  }

  @Test("change in what is named alone, and only as they were seen", .covers("A12"))
  func mask() async throws {
    try await World.run { world async throws in
      let before = try await doors(world)
      let changed = try await update(world, ["display_name"]) {
        $0.displayName = "Doors"
        $0.clientID = "another"
        $0.etag = before.etag
      }
      #expect(changed.displayName == "Doors" && changed.clientID == before.clientID)
      #expect(changed.etag != before.etag)
      await expectRefusal(.aborted, "ETAG_MISMATCH") {
        try await update(world, ["display_name"]) {
          $0.displayName = "Older"
          $0.etag = before.etag
        }
      }
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        try await update(world, ["disabled"]) { $0.disabled = true }
      }
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        try await update(world, ["client_id"]) { $0.clientID = "" }
      }
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        try await update(world, ["base_uri"]) { $0.baseUri = "http://partner.example/v1" }
      }
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        try await world.partners.updatePartner(
          request: .with {
            $0.partner.name = "partners/nobody"
            $0.partner.displayName = "Nobody"
          }, context: world.administrator(world.a))
      }
      // What was not changed goes on.
      _ = try await world.open(World.point, as: "anna")
      let same = try await update(world, ["display_name"]) { $0.displayName = "Doors" }
      #expect(same == changed)
      #expect(
        try await world.changes(of: "partners/doors") == ["created", "updated display_name"])
    }
  }

  @Test("keep the secret of one host from another", .covers("A12", "S-E13"))
  func move() async throws {
    try await World.run { world async throws in
      let elsewhere = "https://elsewhere.example"
      for mask in [["base_uri"], ["token_uri"], ["base_uri", "token_uri", "client_id"]] {
        await expectRefusal(.invalidArgument, "FIELD_INVALID") {
          try await update(world, mask) {
            $0.baseUri = "\(elsewhere)/v1"
            $0.tokenUri = "\(elsewhere)/token"
            $0.clientID = "artel"
          }
        }
      }
      // Another way to authenticate needs its own credential, not the one of before.
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        try await update(world, ["base_uri", "client_secret", "authentication"]) {
          $0.baseUri = elsewhere
          $0.clientSecret = "new"
          $0.authentication = .privateKeyJwt
        }
      }
      // To another path of the same host, freely.
      let path = try await update(world, ["base_uri"]) { $0.baseUri = world.partner.baseURI + "/2" }
      #expect(path.baseUri.hasSuffix("/v1/2"))
      let moved = try await update(world, ["base_uri", "token_uri", "client_secret"]) {
        $0.baseUri = "\(elsewhere)/v1"
        $0.tokenUri = "\(elsewhere)/token"
        $0.clientSecret = "the secret there"
      }
      #expect(moved.baseUri == "\(elsewhere)/v1" && moved.clientSecret.isEmpty)
      #expect(world.partner.requests.isEmpty)
    }
  }

  @Test("keep the secret of one host from another in two steps, too", .covers("A12", "S-E13"))
  func moveInSteps() async throws {
    try await World.run { world async throws in
      let key = try PrivateKey.makeP256().pem
      let moved = try await update(
        world, ["base_uri", "token_uri", "authentication", "assertion_key", "assertion_key_id"]
      ) {
        $0.baseUri = "https://elsewhere.example/v1"
        $0.tokenUri = "https://elsewhere.example/token"
        $0.authentication = .privateKeyJwt
        $0.assertionKey = key
        $0.assertionKeyID = "k"
      }
      #expect(moved.authentication == .privateKeyJwt)
      // The secret of before is gone with its host.
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        try await update(world, ["authentication"]) { $0.authentication = .clientSecretBasic }
      }
    }
  }

  @Test("get another secret, which counts from the next call on", .covers("S-H1"))
  func rotate() async throws {
    try await World.run { world async throws in
      _ = try await world.open(World.point, as: "anna")
      let admin = world.administrator(world.a)
      func rotate(_ secret: String, etag: String = "") async throws -> Artel_Residential_V1_Partner
      {
        try await world.partners.rotatePartnerSecret(
          request: .with {
            $0.name = "partners/doors"
            $0.clientSecret = secret
            $0.etag = etag
          }, context: admin)
      }
      let before = try await world.partners.getPartner(
        request: .with { $0.name = "partners/doors" }, context: admin)
      let rotated = try await rotate("wrong", etag: before.etag)
      #expect(rotated.clientSecret.isEmpty && rotated.etag != before.etag)
      let asked = world.partner.count(.token)
      let metadata = await expectRefusal(.unavailable, "PARTNER_FAILED") {
        try await world.open(World.point, as: "anna")
      }
      #expect(metadata["partner_code"] == "invalid_client")
      #expect(world.partner.count(.token) == asked + 1)
      await expectRefusal(.aborted, "ETAG_MISMATCH") { try await rotate("x", etag: before.etag) }
      await expectRefusal(.invalidArgument, "FIELD_INVALID") { try await rotate("") }
      _ = try await rotate(world.partner.clientSecret)
      _ = try await world.open(World.point, as: "anna")
      #expect(
        try await world.changes(of: "partners/doors")
          == ["created", "rotated client_secret", "rotated client_secret"])
    }
  }

  @Test("are left alone while they are disabled", .covers("A33"))
  func disable() async throws {
    try await World.run { world async throws in
      let admin = world.administrator(world.a)
      let name = Artel_Residential_V1_DisablePartnerRequest.with { $0.name = "partners/doors" }
      #expect(try await world.partners.disablePartner(request: name, context: admin).disabled)
      #expect(try await world.partners.disablePartner(request: name, context: admin).disabled)
      let metadata = await expectRefusal(.failedPrecondition, "PARTNER_DISABLED") {
        try await world.open(World.point, as: "anna")
      }
      #expect(metadata["partner"] == "partners/doors")
      #expect(world.partner.requests.isEmpty)
      // The other complex's partner of that name is another one.
      _ = try await world.open(World.point, as: "anna", in: world.b)
      let enabled = try await world.partners.enablePartner(
        request: .with { $0.name = "partners/doors" }, context: admin)
      #expect(!enabled.disabled)
      _ = try await world.open(World.point, as: "anna")
      #expect(
        try await world.changes(of: "partners/doors") == ["created", "disabled", "enabled"])
    }
  }

  @Test("are deleted once nothing names them, and can come again")
  func delete() async throws {
    try await World.run { world async throws in
      let admin = world.administrator(world.a)
      func delete(_ id: String, etag: String = "") async throws -> Google_Protobuf_Empty {
        try await world.partners.deletePartner(
          request: .with {
            $0.name = "partners/\(id)"
            $0.etag = etag
          }, context: admin)
      }
      await expectRefusal(.failedPrecondition, "PARTNER_IN_USE") { try await delete("doors") }
      _ = try await world.open(World.point, as: "anna")
      var before = "\"7\""
      for _ in 0..<2 {
        let created = try await world.partners.createPartner(
          request: .with {
            $0.partnerID = "lifts"
            $0.partner = world.partnerMessage
          }, context: admin)
        // Also that of the one that was deleted.
        await expectRefusal(.aborted, "ETAG_MISMATCH") { try await delete("lifts", etag: before) }
        _ = try await delete("lifts", etag: created.etag)
        before = created.etag
        await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") { try await delete("lifts") }
      }
    }
  }

  @Test("are seen and changed by nobody of another kind, nor of another tenant", .covers("S-D12"))
  func others() async throws {
    try await World.run { world async throws in
      _ = try await world.partners.createPartner(
        request: .with {
          $0.partnerID = "lifts"
          $0.partner = world.partnerMessage
        }, context: world.administrator(world.a))
      for context in [world.user("anna", in: world.a), world.administrator(world.b)] {
        await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
          try await world.partners.disablePartner(
            request: .with { $0.name = "partners/lifts" }, context: context)
        }
      }
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        try await world.partners.listPartners(
          request: .init(), context: world.user("anna", in: world.a))
      }
    }
  }
}
