// Written by protoc-gen-artel from artel/people/v1/sign_in_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// How a person signs in: what the pages at `/sign-in` call, and what pages of your own may call in
/// their place.
///
/// A sign-in begins with a login or an invitation and goes from state to state, each answer saying
/// what is wanted next, until it is COMPLETE. It ends unfinished after ten minutes or five wrong
/// answers. An unknown login goes the way of a known one up to its first proof, so that nobody learns
/// who is a member.
public enum Artel_People_V1_SignInService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.people.v1.SignInService")

  /// The service's methods.
  public enum Method {
    /// `artel.people.v1.SignInService/BeginSignIn`.
    public enum BeginSignIn {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_BeginSignInRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_SignIn

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SignInService.descriptor, method: "BeginSignIn",
        kind: .unary)
    }

    /// `artel.people.v1.SignInService/ProvePassword`.
    public enum ProvePassword {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_ProvePasswordRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_SignIn

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SignInService.descriptor, method: "ProvePassword",
        kind: .unary)
    }

    /// `artel.people.v1.SignInService/SendCode`.
    public enum SendCode {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_SendCodeRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_SignIn

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SignInService.descriptor, method: "SendCode",
        kind: .unary)
    }

    /// `artel.people.v1.SignInService/ProveCode`.
    public enum ProveCode {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_ProveCodeRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_SignIn

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SignInService.descriptor, method: "ProveCode",
        kind: .unary)
    }

    /// `artel.people.v1.SignInService/ProveAuthenticator`.
    public enum ProveAuthenticator {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_ProveAuthenticatorRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_SignIn

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SignInService.descriptor, method: "ProveAuthenticator",
        kind: .unary)
    }

    /// `artel.people.v1.SignInService/ProveRecoveryCode`.
    public enum ProveRecoveryCode {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_ProveRecoveryCodeRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_SignIn

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SignInService.descriptor, method: "ProveRecoveryCode",
        kind: .unary)
    }

    /// `artel.people.v1.SignInService/AcceptInvitation`.
    public enum AcceptInvitation {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_AcceptInvitationRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_SignIn

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SignInService.descriptor, method: "AcceptInvitation",
        kind: .unary)
    }

    /// `artel.people.v1.SignInService/BeginAuthenticator`.
    public enum BeginAuthenticator {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_BeginAuthenticatorRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_Authenticator

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SignInService.descriptor, method: "BeginAuthenticator",
        kind: .unary)
    }

    /// `artel.people.v1.SignInService/EnrolAuthenticator`.
    public enum EnrolAuthenticator {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_EnrolAuthenticatorRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_SignIn

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SignInService.descriptor, method: "EnrolAuthenticator",
        kind: .unary)
    }

    /// `artel.people.v1.SignInService/BeginPasskey`.
    public enum BeginPasskey {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_BeginPasskeyRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_PasskeyChallenge

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SignInService.descriptor, method: "BeginPasskey",
        kind: .unary)
    }

    /// `artel.people.v1.SignInService/ProvePasskey`.
    public enum ProvePasskey {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_ProvePasskeyRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_SignIn

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SignInService.descriptor, method: "ProvePasskey",
        kind: .unary)
    }

    /// `artel.people.v1.SignInService/BeginPasskeyEnrolment`.
    public enum BeginPasskeyEnrolment {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_BeginPasskeyEnrolmentRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_PasskeyCreation

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SignInService.descriptor, method: "BeginPasskeyEnrolment",
        kind: .unary)
    }

    /// `artel.people.v1.SignInService/EnrolPasskey`.
    public enum EnrolPasskey {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_EnrolPasskeyRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_Passkey

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SignInService.descriptor, method: "EnrolPasskey",
        kind: .unary)
    }

    /// `artel.people.v1.SignInService/AuthorizeSignIn`.
    public enum AuthorizeSignIn {
      /// What a caller sends.
      public typealias Input = Artel_People_V1_AuthorizeSignInRequest

      /// What a caller gets.
      public typealias Output = Artel_People_V1_SignIn

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_People_V1_SignInService.descriptor, method: "AuthorizeSignIn",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      BeginSignIn.descriptor,
      ProvePassword.descriptor,
      SendCode.descriptor,
      ProveCode.descriptor,
      ProveAuthenticator.descriptor,
      ProveRecoveryCode.descriptor,
      AcceptInvitation.descriptor,
      BeginAuthenticator.descriptor,
      EnrolAuthenticator.descriptor,
      BeginPasskey.descriptor,
      ProvePasskey.descriptor,
      BeginPasskeyEnrolment.descriptor,
      EnrolPasskey.descriptor,
      AuthorizeSignIn.descriptor,
    ]
  }
}

