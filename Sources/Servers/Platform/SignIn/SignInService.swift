import GeneratedPeople
import RPC

/// How a person signs in.
struct SignInService: Artel_People_V1_SignInService.SimpleServiceProtocol {
  let signIns: SignIns

  func beginSignIn(
    request: Artel_People_V1_BeginSignInRequest, context: ServerContext
  ) async throws -> Artel_People_V1_SignIn { try await signIns.begin(request, context) }

  func provePassword(
    request: Artel_People_V1_ProvePasswordRequest, context: ServerContext
  ) async throws -> Artel_People_V1_SignIn { try await signIns.prove(request, context) }

  func sendCode(
    request: Artel_People_V1_SendCodeRequest, context: ServerContext
  ) async throws -> Artel_People_V1_SignIn { try await signIns.send(request, context) }

  func proveCode(
    request: Artel_People_V1_ProveCodeRequest, context: ServerContext
  ) async throws -> Artel_People_V1_SignIn { try await signIns.prove(request, context) }

  func proveAuthenticator(
    request: Artel_People_V1_ProveAuthenticatorRequest, context: ServerContext
  ) async throws -> Artel_People_V1_SignIn { try await signIns.prove(request, context) }

  func proveRecoveryCode(
    request: Artel_People_V1_ProveRecoveryCodeRequest, context: ServerContext
  ) async throws -> Artel_People_V1_SignIn { try await signIns.prove(request, context) }

  func acceptInvitation(
    request: Artel_People_V1_AcceptInvitationRequest, context: ServerContext
  ) async throws -> Artel_People_V1_SignIn { try await signIns.accept(request, context) }

  func beginAuthenticator(
    request: Artel_People_V1_BeginAuthenticatorRequest, context: ServerContext
  ) async throws -> Artel_People_V1_Authenticator { try await signIns.begin(request, context) }

  func enrolAuthenticator(
    request: Artel_People_V1_EnrolAuthenticatorRequest, context: ServerContext
  ) async throws -> Artel_People_V1_SignIn { try await signIns.enrol(request, context) }

  func beginPasskey(
    request: Artel_People_V1_BeginPasskeyRequest, context: ServerContext
  ) async throws -> Artel_People_V1_PasskeyChallenge { try await signIns.begin(request, context) }

  func provePasskey(
    request: Artel_People_V1_ProvePasskeyRequest, context: ServerContext
  ) async throws -> Artel_People_V1_SignIn { try await signIns.prove(request, context) }

  func beginPasskeyEnrolment(
    request: Artel_People_V1_BeginPasskeyEnrolmentRequest, context: ServerContext
  ) async throws -> Artel_People_V1_PasskeyCreation { try await signIns.begin(request, context) }

  func enrolPasskey(
    request: Artel_People_V1_EnrolPasskeyRequest, context: ServerContext
  ) async throws -> Artel_People_V1_Passkey { try await signIns.enrol(request, context) }

  func authorizeSignIn(
    request: Artel_People_V1_AuthorizeSignInRequest, context: ServerContext
  ) async throws -> Artel_People_V1_SignIn { try await signIns.authorize(request, context) }
}
