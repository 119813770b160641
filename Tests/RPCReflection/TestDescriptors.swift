import SwiftProtobuf

/// A small set of contracts: `top` imports `middle`, which imports `base`; `other` imports `base`.
enum TestDescriptors {
  static let files: [Google_Protobuf_FileDescriptorProto] = [
    .with {
      $0.name = "base.proto"
      $0.package = "base.v1"
      $0.messageType = [
        .with {
          $0.name = "Thing"
          $0.field = [.with { $0.name = "name" }]
          $0.oneofDecl = [.with { $0.name = "choice" }]
          $0.enumType = [
            .with {
              $0.name = "Kind"
              $0.value = [.with { $0.name = "KIND_INNER" }]
            }
          ]
          $0.nestedType = [
            .with {
              $0.name = "Part"
              $0.field = [.with { $0.name = "weight" }]
            }
          ]
        }
      ]
      $0.enumType = [
        .with {
          $0.name = "Color"
          $0.value = [.with { $0.name = "COLOR_RED" }]
        }
      ]
    },
    .with {
      $0.name = "middle.proto"
      $0.package = "middle.v1"
      $0.dependency = ["base.proto"]
      $0.extension = [extending(by: 200, "heavy"), extending(by: 100, "light")]
      $0.messageType = [
        .with {
          $0.name = "Holder"
          $0.extension = [extending(by: 150, "held")]
        }
      ]
    },
    .with {
      $0.name = "top.proto"
      $0.package = "top.v1"
      $0.dependency = ["middle.proto", "base.proto"]
      $0.service = [
        .with {
          $0.name = "Tops"
          $0.method = [.with { $0.name = "Spin" }]
        },
        .with { $0.name = "Unserved" },
      ]
    },
    .with {
      $0.name = "other.proto"
      $0.dependency = ["base.proto"]
      $0.service = [.with { $0.name = "Others" }]
    },
  ]

  private static func extending(by number: Int32, _ name: String)
    -> Google_Protobuf_FieldDescriptorProto
  {
    .with {
      $0.name = name
      $0.extendee = ".base.v1.Thing"
      $0.number = number
    }
  }

  /// The bytes of a file: with a field that no descriptor has, as a compiler of tomorrow writes it.
  static func bytes(_ file: Google_Protobuf_FileDescriptorProto) throws -> [UInt8] {
    // Field 1000, a varint.
    try file.serializedBytes() + [0xc0, 0x3e, 0x07]
  }

  /// A serialized set of files.
  static func set(_ files: [Google_Protobuf_FileDescriptorProto] = files) throws -> [UInt8] {
    var set: [UInt8] = []
    for file in files {
      let bytes = try bytes(file)
      set.append(0x0a)
      var length = bytes.count
      while length >= 0x80 {
        set.append(UInt8(length & 0x7f) | 0x80)
        length >>= 7
      }
      set.append(UInt8(length))
      set += bytes
    }
    return set
  }
}
