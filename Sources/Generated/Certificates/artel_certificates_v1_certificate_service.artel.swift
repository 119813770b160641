// Written by protoc-gen-artel from artel/certificates/v1/certificate_service.proto. Do not edit: run tools/generate.
// swift-format-ignore-file

import RPC

/// The certificates by which a tenant's partners and services prove themselves. They are short-lived:
/// a client enrolls once, by its token or by a code of an administrator, and renews by the certificate
/// that it has.
public enum Artel_Certificates_V1_CertificateService {
  /// The service's name.
  public static let descriptor = RPC.ServiceDescriptor(
    fullyQualifiedService: "artel.certificates.v1.CertificateService")

  /// The service's methods.
  public enum Method {
    /// `artel.certificates.v1.CertificateService/CreateCertificate`.
    public enum CreateCertificate {
      /// What a caller sends.
      public typealias Input = Artel_Certificates_V1_CreateCertificateRequest

      /// What a caller gets.
      public typealias Output = Artel_Certificates_V1_Certificate

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Certificates_V1_CertificateService.descriptor, method: "CreateCertificate",
        kind: .unary)
    }

    /// `artel.certificates.v1.CertificateService/RenewCertificate`.
    public enum RenewCertificate {
      /// What a caller sends.
      public typealias Input = Artel_Certificates_V1_RenewCertificateRequest

      /// What a caller gets.
      public typealias Output = Artel_Certificates_V1_Certificate

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Certificates_V1_CertificateService.descriptor, method: "RenewCertificate",
        kind: .unary)
    }

    /// `artel.certificates.v1.CertificateService/EnrollCertificate`.
    public enum EnrollCertificate {
      /// What a caller sends.
      public typealias Input = Artel_Certificates_V1_EnrollCertificateRequest

      /// What a caller gets.
      public typealias Output = Artel_Certificates_V1_Certificate

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Certificates_V1_CertificateService.descriptor, method: "EnrollCertificate",
        kind: .unary)
    }

    /// `artel.certificates.v1.CertificateService/CreateEnrollmentCode`.
    public enum CreateEnrollmentCode {
      /// What a caller sends.
      public typealias Input = Artel_Certificates_V1_CreateEnrollmentCodeRequest

      /// What a caller gets.
      public typealias Output = Artel_Certificates_V1_EnrollmentCode

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Certificates_V1_CertificateService.descriptor, method: "CreateEnrollmentCode",
        kind: .unary)
    }

    /// `artel.certificates.v1.CertificateService/ListCertificates`.
    public enum ListCertificates {
      /// What a caller sends.
      public typealias Input = Artel_Certificates_V1_ListCertificatesRequest

      /// What a caller gets.
      public typealias Output = Artel_Certificates_V1_ListCertificatesResponse

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Certificates_V1_CertificateService.descriptor, method: "ListCertificates",
        kind: .unary)
    }

    /// `artel.certificates.v1.CertificateService/GetCertificate`.
    public enum GetCertificate {
      /// What a caller sends.
      public typealias Input = Artel_Certificates_V1_GetCertificateRequest

      /// What a caller gets.
      public typealias Output = Artel_Certificates_V1_Certificate

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Certificates_V1_CertificateService.descriptor, method: "GetCertificate",
        kind: .unary)
    }

    /// `artel.certificates.v1.CertificateService/RevokeCertificate`.
    public enum RevokeCertificate {
      /// What a caller sends.
      public typealias Input = Artel_Certificates_V1_RevokeCertificateRequest

      /// What a caller gets.
      public typealias Output = Artel_Certificates_V1_Certificate

      /// The method's name and shape.
      public static let descriptor = RPC.MethodDescriptor(
        service: Artel_Certificates_V1_CertificateService.descriptor, method: "RevokeCertificate",
        kind: .unary)
    }

    /// All methods, in the order of the contract.
    public static let descriptors: [RPC.MethodDescriptor] = [
      CreateCertificate.descriptor,
      RenewCertificate.descriptor,
      EnrollCertificate.descriptor,
      CreateEnrollmentCode.descriptor,
      ListCertificates.descriptor,
      GetCertificate.descriptor,
      RevokeCertificate.descriptor,
    ]
  }
}

