import SwiftProtobuf
import Transcoding

/// A contract that nobody here has code for: one method of each kind, over one message.
enum EchoContract {
  static let service = "echo.v1.Echo"

  static let file = Google_Protobuf_FileDescriptorProto.with { file in
    file.name = "echo/v1/echo.proto"
    file.package = "echo.v1"
    file.syntax = "proto3"
    file.messageType = [
      .with { message in
        message.name = "Note"
        message.field = [
          .with {
            $0.name = "text"
            $0.number = 1
            $0.type = .string
            $0.label = .optional
          }
        ]
      }
    ]
    file.service = [
      .with { service in
        service.name = "Echo"
        service.method = [
          method("Unary", false, false), method("Collect", true, false),
          method("Spread", false, true), method("Chat", true, true),
        ]
      },
      .with { service in
        service.name = "Other"
        service.method = [method("Unary", false, false)]
      },
    ]
  }

  private static func method(
    _ name: String, _ client: Bool, _ server: Bool
  ) -> Google_Protobuf_MethodDescriptorProto {
    .with {
      $0.name = name
      $0.inputType = ".echo.v1.Note"
      $0.outputType = ".echo.v1.Note"
      $0.clientStreaming = client
      $0.serverStreaming = server
    }
  }

  static func schema() throws -> Schema {
    let set = Google_Protobuf_FileDescriptorSet.with { $0.file = [file] }
    return try Schema(descriptorSet: try set.serializedBytes())
  }
}
