import Foundation
import GeneratedPeople
import PasskeyTestSupport
import Pipeline
import RPC

@testable import Platform

/// What a page does with passkeys.
extension SignInDesk {
  typealias PasskeyMethods = Artel_People_V1_PasskeyService.Method

  var host: String { "\(tenant.name).artel.localhost" }

  var passkeys: PasskeyService { PasskeyService(database: fixture.tenants) }

  /// The member by its own token.
  func member(_ name: String, _ method: MethodDescriptor) -> ServerContext {
    .of(
      tenant, method, kind: .user, subject: "artel:\(name.dropFirst("members/".count))")
  }

  func creation(_ signIn: String) async throws -> Artel_People_V1_PasskeyCreation {
    try await service.beginPasskeyEnrolment(
      request: .with { $0.signIn = signIn },
      context: context(Methods.BeginPasskeyEnrolment.descriptor))
  }

  @discardableResult
  func enrol(
    _ made: SoftAuthenticator.Creation, signIn: String, name: String = "Phone"
  ) async throws -> Artel_People_V1_Passkey {
    try await service.enrolPasskey(
      request: .with {
        $0.signIn = signIn
        $0.displayName = name
        $0.attestation = Self.attestation(made)
      }, context: context(Methods.EnrolPasskey.descriptor))
  }

  static func attestation(
    _ made: SoftAuthenticator.Creation
  ) -> Artel_People_V1_PasskeyAttestation {
    .with {
      $0.clientDataJson = Data(made.clientData)
      $0.attestationObject = Data(made.attestationObject)
    }
  }

  /// A person who has just signed in by a password, and has made a passkey.
  func passkey(of login: String = "ann@example.org") async throws -> SoftAuthenticator {
    let device = try SoftAuthenticator(host: host)
    let signIn = try await password(try await begin(login).token).token
    try await enrol(device.create(Array(try await creation(signIn).challenge)), signIn: signIn)
    return device
  }

  func ask(
    _ login: String = "", authorization: String = ""
  ) async throws -> Artel_People_V1_PasskeyChallenge {
    try await service.beginPasskey(
      request: .with {
        $0.tenant = tenant.name
        $0.login = login
        $0.authorization = authorization
      }, context: context(Methods.BeginPasskey.descriptor))
  }

  func prove(
    _ proof: SoftAuthenticator.Proof, of device: SoftAuthenticator, handle: String? = nil
  ) async throws -> Artel_People_V1_SignIn {
    try await service.provePasskey(
      request: .with {
        $0.tenant = tenant.name
        $0.assertion.credentialID = Data(device.id)
        $0.assertion.clientDataJson = Data(proof.clientData)
        $0.assertion.authenticatorData = Data(proof.authenticatorData)
        $0.assertion.signature = Data(proof.signature)
        if let handle {
          $0.assertion.userHandle = Data(
            PasskeyRow.userHandle(String(handle.dropFirst("members/".count))))
        }
      }, context: context(Methods.ProvePasskey.descriptor))
  }

  /// Signs in with a login, or with the passkey alone.
  func signIn(
    with device: SoftAuthenticator, login: String = "ann@example.org", authorization: String = ""
  ) async throws -> Artel_People_V1_SignIn {
    let asked = try await ask(login, authorization: authorization)
    return try await prove(device.prove(Array(asked.challenge)), of: device)
  }
}
