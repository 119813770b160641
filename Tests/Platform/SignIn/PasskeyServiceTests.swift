import Foundation
import GeneratedPeople
import PasskeyTestSupport
import Pipeline
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("Passkeys")
struct PasskeyServiceTests {
  private typealias Methods = SignInDesk.PasskeyMethods

  private func make(
    _ desk: SignInDesk, _ member: String, _ device: SoftAuthenticator, name: String = "Phone",
    _ change: (inout SoftAuthenticator.Creation) -> Void = { _ in }
  ) async throws -> Artel_People_V1_Passkey {
    let begun = try await desk.passkeys.beginPasskeyCreation(
      request: .init(),
      context: desk.member(member, Methods.BeginPasskeyCreation.descriptor))
    var made = device.create(Array(begun.challenge))
    change(&made)
    let attestation = SignInDesk.attestation(made)
    return try await desk.passkeys.createPasskey(
      request: .with {
        $0.attestation = attestation
        $0.displayName = name
      }, context: desk.member(member, Methods.CreatePasskey.descriptor))
  }

  private func list(_ desk: SignInDesk, _ member: String) async throws -> [String] {
    try await desk.passkeys.listPasskeys(
      request: .init(), context: desk.member(member, Methods.ListPasskeys.descriptor)
    ).passkeys.map(\.displayName)
  }