extension Artel_Certificates_V1_CertificateService {
  /// The certificates by which a tenant's partners and services prove themselves. They are short-lived:
  /// a client enrolls once, by its token or by a code of an administrator, and renews by the certificate
  /// that it has.
  ///
  /// Implement this one to see a call's metadata as part of the request, or to answer with
  /// metadata: before the messages, or behind them, which is what a method that streams its
  /// responses returns. `SimpleServiceProtocol` needs messages alone.
  public protocol ServiceProtocol: RPC.RegistrableRPCService {
    /// Issues a certificate to the calling client.
    func createCertificate(
      request: RPC.ServerRequest<Artel_Certificates_V1_CreateCertificateRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_Certificate>

    /// Issues a new certificate to a client that calls with a valid one. The one it has stays valid.
    func renewCertificate(
      request: RPC.ServerRequest<Artel_Certificates_V1_RenewCertificateRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_Certificate>

    /// Issues a certificate to a client that has a code of an administrator. A code counts once.
    func enrollCertificate(
      request: RPC.ServerRequest<Artel_Certificates_V1_EnrollCertificateRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_Certificate>

    /// Makes a code by which a client enrolls.
    func createEnrollmentCode(
      request: RPC.ServerRequest<Artel_Certificates_V1_CreateEnrollmentCodeRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_EnrollmentCode>

    /// Lists certificates that were issued here, the newest first. A partner sees its own.
    func listCertificates(
      request: RPC.ServerRequest<Artel_Certificates_V1_ListCertificatesRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_ListCertificatesResponse>

    /// Returns a certificate. A partner sees its own.
    func getCertificate(
      request: RPC.ServerRequest<Artel_Certificates_V1_GetCertificateRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_Certificate>

    /// Revokes a certificate: within five seconds nobody comes in with it, and connections that it has
    /// opened are ended. It is on the authority's revocation list until it expires.
    func revokeCertificate(
      request: RPC.ServerRequest<Artel_Certificates_V1_RevokeCertificateRequest>,
      context: RPC.ServerContext
    ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_Certificate>
  }

  /// The certificates by which a tenant's partners and services prove themselves. They are short-lived:
  /// a client enrolls once, by its token or by a code of an administrator, and renews by the certificate
  /// that it has.
  public protocol SimpleServiceProtocol: Artel_Certificates_V1_CertificateService.ServiceProtocol {
    /// Issues a certificate to the calling client.
    func createCertificate(
      request: Artel_Certificates_V1_CreateCertificateRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Certificates_V1_Certificate

    /// Issues a new certificate to a client that calls with a valid one. The one it has stays valid.
    func renewCertificate(
      request: Artel_Certificates_V1_RenewCertificateRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Certificates_V1_Certificate

    /// Issues a certificate to a client that has a code of an administrator. A code counts once.
    func enrollCertificate(
      request: Artel_Certificates_V1_EnrollCertificateRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Certificates_V1_Certificate

    /// Makes a code by which a client enrolls.
    func createEnrollmentCode(
      request: Artel_Certificates_V1_CreateEnrollmentCodeRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Certificates_V1_EnrollmentCode

    /// Lists certificates that were issued here, the newest first. A partner sees its own.
    func listCertificates(
      request: Artel_Certificates_V1_ListCertificatesRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Certificates_V1_ListCertificatesResponse

    /// Returns a certificate. A partner sees its own.
    func getCertificate(
      request: Artel_Certificates_V1_GetCertificateRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Certificates_V1_Certificate

    /// Revokes a certificate: within five seconds nobody comes in with it, and connections that it has
    /// opened are ended. It is on the authority's revocation list until it expires.
    func revokeCertificate(
      request: Artel_Certificates_V1_RevokeCertificateRequest,
      context: RPC.ServerContext
    ) async throws -> Artel_Certificates_V1_Certificate
  }
}

extension Artel_Certificates_V1_CertificateService.ServiceProtocol {
  /// Registers every method, with metadata both ways.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Certificates_V1_CertificateService.Method.CreateCertificate.descriptor,
      request: Artel_Certificates_V1_CertificateService.Method.CreateCertificate.Input.self, response: Artel_Certificates_V1_CertificateService.Method.CreateCertificate.Output.self,
      fullHandler: { request, context in
        try await self.createCertificate(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_CertificateService.Method.RenewCertificate.descriptor,
      request: Artel_Certificates_V1_CertificateService.Method.RenewCertificate.Input.self, response: Artel_Certificates_V1_CertificateService.Method.RenewCertificate.Output.self,
      fullHandler: { request, context in
        try await self.renewCertificate(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_CertificateService.Method.EnrollCertificate.descriptor,
      request: Artel_Certificates_V1_CertificateService.Method.EnrollCertificate.Input.self, response: Artel_Certificates_V1_CertificateService.Method.EnrollCertificate.Output.self,
      fullHandler: { request, context in
        try await self.enrollCertificate(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_CertificateService.Method.CreateEnrollmentCode.descriptor,
      request: Artel_Certificates_V1_CertificateService.Method.CreateEnrollmentCode.Input.self, response: Artel_Certificates_V1_CertificateService.Method.CreateEnrollmentCode.Output.self,
      fullHandler: { request, context in
        try await self.createEnrollmentCode(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_CertificateService.Method.ListCertificates.descriptor,
      request: Artel_Certificates_V1_CertificateService.Method.ListCertificates.Input.self, response: Artel_Certificates_V1_CertificateService.Method.ListCertificates.Output.self,
      fullHandler: { request, context in
        try await self.listCertificates(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_CertificateService.Method.GetCertificate.descriptor,
      request: Artel_Certificates_V1_CertificateService.Method.GetCertificate.Input.self, response: Artel_Certificates_V1_CertificateService.Method.GetCertificate.Output.self,
      fullHandler: { request, context in
        try await self.getCertificate(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_CertificateService.Method.RevokeCertificate.descriptor,
      request: Artel_Certificates_V1_CertificateService.Method.RevokeCertificate.Input.self, response: Artel_Certificates_V1_CertificateService.Method.RevokeCertificate.Output.self,
      fullHandler: { request, context in
        try await self.revokeCertificate(request: request, context: context)
      })
  }
}

extension Artel_Certificates_V1_CertificateService.SimpleServiceProtocol {
  /// Registers every method, with messages alone.
  public func registerMethods(with router: inout RPC.RPCRouter) {
    router.registerUnary(
      Artel_Certificates_V1_CertificateService.Method.CreateCertificate.descriptor,
      request: Artel_Certificates_V1_CertificateService.Method.CreateCertificate.Input.self, response: Artel_Certificates_V1_CertificateService.Method.CreateCertificate.Output.self,
      handler: { request, context in
        try await self.createCertificate(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_CertificateService.Method.RenewCertificate.descriptor,
      request: Artel_Certificates_V1_CertificateService.Method.RenewCertificate.Input.self, response: Artel_Certificates_V1_CertificateService.Method.RenewCertificate.Output.self,
      handler: { request, context in
        try await self.renewCertificate(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_CertificateService.Method.EnrollCertificate.descriptor,
      request: Artel_Certificates_V1_CertificateService.Method.EnrollCertificate.Input.self, response: Artel_Certificates_V1_CertificateService.Method.EnrollCertificate.Output.self,
      handler: { request, context in
        try await self.enrollCertificate(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_CertificateService.Method.CreateEnrollmentCode.descriptor,
      request: Artel_Certificates_V1_CertificateService.Method.CreateEnrollmentCode.Input.self, response: Artel_Certificates_V1_CertificateService.Method.CreateEnrollmentCode.Output.self,
      handler: { request, context in
        try await self.createEnrollmentCode(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_CertificateService.Method.ListCertificates.descriptor,
      request: Artel_Certificates_V1_CertificateService.Method.ListCertificates.Input.self, response: Artel_Certificates_V1_CertificateService.Method.ListCertificates.Output.self,
      handler: { request, context in
        try await self.listCertificates(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_CertificateService.Method.GetCertificate.descriptor,
      request: Artel_Certificates_V1_CertificateService.Method.GetCertificate.Input.self, response: Artel_Certificates_V1_CertificateService.Method.GetCertificate.Output.self,
      handler: { request, context in
        try await self.getCertificate(request: request, context: context)
      })
    router.registerUnary(
      Artel_Certificates_V1_CertificateService.Method.RevokeCertificate.descriptor,
      request: Artel_Certificates_V1_CertificateService.Method.RevokeCertificate.Input.self, response: Artel_Certificates_V1_CertificateService.Method.RevokeCertificate.Output.self,
      handler: { request, context in
        try await self.revokeCertificate(request: request, context: context)
      })
  }
}

extension Artel_Certificates_V1_CertificateService.SimpleServiceProtocol {
  /// Hands over what the caller sent, and answers without metadata.
  public func createCertificate(
    request: RPC.ServerRequest<Artel_Certificates_V1_CreateCertificateRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_Certificate> {
    RPC.ServerResponse(
      message: try await self.createCertificate(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func renewCertificate(
    request: RPC.ServerRequest<Artel_Certificates_V1_RenewCertificateRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_Certificate> {
    RPC.ServerResponse(
      message: try await self.renewCertificate(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func enrollCertificate(
    request: RPC.ServerRequest<Artel_Certificates_V1_EnrollCertificateRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_Certificate> {
    RPC.ServerResponse(
      message: try await self.enrollCertificate(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func createEnrollmentCode(
    request: RPC.ServerRequest<Artel_Certificates_V1_CreateEnrollmentCodeRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_EnrollmentCode> {
    RPC.ServerResponse(
      message: try await self.createEnrollmentCode(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func listCertificates(
    request: RPC.ServerRequest<Artel_Certificates_V1_ListCertificatesRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_ListCertificatesResponse> {
    RPC.ServerResponse(
      message: try await self.listCertificates(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func getCertificate(
    request: RPC.ServerRequest<Artel_Certificates_V1_GetCertificateRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_Certificate> {
    RPC.ServerResponse(
      message: try await self.getCertificate(request: request.message, context: context))
  }

  /// Hands over what the caller sent, and answers without metadata.
  public func revokeCertificate(
    request: RPC.ServerRequest<Artel_Certificates_V1_RevokeCertificateRequest>,
    context: RPC.ServerContext
  ) async throws -> RPC.ServerResponse<Artel_Certificates_V1_Certificate> {
    RPC.ServerResponse(
      message: try await self.revokeCertificate(request: request.message, context: context))
  }
}

extension Artel_Certificates_V1_CertificateService {
  /// The certificates by which a tenant's partners and services prove themselves. They are short-lived:
  /// a client enrolls once, by its token or by a code of an administrator, and renews by the certificate
  /// that it has.
  public struct Client: Sendable {
    private let client: RPC.RPCClient

    /// Calls the service over the client's channel.
    public init(wrapping client: RPC.RPCClient) {
      self.client = client
    }

    /// Issues a certificate to the calling client.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createCertificate(
      _ message: Artel_Certificates_V1_CreateCertificateRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Certificates_V1_Certificate {
      try await client.unary(
        Method.CreateCertificate.descriptor, message, metadata: metadata, options: options, as: Artel_Certificates_V1_Certificate.self)
    }

    /// Issues a certificate to the calling client.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createCertificate(
      _ request: RPC.ClientRequest<Artel_Certificates_V1_CreateCertificateRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Certificates_V1_Certificate> {
      try await client.unary(
        Method.CreateCertificate.descriptor, request, options: options, as: Artel_Certificates_V1_Certificate.self)
    }

    /// Issues a new certificate to a client that calls with a valid one. The one it has stays valid.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func renewCertificate(
      _ message: Artel_Certificates_V1_RenewCertificateRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Certificates_V1_Certificate {
      try await client.unary(
        Method.RenewCertificate.descriptor, message, metadata: metadata, options: options, as: Artel_Certificates_V1_Certificate.self)
    }

    /// Issues a new certificate to a client that calls with a valid one. The one it has stays valid.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func renewCertificate(
      _ request: RPC.ClientRequest<Artel_Certificates_V1_RenewCertificateRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Certificates_V1_Certificate> {
      try await client.unary(
        Method.RenewCertificate.descriptor, request, options: options, as: Artel_Certificates_V1_Certificate.self)
    }

    /// Issues a certificate to a client that has a code of an administrator. A code counts once.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func enrollCertificate(
      _ message: Artel_Certificates_V1_EnrollCertificateRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Certificates_V1_Certificate {
      try await client.unary(
        Method.EnrollCertificate.descriptor, message, metadata: metadata, options: options, as: Artel_Certificates_V1_Certificate.self)
    }

    /// Issues a certificate to a client that has a code of an administrator. A code counts once.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func enrollCertificate(
      _ request: RPC.ClientRequest<Artel_Certificates_V1_EnrollCertificateRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Certificates_V1_Certificate> {
      try await client.unary(
        Method.EnrollCertificate.descriptor, request, options: options, as: Artel_Certificates_V1_Certificate.self)
    }

    /// Makes a code by which a client enrolls.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createEnrollmentCode(
      _ message: Artel_Certificates_V1_CreateEnrollmentCodeRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Certificates_V1_EnrollmentCode {
      try await client.unary(
        Method.CreateEnrollmentCode.descriptor, message, metadata: metadata, options: options, as: Artel_Certificates_V1_EnrollmentCode.self)
    }

    /// Makes a code by which a client enrolls.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func createEnrollmentCode(
      _ request: RPC.ClientRequest<Artel_Certificates_V1_CreateEnrollmentCodeRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Certificates_V1_EnrollmentCode> {
      try await client.unary(
        Method.CreateEnrollmentCode.descriptor, request, options: options, as: Artel_Certificates_V1_EnrollmentCode.self)
    }

    /// Lists certificates that were issued here, the newest first. A partner sees its own.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listCertificates(
      _ message: Artel_Certificates_V1_ListCertificatesRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Certificates_V1_ListCertificatesResponse {
      try await client.unary(
        Method.ListCertificates.descriptor, message, metadata: metadata, options: options, as: Artel_Certificates_V1_ListCertificatesResponse.self)
    }

    /// Lists certificates that were issued here, the newest first. A partner sees its own.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func listCertificates(
      _ request: RPC.ClientRequest<Artel_Certificates_V1_ListCertificatesRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Certificates_V1_ListCertificatesResponse> {
      try await client.unary(
        Method.ListCertificates.descriptor, request, options: options, as: Artel_Certificates_V1_ListCertificatesResponse.self)
    }

    /// Returns a certificate. A partner sees its own.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getCertificate(
      _ message: Artel_Certificates_V1_GetCertificateRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Certificates_V1_Certificate {
      try await client.unary(
        Method.GetCertificate.descriptor, message, metadata: metadata, options: options, as: Artel_Certificates_V1_Certificate.self)
    }

    /// Returns a certificate. A partner sees its own.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func getCertificate(
      _ request: RPC.ClientRequest<Artel_Certificates_V1_GetCertificateRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Certificates_V1_Certificate> {
      try await client.unary(
        Method.GetCertificate.descriptor, request, options: options, as: Artel_Certificates_V1_Certificate.self)
    }

    /// Revokes a certificate: within five seconds nobody comes in with it, and connections that it has
    /// opened are ended. It is on the authority's revocation list until it expires.
    ///
    /// - Parameters:
    ///   - message: What to send.
    ///   - metadata: What to send before it.
    ///   - options: How to call.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func revokeCertificate(
      _ message: Artel_Certificates_V1_RevokeCertificateRequest,
      metadata: RPC.Metadata = [:],
      options: RPC.CallOptions = .defaults
    ) async throws -> Artel_Certificates_V1_Certificate {
      try await client.unary(
        Method.RevokeCertificate.descriptor, message, metadata: metadata, options: options, as: Artel_Certificates_V1_Certificate.self)
    }

    /// Revokes a certificate: within five seconds nobody comes in with it, and connections that it has
    /// opened are ended. It is on the authority's revocation list until it expires.
    ///
    /// - Parameters:
    ///   - request: What to send, and the metadata before it.
    ///   - options: How to call.
    /// - Returns: The response with the metadata around it.
    /// - Throws: `RPCError` with the status that the server sent, or that the call failed with.
    public func revokeCertificate(
      _ request: RPC.ClientRequest<Artel_Certificates_V1_RevokeCertificateRequest>,
      options: RPC.CallOptions = .defaults
    ) async throws -> RPC.ClientResponse<Artel_Certificates_V1_Certificate> {
      try await client.unary(
        Method.RevokeCertificate.descriptor, request, options: options, as: Artel_Certificates_V1_Certificate.self)
    }
  }
}
