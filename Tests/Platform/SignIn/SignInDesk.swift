import GeneratedPeople
import LibCrypto
import Pipeline
import Postgres
import RPC
import Storage
import Synchronization

@testable import Platform

/// A tenant's people on a fixture, and the pages' calls, with a clock of the test's own.
struct SignInDesk {
  typealias Methods = Artel_People_V1_SignInService.Method

  /// Authorization requests that remember who answered them.
  final class Requests: AuthorizationRequests {
    let answered = Mutex<[(String, SignedInPerson)]>([])
    func complete(
      _ request: String, by person: SignedInPerson, of tenant: Tenant,
      deadline: ContinuousClock.Instant
    ) async throws -> String {
      answered.withLock { $0.append((request, person)) }
      return "https://app.example/back?code=1"
    }
  }

  final class Clock: Sendable {
    private let seconds = Mutex<Int64>(1_800_000_000)
    func now() -> Int64 { seconds.withLock { $0 } }
    func advance(_ by: Int64) { seconds.withLock { $0 += by } }
  }

  let fixture: PlatformFixture
  let tenant: Tenant
  let requests = Requests()
  let clock = Clock()
  private let now: @Sendable () -> Int64
  let service: SignInService
  let members: MemberService

  init(_ fixture: PlatformFixture, _ name: String = "alpha") async throws {
    self.init(fixture, tenant: try await fixture.tenant(name))
  }

  /// - Parameters:
  ///   - requests: answers authorization requests; nil for ones that remember who answered.
  ///   - now: another clock.
  init(
    _ fixture: PlatformFixture, tenant: Tenant, requests: (any AuthorizationRequests)? = nil,
    now: (@Sendable () -> Int64)? = nil
  ) {
    self.fixture = fixture
    self.tenant = tenant
    let derivations = DerivationQueue()
    service = SignInService(
      signIns: SignIns(
        directory: fixture.platform.directory, database: fixture.tenants,
        vault: fixture.vault, passwords: SecretVerifier(queue: derivations),
        derivations: derivations, revocations: fixture.platform.revocations,
        attempts: AttemptLimiter(),
        strangers: AttemptLimiter(rate: .init(burst: 12, perSecond: 0.02), ofNetwork: nil),
        requests: requests ?? self.requests, logger: .silent, now: now ?? clock.now,
        channels: [.email, .sms]))
    self.now = now ?? clock.now
    members = MemberService(
      people: People(
        database: fixture.tenants, revocations: fixture.platform.revocations,
        baseDomain: fixture.baseDomain))
  }

  func context(_ method: MethodDescriptor, _ address: String = "ipv4:10.0.0.1:5") -> ServerContext {
    ServerContext(method: method, metadata: [:], peer: Peer(address: address, door: .rest))
  }

  func administrator(_ method: MethodDescriptor, subject: String = "artel:ann") -> ServerContext {
    .of(tenant, method, subject: subject)
  }

  func create(
    _ login: String, administrator: Bool = false, roles: [String] = []
  ) async throws -> Artel_People_V1_Invitation {
    try await members.createMember(
      request: .with {
        $0.member.login = login
        $0.member.administrator = administrator
        $0.member.roles = roles
      }, context: self.administrator(Artel_People_V1_MemberService.Method.CreateMember.descriptor))
  }

  @discardableResult
  func createRole(_ id: String, scopes: [String]) async throws -> Artel_People_V1_Role {
    try await RoleService(database: fixture.tenants, baseDomain: fixture.baseDomain).createRole(
      request: .with {
        $0.roleID = id
        $0.role.scopes = scopes
      }, context: administrator(Artel_People_V1_RoleService.Method.CreateRole.descriptor))
  }

  /// What stands behind `#invitation=`.
  func token(_ invitation: Artel_People_V1_Invitation) -> String {
    let fragment = invitation.uri.split(separator: "=").dropFirst().first ?? ""
    return String(fragment.prefix { $0 != "&" })
  }

