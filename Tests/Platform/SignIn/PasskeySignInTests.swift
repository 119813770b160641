import Foundation
import GeneratedPeople
import PasskeyTestSupport
import Pipeline
import RPC
import TestSupport
import Testing

@testable import Platform

@Suite("Signing in with a passkey")
struct PasskeySignInTests {
  @Test("is both factors at once, with a login and without one", .covers("B12", "S-H10"))
  func signIn() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let ann = try await desk.person()
      let device = try await desk.passkey()
      let asked = try await desk.ask("ann@example.org", authorization: "request-1")
      #expect(asked.credentialIds == [Data(device.id)])
      #expect(asked.relyingPartyID == "alpha.artel.localhost")
      let done = try await desk.prove(device.prove(Array(asked.challenge)), of: device)
      #expect(done.state == .complete)
      #expect(done.location == "https://app.example/back?code=1")
      let person = desk.requests.answered.withLock { $0.last?.1 }
      #expect(person?.methods == ["pop", "user", "mfa"])
      #expect(PersonRow.name(person?.id ?? "") == ann)
      let anybody = try await desk.ask(authorization: "request-2")
      #expect(anybody.credentialIds.isEmpty)
      let proof = device.prove(Array(anybody.challenge))
      #expect(try await desk.prove(proof, of: device, handle: ann).state == .complete)
      #expect(desk.requests.answered.withLock { $0.map(\.0) } == ["request-1", "request-2"])
      let kept = try await desk.passkeys.listPasskeys(
        request: .init(),
        context: desk.member(ann, SignInDesk.PasskeyMethods.ListPasskeys.descriptor))
      #expect(kept.passkeys.count == 1)
      #expect(kept.passkeys.first?.hasUseTime == true)
    }
  }

  @Test("of an administrator needs no authenticator besides", .covers("B12", "S-H10"))
  func administrator() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let invitation = try await desk.create("boss@example.org", administrator: true)
      let begun = try await desk.accept(desk.token(invitation))
      // Not before the authenticator is enrolled: a password alone makes no second factor.
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.creation(begun.token)
      }
      _ = try await desk.enrol(begun.token)
      let device = try SoftAuthenticator(host: desk.host)
      try await desk.enrol(
        device.create(Array(try await desk.creation(begun.token).challenge)), signIn: begun.token)
      let done = try await desk.signIn(
        with: device, login: "boss@example.org", authorization: "request")
      #expect(done.state == .complete)
      #expect(desk.requests.answered.withLock { $0.last?.1.administrator } == true)
    }
  }

  @Test("takes an answer once, within five minutes, and for nobody else", .covers("S-H10"))
  func challenge() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let ann = try await desk.person()
      let bob = try await desk.person("bob@example.org")
      let device = try await desk.passkey()
      let asked = try await desk.ask()
      let proof = device.prove(Array(asked.challenge))
      #expect(try await desk.prove(proof, of: device, handle: ann).state == .complete)
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.prove(proof, of: device, handle: ann)
      }
      // A wrong answer uses the challenge up as well.
      let second = device.prove(Array(try await desk.ask().challenge))
      var spoilt = second
      spoilt.signature[spoilt.signature.count - 1] ^= 1
      await expectRefusal(.unauthenticated, "PROOF_WRONG") {
        _ = try await desk.prove(spoilt, of: device, handle: ann)
      }
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.prove(second, of: device, handle: ann)
      }
      let late = device.prove(Array(try await desk.ask().challenge))
      try await fixture.database.sql("UPDATE artel.passkey_challenge SET expire_time = now()")
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.prove(late, of: device, handle: ann)
      }
      // The next one sweeps it away.
      _ = try await desk.ask()
      #expect(try await fixture.database.sql("SELECT count(*) FROM artel.passkey_challenge") == "1")
      // Made up by the caller, or meant for a creation.
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.prove(
          device.prove([UInt8](repeating: 1, count: 32)), of: device, handle: ann)
      }
      let signIn = try await desk.password(try await desk.begin().token).token
      let creation = try await desk.creation(signIn)
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.prove(
          device.prove(Array(creation.challenge)), of: device, handle: ann)
      }
      // Without a login the passkey has to say whose it is; with one it must be that person's.
      for handle in [nil, bob] {
        let asked = try await desk.ask()
        await expectRefusal(.unauthenticated, "PROOF_WRONG") {
          _ = try await desk.prove(
            device.prove(Array(asked.challenge)), of: device, handle: handle)
        }
      }
      _ = try await desk.passkey(of: "bob@example.org")
      let ofBob = try await desk.ask("bob@example.org")
      await expectRefusal(.unauthenticated, "PROOF_WRONG") {
        _ = try await desk.prove(
          device.prove(Array(ofBob.challenge)), of: device, handle: ann)
      }
    }
  }

  @Test("tells nobody who has a login, or a passkey", .covers("S-C2"))
  func decoys() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      try await desk.person()
      try await desk.person("plain@example.org")
      let device = try await desk.passkey()
      var lengths: Set<Int> = []
      for login in ["plain@example.org", "nobody@example.org", "?", "+79160000000"] {
        let first = try await desk.ask(login)
        #expect(first.credentialIds.count == 1)
        #expect(try await desk.ask(login.uppercased()).credentialIds == first.credentialIds)
        lengths.insert(first.credentialIds[0].count)
        await expectRefusal(.unauthenticated, "PROOF_WRONG") {
          _ = try await desk.prove(device.prove(Array(first.challenge)), of: device)
        }
      }
      #expect(lengths.isSubset(of: [16, 20, 32, 48]))
      // Another tenant has others.
      let other = try await SignInDesk(fixture, "beta")
      let ours = try await desk.ask("x@example.org").credentialIds
      #expect(try await other.ask("x@example.org").credentialIds != ours)
    }
  }

  @Test("is refused to a copy whose counter is behind, which the audit keeps", .covers("S-H10"))
  func clone() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      try await desk.person()
      var device = try await desk.passkey()
      device.signCount = 5
      let copy = device
      #expect(try await desk.signIn(with: device).state == .complete)
      await expectRefusal(.unauthenticated, "PROOF_WRONG") {
        _ = try await desk.signIn(with: copy)
      }
      device.signCount = 0
      await expectRefusal(.unauthenticated, "PROOF_WRONG") {
        _ = try await desk.signIn(with: device)
      }
      let refused = try await fixture.audit(desk.tenant).filter { $0.contains("counter") }
      #expect(refused.count == 2)
      #expect(refused.first?.hasSuffix("refused: the counter went from 5 to 5") == true)
      device.signCount = 6
      #expect(try await desk.signIn(with: device).state == .complete)
    }
  }

  @Test("is refused on another tenant's page and host, and to who is disabled", .covers("S-H10"))
  func foreign() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let other = try await SignInDesk(fixture, "beta")
      let ann = try await desk.person()
      try await other.person()
      let device = try await desk.passkey()
      // Its own tenant's passkey, shown to beta: beta has none of this name.
      await expectRefusal(.unauthenticated, "PROOF_WRONG") {
        _ = try await other.signIn(with: device)
      }
      var moved = device
      (moved.host, moved.origin) = (other.host, "https://\(other.host)")
      let asked = try await other.ask()
      await expectRefusal(.unauthenticated, "PROOF_WRONG") {
        _ = try await other.prove(moved.prove(Array(asked.challenge)), of: moved, handle: ann)
      }
      for origin in ["https://beta.artel.localhost", "https://evil.example"] {
        var phished = device
        phished.origin = origin
        await expectRefusal(.unauthenticated, "PROOF_WRONG") {
          _ = try await desk.signIn(with: phished)
        }
      }
      // A challenge of beta's is none of alpha's.
      let foreign = try await other.ask()
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.prove(device.prove(Array(foreign.challenge)), of: device, handle: ann)
      }
      _ = try await desk.members.disableMember(
        request: .with { $0.name = ann },
        context: desk.administrator(Artel_People_V1_MemberService.Method.DisableMember.descriptor))
      await expectRefusal(.unauthenticated, "PROOF_WRONG") {
        _ = try await desk.signIn(with: device)
      }
    }
  }

  @Test(
    "can be for an app, once, behind any sign-in that has just become complete",
    .covers("S-H10"))
  func authorize() async throws {
    try await PlatformFixture.with { fixture in
      let desk = try await SignInDesk(fixture)
      let ann = try await desk.person()
      func authorize(_ signIn: String) async throws -> Artel_People_V1_SignIn {
        try await desk.service.authorizeSignIn(
          request: .with {
            $0.signIn = signIn
            $0.authorization = "later"
          }, context: desk.context(SignInDesk.Methods.AuthorizeSignIn.descriptor))
      }
      let begun = try await desk.begin()
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await authorize(begun.token)
      }
      let done = try await desk.password(begun.token)
      #expect(done.location.isEmpty)
      #expect(try await authorize(done.token).location == "https://app.example/back?code=1")
      #expect(desk.requests.answered.withLock { $0.last?.0 } == "later")
      #expect(desk.requests.answered.withLock { $0.last?.1.methods } == ["pwd"])
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await authorize(done.token)
      }
      // One that was for an app already is for no second one; an old one for none.
      let bound = try await desk.password(try await desk.begin(authorization: "now").token)
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await authorize(bound.token)
      }
      // Whoever becomes an administrator meanwhile has shown no second factor.
      let raised = try await desk.password(try await desk.begin().token)
      try await fixture.database.sql("UPDATE artel.person SET administrator = true")
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await authorize(raised.token)
      }
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.creation(raised.token)
      }
      try await fixture.database.sql(
        "UPDATE artel.person SET administrator = false, sealed_authenticator = '\\x00'")
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.creation(raised.token)
      }
      try await fixture.database.sql("UPDATE artel.person SET sealed_authenticator = NULL")
      // What was revoked meanwhile does not come back with the person.
      let ended = try await desk.password(try await desk.begin().token)
      _ = try await desk.members.disableMember(
        request: .with { $0.name = ann },
        context: desk.administrator(Artel_People_V1_MemberService.Method.DisableMember.descriptor))
      _ = try await desk.members.enableMember(
        request: .with { $0.name = ann },
        context: desk.administrator(Artel_People_V1_MemberService.Method.EnableMember.descriptor))
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await authorize(ended.token)
      }
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.creation(ended.token)
      }
      let old = try await desk.password(try await desk.begin().token)
      try await fixture.database.sql(
        "UPDATE artel.sign_in SET complete_time = now() - interval '301 seconds'")
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await authorize(old.token)
      }
      await expectRefusal(.failedPrecondition, "SIGN_IN_ENDED") {
        _ = try await desk.creation(old.token)
      }
    }
  }
}
