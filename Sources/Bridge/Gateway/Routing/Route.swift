import RPC
import Transcoding

/// One HTTP binding of a method: all that a request on it needs, prepared at start.
final class Route: Sendable {
  /// The code behind the route: a body is one message, or an upload in pieces.
  enum Handler: Sendable {
    case unary(RegisteredMethod.UnaryHandler)
    case clientStreaming(RegisteredMethod.ClientStreamingHandler)
    case serverStreaming(RegisteredMethod.ServerStreamingHandler)
    /// Only over a WebSocket.
    case bidirectionalStreaming(RegisteredMethod.BidirectionalStreamingHandler)
  }

  let method: MethodDescriptor
  let handler: Handler
  let binder: RequestBinder
  let printer: ResponsePrinter
  /// Whether the request body is mapped to the message.
  let takesBody: Bool
  /// Where the request message has the body as it is; nil where the body is JSON.
  let requestBodyPlace: HTTPBodyPlace?
  /// Where the response message has the answer as it is; nil where the answer is JSON.
  let responseBodyPlace: HTTPBodyPlace?
  /// Whether the path is the method's own, as gRPC has it.
  let isOwnPath: Bool
  /// Whether answers may be compressed: not where a secret stands beside what a caller chose, which
  /// the length of the answer would tell (BREACH).
  let isCompressible: Bool
  /// Whether the handler sees the body as it came, too (RestProfile.raw_body).
  let keepsRawBody: Bool
  /// Whether the body may be a form, too (RestProfile.accepts_forms).
  let acceptsForms: Bool
  /// The greatest part of a multipart body in bytes.
  let partLimit: Int
  /// Whether the body is a form (RestProfile.form).
  let takesForm: Bool
  /// The greatest request body in bytes; 0 takes the door's limit.
  private let maxBodyBytes: Int
  /// Whether errors are RFC 6749's (RestProfile.oauth_errors).
  let hasOAuthErrors: Bool
  /// The handler sees the request's `Host` (RestProfile.host).
  let seesHost: Bool
  /// The cookie that the handler reads and may set (RestProfile.cookie).
  let cookieName: String?
  /// Whether it is called by GET, as a browser does that only follows a link.
  let isRead: Bool
  /// The request's string field `resume_token`.
  let requestResumeToken: StringField?
  /// The response's string field `resume_token`.
  let responseResumeToken: StringField?

  /// What the contract says of its answers.
  let answers: AnswerProfile

  /// - Parameters:
  ///   - variables: The template's field paths, in order.
  ///   - isLenient: What is not known is ignored, whatever the contract says.
  init(
    method: RegisteredMethod, schema: MethodSchema, binding: HTTPBinding, variables: [String],
    isLenient: Bool
  ) throws {
    answers = try AnswerProfile(schema, binding)
    self.method = method.descriptor
    switch method.handler {
    case .unary(let serve): handler = .unary(serve)
    case .serverStreaming(let serve): handler = .serverStreaming(serve)
    case .clientStreaming(let serve): handler = .clientStreaming(serve)
    case .bidirectionalStreaming(let serve): handler = .bidirectionalStreaming(serve)
    }
    binder = try RequestBinder(
      method: schema, binding: binding, variables: variables, isLenient: isLenient)
    printer = try ResponsePrinter(method: schema, binding: binding)
    isOwnPath = binding.template == schema.path
    takesBody = !binding.body.isEmpty
    requestBodyPlace =
      binding.body.isEmpty ? nil : HTTPBodyPlace(binding.body, of: schema.input)
    responseBodyPlace = HTTPBodyPlace(binding.responseBody, of: schema.output)
    isCompressible =
      !(schema.policy?.rest.noCompression ?? false) && !SecretFields.isIn(schema.output)
    keepsRawBody = schema.policy?.rest.rawBody ?? false
    acceptsForms = schema.policy?.rest.acceptsForms ?? false
    let maxPartBytes = Int(schema.policy?.rest.maxPartBytes ?? 0)
    partLimit = maxPartBytes > 0 ? maxPartBytes : .max
    takesForm = schema.policy?.rest.form ?? false
    maxBodyBytes = Int(schema.policy?.rest.maxBodyBytes ?? 0)
    hasOAuthErrors = schema.policy?.rest.oauthErrors ?? false
    seesHost = schema.policy?.rest.host ?? false
    cookieName = answers.cookieName
    isRead = binding.verb == "GET"
    requestResumeToken = StringField(named: "resume_token", in: schema.input)
    responseResumeToken = StringField(named: "resume_token", in: schema.output)
  }

  /// Whether the handler reads the request's body while it arrives.
  var takesUpload: Bool {
    if case .clientStreaming = handler { true } else { false }
  }

  /// The greatest request body in bytes. One that is never kept has no limit of the door's.
  func bodyLimit(_ configuration: GatewayConfiguration) -> Int {
    guard maxBodyBytes == 0 else { return maxBodyBytes }
    return takesUpload ? configuration.maxUploadBytes : configuration.maxBodyBytes
  }

  /// Whether a method can be spoken as a request with one body: a stream of requests has to be in it.
  static func maps(_ method: RegisteredMethod, _ schema: MethodSchema) -> Bool {
    switch method.handler {
    case .unary, .serverStreaming: true
    case .clientStreaming: schema.bindings.allSatisfy { !$0.body.isEmpty }
    case .bidirectionalStreaming: false
    }
  }
}