  func accept(
    _ invitation: String, _ password: String = "correct horse battery", authorization: String = ""
  ) async throws -> Artel_People_V1_SignIn {
    try await service.acceptInvitation(
      request: .with {
        $0.invitation = invitation
        $0.password = password
        $0.authorization = authorization
      }, context: context(Methods.AcceptInvitation.descriptor))
  }

  /// A person with a password, from somewhere that no test asks from.
  @discardableResult
  func person(_ login: String = "ann@example.org", roles: [String] = []) async throws -> String {
    let invitation = try await create(login, roles: roles)
    _ = try await accept(token(invitation))
    return invitation.member.name
  }

  func begin(
    _ login: String = "ann@example.org", authorization: String = ""
  ) async throws -> Artel_People_V1_SignIn {
    try await service.beginSignIn(
      request: .with {
        $0.tenant = tenant.name
        $0.login = login
        $0.authorization = authorization
      }, context: context(Methods.BeginSignIn.descriptor))
  }

  func password(
    _ signIn: String, _ password: String = "correct horse battery",
    address: String = "ipv4:10.0.0.1:5"
  ) async throws -> Artel_People_V1_SignIn {
    try await service.provePassword(
      request: .with {
        $0.signIn = signIn
        $0.password = password
      }, context: context(Methods.ProvePassword.descriptor, address))
  }

  /// Lets the tenant's members sign in with codes.
  func allowCodes(_ allowed: Bool = true) async throws {
    _ = try await fixture.tenants.change(
      as: Actor(tenantID: tenant.id, service: "test"), action: "test", deadline: nil
    ) { change in
      try await change.execute(
        Statement(
          "UPDATE artel.tenant SET allows_codes = $2 WHERE tenant_id = $1", .uuid(tenant.id),
          .bool(allowed)))
    }
  }

  func send(_ signIn: String) async throws -> Artel_People_V1_SignIn {
    try await service.sendCode(
      request: .with { $0.signIn = signIn }, context: context(Methods.SendCode.descriptor))
  }

  func sent(_ signIn: String, _ code: String) async throws -> Artel_People_V1_SignIn {
    try await service.proveCode(
      request: .with {
        $0.signIn = signIn
        $0.code = code
      }, context: context(Methods.ProveCode.descriptor))
  }

  func code(_ signIn: String, _ code: String) async throws -> Artel_People_V1_SignIn {
    try await service.proveAuthenticator(
      request: .with {
        $0.signIn = signIn
        $0.code = code
      }, context: context(Methods.ProveAuthenticator.descriptor))
  }

  func recovery(_ signIn: String, _ code: String) async throws -> Artel_People_V1_SignIn {
    try await service.proveRecoveryCode(
      request: .with {
        $0.signIn = signIn
        $0.code = code
      }, context: context(Methods.ProveRecoveryCode.descriptor))
  }

  /// Enrols an authenticator; returns its key and the recovery codes.
  func enrol(_ signIn: String) async throws -> (key: [UInt8], codes: [String]) {
    let authenticator = try await service.beginAuthenticator(
      request: .with { $0.signIn = signIn },
      context: context(Methods.BeginAuthenticator.descriptor))
    let key = Self.base32(authenticator.secret)
    let done = try await service.enrolAuthenticator(
      request: .with {
        $0.signIn = signIn
        $0.code = present(key)
      }, context: context(Methods.EnrolAuthenticator.descriptor))
    return (key, done.recoveryCodes)
  }

  /// The code that an authenticator shows now.
  func present(_ key: [UInt8]) -> String {
    OneTimeCode.code(OneTimeCode.step(at: now()), key: key)
  }

  private static func base32(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = 0
    var bits = 0
    for byte in text.utf8 {
      buffer = buffer << 5 | (byte >= 0x41 ? Int(byte) - 0x41 : Int(byte) - 0x32 + 26)
      bits += 5
      guard bits >= 8 else { continue }
      bits -= 8
      bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
    }
    return bytes
  }
}
