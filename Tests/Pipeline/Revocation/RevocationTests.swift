import LibCrypto
import RPC
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

/// A list that a test writes.
final class ListDouble: RevocationList {
  struct State {
    var tokens: Set<String> = []
    var thumbprints: Set<String> = []
    var isUnknown = false
    var actions: [@Sendable () -> Void] = []
  }

  let state = Mutex(State())

  func check(_ principal: Principal, tenantID: String) throws(RPCError) {
    let (isUnknown, isRevoked) = state.withLock { state in
      (
        state.isUnknown,
        principal.tokenID.map(state.tokens.contains) ?? false
          || principal.certificateThumbprint.map(state.thumbprints.contains) ?? false
      )
    }
    if isUnknown { throw .revocationsUnknown }
    if isRevoked { throw .credentialRevoked }
  }

  func onChange(_ action: @escaping @Sendable () -> Void) {
    state.withLock { $0.actions.append(action) }
  }

  func change(_ body: (inout State) -> Void) {
    let actions = state.withLock { state in
      body(&state)
      return state.actions
    }
    for action in actions { action() }
  }
}

@Suite("Revocations at the pipeline")
struct RevocationTests {
  @Test("refuse a token that was good a moment ago", .covers("S-C24"))
  func token() async throws {
    let list = ListDouble()
    let harness = try PipelineHarness(
      try IdentityLab(), access: .signedIn, revocations: list)
    let token = try await harness.lab.token()
    _ = try await harness.call(token: token)
    list.change { $0.tokens = ["j1"] }
    let refusal = await harness.refusal(token: token)
    #expect(refusal?.code == .unauthenticated)
    #expect(refusal?.says("TOKEN_REVOKED") == true)
    #expect(harness.handled == 1)
    list.change { $0.tokens = ["another"] }
    _ = try await harness.call(token: token)
  }

  @Test("refuse a certificate, also beside a token that is good", .covers("S-B19"))
  func certificate() async throws {
    let list = ListDouble()
    let harness = try PipelineHarness(
      try IdentityLab(), access: .signedIn, revocations: list)
    let lab = harness.lab
    let pem = try lab.certificate(by: lab.alphaAuthority, naming: "alpha", client: "console")
    _ = try await harness.call(certificate: pem)
    let thumbprint = try Certificate(pem: String(decoding: pem, as: UTF8.self)).thumbprint
    list.change { $0.thumbprints = [thumbprint] }
    #expect(await harness.refusal(certificate: pem)?.says("TOKEN_REVOKED") == true)
    let token = try await lab.token()
    #expect(await harness.refusal(token: token, certificate: pem)?.code == .unauthenticated)
    _ = try await harness.call(token: token)
  }

  @Test("let nobody in where nobody can tell", .covers("S-C30"))
  func unknown() async throws {
    let list = ListDouble()
    let harness = try PipelineHarness(
      try IdentityLab(), access: .signedIn, revocations: list)
    let token = try await harness.lab.token()
    list.change { $0.isUnknown = true }
    let refusal = await harness.refusal(token: token)
    #expect(refusal?.code == .unavailable)
    #expect(refusal?.says("REVOCATIONS_UNAVAILABLE") == true)
    #expect(harness.handled == 0)
  }

  @Test("end an open stream, and no other", .covers("S-C24"))
  func stream() async throws {
    let list = ListDouble()
    let harness = try PipelineHarness(
      try IdentityLab(), access: .signedIn, revocations: list)
    var other = IdentityLab.claims
    other["jti"] = "j2"
    let (first, second) = (
      try await harness.lab.token(), try await harness.lab.token(other)
    )
    let (begun, beginnings) = AsyncStream<Void>.makeStream()
    let ended = Mutex(false)
    let one = Task { await harness.watch(token: first) { beginnings.yield() } }
    let two = Task {
      let end = await harness.watch(token: second) { beginnings.yield() }
      ended.withLock { $0 = true }
      return end
    }
    var iterator = begun.makeAsyncIterator()
    _ = await iterator.next()
    _ = await iterator.next()
    list.change { $0.tokens = ["j1"] }
    let end = await one.value
    #expect(end?.code == .unauthenticated)
    #expect(end?.says("TOKEN_REVOKED") == true)
    #expect(ended.withLock { $0 } == false)
    list.change { $0.tokens = ["j1", "j2"] }
    #expect(await two.value?.says("TOKEN_REVOKED") == true)
  }

  @Test("end a stream that is admitted while the list changes, and forget those that ended")
  func race() async throws {
    let list = ListDouble()
    let streams = OpenStreams(revocations: list)
    let lab = try IdentityLab()
    let caller = Caller(
      tenant: lab.tenantRecord("alpha"),
      principal: Principal(kind: .user, subject: "a", tokenID: "j"))
    list.change { $0.tokens = ["j"] }
    await #expect(throws: RPCError.self) { try await streams.untilRevoked(caller) }
    list.change { $0.tokens = [] }
    let task = Task { try await streams.untilRevoked(caller) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    list.change { $0.tokens = ["j"] }
  }

  @Test("refuse a token without a binding from a client whose tokens are bound", .covers("S-B6"))
  func unbound() async throws {
    let harness = try PipelineHarness(try IdentityLab(), access: .signedIn)
    var claims = IdentityLab.claims
    claims["artel_kind"] = "partner"
    claims["client_id"] = "bound"
    #expect(
      await harness.refusal(token: try await harness.lab.token(claims))?.says("TOKEN_INVALID")
        == true)
    claims["client_id"] = "intercom"
    _ = try await harness.call(token: try await harness.lab.token(claims))
  }

  @Test("take a token that is bound to a certificate which certifies itself, with that alone")
  func selfSigned() async throws {
    let harness = try PipelineHarness(try IdentityLab(), access: .signedIn)
    let own = try CertificateAuthority.make(
      commonName: "own", validity: .seconds(3600), now: IdentityLab.now - 60
    ).certificate
    let other = try CertificateAuthority.make(
      commonName: "own", validity: .seconds(3600), now: IdentityLab.now - 60
    ).certificate
    var claims = IdentityLab.claims
    claims["cnf"] = .object(["x5t#S256": own.thumbprint])
    let token = try await harness.lab.token(claims)
    _ = try await harness.call(token: token, certificate: Array(own.pem.utf8))
    for certificate in [Array(other.pem.utf8), nil] {
      #expect(
        await harness.refusal(token: token, certificate: certificate)?.code == .unauthenticated)
    }
    // Not behind its end.
    let ended = try CertificateAuthority.make(
      commonName: "own", validity: .seconds(50), now: IdentityLab.now - 60
    ).certificate
    claims["cnf"] = .object(["x5t#S256": ended.thumbprint])
    #expect(
      await harness.refusal(
        token: try await harness.lab.token(claims), certificate: Array(ended.pem.utf8))?.code
        == .unauthenticated)
    // By itself it is nobody's.
    #expect(
      await harness.refusal(certificate: Array(own.pem.utf8))?.says("CERTIFICATE_INVALID") == true)
  }
}
