import RPC
import Transcoding

/// One HTTP binding of a method: all that a request on it needs, prepared at start.
final class Route: Sendable {
  /// The code behind the route: one request's body is one message, so nothing else has a route.
  enum Handler: Sendable {
    case unary(RegisteredMethod.UnaryHandler)
    case serverStreaming(RegisteredMethod.ServerStreamingHandler)
  }

  let method: MethodDescriptor
  let handler: Handler
  let binder: RequestBinder
  let printer: ResponsePrinter
  /// Whether the request body is mapped to the message.
  let takesBody: Bool
  /// Whether the body is a form (RestProfile.form).
  let takesForm: Bool
  /// Whether errors are RFC 6749's (RestProfile.oauth_errors).
  let hasOAuthErrors: Bool
  /// The request's string field `resume_token`.
  let requestResumeToken: StringField?
  /// The response's string field `resume_token`.
  let responseResumeToken: StringField?

  /// - Parameter variables: The template's field paths, in order.
  init(
    method: RegisteredMethod, schema: MethodSchema, binding: HTTPBinding, variables: [String]
  ) throws {
    self.method = method.descriptor
    switch method.handler {
    case .unary(let serve): handler = .unary(serve)
    case .serverStreaming(let serve): handler = .serverStreaming(serve)
    case .clientStreaming, .bidirectionalStreaming:
      throw GatewayError(code: .badRoute, message: "a stream of requests has no HTTP mapping")
    }
    binder = try RequestBinder(method: schema, binding: binding, variables: variables)
    printer = try ResponsePrinter(method: schema, binding: binding)
    takesBody = !binding.body.isEmpty
    takesForm = schema.policy?.rest.form ?? false
    hasOAuthErrors = schema.policy?.rest.oauthErrors ?? false
    requestResumeToken = StringField(named: "resume_token", in: schema.input)
    responseResumeToken = StringField(named: "resume_token", in: schema.output)
  }
}
