import GeneratedPeople
import RPC
import SwiftProtobuf

/// What a browser asks for itself: its cookie is the credential.
struct BrowserService: Artel_People_V1_BrowserService.ServiceProtocol {
  let browsers: BrowserSessions

  func rememberSession(
    request: ServerRequest<Artel_People_V1_RememberSessionRequest>, context: ServerContext
  ) async throws -> ServerResponse<Artel_People_V1_BrowserSession> {
    let (answer, cookie) = try await browsers.remember(request.message.signIn, context)
    return ServerResponse(message: answer, metadata: ["artel-set-cookie": .string(cookie)])
  }

  func lookUpSession(
    request: ServerRequest<Artel_People_V1_LookUpSessionRequest>, context: ServerContext
  ) async throws -> ServerResponse<Artel_People_V1_BrowserSession> {
    ServerResponse(message: try await browsers.lookUp(context))
  }

  func signOut(
    request: ServerRequest<Artel_People_V1_SignOutRequest>, context: ServerContext
  ) async throws -> ServerResponse<Google_Protobuf_Empty> {
    try await browsers.signOut(context)
    return ServerResponse(
      message: Google_Protobuf_Empty(), metadata: ["artel-set-cookie": ";0"])
  }
}
