import Foundation
import GeneratedDescriptors
import Transcoding

/// The types to read: the first byte of an input chooses one.
enum Types {
  static let all: [MessageSchema] = {
    guard let kinds = Data(base64Encoded: KindsDescriptors.base64),
      let ours = try? Schema(descriptorSet: ArtelDescriptors.descriptorSet),
      let test = try? Schema(descriptorSet: [UInt8](kinds)),
      let kind = test.message(named: "test.v1.Kinds")
    else { fatalError("the contracts do not load") }
    // The first half of the choices is the type that has every kind of field.
    let inputs = ours.methods.map(\.input)
    return Array(repeating: kind, count: inputs.count) + inputs
  }()

  static func choose(_ byte: UInt8) -> MessageSchema { all[Int(byte) % all.count] }
}

/// JSON bodies, strictly and leniently.
struct JSONSubject: Subject {
  let name = "json"

  func seeds() -> [[UInt8]] {
    [
      #"{"aDouble":1.5,"anInt32":-1,"aString":"Ж\u00e9\n","someBytes":"AAE=","aHue":"HUE_RED"}"#,
      #"{"kinds":{"more":[{"int32s":[1,2],"strings":["a","b"]}]},"byInt32":{"1":{}},"byBool":{"true":1}}"#,
      #"{"timestamp":"2024-02-29T12:00:00.5Z","duration":"-1.5s","mask":"fooBar,a.b","value":[null]}"#,
      #"{"structure":{"a":[1,{"b":null}]},"any":{"@type":"x/test.v1.Kinds","aBool":true},"list":[1]}"#,
      #"{"oneInt64":"9223372036854775807","otherBytes":"","doubleValue":"NaN","int64Values":["1"]}"#,
      #"{"optionalString":"","hues":["HUE_COLD",7],"byUint64":{"1":"HUE_RED"},"uint64s":["1",2]}"#,
    ].map { [0] + Array($0.utf8) }
  }

  func run(_ input: UnsafeBufferPointer<UInt8>) {
    guard let first = input.first else { return }
    let type = Types.choose(first)
    let text = Array(input.dropFirst())
    var ignored: [String] = []
    let lenient = try? type.wire(
      fromJSON: text, options: ParseOptions(ignoresUnknown: true), ignored: &ignored)
    guard let wire = try? type.wire(fromJSON: text) else { return }
    promise(lenient == wire && ignored.isEmpty, "leniency changes what is right")
    RoundTrip.check(wire, type)
  }
}

/// Messages in wire form.
struct WireSubject: Subject {
  let name = "wire"

  func seeds() -> [[UInt8]] {
    JSONSubject().seeds().compactMap { seed in
      (try? Types.choose(seed[0]).wire(fromJSON: Array(seed.dropFirst()))).map { [0] + $0 }
    }
  }

  func run(_ input: UnsafeBufferPointer<UInt8>) {
    guard let first = input.first else { return }
    RoundTrip.check(Array(input.dropFirst()), Types.choose(first))
  }
}

enum RoundTrip {
  /// What prints is read again, as a message that prints the same.
  static func check(_ wire: [UInt8], _ type: MessageSchema) {
    func print(_ wire: [UInt8], _ options: PrintOptions = []) -> [UInt8]? {
      try? wire.withUnsafeBytes { try type.json(fromWire: $0, options: options) }
    }
    guard let text = print(wire) else { return }
    let back: [UInt8]
    do throws(TranscodingError) { back = try type.wire(fromJSON: text) } catch {
      // An Any of a type that is not in the schema is printed as its bytes, for people to see, and
      // never read.
      return promise(
        error.message.contains("a type that is not known here"), "what is printed cannot be read")
    }
    // Whatever number a NullValue has, `null` stands for it, and is read as 0.
    let hasNull = String(decoding: text, as: UTF8.self).contains("null")
    promise(print(back) == text || hasNull, "the message comes back as another")
    if let pretty = print(wire, [.pretty, .protoNames]) {
      let same = try? type.wire(fromJSON: pretty)
      promise(same == back, "options change the meaning")
    }
  }
}