  @Test("are made, renamed and forgotten by whose they are, and by nobody else")
  func own() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let ann = try await desk.person()
      let bob = try await desk.person("bob@example.org")
      let device = try SoftAuthenticator(host: desk.host)
      let begun = try await desk.passkeys.beginPasskeyCreation(
        request: .init(), context: desk.member(ann, Methods.BeginPasskeyCreation.descriptor))
      #expect(begun.relyingPartyID == "alpha.artel.localhost")
      #expect(begun.relyingPartyName == "The alpha")
      #expect(begun.userID.count == 16)
      #expect(begun.userName == "ann@example.org")
      #expect(begun.userDisplayName == "ann@example.org")
      #expect(begun.algorithms == [-8, -7, -257])
      // A challenge of ann's makes no passkey of bob's.
      await expectRefusal(.failedPrecondition, "CHALLENGE_ENDED") {
        let attestation = SignInDesk.attestation(device.create(Array(begun.challenge)))
        _ = try await desk.passkeys.createPasskey(
          request: .with { $0.attestation = attestation },
          context: desk.member(bob, Methods.CreatePasskey.descriptor))
      }
      let passkey = try await make(desk, ann, device)
      #expect(passkey.name.hasPrefix("passkeys/"))
      #expect(passkey.hasCreateTime && !passkey.hasUseTime && !passkey.backedUp)
      // The same one again, of the same person or another.
      for member in [ann, bob] {
        await expectRefusal(.alreadyExists, "RESOURCE_EXISTS") {
          _ = try await make(desk, member, device)
        }
      }
      func rename(_ member: String, _ paths: [String]) async throws -> Artel_People_V1_Passkey {
        try await desk.passkeys.updatePasskey(
          request: .with {
            $0.passkey.name = passkey.name
            $0.passkey.displayName = "Key"
            $0.updateMask.paths = paths
          }, context: desk.member(member, Methods.UpdatePasskey.descriptor))
      }
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        _ = try await rename(bob, ["display_name"])
      }
      await expectRefusal(.invalidArgument, "FIELD_INVALID") {
        _ = try await rename(ann, ["backed_up"])
      }
      #expect(try await rename(ann, []).displayName == "Phone")
      #expect(try await rename(ann, ["display_name"]).displayName == "Key")
      #expect(try await list(desk, ann) == ["Key"])
      #expect(try await list(desk, bob) == [])
      func delete(_ member: String) async throws {
        _ = try await desk.passkeys.deletePasskey(
          request: .with { $0.name = passkey.name },
          context: desk.member(member, Methods.DeletePasskey.descriptor))
      }
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") { try await delete(bob) }
      try await delete(ann)
      await expectRefusal(.unauthenticated, "PROOF_WRONG") {
        _ = try await desk.signIn(with: device)
      }
    }
  }

  @Test("are seen and forgotten by administrators, of their own tenant", .covers("S-D12"))
  func administrators() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let other = try await SignInDesk(fixture, "beta")
      let ann = try await desk.person()
      _ = try await desk.passkey()
      func list(_ desk: SignInDesk) async throws -> [Artel_People_V1_Passkey] {
        try await desk.passkeys.listMemberPasskeys(
          request: .with { $0.parent = ann },
          context: desk.administrator(Methods.ListMemberPasskeys.descriptor)
        ).passkeys
      }
      func delete(_ desk: SignInDesk, _ name: String) async throws {
        _ = try await desk.passkeys.deleteMemberPasskey(
          request: .with { $0.name = name },
          context: desk.administrator(Methods.DeleteMemberPasskey.descriptor))
      }
      let name = try #require(try await list(desk).first?.name)
      #expect(name.hasPrefix("\(ann)/passkeys/"))
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") { _ = try await list(other) }
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") { try await delete(other, name) }
      await expectRefusal(.notFound, "RESOURCE_NOT_FOUND") {
        try await delete(desk, "\(ann)/passkeys/none")
      }
      try await delete(desk, name)
      #expect(try await list(desk).isEmpty)
      let audit = try await fixture.audit(desk.tenant).filter { $0.contains(name) }
      #expect(audit.map { $0.split(separator: " ").last } == ["created", "deleted"])
    }
  }

  @Test("are not made of what is refused, and a challenge is used up by it", .covers("S-H10"))
  func refused() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let ann = try await desk.person()
      let good = try SoftAuthenticator(host: desk.host)
      var unverified = good
      unverified.flags = SoftAuthenticator.present
      var foreign = good
      foreign.origin = "https://evil.example"
      for device in [unverified, foreign] {
        await expectRefusal(.invalidArgument, "FIELD_INVALID") {
          _ = try await make(desk, ann, device)
        }
      }
      let begun = try await desk.passkeys.beginPasskeyCreation(
        request: .init(), context: desk.member(ann, Methods.BeginPasskeyCreation.descriptor))
      for name in ["a\u{0}b", "a\nb"] {
        await expectRefusal(.invalidArgument, "FIELD_INVALID") {
          _ = try await make(desk, ann, good, name: name)
        }
      }
      for (device, reason) in [(unverified, "FIELD_INVALID"), (good, "CHALLENGE_ENDED")] {
        let error = await #expect(throws: RPCError.self) {
          let made = SignInDesk.attestation(device.create(Array(begun.challenge)))
          _ = try await desk.passkeys.createPasskey(
            request: .with { $0.attestation = made },
            context: desk.member(ann, Methods.CreatePasskey.descriptor))
        }
        #expect(error?.reason == reason)
      }
      // Nor of what was begun before the person was reset.
      let before = try await desk.passkeys.beginPasskeyCreation(
        request: .init(), context: desk.member(ann, Methods.BeginPasskeyCreation.descriptor))
      let invitation = try await desk.members.inviteMember(
        request: .with { $0.name = ann },
        context: desk.administrator(Artel_People_V1_MemberService.Method.InviteMember.descriptor))
      _ = try await desk.accept(desk.token(invitation), "another strange password")
      await expectRefusal(.failedPrecondition, "CHALLENGE_ENDED") {
        let made = SignInDesk.attestation(good.create(Array(before.challenge)))
        _ = try await desk.passkeys.createPasskey(
          request: .with { $0.attestation = made },
          context: desk.member(ann, Methods.CreatePasskey.descriptor))
      }
      #expect(try await list(desk, ann) == [])
    }
  }

  @Test("are twenty at most, of members alone, and end with a new invitation")
  func bounds() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let ann = try await desk.person()
      for index in 0..<20 {
        _ = try await make(desk, ann, try SoftAuthenticator(host: desk.host), name: "\(index)")
      }
      await expectRefusal(.resourceExhausted, "LIMIT_REACHED") {
        _ = try await make(desk, ann, try SoftAuthenticator(host: desk.host))
      }
      #expect(try await list(desk, ann) == (0..<20).map { "\($0)" })
      await expectRefusal(.failedPrecondition, "NOT_A_MEMBER") {
        _ = try await desk.passkeys.beginPasskeyCreation(
          request: .init(),
          context: .of(
            desk.tenant, Methods.BeginPasskeyCreation.descriptor, kind: .user,
            subject: "keycloak:ann"))
      }
      let nobody = try await desk.passkeys.listPasskeys(
        request: .init(),
        context: .of(
          desk.tenant, Methods.ListPasskeys.descriptor, kind: .user, subject: "keycloak:ann"))
      #expect(nobody.passkeys.isEmpty)
      let invitation = try await desk.members.inviteMember(
        request: .with { $0.name = ann },
        context: desk.administrator(Artel_People_V1_MemberService.Method.InviteMember.descriptor))
      _ = try await desk.accept(desk.token(invitation), "another strange password")
      #expect(try await list(desk, ann) == [])
    }
  }
}