extension Artel_People_V1_SignInService {
  /// How a person signs in: what the pages at `/sign-in` call, and what pages of your own may call in
  /// their place.
  ///
  /// A sign-in begins with a login or an invitation and goes from state to state, each answer saying
  /// what is wanted next, until it is COMPLETE. It ends unfinished after ten minutes or five wrong
  /// answers. An unknown login goes the way of a known one up to its first proof, so that nobody learns
  /// who is a member.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Begins a sign-in with a login.
    func beginSignIn(
      request: RPC.ServerRequest<Artel_People_V1_BeginSignInRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn>

    /// Proves who the person is by a password: the first factor.
    func provePassword(
      request: RPC.ServerRequest<Artel_People_V1_ProvePasswordRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn>

    /// Sends a code by e-mail or SMS to the login that the sign-in began with, in place of a password.
    /// Nothing tells whether the login is somebody's: only a member who is no administrator gets one.
    /// A sign-in sends three at most, a login gets five an hour at most.
    func sendCode(
      request: RPC.ServerRequest<Artel_People_V1_SendCodeRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn>

    /// Proves who the person is by the code that was sent last: the first factor. A code counts once,
    /// within five minutes.
    func proveCode(
      request: RPC.ServerRequest<Artel_People_V1_ProveCodeRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn>

    /// Proves who the person is by a code of an authenticator (RFC 6238): the second factor. A code
    /// counts once.
    func proveAuthenticator(
      request: RPC.ServerRequest<Artel_People_V1_ProveAuthenticatorRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn>

    /// Proves who the person is by a recovery code, in place of the authenticator. A code counts once.
    func proveRecoveryCode(
      request: RPC.ServerRequest<Artel_People_V1_ProveRecoveryCodeRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn>

    /// Uses an invitation: sets the person's password. The invitation counts once, and only when a
    /// password was taken.
    func acceptInvitation(
      request: RPC.ServerRequest<Artel_People_V1_AcceptInvitationRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn>

    /// Begins to enrol an authenticator, where the sign-in wants one: the answer has its secret.
    func beginAuthenticator(
      request: RPC.ServerRequest<Artel_People_V1_BeginAuthenticatorRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_Authenticator>

    /// Enrols the authenticator by a first code of it. The answer has ten recovery codes, this once.
    func enrolAuthenticator(
      request: RPC.ServerRequest<Artel_People_V1_EnrolAuthenticatorRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn>

    /// Begins a sign-in with a passkey, with a login or without one.
    func beginPasskey(
      request: RPC.ServerRequest<Artel_People_V1_BeginPasskeyRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_PasskeyChallenge>

    /// Proves who the person is by a passkey, which is both factors at once: the sign-in is COMPLETE.
    func provePasskey(
      request: RPC.ServerRequest<Artel_People_V1_ProvePasskeyRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn>

    /// Begins to make a passkey for the person of a sign-in that became COMPLETE within the last 300
    /// seconds.
    func beginPasskeyEnrolment(
      request: RPC.ServerRequest<Artel_People_V1_BeginPasskeyEnrolmentRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_PasskeyCreation>

    /// Keeps the passkey that was made.
    func enrolPasskey(
      request: RPC.ServerRequest<Artel_People_V1_EnrolPasskeyRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_Passkey>

    /// Answers an authorization request in the name of the person of a sign-in that became COMPLETE
    /// within the last 300 seconds, and was begun without one. The sign-in ends with it.
    func authorizeSignIn(
      request: RPC.ServerRequest<Artel_People_V1_AuthorizeSignInRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn>
  }

  /// How a person signs in: what the pages at `/sign-in` call, and what pages of your own may call in
  /// their place.
  ///
  /// A sign-in begins with a login or an invitation and goes from state to state, each answer saying
  /// what is wanted next, until it is COMPLETE. It ends unfinished after ten minutes or five wrong
  /// answers. An unknown login goes the way of a known one up to its first proof, so that nobody learns
  /// who is a member.
  public protocol SimpleServiceProtocol: Artel_People_V1_SignInService.ServiceProtocol {
    /// Begins a sign-in with a login.
    func beginSignIn(
      request: Artel_People_V1_BeginSignInRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_SignIn

    /// Proves who the person is by a password: the first factor.
    func provePassword(
      request: Artel_People_V1_ProvePasswordRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_SignIn

    /// Sends a code by e-mail or SMS to the login that the sign-in began with, in place of a password.
    /// Nothing tells whether the login is somebody's: only a member who is no administrator gets one.
    /// A sign-in sends three at most, a login gets five an hour at most.
    func sendCode(
      request: Artel_People_V1_SendCodeRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_SignIn

    /// Proves who the person is by the code that was sent last: the first factor. A code counts once,
    /// within five minutes.
    func proveCode(
      request: Artel_People_V1_ProveCodeRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_SignIn

    /// Proves who the person is by a code of an authenticator (RFC 6238): the second factor. A code
    /// counts once.
    func proveAuthenticator(
      request: Artel_People_V1_ProveAuthenticatorRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_SignIn

    /// Proves who the person is by a recovery code, in place of the authenticator. A code counts once.
    func proveRecoveryCode(
      request: Artel_People_V1_ProveRecoveryCodeRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_SignIn

    /// Uses an invitation: sets the person's password. The invitation counts once, and only when a
    /// password was taken.
    func acceptInvitation(
      request: Artel_People_V1_AcceptInvitationRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_SignIn

    /// Begins to enrol an authenticator, where the sign-in wants one: the answer has its secret.
    func beginAuthenticator(
      request: Artel_People_V1_BeginAuthenticatorRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_Authenticator

    /// Enrols the authenticator by a first code of it. The answer has ten recovery codes, this once.
    func enrolAuthenticator(
      request: Artel_People_V1_EnrolAuthenticatorRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_SignIn

    /// Begins a sign-in with a passkey, with a login or without one.
    func beginPasskey(
      request: Artel_People_V1_BeginPasskeyRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_PasskeyChallenge

    /// Proves who the person is by a passkey, which is both factors at once: the sign-in is COMPLETE.
    func provePasskey(
      request: Artel_People_V1_ProvePasskeyRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_SignIn

    /// Begins to make a passkey for the person of a sign-in that became COMPLETE within the last 300
    /// seconds.
    func beginPasskeyEnrolment(
      request: Artel_People_V1_BeginPasskeyEnrolmentRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_PasskeyCreation

    /// Keeps the passkey that was made.
    func enrolPasskey(
      request: Artel_People_V1_EnrolPasskeyRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_Passkey

    /// Answers an authorization request in the name of the person of a sign-in that became COMPLETE
    /// within the last 300 seconds, and was begun without one. The sign-in ends with it.
    func authorizeSignIn(
      request: Artel_People_V1_AuthorizeSignInRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_People_V1_SignIn
  }
}

extension Artel_People_V1_SignInService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_People_V1_SignInService.Method.BeginSignIn.descriptor,
      request: Artel_People_V1_SignInService.Method.BeginSignIn.Input.self, response: Artel_People_V1_SignInService.Method.BeginSignIn.Output.self,
      fullHandler: { request, context in
        try await self.beginSignIn(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.ProvePassword.descriptor,
      request: Artel_People_V1_SignInService.Method.ProvePassword.Input.self, response: Artel_People_V1_SignInService.Method.ProvePassword.Output.self,
      fullHandler: { request, context in
        try await self.provePassword(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.SendCode.descriptor,
      request: Artel_People_V1_SignInService.Method.SendCode.Input.self, response: Artel_People_V1_SignInService.Method.SendCode.Output.self,
      fullHandler: { request, context in
        try await self.sendCode(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.ProveCode.descriptor,
      request: Artel_People_V1_SignInService.Method.ProveCode.Input.self, response: Artel_People_V1_SignInService.Method.ProveCode.Output.self,
      fullHandler: { request, context in
        try await self.proveCode(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.ProveAuthenticator.descriptor,
      request: Artel_People_V1_SignInService.Method.ProveAuthenticator.Input.self, response: Artel_People_V1_SignInService.Method.ProveAuthenticator.Output.self,
      fullHandler: { request, context in
        try await self.proveAuthenticator(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.ProveRecoveryCode.descriptor,
      request: Artel_People_V1_SignInService.Method.ProveRecoveryCode.Input.self, response: Artel_People_V1_SignInService.Method.ProveRecoveryCode.Output.self,
      fullHandler: { request, context in
        try await self.proveRecoveryCode(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.AcceptInvitation.descriptor,
      request: Artel_People_V1_SignInService.Method.AcceptInvitation.Input.self, response: Artel_People_V1_SignInService.Method.AcceptInvitation.Output.self,
      fullHandler: { request, context in
        try await self.acceptInvitation(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.BeginAuthenticator.descriptor,
      request: Artel_People_V1_SignInService.Method.BeginAuthenticator.Input.self, response: Artel_People_V1_SignInService.Method.BeginAuthenticator.Output.self,
      fullHandler: { request, context in
        try await self.beginAuthenticator(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.EnrolAuthenticator.descriptor,
      request: Artel_People_V1_SignInService.Method.EnrolAuthenticator.Input.self, response: Artel_People_V1_SignInService.Method.EnrolAuthenticator.Output.self,
      fullHandler: { request, context in
        try await self.enrolAuthenticator(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.BeginPasskey.descriptor,
      request: Artel_People_V1_SignInService.Method.BeginPasskey.Input.self, response: Artel_People_V1_SignInService.Method.BeginPasskey.Output.self,
      fullHandler: { request, context in
        try await self.beginPasskey(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.ProvePasskey.descriptor,
      request: Artel_People_V1_SignInService.Method.ProvePasskey.Input.self, response: Artel_People_V1_SignInService.Method.ProvePasskey.Output.self,
      fullHandler: { request, context in
        try await self.provePasskey(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.BeginPasskeyEnrolment.descriptor,
      request: Artel_People_V1_SignInService.Method.BeginPasskeyEnrolment.Input.self, response: Artel_People_V1_SignInService.Method.BeginPasskeyEnrolment.Output.self,
      fullHandler: { request, context in
        try await self.beginPasskeyEnrolment(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.EnrolPasskey.descriptor,
      request: Artel_People_V1_SignInService.Method.EnrolPasskey.Input.self, response: Artel_People_V1_SignInService.Method.EnrolPasskey.Output.self,
      fullHandler: { request, context in
        try await self.enrolPasskey(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.AuthorizeSignIn.descriptor,
      request: Artel_People_V1_SignInService.Method.AuthorizeSignIn.Input.self, response: Artel_People_V1_SignInService.Method.AuthorizeSignIn.Output.self,
      fullHandler: { request, context in
        try await self.authorizeSignIn(request: request, context: context)
      })
  }
}

extension Artel_People_V1_SignInService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_People_V1_SignInService.Method.BeginSignIn.descriptor,
      request: Artel_People_V1_SignInService.Method.BeginSignIn.Input.self, response: Artel_People_V1_SignInService.Method.BeginSignIn.Output.self,
      handler: { request, context in
        try await self.beginSignIn(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.ProvePassword.descriptor,
      request: Artel_People_V1_SignInService.Method.ProvePassword.Input.self, response: Artel_People_V1_SignInService.Method.ProvePassword.Output.self,
      handler: { request, context in
        try await self.provePassword(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.SendCode.descriptor,
      request: Artel_People_V1_SignInService.Method.SendCode.Input.self, response: Artel_People_V1_SignInService.Method.SendCode.Output.self,
      handler: { request, context in
        try await self.sendCode(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.ProveCode.descriptor,
      request: Artel_People_V1_SignInService.Method.ProveCode.Input.self, response: Artel_People_V1_SignInService.Method.ProveCode.Output.self,
      handler: { request, context in
        try await self.proveCode(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.ProveAuthenticator.descriptor,
      request: Artel_People_V1_SignInService.Method.ProveAuthenticator.Input.self, response: Artel_People_V1_SignInService.Method.ProveAuthenticator.Output.self,
      handler: { request, context in
        try await self.proveAuthenticator(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.ProveRecoveryCode.descriptor,
      request: Artel_People_V1_SignInService.Method.ProveRecoveryCode.Input.self, response: Artel_People_V1_SignInService.Method.ProveRecoveryCode.Output.self,
      handler: { request, context in
        try await self.proveRecoveryCode(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.AcceptInvitation.descriptor,
      request: Artel_People_V1_SignInService.Method.AcceptInvitation.Input.self, response: Artel_People_V1_SignInService.Method.AcceptInvitation.Output.self,
      handler: { request, context in
        try await self.acceptInvitation(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.BeginAuthenticator.descriptor,
      request: Artel_People_V1_SignInService.Method.BeginAuthenticator.Input.self, response: Artel_People_V1_SignInService.Method.BeginAuthenticator.Output.self,
      handler: { request, context in
        try await self.beginAuthenticator(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.EnrolAuthenticator.descriptor,
      request: Artel_People_V1_SignInService.Method.EnrolAuthenticator.Input.self, response: Artel_People_V1_SignInService.Method.EnrolAuthenticator.Output.self,
      handler: { request, context in
        try await self.enrolAuthenticator(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.BeginPasskey.descriptor,
      request: Artel_People_V1_SignInService.Method.BeginPasskey.Input.self, response: Artel_People_V1_SignInService.Method.BeginPasskey.Output.self,
      handler: { request, context in
        try await self.beginPasskey(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.ProvePasskey.descriptor,
      request: Artel_People_V1_SignInService.Method.ProvePasskey.Input.self, response: Artel_People_V1_SignInService.Method.ProvePasskey.Output.self,
      handler: { request, context in
        try await self.provePasskey(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.BeginPasskeyEnrolment.descriptor,
      request: Artel_People_V1_SignInService.Method.BeginPasskeyEnrolment.Input.self, response: Artel_People_V1_SignInService.Method.BeginPasskeyEnrolment.Output.self,
      handler: { request, context in
        try await self.beginPasskeyEnrolment(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.EnrolPasskey.descriptor,
      request: Artel_People_V1_SignInService.Method.EnrolPasskey.Input.self, response: Artel_People_V1_SignInService.Method.EnrolPasskey.Output.self,
      handler: { request, context in
        try await self.enrolPasskey(request: request, context: context)
      })
    router.registerUnary(
      Artel_People_V1_SignInService.Method.AuthorizeSignIn.descriptor,
      request: Artel_People_V1_SignInService.Method.AuthorizeSignIn.Input.self, response: Artel_People_V1_SignInService.Method.AuthorizeSignIn.Output.self,
      handler: { request, context in
        try await self.authorizeSignIn(request: request, context: context)
      })
  }
}

extension Artel_People_V1_SignInService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func beginSignIn(
    request: RPC.ServerRequest<Artel_People_V1_BeginSignInRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn> {
    RPC.ServerResponse(
      message: try await self.beginSignIn(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func provePassword(
    request: RPC.ServerRequest<Artel_People_V1_ProvePasswordRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn> {
    RPC.ServerResponse(
      message: try await self.provePassword(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func sendCode(
    request: RPC.ServerRequest<Artel_People_V1_SendCodeRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn> {
    RPC.ServerResponse(
      message: try await self.sendCode(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func proveCode(
    request: RPC.ServerRequest<Artel_People_V1_ProveCodeRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn> {
    RPC.ServerResponse(
      message: try await self.proveCode(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func proveAuthenticator(
    request: RPC.ServerRequest<Artel_People_V1_ProveAuthenticatorRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn> {
    RPC.ServerResponse(
      message: try await self.proveAuthenticator(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func proveRecoveryCode(
    request: RPC.ServerRequest<Artel_People_V1_ProveRecoveryCodeRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn> {
    RPC.ServerResponse(
      message: try await self.proveRecoveryCode(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func acceptInvitation(
    request: RPC.ServerRequest<Artel_People_V1_AcceptInvitationRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn> {
    RPC.ServerResponse(
      message: try await self.acceptInvitation(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func beginAuthenticator(
    request: RPC.ServerRequest<Artel_People_V1_BeginAuthenticatorRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_Authenticator> {
    RPC.ServerResponse(
      message: try await self.beginAuthenticator(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func enrolAuthenticator(
    request: RPC.ServerRequest<Artel_People_V1_EnrolAuthenticatorRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn> {
    RPC.ServerResponse(
      message: try await self.enrolAuthenticator(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func beginPasskey(
    request: RPC.ServerRequest<Artel_People_V1_BeginPasskeyRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_PasskeyChallenge> {
    RPC.ServerResponse(
      message: try await self.beginPasskey(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func provePasskey(
    request: RPC.ServerRequest<Artel_People_V1_ProvePasskeyRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn> {
    RPC.ServerResponse(
      message: try await self.provePasskey(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func beginPasskeyEnrolment(
    request: RPC.ServerRequest<Artel_People_V1_BeginPasskeyEnrolmentRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_PasskeyCreation> {
    RPC.ServerResponse(
      message: try await self.beginPasskeyEnrolment(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func enrolPasskey(
    request: RPC.ServerRequest<Artel_People_V1_EnrolPasskeyRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_Passkey> {
    RPC.ServerResponse(
      message: try await self.enrolPasskey(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func authorizeSignIn(
    request: RPC.ServerRequest<Artel_People_V1_AuthorizeSignInRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_People_V1_SignIn> {
    RPC.ServerResponse(
      message: try await self.authorizeSignIn(request: request.message, context: context))
  }
}

extension Artel_People_V1_SignInService {
  /// How a person signs in: what the pages at `/sign-in` call, and what pages of your own may call in
  /// their place.
  ///
  /// A sign-in begins with a login or an invitation and goes from state to state, each answer saying
  /// what is wanted next, until it is COMPLETE. It ends unfinished after ten minutes or five wrong
  /// answers. An unknown login goes the way of a known one up to its first proof, so that nobody learns
  /// who is a member.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Begins a sign-in with a login.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func beginSignIn(
      _ message: Artel_People_V1_BeginSignInRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_SignIn {
      try await client.unary(
        Method.BeginSignIn.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Begins a sign-in with a login.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func beginSignIn(
      _ request: RPC.ClientRequest<Artel_People_V1_BeginSignInRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_SignIn> {
      try await client.unary(
        Method.BeginSignIn.descriptor, request, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Proves who the person is by a password: the first factor.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func provePassword(
      _ message: Artel_People_V1_ProvePasswordRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_SignIn {
      try await client.unary(
        Method.ProvePassword.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Proves who the person is by a password: the first factor.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func provePassword(
      _ request: RPC.ClientRequest<Artel_People_V1_ProvePasswordRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_SignIn> {
      try await client.unary(
        Method.ProvePassword.descriptor, request, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Sends a code by e-mail or SMS to the login that the sign-in began with, in place of a password.
    /// Nothing tells whether the login is somebody's: only a member who is no administrator gets one.
    /// A sign-in sends three at most, a login gets five an hour at most.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func sendCode(
      _ message: Artel_People_V1_SendCodeRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_SignIn {
      try await client.unary(
        Method.SendCode.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Sends a code by e-mail or SMS to the login that the sign-in began with, in place of a password.
    /// Nothing tells whether the login is somebody's: only a member who is no administrator gets one.
    /// A sign-in sends three at most, a login gets five an hour at most.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func sendCode(
      _ request: RPC.ClientRequest<Artel_People_V1_SendCodeRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_SignIn> {
      try await client.unary(
        Method.SendCode.descriptor, request, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Proves who the person is by the code that was sent last: the first factor. A code counts once,
    /// within five minutes.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func proveCode(
      _ message: Artel_People_V1_ProveCodeRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_SignIn {
      try await client.unary(
        Method.ProveCode.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Proves who the person is by the code that was sent last: the first factor. A code counts once,
    /// within five minutes.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func proveCode(
      _ request: RPC.ClientRequest<Artel_People_V1_ProveCodeRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_SignIn> {
      try await client.unary(
        Method.ProveCode.descriptor, request, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Proves who the person is by a code of an authenticator (RFC 6238): the second factor. A code
    /// counts once.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func proveAuthenticator(
      _ message: Artel_People_V1_ProveAuthenticatorRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_SignIn {
      try await client.unary(
        Method.ProveAuthenticator.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Proves who the person is by a code of an authenticator (RFC 6238): the second factor. A code
    /// counts once.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func proveAuthenticator(
      _ request: RPC.ClientRequest<Artel_People_V1_ProveAuthenticatorRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_SignIn> {
      try await client.unary(
        Method.ProveAuthenticator.descriptor, request, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Proves who the person is by a recovery code, in place of the authenticator. A code counts once.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func proveRecoveryCode(
      _ message: Artel_People_V1_ProveRecoveryCodeRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_SignIn {
      try await client.unary(
        Method.ProveRecoveryCode.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Proves who the person is by a recovery code, in place of the authenticator. A code counts once.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func proveRecoveryCode(
      _ request: RPC.ClientRequest<Artel_People_V1_ProveRecoveryCodeRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_SignIn> {
      try await client.unary(
        Method.ProveRecoveryCode.descriptor, request, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Uses an invitation: sets the person's password. The invitation counts once, and only when a
    /// password was taken.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func acceptInvitation(
      _ message: Artel_People_V1_AcceptInvitationRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_SignIn {
      try await client.unary(
        Method.AcceptInvitation.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Uses an invitation: sets the person's password. The invitation counts once, and only when a
    /// password was taken.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func acceptInvitation(
      _ request: RPC.ClientRequest<Artel_People_V1_AcceptInvitationRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_SignIn> {
      try await client.unary(
        Method.AcceptInvitation.descriptor, request, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Begins to enrol an authenticator, where the sign-in wants one: the answer has its secret.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func beginAuthenticator(
      _ message: Artel_People_V1_BeginAuthenticatorRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_Authenticator {
      try await client.unary(
        Method.BeginAuthenticator.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_Authenticator.self)
    }

    /// Begins to enrol an authenticator, where the sign-in wants one: the answer has its secret.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func beginAuthenticator(
      _ request: RPC.ClientRequest<Artel_People_V1_BeginAuthenticatorRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_Authenticator> {
      try await client.unary(
        Method.BeginAuthenticator.descriptor, request, options: options, as: Artel_People_V1_Authenticator.self)
    }

    /// Enrols the authenticator by a first code of it. The answer has ten recovery codes, this once.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func enrolAuthenticator(
      _ message: Artel_People_V1_EnrolAuthenticatorRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_SignIn {
      try await client.unary(
        Method.EnrolAuthenticator.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Enrols the authenticator by a first code of it. The answer has ten recovery codes, this once.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func enrolAuthenticator(
      _ request: RPC.ClientRequest<Artel_People_V1_EnrolAuthenticatorRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_SignIn> {
      try await client.unary(
        Method.EnrolAuthenticator.descriptor, request, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Begins a sign-in with a passkey, with a login or without one.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func beginPasskey(
      _ message: Artel_People_V1_BeginPasskeyRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_PasskeyChallenge {
      try await client.unary(
        Method.BeginPasskey.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_PasskeyChallenge.self)
    }

    /// Begins a sign-in with a passkey, with a login or without one.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func beginPasskey(
      _ request: RPC.ClientRequest<Artel_People_V1_BeginPasskeyRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_PasskeyChallenge> {
      try await client.unary(
        Method.BeginPasskey.descriptor, request, options: options, as: Artel_People_V1_PasskeyChallenge.self)
    }

    /// Proves who the person is by a passkey, which is both factors at once: the sign-in is COMPLETE.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func provePasskey(
      _ message: Artel_People_V1_ProvePasskeyRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_SignIn {
      try await client.unary(
        Method.ProvePasskey.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Proves who the person is by a passkey, which is both factors at once: the sign-in is COMPLETE.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func provePasskey(
      _ request: RPC.ClientRequest<Artel_People_V1_ProvePasskeyRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_SignIn> {
      try await client.unary(
        Method.ProvePasskey.descriptor, request, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Begins to make a passkey for the person of a sign-in that became COMPLETE within the last 300
    /// seconds.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func beginPasskeyEnrolment(
      _ message: Artel_People_V1_BeginPasskeyEnrolmentRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_PasskeyCreation {
      try await client.unary(
        Method.BeginPasskeyEnrolment.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_PasskeyCreation.self)
    }

    /// Begins to make a passkey for the person of a sign-in that became COMPLETE within the last 300
    /// seconds.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func beginPasskeyEnrolment(
      _ request: RPC.ClientRequest<Artel_People_V1_BeginPasskeyEnrolmentRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_PasskeyCreation> {
      try await client.unary(
        Method.BeginPasskeyEnrolment.descriptor, request, options: options, as: Artel_People_V1_PasskeyCreation.self)
    }

    /// Keeps the passkey that was made.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func enrolPasskey(
      _ message: Artel_People_V1_EnrolPasskeyRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_Passkey {
      try await client.unary(
        Method.EnrolPasskey.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_Passkey.self)
    }

    /// Keeps the passkey that was made.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func enrolPasskey(
      _ request: RPC.ClientRequest<Artel_People_V1_EnrolPasskeyRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_Passkey> {
      try await client.unary(
        Method.EnrolPasskey.descriptor, request, options: options, as: Artel_People_V1_Passkey.self)
    }

    /// Answers an authorization request in the name of the person of a sign-in that became COMPLETE
    /// within the last 300 seconds, and was begun without one. The sign-in ends with it.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func authorizeSignIn(
      _ message: Artel_People_V1_AuthorizeSignInRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_People_V1_SignIn {
      try await client.unary(
        Method.AuthorizeSignIn.descriptor, message, metadata: metadata, options: options, as: Artel_People_V1_SignIn.self)
    }

    /// Answers an authorization request in the name of the person of a sign-in that became COMPLETE
    /// within the last 300 seconds, and was begun without one. The sign-in ends with it.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func authorizeSignIn(
      _ request: RPC.ClientRequest<Artel_People_V1_AuthorizeSignInRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_People_V1_SignIn> {
      try await client.unary(
        Method.AuthorizeSignIn.descriptor, request, options: options, as: Artel_People_V1_SignIn.self)
    }
  }
}
